"""What is done on a page before its picture is taken."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import FilePayload, Page
from werkzeug.exceptions import InternalServerError

from tests.pictures.season import Season
from tests.workbook_files import a_workbook
from tourreg.demo.staff import keys_of

Deed = Callable[[Page], None]


def press(button: str) -> Deed:
    """Press the last of these buttons that is seen."""

    def click(page: Page) -> None:
        page.locator(button).locator("visible=true").last.click()
        page.wait_for_load_state()

    return click


def after(first: Deed, then: Deed) -> Deed:
    def both(page: Page) -> None:
        first(page)
        then(page)

    return both


def apply_code(word: str) -> Deed:
    def apply(page: Page) -> None:
        page.locator("[name=p1-fee]").select_option(index=1)
        page.locator("[name=code]").fill(word)
        press("#code-box button")(page)
        page.wait_for_timeout(300)

    return apply


def empty(fields: str) -> Deed:
    """Send the form with nothing in these fields."""

    def send_empty(page: Page) -> None:
        for field in page.locator(fields).all():
            field.fill("")
        press("main form button.button:not(.second):not(.hush)")(page)

    return send_empty


def with_code(season: Season, address: str, then: Deed | None) -> Deed:
    """Give a code where the page asks for one, and come back."""

    def give(page: Page) -> None:
        if "/code" in page.url:
            press("#code button")(page)
            page.locator("[name=code]").fill(season.newest_code())
            press("#entry button")(page)
            language = "zh" if page.locator("html").get_attribute("lang") == "zh-Hans" else "en"
            page.goto(season.place.site + address.format(language=language))
        if then:
            then(page)

    return give


def give_password(season: Season, role: str, then: str = "") -> Deed:
    key = next(key for key in keys_of(season.place.folder) if key["role"] == role)

    def give(page: Page) -> None:
        page.locator("[name=email]").fill(key["email"])
        page.locator("[name=password]").fill(key["password"])
        press("main button.button")(page)
        if then:
            page.goto(season.place.site + then)

    return give


def fill_in_for_two(page: Page) -> None:
    page.locator("[name=do][value=add]").click()
    page.locator("[name=p2-surname]").wait_for()
    typed = {"contact_name": "Marisol Vega", "organisation": "City of Charlotte", "contact_email": "vega@example.org"}
    typed |= {"p1-surname": "Vega", "p1-given": "Marisol", "p1-post": "Assistant City Manager"}
    typed |= {"p2-surname": "Zhou", "p2-given": "Lan", "p2-native": "周岚", "p2-post": "Chief Engineer"}
    for name, words in typed.items():
        page.locator(f"[name={name}]").first.fill(words)
    for number, country in ((1, "US"), (2, "CN")):
        page.locator(f"[name=p{number}-country]").select_option(country)
        page.locator(f"[name=p{number}-fee]").select_option(index=1)
    page.locator("[name=p1-add_ons]").first.check()
    page.locator("[name=p2-add_ons]").nth(2).check()
    page.locator("#pays_by-invoice").check()


def tick_some_cities(page: Page) -> None:
    for box in page.locator("[name=city]").all()[:3]:
        box.check()


def look_at_letter(page: Page) -> None:
    """Write a letter to host cities in both languages, and look at it."""
    typed = {"subject_en": "Your weeks for spring, {city}", "subject_zh": "请{city}告知明春可接待的时段"}
    typed |= {"words_en": "We plan next spring’s tours, {contact}.\n\nWhich weeks suit {city}?\n- one is enough"}
    typed |= {"words_zh": "我们正在安排明春的考察研修，希望有考察团到访{city}。\n\n请在接待意向中填写合适的时段。"}
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    press("main button.button")(page)


def ask_too_often(page: Page) -> None:
    """Ask for more letters to one mailbox than anybody needs."""
    start, address = page.url, f"{uuid4().hex[:8]}@example.org"
    while page.locator("main .kicker").count() == 0:  # the page that says no tells its number there
        page.goto(start)
        page.locator("[name=email]").fill(address)
        press("main button.button")(page)


def break_down(season: Season) -> Deed:
    """Show what stands there when something went wrong on our side, which no address of the site does on purpose."""

    def show(page: Page) -> None:
        with season.app.test_request_context(urlsplit(page.url).path):
            said = season.app.make_response(season.app.handle_user_exception(InternalServerError())).get_data(True)
        page.route("**/broken", lambda route: route.fulfill(status=500, content_type="text/html", body=said))
        page.goto(season.place.site + "/broken")

    return show


def open_unmade_paper(season: Season, registration: str) -> Deed:
    def show(page: Page) -> None:
        said = season.said_of_unmade(registration, "zh" if "language=zh" in page.url else "en")
        page.route("**/new.pdf", lambda route: route.fulfill(status=202, content_type="text/html", body=said))
        page.goto(season.place.site + f"/my/registrations/{registration}/papers/new.pdf")

    return show


def send_file(name: str, words: str) -> Deed:
    def send(page: Page) -> None:
        file = FilePayload(name=name, mimeType="text/csv", buffer=words.encode())
        page.locator("input[type=file]").set_input_files(file)
        press("main button.button")(page)

    return send


def send_workbook(*rows: Sequence[object]) -> Deed:
    """Send an Excel file with these rows."""

    def send(page: Page) -> None:
        excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        file = FilePayload(name="tour.xlsx", mimeType=excel, buffer=a_workbook(*rows))
        page.locator("input[type=file]").set_input_files(file)
        press("main button.button")(page)

    return send


def ask_for_code(page: Page) -> None:
    page.locator("[name=email]").fill(f"zhou.lan.{uuid4().hex[:6]}@example.org")
    press("main button.button")(page)


def give_wrong_code(page: Page) -> None:
    ask_for_code(page)
    page.locator("[name=code]").fill("000000")
    press("main button.button")(page)

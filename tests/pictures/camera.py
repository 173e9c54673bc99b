"""Taking the pictures: a browser window for each kind of visitor and language, every page at both widths."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Response

from tests.journeys.desk import sign_in
from tests.journeys.traveller import Traveller
from tests.pictures.hosting import requests_of
from tests.pictures.papers import as_pictures
from tests.pictures.scenes import Scene
from tests.pictures.season import Season

WIDTHS = (320, 1280)
HEIGHT = 900
IN_THE_DARK = (
    "front", "programmes", "event-eco-urbanization-yangzhou", "register-faults", "my-held", "my-paid",
    "my-invoice-paid", "city-accepted", "office-board", "office-registrations", "office-registration-invoice-paid",
    "office-itinerary", "office-money", "office-event", "my-details-faults", "my-cancel-asked", "office-staff-member",
    "office-registration-cancelling",
)  # fmt: skip
PRINTED = (
    "programmes", "event-eco-urbanization-yangzhou", "event-energy-efficiency-us", "my-invoice-paid", "text-terms",
    "office-registrations", "office-registration-invoice-paid", "office-itinerary", "city-accepted",
    "office-offers-calendar-needs", "office-event-routes",
)  # fmt: skip
# Elements that reach past the window's edge, outside the regions that scroll by themselves.
SPILLED = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, [role=region], svg"))
  .map(one => one.tagName.toLowerCase() + (one.className ? "." + one.className : ""))"""


@dataclass
class Album:
    """Where the pictures go, what they show, and what was found wrong while they were taken."""

    folder: Path
    faults: list[str] = field(default_factory=list)
    routes: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)

    def note(self, scene: Scene, language: str, page: Page, answers: list[int]) -> None:
        """List what the pictures of a scene show, and whether it is the page that is meant."""
        self.shown.append(f"{scene.name}\t{language}\t{answers[-1]}\t{page.title()}\t{_heading(page)}")
        if answers[-1] != scene.answer:
            self.faults.append(f"{scene.name} in {language} answers {answers[-1]}, not {scene.answer}: {page.title()}")

    def file(self, part: str, name: str) -> Path:
        path = self.folder / part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def take_all(scenes: list[Scene], season: Season, browser: Browser, album: Album) -> None:
    """Take every scene in each of its languages; some also in the dark and in print."""
    for language in ("en", "zh"):
        for visitor in ("anyone", "contact", "city", "office", "programme"):
            with _window(browser, language) as page:
                answers = _answers_to(page)
                wanted = [scene for scene in scenes if scene.visitor == visitor and language in scene.languages]
                if wanted:
                    _let_in(visitor, Traveller(page, season.place, language), season)
                for scene in wanted:
                    try:
                        _take(scene, page, season, album, language)
                        album.note(scene, language, page, answers)
                    except Error as fault:
                        album.faults.append(
                            f"{scene.name} in {language} was not taken: {fault.message.splitlines()[0]}"
                        )


def _answers_to(page: Page) -> list[int]:
    """Return a list that grows by the status of each page that the window is led to."""
    answers: list[int] = []
    page.on("response", lambda got: answers.append(got.status) if _is_page(got, page) else None)
    return answers


def _is_page(got: Response, page: Page) -> bool:
    return got.request.is_navigation_request() and got.frame == page.main_frame


def _heading(page: Page) -> str:
    heading = page.locator("h1").first
    return " ".join(heading.inner_text().split()) if heading.count() else ""


@contextmanager
def _window(browser: Browser, language: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN" if language == "zh" else "en-US")
    yield context.new_page()
    context.close()


def _let_in(visitor: str, person: Traveller, season: Season) -> None:
    """Open what this kind of visitor may see: by a second factor, or by the links of letters."""
    if visitor in ("office", "programme"):
        sign_in(person, "administrator" if visitor == "office" else visitor)
    if visitor == "contact":
        _follow(person, season.link("sign_in", season.contact_with_most()))
        registrations = season.registrations()
        for state in ("paid", "invoice_partly_paid"):
            _follow(person, season.link("bill", season.bill_of(registrations[state])))
        for public_id in registrations.values():
            _follow(person, season.link("registration", public_id))
    if visitor == "city":
        asked = (page for _request, _event, page in requests_of(season).values())
        for public_id in dict.fromkeys([*season.hosts().values(), *asked]):
            _follow(person, season.link("host_profile", public_id))


def _follow(person: Traveller, link: str) -> None:
    person.page.goto(person.place.site + link)
    person.page.locator("main button.button").first.click()
    person.page.wait_for_load_state()


def _take(scene: Scene, page: Page, season: Season, album: Album, language: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(season.place.site + scene.at(language))
        if scene.deed:
            scene.deed(page)
        album.routes.add(season.route_of(page.url))
        _note_spills(f"{scene.name} in {language} at {width} px", page, album)
        _unroll(page)
        page.screenshot(path=album.file("pages", f"{scene.name}-{language}-{width}.png"), full_page=True)
        if scene.name in IN_THE_DARK:
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=album.file("dark", f"{scene.name}-{language}-{width}.png"), full_page=True)
            page.emulate_media(color_scheme="light")
    if scene.name in PRINTED:
        as_pictures(page.pdf(format="A4"), album.file("print", f"{scene.name}-{language}"))


def _unroll(page: Page) -> None:
    """Make the window as high as its page, so that what sticks to its foot stands at the end."""
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    page.set_viewport_size({"width": width, "height": max(HEIGHT, height)})


def _note_spills(where: str, page: Page, album: Album) -> None:
    """Note a page that has to be pushed sideways, and what of it does not fit."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if wide > window:
        spilled = ", ".join(dict.fromkeys(page.evaluate(SPILLED)))
        album.faults.append(f"{where}: {wide} px wide because of {spilled}")

"""The office imports cities with their clerks and writes to all of them; one opens the letter and signs the city up."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_plus
from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.desk import send, sign_in, text_of_letter
from tests.journeys.keyboard import press, write
from tests.journeys.traveller import Traveller, letters_to, link_in

HEADINGS = "City,City in Chinese,State,Country,Contact,E-mail,Roles,Letters in"
WORDS = {"en": "We would like to come in May, {contact}.", "zh": "{contact}，考察团拟于五月来访。"}
SUBJECT = {"en": "A group for {city}", "zh": "请{city}接待考察团"}
WHY = {"en": "to be taken off it, answer this letter", "zh": "如希望移出名单，请直接回复本信"}
OTHER = {"en": "zh", "zh": "en"}


@dataclass(frozen=True)
class Listed:
    """Two cities that no sample has, which one search finds together, and an address of a clerk in each.

    first, second  in English and in Chinese
    """

    search: str
    first: tuple[str, str]
    second: tuple[str, str]
    emails: tuple[str, str]

    def file(self, language: str, *, mended: bool) -> bytes:
        """Return the list as CSV: as it first came one city has no state that is known, and one clerk no address."""
        email, state = (self.emails[1], "IA") if mended else ("", "Iowaa")
        rows = (
            f"{','.join(self.first)},{state},US,Ruth Alder,{self.emails[0]},,{language}",
            f"{','.join(self.second)},IA,US,Cy Reed,{email},coordinator,{OTHER[language]}",
        )
        return "\n".join((HEADINGS, *rows)).encode()


def listed(search: str, first: tuple[str, str], second: tuple[str, str]) -> Listed:
    mark = uuid4().hex[:10]
    return Listed(search, first, second, (f"ruth-{mark}@example.org", f"cy-{mark}@example.org"))


FORTS = ("Fort", ("Fort Madison", "麦迪逊堡"), ("Fort Dodge", "道奇堡"))
LAKES = ("Lake", ("Storm Lake", "斯托姆莱克"), ("Spirit Lake", "斯皮里特莱克"))


@pytest.mark.parametrize(("language", "width", "cities"), [("en", 1280, FORTS), ("zh", 320, LAKES)])
def test_a_clerk_of_an_imported_list_is_written_to_and_signs_the_city_up(
    traveller: Callable[..., Traveller],
    language: str,
    width: int,
    cities: tuple[str, tuple[str, str], tuple[str, str]],
) -> None:
    officer, clerk, found = traveller(language, width=width), traveller(language, width=width), listed(*cities)

    sign_in(officer, "programme")
    import_the_list(officer, found)
    write_to_both(officer, found)
    read_the_letter(clerk, found)
    sign_up(clerk, found)


def import_the_list(officer: Traveller, found: Listed) -> None:
    """Send the file with its faults, read them, and take the mended one over."""
    officer.visit("/office/cities")
    press(officer, "main a[href$='/cities/import']")
    send_file(officer, found.file(officer.language, mended=False))
    assert officer.page.locator(".errors li").count() == 2
    press(officer, "#give-up button")
    send_file(officer, found.file(officer.language, mended=True))
    assert officer.page.locator(".errors").count() == 0
    press(officer, "#take-over button[value=take]")
    assert all(city in officer.text() for city in names(officer, found))


def send_file(officer: Traveller, content: bytes) -> None:
    officer.page.locator("[name=file]").set_input_files(
        FilePayload(name="cities.csv", mimeType="text/csv", buffer=content)
    )
    press(officer, "#import button.button")


def write_to_both(officer: Traveller, found: Listed) -> None:
    """Find the cities in the list, tick them, write in both languages with a slip first, and send."""
    officer.visit("/office/cities")
    write(officer, "#q", found.search)
    press(officer, "form.filter[method=get] button[type=submit]")
    for city in names(officer, found):
        officer.page.locator("tbody tr").filter(has_text=city).locator("[name=city]").focus()
        officer.page.keyboard.press("Space")
    press(officer, "#letter button[value=ticked]")
    for language in ("en", "zh"):
        write(officer, f"[name=subject_{language}]", SUBJECT[language])
        write(
            officer, f"[name=words_{language}]", f"{WORDS[language]} {{date}}" if language == "en" else WORDS[language]
        )
    press(officer, "#write button.button")
    assert officer.page.locator(".errors a").count() == 1
    officer.page.locator("[name=words_en]").fill("")
    write(officer, "[name=words_en]", WORDS["en"])
    press(officer, "#write button.button")
    assert officer.page.locator("section:has(#whom) li").count() == 2
    press(officer, "#send button[value=send]")
    assert "/office/cities/letters/" in officer.page.url


def read_the_letter(clerk: Traveller, found: Listed) -> None:
    """Open the letter in the mailbox: it is in the clerk's language, says why it came, and leads to the sign-up."""
    [letter] = letters_to(clerk.place, found.emails[0])
    [other] = letters_to(clerk.place, found.emails[1])
    words = text_of_letter(letter)
    assert letter["Subject"] == SUBJECT[clerk.language].format(city=found.first[clerk.language == "zh"])
    assert WORDS[clerk.language].format(contact="Ruth Alder") in words
    assert WHY[clerk.language] in words.replace("\n", " ")
    assert WORDS[OTHER[clerk.language]].format(contact="Cy Reed") in text_of_letter(other)
    clerk.visit(link_in(letter))
    assert f"/host/sign-up?q={found.first[0]}" in unquote_plus(clerk.page.url)


def sign_up(clerk: Traveller, found: Listed) -> None:
    """Choose the city that was looked for, sign it up by the keyboard, and confirm the address from the next letter."""
    press(clerk, "main ul.papers a[href*='place=']")
    typed = {
        "contact_name": "Ruth Alder",
        "contact_position": "City Clerk",
        "contact_email": found.emails[0],
        "offers": "The waterworks and two evenings with families.",
        "available": "The first half of May",
    }
    for name, words in typed.items():
        write(clerk, f"#sign-up [name={name}]", words)
    clerk.page.locator("#sign-up input[type=checkbox]").first.focus()
    clerk.page.keyboard.press("Space")
    press(clerk, "#sign-up button.button:not(.second)")
    clerk.visit(link_in(letters_to(clerk.place, found.emails[0], at_least=2)[-1]))
    send(clerk, "main")
    assert "/city/" in clerk.page.url
    assert found.first[0] in clerk.text()


def names(visitor: Traveller, found: Listed) -> list[str]:
    """Return what the visitor's pages call the two cities."""
    return [city[visitor.language == "zh"] for city in (found.first, found.second)]

"""A U.S. city signs up as a host, confirms its address and is accepted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller, letters_to, link_in

OFFER = "Three days around the creek that we opened again, and supper with six families."
A_WEEK = timedelta(weeks=1)
SOON = datetime.now(UTC).date() + 20 * A_WEEK
ANSWER = "Your dates fit two groups that we have in hand."


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_a_city_signs_up_confirms_and_is_accepted(
    traveller: Callable[..., Traveller], language: str, width: int
) -> None:
    contact, officer = traveller(language, width=width), traveller(language, width=width)
    address = f"host-{uuid4().hex[:10]}@example.org"

    contact.visit(f"/{language}/host")
    go(contact, "/host/sign-up")
    fill_in_the_offer(contact, address)
    send(contact, "#sign-up")
    letter = letters_to(contact.place, address)[0]
    contact.visit(link_in(letter))
    send(contact, "main")

    sign_in(officer, "programme")
    officer.visit(f"/office/hosts?q={address}")
    officer.page.locator("table tbody th a").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    officer.page.locator("#accept [name$=city]").select_option(index=1)
    officer.page.locator("#accept textarea").fill(ANSWER)
    send(officer, "#accept")

    letters = letters_to(contact.place, address, at_least=3)
    contact.visit(link_in(letters[-1]))
    send(contact, "main")
    assert "/city/" in contact.page.url
    assert ANSWER in contact.page.locator("section:has(#answer)").inner_text()
    assert OFFER in contact.page.locator("section:has(#offer)").inner_text()
    assert contact.page.locator(".seal").inner_text() == "接待城市"
    assert contact.page.locator("section:has(#coming)").is_visible()
    write_an_offer(contact)


def write_an_offer(contact: Traveller) -> None:
    """Write a lecture down by the keyboard alone, with the days wrong first."""
    go(contact, "/offers")
    go(contact, "/offers/new/lecture")
    theirs = "zh" if contact.language == "zh" else "en"
    typed = {f"title_{theirs}": "Two hours on creeks", f"words_{theirs}": OFFER, "largest": "40"}
    for name, words in {**typed, "windows-0-first_on": str(SOON), "windows-0-last_on": str(SOON - A_WEEK)}.items():
        contact.page.locator(f"#offer [name='{name}']").fill(words)
    contact.page.locator("#offer [name=topics]").first.focus()
    contact.page.keyboard.press("Space")
    press_enter(contact, "#offer button[value=offer]")
    assert contact.page.locator(".errors a").count() == 1
    assert contact.page.locator(f"#offer [name=title_{theirs}]").input_value() == "Two hours on creeks"
    contact.page.locator("#offer [name='windows-0-last_on']").fill(str(SOON + A_WEEK))
    press_enter(contact, "#offer button[value=offer]")
    assert contact.page.locator("h1").inner_text().startswith("Two hours on creeks")
    press_enter(contact, "#renew button")
    assert str((SOON + 52 * A_WEEK).year) in contact.page.locator("section:has(#when)").inner_text()


def press_enter(contact: Traveller, button: str) -> None:
    contact.page.locator(button).first.focus()
    with contact.page.expect_navigation():
        contact.page.keyboard.press("Enter")
    contact.look()


def fill_in_the_offer(contact: Traveller, address: str) -> None:
    typed = {
        # A city is signed up once, and both travellers come to one site.
        "city_name": "Muscatine" if contact.language == "en" else "Burlington",
        "region": "Iowa",
        "contact_name": "Marguerite Hollis",
        "contact_position": "Sustainability Coordinator",
        "contact_email": address,
        "offers": OFFER,
        "available": "The second half of September",
    }
    for name, words in typed.items():
        contact.page.locator(f"#sign-up [name={name}]").fill(words)
    contact.page.locator("#sign-up [name=country]").select_option("US")
    contact.page.locator("#sign-up input[type=checkbox]").first.check()

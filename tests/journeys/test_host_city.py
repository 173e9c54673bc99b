"""A U.S. city signs up as a host, confirms its address and is accepted."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller, letters_to, link_in

OFFER = "Three days around the creek that we opened again, and supper with six families."
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


def fill_in_the_offer(contact: Traveller, address: str) -> None:
    typed = {
        "city_name": "Dubuque",
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

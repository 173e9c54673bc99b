"""From the catalogue to a paid registration with its papers, by card."""

import io
import re
from collections.abc import Callable
from uuid import uuid4

import pypdf
import pytest

from tests.journeys.desk import text_of_letter
from tests.journeys.traveller import Traveller, attachments_of, letters_to, link_in

SUMMIT = "eco-urbanization-yangzhou"
COMBINATIONS = [("en", 1280, True), ("zh", 320, True), ("zh", 1280, False), ("en", 320, False)]


@pytest.mark.parametrize(("language", "width", "scripts"), COMBINATIONS)
def test_two_people_register_with_the_pre_tour_and_pay_by_card(
    traveller: Callable[..., Traveller], language: str, width: int, scripts: bool
) -> None:
    visitor = traveller(language, width=width, scripts=scripts)
    address = f"card-{uuid4().hex[:10]}@example.org"

    find_the_summit(visitor)
    fill_in(visitor, address)
    visitor.page.locator("#pays_by-card").check()
    visitor.page.locator("button[name=do][value=register]").last.click()
    visitor.page.wait_for_url(re.compile("/c/pay/"))
    visitor.page.locator("button[name=action][value=pay]").click()
    visitor.page.wait_for_url(re.compile("/my/registrations/"))
    visitor.look()

    papers = papers_of(visitor, address, at_least=2)
    assert any("-INV-" in name for name in papers)
    assert any("-REC-" in name for name in papers)
    for content in papers.values():
        assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 1


def find_the_summit(visitor: Traveller) -> None:
    visitor.visit("/")
    visitor.visit(f"/{visitor.language}/events")
    visitor.page.locator(f"a[href$='/events/{SUMMIT}']").first.click()
    visitor.page.wait_for_load_state()
    visitor.look()
    visitor.page.locator(f"a[href$='/events/{SUMMIT}/register']").locator("visible=true").first.click()
    visitor.page.wait_for_load_state()
    visitor.look()


def fill_in(visitor: Traveller, address: str) -> None:
    """Fill in the form for two people with the pre-tour."""
    page = visitor.page
    page.locator("[name=contact_name]").fill("周岚" if visitor.language == "zh" else "Marisol Vega")
    page.locator("[name=organisation]").first.fill("City of Charlotte")
    page.locator("[name=contact_email]").fill(address)
    page.locator("button[name=do][value=add]").click()
    page.locator("[name=p2-surname]").wait_for()
    for number, (surname, given, native) in enumerate([("Zhou", "Lan", "周岚"), ("O’Brien", "Siobhán", "")], start=1):
        page.locator(f"[name=p{number}-surname]").fill(surname)
        page.locator(f"[name=p{number}-given]").fill(given)
        page.locator(f"[name=p{number}-native]").fill(native)
        page.locator(f"[name=p{number}-country]").select_option("US")
        page.locator(f"[name=p{number}-fee]").select_option(index=2)  # the first asks for a member’s number
        page.locator(f"[name=p{number}-add_ons]").first.check()
    for consent in ("terms", "privacy", "cross_border"):
        page.locator(f"#{consent}").check()
    visitor.look()


def papers_of(visitor: Traveller, address: str, *, at_least: int) -> dict[str, bytes]:
    """Return the papers that came by mail, by file name."""
    letters = letters_to(visitor.place, address, at_least=2)
    papers = {name: content for letter in letters for name, content in attachments_of(letter).items()}
    assert len(papers) >= at_least, [text_of_letter(letter) for letter in letters]
    assert link_in(letters[0]).startswith(visitor.place.site)
    return papers

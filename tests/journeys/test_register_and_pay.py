"""From the catalogue to a paid registration with its papers, by card."""

import io
from collections.abc import Callable
from uuid import uuid4

import pypdf
import pytest

from tests.journeys.booking import fill_in, find_the_summit, pay_at_stripe, register
from tests.journeys.desk import text_of_letter
from tests.journeys.traveller import Traveller, attachments_of, letters_to, link_in

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
    register(visitor)
    pay_at_stripe(visitor, "pay")

    papers = papers_of(visitor, address, at_least=2)
    assert any("-INV-" in name for name in papers)
    assert any("-REC-" in name for name in papers)
    for content in papers.values():
        assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 1


def papers_of(visitor: Traveller, address: str, *, at_least: int) -> dict[str, bytes]:
    """Return the papers that came by mail, by file name."""
    letters = letters_to(visitor.place, address, at_least=2)
    papers = {name: content for letter in letters for name, content in attachments_of(letter).items()}
    assert len(papers) >= at_least, [text_of_letter(letter) for letter in letters]
    assert link_in(letters[0]).startswith(visitor.place.site)
    return papers

"""Papers of money that are strained: forty lines, a very long payer, several payments, yen."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from pypdf import PdfReader

from tests.paper_samples.hard_bills import HARD, LINES, LONG_PAYER
from tourreg.adapters.pdf import make_pdf
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document


@pytest.mark.parametrize(("language", "page_size"), [("en", "letter"), ("both", "a4"), ("zh", "letter")])
@pytest.mark.parametrize("name", HARD)
def test_a_strained_paper_is_whole_and_repeats_its_heads(
    name: str, language: PaperLanguage, page_size: PageSize
) -> None:
    template, sheet = HARD[name]

    made = pages(template, sheet, language, page_size)

    assert "Mail Station 4-B, Rear Entrance" in made[0]
    assert "Featherstonehaugh-" in made[0]
    assert "JPY" in made[0]
    assert all(LONG_PAYER["name"][:30] not in page for page in made[1:])
    assert ".00" not in "".join(made), "yen have no parts"
    head = "摘要" if language == "zh" else "Description"
    if len(sheet.get("lines", sheet.get("movements", ()))) == LINES:
        assert len(made) > 1
        assert sum(head in page for page in made) >= len(made) - 1


@pytest.mark.parametrize("name", [name for name in HARD if "lines" in HARD[name][1] and name != "hard-refund-advice"])
def test_the_sums_of_a_strained_bill_are_those_of_its_lines(name: str) -> None:
    sheet = HARD[name][1]

    lines = sum(line["amount"]["minor"] for line in sheet["lines"])

    assert sheet["gross"]["minor"] + sheet["discounts"]["minor"] == sheet["total"]["minor"] == lines


def pages(template: str, sheet: Mapping[str, Any], language: PaperLanguage, page_size: PageSize) -> list[str]:
    html = render_document(template, sheet, language=language, page_size=page_size)
    return [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(html))).pages]

"""How papers lie on their pages: every sample paper in each language on both sizes, and the checks themselves."""

from itertools import product

import pytest

from tests.paper_boxes import (
    lay_out,
    lines_of,
    require_good_layout,
    require_heads_of_tables,
    require_no_empty_box,
    require_no_heading_alone,
    require_text_in_its_box,
)
from tests.paper_files import MadePaper, require_good_file, require_inside, require_nothing_on_each_other
from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document

# Every language, and side by side, where things are narrowest, on both sizes.
FORMS = [
    (name, *form) for name, form in product(ALL, (("en", "letter"), ("zh", "a4"), ("both", "letter"), ("both", "a4")))
]


@pytest.mark.parametrize(("name", "language", "page_size"), FORMS)
def test_a_paper_lies_well_on_its_pages(name, language, page_size) -> None:
    template, sheet = ALL[name]

    laid = lay_out(render_document(template, sheet, language=language, page_size=page_size))

    require_good_layout(laid)
    require_good_file(MadePaper(laid.content), language=language, page_size=page_size)


def page(body: str, style: str = "") -> str:
    head = f"<head><title>Lost</title><style>html {{ font-family: 'TR Sans' }} {style}</style></head>"
    return f'<!doctype html><html lang="en">{head}<body>{body}</body></html>'


def test_words_outside_the_page_are_found() -> None:
    pdf = make_pdf(page('<p style="position: absolute; left: 60mm; width: 300mm">' + "wide words " * 40 + "</p>"))

    with pytest.raises(AssertionError, match="outside the page"):
        require_inside(MadePaper(pdf), "a4")


def test_words_on_other_words_are_found() -> None:
    pdf = make_pdf(page("<p>Room</p><p class=over>Hall</p>", ".over { margin-top: -5mm }"))

    with pytest.raises(AssertionError, match="lie on each other"):
        require_nothing_on_each_other(MadePaper(pdf))


@pytest.mark.parametrize(
    ("style", "words"),
    [("width: 20mm; white-space: nowrap", "leaves its box"), ("height: 5mm; width: 30mm", "too high for its box")],
)
def test_words_outside_their_box_are_found(style, words) -> None:
    laid = lay_out(page("<div class=narrow>The Metropolitan Government of Nashville</div>", f".narrow {{ {style} }}"))

    with pytest.raises(AssertionError, match=words):
        require_text_in_its_box(list(lines_of(laid.pages[0])), 1)


def test_a_heading_at_the_end_of_its_page_is_found() -> None:
    laid = lay_out(page("<p>Words</p><h2>Hotels</h2><p class=next>The inn</p>", ".next { break-before: page }"))

    with pytest.raises(AssertionError, match="'Hotels' heads nothing on page 1"):
        require_no_heading_alone(list(lines_of(laid.pages[0])), 1)


@pytest.mark.parametrize("body", ["<p>Words</p><h2> </h2>", "<p>Words</p><div class=frame></div>"])
def test_a_box_with_nothing_in_it_is_found(body) -> None:
    laid = lay_out(page(body, ".frame { border: 1px solid; height: 20mm }"))

    with pytest.raises(AssertionError, match="an empty"):
        require_no_empty_box(laid.pages[0], 1)


def test_a_table_that_goes_on_without_its_head_is_found() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(80))
    table = f"<table><thead><tr><th>Number</th></tr></thead><tbody>{rows}</tbody></table>"
    laid = lay_out(page(table, "thead { display: table-row-group }"))

    with pytest.raises(AssertionError, match="without its head on page 2"):
        require_heads_of_tables(laid.pages[1], 2)

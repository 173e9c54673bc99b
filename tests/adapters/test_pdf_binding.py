"""Many papers bound into one file."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.paper_samples import ITINERARY, ROSTER
from tourreg.adapters.pdf import make_pdf
from tourreg.adapters.pdf_binding import bind
from tourreg.adapters.pdf_parts import NotOurPdf
from tourreg.rendering import render_document

LINKED = (
    '<!doctype html><html lang="en"><head><title>Notes (1)</title></head><body><h1>Notes</h1>'
    '<p><a href="#end">To the end (2 0 R)</a></p><h2 id="end">The end of {name}</h2></body></html>'
)


@pytest.fixture(scope="module")
def papers() -> list[tuple[str, bytes]]:
    sheets = [("itinerary", ITINERARY, "both"), ("roster", ROSTER, "zh"), ("itinerary", ITINERARY, "en")]
    return [
        (f"{place}: {kind}", make_pdf(render_document(kind, sheet, language=language, page_size="a4")))  # type: ignore[arg-type]
        for place, (kind, sheet, language) in enumerate(sheets)
    ]


@pytest.fixture(scope="module")
def bound(papers: list[tuple[str, bytes]]) -> Any:
    return PdfReader(io.BytesIO(bind(papers, title="All papers 全部", language="en")), strict=True)


def test_every_page_says_what_it_said(papers: list[tuple[str, bytes]], bound: Any) -> None:
    apart = [page.extract_text() for _, paper in papers for page in PdfReader(io.BytesIO(paper)).pages]

    assert [page.extract_text() for page in bound.pages] == apart


def test_fonts_stand_in_it_once_so_that_it_is_smaller_than_its_papers(
    papers: list[tuple[str, bytes]], bound: Any
) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in bound.pages for font in page["/Resources"]["/Font"].values()
    }
    files = [one for one in range(1, len(bound.xref[0]) + 5000) if _is_font_file(bound, one)]

    assert len(files) == len(fonts) == 2
    assert len(bound.stream.getvalue()) < 0.8 * sum(len(paper) for _, paper in papers)


def _is_font_file(bound: Any, number: int) -> bool:
    found = bound.get_object(number) if number in bound.xref.get(0, {}) else None
    return isinstance(found, dict) and "/Length1" in found


def test_it_is_one_tagged_document_with_a_part_and_a_bookmark_for_each_paper(bound: Any) -> None:
    tree = bound.root_object["/StructTreeRoot"]
    document = tree["/K"][0].get_object()
    marks = [str(mark["/Title"]) for mark in bound.outline if not isinstance(mark, list)]

    assert (document["/S"], [part.get_object()["/S"] for part in document["/K"]]) == ("/Document", ["/Part"] * 3)
    assert marks == ["0: itinerary", "1: roster", "2: itinerary"]
    assert bound.metadata is not None
    assert bound.metadata.title == "All papers 全部"
    assert b"<pdfuaid:part>1" in bound.root_object["/Metadata"].get_data()


def test_each_page_finds_its_tags_under_a_number_of_its_own(bound: Any) -> None:
    numbers = [int(page["/StructParents"]) for page in bound.pages]
    listed = bound.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    holders = dict(zip([int(number) for number in listed[::2]], listed[1::2], strict=True))

    assert sorted(set(numbers)) == sorted(numbers)
    for page, number in zip(bound.pages, numbers, strict=True):
        tagged = holders[number].get_object()[0].get_object()
        assert tagged["/Pg"].get_object() == page.get_object()


def test_links_within_a_paper_lead_to_that_paper() -> None:
    papers = [(name, make_pdf(LINKED.format(name=name))) for name in ("first", "second")]
    bound: Any = PdfReader(io.BytesIO(bind(papers, title="Notes", language="en")), strict=True)

    places = bound.named_destinations
    links = [page["/Annots"][0].get_object()["/Dest"] for page in bound.pages]

    assert [bound.get_page_number(places[link].page.get_object()) for link in links] == [0, 1]
    assert "(2 0 R)" in bound.pages[1].extract_text()


def test_the_same_papers_give_the_same_bytes(papers: list[tuple[str, bytes]]) -> None:
    assert bind(papers, title="x", language="zh-Hans") == bind(papers, title="x", language="zh-Hans")


def test_somebody_elses_pdf_is_refused() -> None:
    with pytest.raises(NotOurPdf):
        bind([("x", b"%PDF-1.4\nnothing of ours")], title="x", language="en")

"""Papers for those who do not see them: an independent checker of PDF/UA-1 reads each, and finds nothing.

pdfua, from the Python package index, knows the part of the standard that a program can decide. Another, outloud, which
is too heavy to install for every test, finds no error either.
"""

import io
from pathlib import Path

import pdfua
import pytest
from pypdf import PdfReader

from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document

# On this rule the checker gives up by a fault of its own, over where a file opens.
GIVEN_UP = {"UA-14-001"}


@pytest.mark.parametrize("name", ALL)
def test_the_checker_finds_nothing_in_a_paper(name: str, tmp_path: Path) -> None:
    template, sheet = ALL[name]
    kept = tmp_path / "paper.pdf"
    kept.write_bytes(make_pdf(render_document(template, sheet, language="both", page_size="a4")))

    report = pdfua.validate(str(kept))

    assert [(finding.rule_id, finding.message) for finding in report.findings] == []
    assert {outcome.rule_id for outcome in report.outcomes if outcome.skipped} == GIVEN_UP


def test_the_checker_does_find_what_is_wrong(tmp_path: Path) -> None:
    kept = tmp_path / "paper.pdf"
    untitled = '<!doctype html><html lang="en"><head><title></title></head><body><p>Words</p></body></html>'
    kept.write_bytes(make_pdf(untitled))

    assert pdfua.validate(str(kept)).findings


def test_every_header_says_whether_it_heads_a_column_or_a_row() -> None:
    html = render_document("roster", ALL["roster"][1], language="en", page_size="letter")

    scopes = [
        element["/A"].get("/Scope")
        for element in _elements(PdfReader(io.BytesIO(make_pdf(html))))
        if _is(element, "TH")
    ]

    assert set(scopes) == {"/Column", "/Row"}
    assert scopes.count("/Row") == len(ALL["roster"][1]["rows"])


def _elements(reader):
    open_ones = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while open_ones:
        element = open_ones.pop().get_object()
        if isinstance(element, list):
            open_ones += element
        elif isinstance(element, dict):
            yield element
            if "/K" in element:
                open_ones.append(element["/K"])


def _is(element, tag: str) -> bool:
    return bool(element.get("/S") == f"/{tag}")

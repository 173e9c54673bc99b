"""The facts of one of our invoices, set by ReportLab in the same font as plain paragraphs and tables: a measure only.

It draws no rules and no mark, has one weight and one size, is not tagged, and keeps no heading with what follows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from tourreg.adapters.pdf import FONTS

try:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
except ImportError:
    AVAILABLE = False
else:
    AVAILABLE = True

WIDTH_POINTS, MARGIN_POINTS = 480, 40
_BLOCKS = ("p", "div", "table", "h1", "h2", "footer")


@dataclass(frozen=True)
class Grid:
    """Rows of cells; a cell holds lines of text and further grids."""

    rows: list[list[list[str | Grid]]]


def facts_of(html: str) -> list[str | Grid]:
    """Return what the invoice says, in its order."""
    _head, body = html5lib.parse(html, namespaceHTMLElements=False)
    return list(_facts(body))


def draw(facts: list[str | Grid]) -> bytes:
    """Return the PDF."""
    file = io.BytesIO()
    margins = {f"{side}Margin": MARGIN_POINTS for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(file, pagesize=A4, **margins).build([_drawn(fact, WIDTH_POINTS) for fact in facts])
    return file.getvalue()


def _facts(element: Element) -> Iterator[str | Grid]:
    if element.tag == "table":
        yield Grid([[list(_facts(cell)) for cell in row] for row in element.iter("tr")])
    elif "row" in element.get("class", "").split():
        yield Grid([[list(_facts(column)) for column in element]])
    elif any(child.tag in _BLOCKS for child in element):
        for child in element:
            yield from _facts(child)
    elif words := "".join(_words(element)).strip():
        yield words


def _words(element: Element) -> Iterator[str]:
    """Yield the words as ReportLab's paragraphs read them."""
    yield "<br/>" if element.tag == "br" else escape(element.text or "")
    for child in element:
        yield from _words(child)
        yield escape(child.tail or "")


def _drawn(fact: str | Grid, width: float) -> Any:
    if isinstance(fact, str):
        return Paragraph(fact, _style())
    columns = max(len(row) for row in fact.rows)
    each = width / columns
    cells = [[[_drawn(part, each) for part in cell] for cell in row] for row in fact.rows]
    return Table([row + [""] * (columns - len(row)) for row in cells], colWidths=[each] * columns)


@cache
def _style() -> Any:
    """Return the one style; Chinese may break between any two characters."""
    pdfmetrics.registerFont(TTFont("TRSans", str(FONTS / "TRSans-400.ttf")))
    return ParagraphStyle("facts", fontName="TRSans", fontSize=8, leading=11, wordWrap="CJK")

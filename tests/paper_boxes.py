"""How a paper is laid out: its boxes as WeasyPrint made them, and what is asked of them.

A reader of the finished PDF finds what stands outside the page; that something stands outside its column, that a box
is empty or a table goes on without its head only the boxes know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from weasyprint.formatting_structure import boxes

from tourreg.adapters import pdf

# How far a line may hang over, as it does where a sign may not begin the next one, in px: one millimetre.
LEEWAY = 3.8
HEADINGS = {"h1", "h2", "h3", "h4", "thead"}
# Elements that are there to say something.
SAY_SOMETHING = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "caption"}
# How much of a capital letter stands above the line it is written on, in the size of its font.
CAPITAL = 0.7

Boxes = Sequence[Any]


@dataclass(frozen=True)
class LaidOut:
    """A made PDF, and the boxes of its pages."""

    content: bytes
    pages: Boxes


@dataclass(frozen=True)
class Line:
    """A run of text on a page, with the boxes that it stands in, outermost first."""

    box: Any
    around: Boxes

    @property
    def words(self) -> str:
        return str(self.box.text).strip()

    @property
    def column(self) -> Boxes:
        """Return the boxes that it must not leave: up to one that is set apart and may stand anywhere on the page."""
        apart = [place for place, box in enumerate(self.around) if box.is_absolutely_positioned()]
        return self.around[apart[-1] :] if apart else self.around

    @property
    def is_heading(self) -> bool:
        return any(box.element_tag in HEADINGS for box in self.around)

    @property
    def runs(self) -> bool:
        """Tell whether it is of the foot or of a stamp, which every page has."""
        return any(isinstance(box, boxes.MarginBox) for box in self.around)


def lay_out(html: str) -> LaidOut:
    """Make the PDF of a document as the program makes it, and keep its boxes."""
    pages: list[Any] = []
    heads = pdf._say_what_heads_what

    def keep(document: Any) -> None:
        pages.extend(page._page_box for page in document.pages)
        heads(document)

    with patch.object(pdf, "_say_what_heads_what", keep):
        content = pdf.make_pdf(html)
    return LaidOut(content, pages)


def require_good_layout(laid: LaidOut) -> None:
    """Refuse a paper of whose layout anything is asked in vain."""
    for number, page in enumerate(laid.pages, start=1):
        lines = list(lines_of(page))
        require_text_in_its_box(lines, number)
        require_no_heading_alone(lines, number)
        require_no_empty_box(page, number)
        require_heads_of_tables(page, number)


def lines_of(box: Any, around: Boxes = ()) -> Iterator[Line]:
    """Return the runs of text, in the order of the document."""
    if isinstance(box, boxes.TextBox):
        if str(box.text).strip():
            yield Line(box, around)
        return
    for child in _children(box):
        yield from lines_of(child, (*around, box))


def _children(box: Any) -> Iterator[Any]:
    for child in box.children:
        inner = getattr(child, "_box", child)  # what is set apart lies behind a placeholder
        if isinstance(inner, boxes.Box):
            yield inner


def require_text_in_its_box(lines: Sequence[Line], page: int) -> None:
    for line in lines:
        for box in line.column:
            if isinstance(box, boxes.BlockContainerBox):
                over = _px_over(line.box, box)
                assert over <= LEEWAY, f"{line.words!r} leaves its box on page {page} by {over:.0f} px: {box}"
            if box.style["height"] != "auto":
                assert _is_as_high_as(line.box, box), f"{line.words!r} is too high for its box on page {page}: {box}"


def _px_over(text: Any, box: Any) -> float:
    left, right = box.padding_box_x(), box.padding_box_x() + box.padding_width()
    return float(max(left - text.position_x, text.position_x + text.width - right))


def _is_as_high_as(text: Any, box: Any) -> bool:
    if not isinstance(box, boxes.BlockContainerBox | boxes.TableRowBox):
        return True
    top, bottom = box.border_box_y(), box.border_box_y() + box.border_height()
    written_on = text.position_y + text.baseline
    return bool(top - LEEWAY <= written_on - CAPITAL * text.style["font_size"] and written_on <= bottom + LEEWAY)


def require_no_heading_alone(lines: Sequence[Line], page: int) -> None:
    """Refuse a page whose last words, but for its foot, are those of a heading or of the head of a table."""
    body = [line for line in lines if not line.runs]
    assert body, f"nothing but its foot stands on page {page}"
    assert not body[-1].is_heading, f"{body[-1].words!r} heads nothing on page {page}"


def require_no_empty_box(page_box: Any, page: int) -> None:
    for box in _all(page_box):
        if _is_whole(box) and (box.element_tag in SAY_SOMETHING or _is_framed(box)):
            assert _says_something(box), f"an empty {box} ({box.element.get('class')}) on page {page}"


def _all(box: Any) -> Iterator[Any]:
    yield box
    for child in _children(box):
        yield from _all(child)


def _is_whole(box: Any) -> bool:
    """Tell whether it is the box of its element, and none of those that stand around its lines."""
    if not isinstance(box, boxes.BlockBox | boxes.TableCellBox) or box.element is None:
        return False
    return not box.is_table_wrapper and type(box.style).__name__ == "ComputedStyle"


def _is_framed(box: Any) -> bool:
    """Tell whether a frame would be seen with nothing in it; cells may wait for ink."""
    styles = {box.style[f"border_{side}_style"] for side in ("top", "bottom", "left", "right")}
    return "none" not in styles and box.element_tag != "td"


def _says_something(box: Any) -> bool:
    return any(
        isinstance(inner, boxes.ReplacedBox) or (isinstance(inner, boxes.TextBox) and str(inner.text).strip())
        for inner in _all(box)
    )


def require_heads_of_tables(page_box: Any, page: int) -> None:
    """Refuse the part of a table that has no head, though the table has one, and a head that has no row below it."""
    for table in _all(page_box):
        if isinstance(table, boxes.TableBox) and table.element_tag == "table":
            heads = [group for group in table.children if getattr(group, "is_header", False)]
            rows = [group for group in table.children if group not in heads]
            if table.element.find("thead") is not None:
                assert heads, f"a table goes on without its head on page {page}"
            assert rows, f"a head without a row on page {page}"

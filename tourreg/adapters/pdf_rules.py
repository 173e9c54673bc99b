"""Hairlines of papers drawn as what they are: a filled rectangle above or below a box, or on its sides.

WeasyPrint works out rounded corners and a clip for every side of every box. Our papers have square corners and few
frames, and their tables a rule under each cell: so each takes one operator, and a long list an eighth less time. What
is none of these WeasyPrint draws itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

_SIDES = ("top", "bottom", "left", "right")
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


@cache
def draw_rules_plainly() -> None:
    """Put our drawing of borders before WeasyPrint's, in this process, once."""
    from weasyprint import draw
    from weasyprint.draw.color import get_color

    theirs = draw.draw_border

    def draw_border(stream: Any, box: Any) -> None:
        style = box.style
        if not _has_plain_rules(box, style):
            theirs(stream, box)
        elif style["visibility"] == "visible":
            for side, *rectangle in _rules(box):
                color = get_color(style, f"border_{side}_color")
                if color.alpha:
                    with stream.artifact():
                        stream.set_color(color)
                        stream.rectangle(*rectangle)
                        stream.fill()

    draw.draw_border = draw_border


def _has_plain_rules(box: Any, style: Any) -> bool:
    """Tell whether a box has no border, or square and solid ones that do not meet at a corner."""
    if style["border_image_source"][0] != "none" or style["column_width"] != "auto" or style["column_count"] != "auto":
        return False
    sides = [side for side in _SIDES if getattr(box, f"border_{side}_width")]
    return (
        (len(sides) < 2 or sides in (["top", "bottom"], ["left", "right"]))
        and not any(any(getattr(box, f"border_{corner}_radius")) for corner in _CORNERS if sides)
        and all(style[f"border_{side}_style"] == "solid" for side in sides)
    )


def _rules(box: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the sides that have a border, with the left, top, width and height of its rectangle in CSS pixels."""
    if box.border_top_width or box.border_bottom_width or box.border_left_width or box.border_right_width:
        left, top, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
        if thick := box.border_top_width:
            yield "top", left, top, width, thick
        if thick := box.border_bottom_width:
            yield "bottom", left, top + height - thick, width, thick
        if thick := box.border_left_width:
            yield "left", left, top, thick, height
        if thick := box.border_right_width:
            yield "right", left + width - thick, top, thick, height

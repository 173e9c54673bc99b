"""The frame of certificates: a band of waves around the page, as banknotes have it, drawn by arithmetic."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from math import cos, pi
from typing import Literal

from markupsafe import Markup

from tourreg.paper_words import ACCENTS

# Landscape, in millimetres: width, height, and the margin at the sides.
SIZES = {"a4": (297.0, 210.0, 28.0), "letter": (279.4, 215.9, 26.0)}
TOP, BOTTOM = 24.0, 20.0
INSET = 9.0  # of the band's middle from the edge of the page
WAVE = 6.2
SWING = 1.9
LINES = 5
# Where the handles of a curve lie that looks like half a wave.
NEAR, FAR = 0.3642, 0.6358


@cache
def framed(accent: str, page_size: Literal["letter", "a4"]) -> Markup:
    """Return the rules of a page named "framed" in an organisation's colour."""
    width, height, side = SIZES[page_size]
    drawing = base64.b64encode(_frame(width, height, ACCENTS.get(accent, ACCENTS["teal"])).encode()).decode()
    place = f"-{side}mm -{TOP}mm / {width}mm {height}mm no-repeat"
    return Markup(  # noqa: S704 - numbers and a drawing of ours
        f"@page framed {{ size: {width}mm {height}mm; margin: {TOP}mm {side}mm {BOTTOM}mm; "
        f"background: url(data:image/svg+xml;base64,{drawing}) {place} }}"
    )


def _frame(width: float, height: float, colour: str) -> str:
    """Return the drawing of a frame: waves, a knot in each corner, and a line inside."""
    stroke = f'fill="none" stroke="{colour}"'
    band = "".join(f'<path d="{_wave(width, height, swing)}" {stroke} stroke-width=".18"/>' for swing in _swings())
    line = INSET + 3.6
    inner = (
        f'<rect x="{line}" y="{line}" width="{width - 2 * line:.2f}" height="{height - 2 * line:.2f}" '
        f'{stroke} stroke-width=".28"/>'
    )
    knots = "".join(_knot(x, y, colour) for x in (INSET, width - INSET) for y in (INSET, height - INSET))
    size = f'viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{band}{knots}{inner}</svg>'


def _swings() -> Iterator[float]:
    """Return how far each line of the band swings out, from one side to the other."""
    return (SWING * 1.28 * cos(line * pi / LINES) for line in range(LINES))


def _wave(width: float, height: float, swing: float) -> str:
    """Return one line of the band: along all four sides, and back to where it began."""
    left, top, right, bottom = INSET, INSET, width - INSET, height - INSET
    sides = (
        (left, top, 1, 0, right - left),
        (right, top, 0, 1, bottom - top),
        (right, bottom, -1, 0, right - left),
        (left, bottom, 0, -1, bottom - top),
    )
    curves = "".join(_side(x, y, across, down, length, swing) for x, y, across, down, length in sides)
    return f"M{left:.2f} {top:.2f}{curves}Z"


def _side(x: float, y: float, across: int, down: int, length: float, swing: float) -> str:
    """Return a line along one side, in whole waves; across, down: the direction in which it runs."""
    halves = 2 * round(length / WAVE)
    half = length / halves
    parts = []
    for number in range(halves):
        out = swing if number % 2 == 0 else -swing
        points = [(half * (number + at), off) for at, off in ((NEAR, out), (FAR, out), (1, 0.0))]
        placed = (
            f"{x + across * along + down * off:.2f} {y + down * along - across * off:.2f}" for along, off in points
        )
        parts.append("C" + " ".join(placed))
    return "".join(parts)


def _knot(x: float, y: float, colour: str) -> str:
    ring = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{{}}" fill="{{}}" stroke="{colour}" stroke-width="{{}}"/>'
    return ring.format(3, "#fff", 0.28) + ring.format(1.9, "none", 0.18) + ring.format(0.6, colour, 0.1)

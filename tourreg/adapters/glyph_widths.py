"""How broad a line of text is in our fonts, so that names can be set as large as fits."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent.parent / "static" / "fonts"
FAMILIES = ("TRSans", "TRSansExt", "TRSansRare")
POINTS_A_MILLIMETRE = 72 / 25.4


def largest_size(text: str, millimetres: float, *, most: float, least: float, weight: int = 700) -> float:
    """Return the size in half points at which the text fits on one line, between the least and the most."""
    ems = sum(_ems(sign, weight) for sign in text)
    fitting = millimetres * POINTS_A_MILLIMETRE / ems if ems else most
    return max(least, min(most, int(fitting * 2) / 2))


def fits(text: str, millimetres: float, size: float, weight: int = 700) -> bool:
    """Tell whether the text fits on one line at a size in points."""
    return sum(_ems(sign, weight) for sign in text) * size <= millimetres * POINTS_A_MILLIMETRE


@cache
def _ems(sign: str, weight: int) -> float:
    """Return the advance of a sign in ems; a sign that no font has counts as broad."""
    for family in FAMILIES:
        known, widths, per_em = _font(family, weight)
        if ord(sign) in known:
            return float(widths[known[ord(sign)]][0] / per_em)
    return 1.0


@cache
def _font(family: str, weight: int) -> tuple[Any, Any, int]:
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / f"{family}-{weight}.ttf", lazy=True)
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm

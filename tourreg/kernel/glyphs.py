"""Which signs papers can print: those that a font of ours has, and those that are drawn as nothing."""

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("glyphs.txt")
# Soft hyphen, zero-width space and joiners, variation selectors. Marks that turn the direction of writing are not among
# them: they could make a name or an amount read backwards.
_INVISIBLE = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u2060\ufeff") | frozenset(map(chr, range(0xFE00, 0xFE10)))


def can_be_printed(sign: str) -> bool:
    """Tell whether papers can print the sign."""
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(sign)) - 1
    return sign in _INVISIBLE or (place >= 0 and ord(sign) <= lasts[place])


def unprinted_sign(text: str) -> str | None:
    """Return the first sign that papers cannot print, a mark together with the letter that it stands on."""
    composed = unicodedata.normalize("NFC", text)
    for place, sign in enumerate(composed):
        if not can_be_printed(sign):
            return composed[max(0, place - 1) : place + 1] if unicodedata.combining(sign) else sign
    return None


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """Return the first and the last sign of each range, in order."""
    pairs = [line.partition("-") for line in _TABLE.read_text("utf-8").splitlines()]
    return [int(first, 16) for first, _, _ in pairs], [int(last, 16) for _, _, last in pairs]

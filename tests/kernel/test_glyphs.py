"""Signs that papers can print."""

import pytest
from fontTools.ttLib import TTFont

from tourreg.adapters import pdf
from tourreg.kernel.glyphs import can_be_printed, unprinted_sign


def test_the_table_names_what_the_fonts_have() -> None:
    """After bin/make-fonts, bin/glyph-table writes it anew."""
    known: set[int] = set()
    for family in pdf.FAMILIES:
        with TTFont(pdf.FONTS / f"{family}-400.ttf", lazy=True) as font:
            known |= set(font.getBestCmap())

    printed = {point for point in range(0x110000) if can_be_printed(chr(point))}

    assert known <= printed
    assert {chr(point) for point in printed - known} == set("\t\n\r\u200b\u200c\u200d\u2060\ufeff") | set(
        map(chr, range(0xFE00, 0xFE10))
    )


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("扬州 Łódź Иванов Αθήνα かな カナ 서울 ʻOkina d’Arc ＡＢＣ 12\n№ 4 – 50 %", None),
        ("陈喆、堃、𠮷", None),
        ("O’Neill\u200b", None),
        ("دبي", "د"),
        ("City of กรุง", "ก"),
        ("e\u0301", None),
        ("Ade\u0301wale\u0323\u0301", None),
        ("sim\u0302", "m\u0302"),
        ("\u202eHart", "\u202e"),
        ("", None),
    ],
)
def test_the_first_sign_that_cannot_be_printed_is_found(text: str, sign: str | None) -> None:
    assert unprinted_sign(text) == sign

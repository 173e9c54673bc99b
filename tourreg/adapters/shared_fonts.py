"""One font for all the papers of a file.

Each paper embeds of each of our fonts only the glyphs that it shows, but under the numbers that they have in the whole
font. So one subset with the glyphs of all can stand for each of theirs.
"""

from __future__ import annotations

import io
import re
from functools import cache

from tourreg.adapters.pdf import FONTS
from tourreg.adapters.pdf_parts import Assembly, Parts

_TYPE0 = re.compile(rb"/Type /Font/Subtype /Type0/BaseFont /(\S+?)/ToUnicode (\d+) 0 R.*/DescendantFonts \[(\d+) 0 R\]")
_TEXT = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
_IN_A_BLOCK = 100
_MAPPING = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n%s\n"
    b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
)


class SharedFonts:
    """The fonts of a file, gathered paper by paper."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly = assembly
        self._fonts: dict[bytes, _Font] = {}

    def take_over(self, parts: Parts) -> tuple[dict[int, int], set[int]]:
        """Return which objects of a paper are now those of the file, by number, and which of them nobody needs."""
        shared: dict[int, int] = {}
        needless: set[int] = set()
        for number, written in parts.plain.items():
            found = _TYPE0.search(written)
            if found is None or _plain_name(found[1]) not in _files():
                continue
            if found[1] not in self._fonts:
                self._fonts[found[1]] = _Font(found[1], self._assembly.reserve())
            font = self._fonts[found[1]]
            shared[number] = font.number
            texts, descendant = int(found[2]), int(found[3])
            descriptor = _reference(rb"/FontDescriptor", parts.plain[descendant])
            needless |= {number, texts, descendant, descriptor}
            needless.add(_reference(rb"/FontFile2", parts.plain[descriptor]))
            font.take_over(parts, texts, descendant, descriptor)
        return shared, needless

    def finish(self) -> None:
        for font in self._fonts.values():
            font.finish(self._assembly)


class _Font:
    """All glyphs that any paper shows of one font, with their widths and their text."""

    def __init__(self, base: bytes, number: int) -> None:
        self.number = number
        self._base = base
        self._texts: dict[int, bytes] = {}
        self._widths: dict[int, bytes] = {}
        self._descriptor = b""

    def take_over(self, parts: Parts, texts: int, descendant: int, descriptor: int) -> None:
        for glyph, text in _TEXT.findall(parts.streams[texts].unpacked()):
            self._texts.setdefault(int(glyph, 16), text)
        self._widths |= _widths(parts.plain[descendant])
        self._descriptor = self._descriptor or parts.plain[descriptor]

    def finish(self, assembly: Assembly) -> None:
        cut = _subset(_plain_name(self._base), sorted({0, *self._texts, *self._widths}))
        file = assembly.add_packed(cut, b"/Length1 %d" % len(cut))
        descriptor = assembly.add(re.sub(rb"/FontFile2 \d+ 0 R", b"/FontFile2 %d 0 R" % file, self._descriptor))
        listed = b" ".join(b"%d [%s]" % pair for pair in sorted(self._widths.items()))
        descendant = assembly.add(
            b"<</Type /Font/Subtype /CIDFontType2/BaseFont /%s/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)"
            b"/Supplement 0>>/CIDToGIDMap /Identity/W [%s]/FontDescriptor %d 0 R>>" % (self._base, listed, descriptor)
        )
        texts = assembly.add_packed(_mapping(self._texts))
        assembly.put(
            self.number,
            b"<</Type /Font/Subtype /Type0/BaseFont /%s/ToUnicode %d 0 R/Encoding /Identity-H/DescendantFonts "
            b"[%d 0 R]>>" % (self._base, texts, descendant),
        )


def _mapping(texts: dict[int, bytes]) -> bytes:
    pairs = [b"<%04x> <%s>" % pair for pair in sorted(texts.items())]
    blocks = [pairs[place : place + _IN_A_BLOCK] for place in range(0, len(pairs), _IN_A_BLOCK)]
    return _MAPPING % b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(each), b"\n".join(each)) for each in blocks)


def _widths(descendant: bytes) -> dict[int, bytes]:
    """Return the width of each glyph, from a list of first glyphs and the widths from there on."""
    listed = descendant.partition(b"/W [")[2].partition(b"]/FontDescriptor")[0]
    return {
        int(first) + order: width
        for first, run in re.findall(rb"(\d+) \[([^\]]*)\]", listed)
        for order, width in enumerate(run.split())
    }


def _reference(name: bytes, written: bytes) -> int:
    found = re.search(name + rb" (\d+) 0 R", written)
    if found is None:
        raise ValueError(name)
    return int(found[1])


def _plain_name(base: bytes) -> str:
    """Return the name of a font without the letters that mark a subset."""
    return base.decode().rpartition("+")[2]


@cache
def _files() -> dict[str, str]:
    """Return the file of each of our fonts by its name in PDFs: TR-Sans-Bold."""
    from fontTools.ttLib import TTFont

    found = {}
    for place in sorted(FONTS.glob("*.ttf")):
        with TTFont(place, lazy=True) as font:
            family, style = (font["name"].getDebugName(number) for number in (1, 2))
        found["-".join([*family.split(), *([] if style == "Regular" else [style])])] = str(place)
    return found


def _subset(name: str, glyphs: list[int]) -> bytes:
    """Return the font with these glyphs alone, each under its own number."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        retain_gids=True, notdef_outline=True, hinting=False, layout_features=[], glyph_names=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
    cut = subset.Subsetter(options)
    cut.populate(gids=glyphs)
    written = io.BytesIO()
    with TTFont(_files()[name], lazy=True, recalcTimestamp=False) as font:
        cut.subset(font)
        font.save(written)
    return written.getvalue()

"""What is asked of the file of any paper: its pages, its words, its fonts, its title, language and tags.

A made PDF is read back by two programs, pdftotext and pypdf.
"""

import io
import re
import subprocess
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader

SIZES = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
# What pdftotext writes for a sign that no font has, and the box that some fonts draw for it.
UNKNOWN = re.compile("[\ufffd\u25a1\U0001f5ce\x00]")
# Glyphs as WeasyPrint writes them, four figures each; the first glyph of every font is the one for "no such glyph".
DRAWN = re.compile(rb"<((?:[0-9A-Fa-f]{4})+)>")
NO_GLYPH = b"0000"
# Rounding of the tools, in points.
ROUNDING = 0.6
# What of the height of a word's box, which is as high as its font, lies above its capitals and below its line.
ABOVE, BELOW = 0.28, 0.24
PAGE = "{http://www.w3.org/1999/xhtml}page"
WORD = "{http://www.w3.org/1999/xhtml}word"

# One word with its edges: left, top, right, bottom, in points from the upper left corner of its page.
Word = tuple[str, float, float, float, float]


class MadePaper:
    """A PDF with its words, page by page."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.words = _words_by_page(content)


def _words_by_page(content: bytes) -> list[list[Word]]:
    command = ["pdftotext", "-bbox", "-", "-"]
    answer = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    pages = ElementTree.fromstring(answer).iter(PAGE)
    return [[_word(word) for word in page.iter(WORD)] for page in pages]


def _word(word: ElementTree.Element) -> Word:
    left, top, right, bottom = (float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax"))
    return word.text or "", left, top, right, bottom


def require_good_file(paper: MadePaper, *, language: str, page_size: str) -> None:
    """Refuse a paper of which anything is asked in vain."""
    require_inside(paper, page_size)
    require_nothing_on_each_other(paper)
    require_glyphs(paper)
    require_own_fonts(paper)
    require_language_and_title(paper, language)


def require_inside(paper: MadePaper, page_size: str) -> None:
    for words, page in zip(paper.words, paper.reader.pages, strict=True):
        width, height = (float(side) for side in page.mediabox.upper_right)
        sides = zip(sorted((width, height)), sorted(SIZES[page_size]), strict=True)
        assert all(abs(side - asked) < 1 for side, asked in sides), f"a page of {width} by {height} points"
        assert words, "a page without a word"
        for word, left, top, right, bottom in words:
            inside = left > -ROUNDING and top > -ROUNDING and right < width + ROUNDING and bottom < height + ROUNDING
            assert inside, f"{word} stands outside the page"


def require_nothing_on_each_other(paper: MadePaper) -> None:
    for number, words in enumerate(paper.words, start=1):
        downwards = sorted(words, key=lambda word: word[2])
        for place, one in enumerate(downwards):
            for other in downwards[place + 1 :]:
                if other[2] >= one[4]:
                    break
                assert not _overlap(one, other), f"{one[0]} and {other[0]} lie on each other on page {number}"


def _overlap(one: Word, other: Word) -> bool:
    wide = min(one[3], other[3]) - max(one[1], other[1])
    (one_top, one_bottom), (other_top, other_bottom) = _letters(one), _letters(other)
    return wide > 1 and min(one_bottom, other_bottom) - max(one_top, other_top) > ROUNDING


def _letters(word: Word) -> tuple[float, float]:
    high = word[4] - word[2]
    return word[2] + ABOVE * high, word[4] - BELOW * high


def require_glyphs(paper: MadePaper) -> None:
    """Refuse signs that no font has: as a reader finds them, and as they are drawn."""
    unknown = [word for words in paper.words for word, *_edges in words if UNKNOWN.search(word)]
    assert not unknown
    for number, page in enumerate(paper.reader.pages, start=1):
        contents = page.get_contents()
        drawn = [] if contents is None else DRAWN.findall(contents.get_data())
        assert drawn, f"nothing is drawn on page {number}"
        assert not any(NO_GLYPH in _in_fours(run) for run in drawn), f"a sign without a glyph on page {number}"


def _in_fours(run: bytes) -> set[bytes]:
    return {run[place : place + 4] for place in range(0, len(run), 4)}


def require_own_fonts(paper: MadePaper) -> None:
    """Refuse a font that the file does not carry, or that is none of ours."""
    fonts = [font.get_object() for page in paper.reader.pages for font in _fonts_of(page).values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        carried = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
        assert carried, f"{font['/BaseFont']} is not embedded"
        assert "+TR-Sans" in font["/BaseFont"], f"{font['/BaseFont']} is not ours"


def _fonts_of(page: Any) -> Any:
    resources = page["/Resources"].get_object()
    return resources["/Font"].get_object() if "/Font" in resources else {}


def require_language_and_title(paper: MadePaper, language: str) -> None:
    root = paper.reader.trailer["/Root"]
    assert root["/Lang"] == ("zh-Hans" if language == "zh" else "en")  # type: ignore[index]
    assert paper.reader.metadata
    assert paper.reader.metadata.title, "a paper without a title"
    assert root["/MarkInfo"]["/Marked"], "a paper without tags"  # type: ignore[index]
    assert root["/StructTreeRoot"]["/K"]  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]

"""How papers lie on their pages: nothing outside them, no head without its rows, no sign that the fonts lack.

Every sample paper is made in each language on both sizes and read back by two programs, pdftotext and pypdf.
"""

import io
import re
import subprocess
from itertools import product
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document

# Every language, and side by side, where things are narrowest, on both sizes.
FORMS = [
    (name, *form) for name, form in product(ALL, (("en", "letter"), ("zh", "a4"), ("both", "letter"), ("both", "a4")))
]
SIZES = {"letter": (612, 792), "a4": (595.28, 841.89)}
# What pdftotext writes for a sign that no font has, and the box that some fonts draw for it.
UNKNOWN = re.compile("[\ufffd\u25a1\U0001f5ce\x00]")
# Rounding of the tools, in points.
ROUNDING = 0.6
# How much of a page its foot takes at most.
FOOT = 60
PAGE = "{http://www.w3.org/1999/xhtml}page"
WORD = "{http://www.w3.org/1999/xhtml}word"


@pytest.mark.parametrize(("name", "language", "page_size"), FORMS)
def test_a_paper_lies_well_on_its_pages(name, language, page_size) -> None:
    pdf = made(name, language, page_size)
    reader, words = PdfReader(io.BytesIO(pdf)), words_by_page(pdf)

    require_inside(reader, words, page_size)
    require_glyphs(reader, words)
    require_language_and_title(reader, language)
    require_no_heading_alone(reader, words)


def test_what_lies_badly_is_found() -> None:
    lost = '<p style="position: absolute; left: 60mm; width: 300mm">' + "wide words " * 40 + "</p>"
    page = f'<!doctype html><html lang="en"><head><title>Lost</title></head><body>{lost}</body></html>'
    pdf = make_pdf(page)

    with pytest.raises(AssertionError, match="outside the page"):
        require_inside(PdfReader(io.BytesIO(pdf)), words_by_page(pdf), "a4")


def made(name, language, page_size) -> bytes:
    template, sheet = ALL[name]
    return make_pdf(render_document(template, sheet, language=language, page_size=page_size))


def words_by_page(pdf: bytes):
    command = ["pdftotext", "-bbox", "-", "-"]
    answer = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    pages = ElementTree.fromstring(answer).iter(PAGE)
    return [[(word.text or "", *_edges(word)) for word in page.iter(WORD)] for page in pages]


def _edges(word):
    return tuple(float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax"))


def require_inside(reader, pages, page_size) -> None:
    for words, page in zip(pages, reader.pages, strict=True):
        width, height = (float(side) for side in page.mediabox.upper_right)
        assert sorted((width, height)) == pytest.approx(sorted(SIZES[page_size]), abs=1)
        assert words, "a page without a word"
        for word, left, top, right, bottom in words:
            inside = left > -ROUNDING and top > -ROUNDING and right < width + ROUNDING and bottom < height + ROUNDING
            assert inside, f"{word} stands outside the page"


def require_glyphs(reader, pages) -> None:
    assert not [word for words in pages for word, *_edges in words if UNKNOWN.search(word)]
    fonts = [font.get_object() for page in reader.pages for font in fonts_of(page).values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        carried = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
        assert carried, font["/BaseFont"]


def require_language_and_title(reader, language) -> None:
    root = reader.trailer["/Root"]
    assert root["/Lang"] == ("zh-Hans" if language == "zh" else "en")
    assert reader.metadata.title
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def require_no_heading_alone(reader, pages) -> None:
    """The last words above the foot of a page are none that the outline names."""
    headings = {squeezed(entry.title) for entry in entries(reader.outline)}
    for words, page in list(zip(pages, reader.pages, strict=True))[:-1]:
        lines = body_lines(words, float(page.mediabox.height))
        assert not lines or squeezed(lines[-1]) not in headings, lines[-1]


def fonts_of(page):
    resources = page["/Resources"].get_object()
    return resources["/Font"].get_object() if "/Font" in resources else {}


def entries(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from entries(entry)
        else:
            yield entry


def squeezed(words: str) -> str:
    return "".join(words.split())


def body_lines(words, height):
    """Return what stands on a page above its foot, line by line."""
    lines: dict[int, list[str]] = {}
    for word, _left, top, _right, bottom in words:
        if top < height - FOOT:
            lines.setdefault(round(bottom), []).append(word)
    return [" ".join(lines[bottom]) for bottom in sorted(lines)]

"""Papers as PDF, by WeasyPrint with our own fonts and nothing from outside.

The HTML comes complete (see tourreg.rendering): its styles in one <style>, its pictures as data: addresses. The same
HTML gives the same bytes, since papers are kept by content hash; title, language and date are those of its <head>.
"""

from __future__ import annotations

import gc
import os
import re
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any
from xml.etree import ElementTree

from tourreg.adapters.aside import aside
from tourreg.adapters.pdf_rules import draw_rules_plainly
from tourreg.kernel.glyphs import can_be_printed
from tourreg.kernel.refusals import Refusal

FONTS = Path(__file__).parent.parent / "static" / "fonts"
ELEMENTS = FONTS.parent / "papers" / "elements.css"
LONGEST_SECONDS = 30
COMPRESSION = 6  # of 9; the last three take a sixth of the time of a paper and save a hundredth of its size
FAMILIES = ("TRSans", "TRSansExt", "TRSansRare")  # the first is enough for nearly every paper
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Runs that only say their language: browsers read it out, WeasyPrint writes it nowhere.
_LANGUAGE_ONLY = re.compile(r'<span lang="[\w-]+">([^<]*)</span>')
_DOCTYPE = re.compile(r"\A\s*<!doctype html>", re.IGNORECASE)
_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_VOID = re.compile(r"<((?:br|col|img|meta)\b[^>]*)>")
_ONE_AT_A_TIME = Lock()  # Pango's font map serves one rendering at a time


class GlyphMissing(Refusal):
    """None of our fonts has the character; facts: character, name, code_point (U+1F600)."""


class OutsideAddress(Refusal):
    """A paper asked for something that it does not carry itself; facts: reason."""


def make_pdf(html: str) -> bytes:
    """Return the tagged PDF (PDF/UA-1) of a complete HTML document.

    raises  GlyphMissing for the first character that would print as a box or not at all; OutsideAddress
    """
    require_glyphs(unescape(html))
    styles = _STYLE.search(html)
    body = _with_fewer_boxes(_STYLE.sub("", html, count=1))
    with _ONE_AT_A_TIME, _without_garbage_collection(), _nothing_from_outside():
        pdf: bytes = _parsed(body).write_pdf(
            stylesheets=[_stylesheet(styles[1])] if styles else [],
            font_config=_font_configuration(),
            pdf_variant="pdf/ua-1",
            finisher=_finish,
        )
    return _identified(pdf, sha256(html.encode()).hexdigest()[:32])


def make_pdf_aside(html: str) -> bytes:
    """Return the same PDF, made in a child of this process, with which all that WeasyPrint holds ends.

    The folder of the fonts is this process's: a child is killed, and would leave one behind each time.

    raises  GlyphMissing, OutsideAddress, DidNotFinish
    """
    _use_our_fonts_only()
    return aside(make_pdf, html, seconds=LONGEST_SECONDS)


def _with_fewer_boxes(html: str) -> str:
    """Return the paper for WeasyPrint alone, without what costs much there and shows nowhere.

    A run that only says its language is a box, whose styles are worked out for it alone. A line break is three boxes;
    as a sign in the text, at which our sheet of elements breaks the line, it is none.
    """
    return _LANGUAGE_ONLY.sub(r"\1", html).replace("\n", " ").replace("<br>", "\n")


def _finish(document: Any, pdf: Any) -> None:
    _say_what_heads_what(document)
    _compress(pdf)


def _compress(pdf: Any) -> None:
    """Compress what is drawn and the fonts ourselves, a little less than the writer would, in a third of its time."""
    for stream in pdf.objects:
        if getattr(stream, "compress", False):
            stream.compress = False
            plain = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream = [zlib.compress(plain, COMPRESSION)]
            stream.extra["Filter"] = "/FlateDecode"


def _say_what_heads_what(document: Any) -> None:
    """Note in the tags whether a header cell heads its column or its row, as WeasyPrint does not."""
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - the boxes know their tags, the finished file no boxes
            scope = _SCOPES.get(box.element.get("scope", "")) if box.element_tag == "th" else None
            if scope and hasattr(box, "mark"):
                box.mark["A"]["Scope"] = scope


def _identified(pdf: bytes, identifier: str) -> bytes:
    """Return the PDF with its identifier in its last dictionary, behind which nothing is counted.

    WeasyPrint would write every object a second time to hash them all.
    """
    before, mark, after = pdf.rpartition(b"/Type /XRef")
    return b"%s%s/ID [<%s> <%s>]%s" % (before, mark, identifier.encode(), identifier.encode(), after)


def require_glyphs(text: str) -> None:
    """Do nothing if every character of the text can be printed.

    raises  GlyphMissing for the first that cannot, control characters among them
    """
    missing = unprintable(text)
    if missing:
        code_point = f"U+{ord(missing[0]):04X}"
        name = unicodedata.name(missing[0], "control character" if missing[0] < " " else "unnamed")
        raise GlyphMissing(character=missing[0], name=name, code_point=code_point)


def unprintable(text: str) -> list[str]:
    """Return the characters of the text that no font of ours draws, each once, in the order they come."""
    return [sign for sign in dict.fromkeys(text) if not can_be_printed(sign)]


def _parsed(html: str) -> Any:
    """Return the document as WeasyPrint knows it.

    Our papers are XML but for their doctype and their void elements, and the XML parser, which is written in C, reads
    them in no time, while WeasyPrint's own takes a tenth of the time of a paper. It still reads any other HTML.
    """
    try:
        root = ElementTree.fromstring(_DOCTYPE.sub("", _VOID.sub(r"<\1/>", html)))  # noqa: S314 - our own templates
    except ElementTree.ParseError:
        return _paper_class()(string=html, url_fetcher=_fetcher())
    paper = _paper_class()(string="<html>", url_fetcher=_fetcher())
    paper.wrapper_element = type(paper.wrapper_element).from_html_root(root, content_language=None)
    paper.etree_element = root
    return paper


@cache
def _paper_class() -> Any:
    """Return WeasyPrint's document with our sheet of elements in place of its own."""
    _use_our_fonts_only()
    draw_rules_plainly()
    from weasyprint import HTML

    class Paper(HTML):  # type: ignore[misc]  # WeasyPrint is not typed
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_stylesheet(ELEMENTS.read_text("utf-8"))]

    return Paper


@lru_cache(maxsize=32)
def _stylesheet(css: str) -> Any:
    """Return the parsed styles; each kind, size and accent of paper is parsed once in the life of the process."""
    from weasyprint import CSS

    return CSS(string=css, url_fetcher=_fetcher(), font_config=_font_configuration())


@cache
def _fetcher() -> Any:
    """Return what reads data: addresses and stops the rendering at any other."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


@cache
def _font_configuration() -> Any:
    _use_our_fonts_only()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _use_our_fonts_only() -> tempfile.TemporaryDirectory[str]:
    """Let this process see our fonts and no font of the machine: Pango reads the file that FONTCONFIG_FILE names."""
    folder = tempfile.TemporaryDirectory(prefix="tourreg-fonts-")
    configuration = Path(folder.name, "fonts.conf")
    configuration.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder.name}</cachedir></fontconfig>"
    )
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    return folder


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Leave the collector off meanwhile: what a rendering makes lives until its end, and scanning it costs a sixth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _nothing_from_outside() -> Iterator[None]:
    """Turn WeasyPrint's way to stop at a forbidden address, no ordinary exception, into a refusal."""
    _use_our_fonts_only()
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise OutsideAddress(reason=str(error)) from error

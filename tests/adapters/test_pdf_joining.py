"""Somebody else's PDF behind a paper of ours: its pages as they look, in a file that stays tagged."""

import io
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from tests.paper_samples import INVOICE, STATEMENT
from tourreg.adapters import pdf_joining
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document


@pytest.fixture(scope="module")
def invoice() -> bytes:
    return made("invoice", INVOICE)


def made(template: str, sheet: Any) -> bytes:
    return make_pdf(render_document(template, sheet, language="en", page_size="letter"))


def a_form(*, rotated: int = 0, password: str = "") -> bytes:
    """Return a page that is filled in: what its field shows stands in an annotation, beside a script."""
    writer = PdfWriter()
    page: Any = writer.add_blank_page(612, 792)
    helvetica = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): helvetica})})
    page[NameObject("/Resources")] = fonts
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 72 700 Td (Form W-9 printed words) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content)
    look = DecodedStreamObject()
    look.set_data(b"BT /F1 12 Tf 0 2 Td (Filled in by hand) Tj ET")
    look.update({NameObject("/BBox"): rectangle(0, 0, 200, 20), NameObject("/Resources"): fonts})
    field = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): rectangle(72, 600, 272, 620),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('hello')")}
    )
    page.rotate(rotated)
    if password:
        writer.encrypt(password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def rectangle(*sides: float) -> ArrayObject:
    return ArrayObject([FloatObject(side) for side in sides])


@pytest.mark.parametrize("rotated", [0, 90])
def test_a_form_follows_as_it_looks_and_without_its_scripts(invoice: bytes, rotated: int) -> None:
    form = a_form(rotated=rotated)
    assert pdf_joining.examine(form) == 1

    joined = pdf_joining.append_pages(invoice, form, described="Form W-9")

    pages = PdfReader(io.BytesIO(joined)).pages
    assert len(pages) == 2
    assert "INV-2026-00417" in pages[0].extract_text()
    assert "Form W-9 printed words" in pages[1].extract_text()
    assert "Filled in by hand" in pages[1].extract_text()
    assert b"app.alert" not in joined
    assert (pages[1].mediabox.width > pages[1].mediabox.height) == bool(rotated)


def test_the_joined_file_stays_tagged_in_its_language_with_its_title(invoice: bytes) -> None:
    before, after = (PdfReader(io.BytesIO(one)) for one in (invoice, joined_with_pages(invoice)))
    root: Any = after.root_object

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert after.metadata == before.metadata
    assert after.xmp_metadata is not None
    assert after.pdf_header == before.pdf_header
    figures = figures_of(after)
    assert [figure["/Alt"] for figure in figures] == ["Form W-9, 1/2", "Form W-9, 2/2"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tagged = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page, figure in zip(list(after.pages)[1:], figures, strict=True):
        assert tagged[page["/StructParents"]][0].get_object() == figure


def test_each_font_stands_in_the_joined_file_once(invoice: bytes) -> None:
    joined = joined_with_pages(invoice)

    fonts = [
        program.idnum
        for page in PdfReader(io.BytesIO(joined)).pages
        for resources in (page["/Resources"], *(one["/Resources"] for one in drawings_of(page)))
        for font in resources.get("/Font", {}).values()
        for program in programs_of(font.get_object())
    ]
    files = set(fonts)
    assert len(files) == 4, "two weights of the invoice, and two of the other file"
    assert len(fonts) > len(files)


def test_the_same_pages_make_the_same_bytes(invoice: bytes) -> None:
    assert joined_with_pages(invoice) == joined_with_pages(invoice)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><script>alert(1)</script></html>", pdf_joining.NotAPdf),
        (b"", pdf_joining.NotAPdf),
        (b"%PDF-1.7 and nothing more", pdf_joining.PdfBroken),
        (a_form()[:400], pdf_joining.PdfBroken),
        (a_form(password="secret"), pdf_joining.PdfEncrypted),
        (b"%PDF-1.7" + b"x" * pdf_joining.LARGEST_FILE, pdf_joining.PdfTooLong),
    ],
)
def test_what_is_no_whole_open_pdf_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        pdf_joining.examine(content)


def test_more_pages_than_a_form_has_are_refused() -> None:
    writer = PdfWriter()
    for _ in range(pdf_joining.MOST_PAGES + 1):
        writer.add_blank_page(612, 792)
    written = io.BytesIO()
    writer.write(written)

    with pytest.raises(pdf_joining.PdfTooLong):
        pdf_joining.examine(written.getvalue())


def joined_with_pages(invoice: bytes) -> bytes:
    return pdf_joining.append_pages(invoice, made("statement", STATEMENT), described="Form W-9")


def figures_of(reader: PdfReader) -> list[Any]:
    root: Any = reader.root_object["/StructTreeRoot"]
    document = root["/K"][0] if isinstance(root["/K"], list) else root["/K"]
    return [child for child in (one.get_object() for one in document.get_object()["/K"]) if child["/S"] == "/Figure"]


def drawings_of(page: Any) -> list[Any]:
    return [
        one.get_object() for one in page["/Resources"].get("/XObject", {}).values() if "/Resources" in one.get_object()
    ]


def programs_of(font: Any) -> list[Any]:
    described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    return [described.raw_get("/FontFile2")]

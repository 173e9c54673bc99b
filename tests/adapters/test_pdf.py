"""Papers become PDF with our own fonts and nothing from outside."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tests.paper_samples import ALL, CHINESE_INVOICE, INVOICE
from tourreg.adapters import pdf
from tourreg.adapters.pdf import GlyphMissing, OutsideAddress, make_pdf, unprintable
from tourreg.rendering import render_document

FONT = '"TR Sans", "TR Sans Ext", "TR Sans Rare"'


def page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><title>A paper</title>'
        '<meta name="dcterms.created" content="2026-05-02T20:40:00Z">'
        f"<style>html {{ font-family: {FONT} }} b {{ font-weight: 700 }}</style></head><body>{body}</body></html>"
    )


def read(made: bytes) -> Any:
    return PdfReader(io.BytesIO(made))


def fonts_of(reader: Any) -> set[str]:
    """Return the names of the fonts that the pages use, without the six letters that a subset carries."""
    names = set()
    for sheet in reader.pages:
        for font in sheet["/Resources"]["/Font"].values():
            names.add(re.sub(r"^/[A-Z]{6}\+", "", str(font.get_object()["/BaseFont"])))
    return names


@pytest.fixture(scope="module")
def bilingual_invoice() -> bytes:
    return make_pdf(render_document("invoice", CHINESE_INVOICE, language="both", page_size="a4"))


def test_a_paper_is_tagged_and_says_its_title_and_language(bilingual_invoice):
    catalogue = read(bilingual_invoice).trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    title = "Invoice 账单 INV-2026-00583, Wuxi Performance Management Office 无锡市绩效管理办公室"
    assert read(bilingual_invoice).metadata.title == title


def test_a_paper_is_dated_by_its_issue_and_not_by_its_making(bilingual_invoice):
    metadata = read(bilingual_invoice).metadata

    assert metadata["/CreationDate"].startswith("D:20260928070500")
    assert metadata["/ModDate"].startswith("D:20260928070500")


def test_chinese_can_be_copied_out_of_a_paper(bilingual_invoice):
    text = read(bilingual_invoice).pages[0].extract_text()

    for words in ("无锡市绩效管理办公室", "人民币贰万零玖佰叁拾元整", "不是发票", "SHEN Jianguo", "沈建国"):
        assert words in text


@pytest.mark.parametrize(("name", "language"), [("chinese-invoice", "both"), ("itinerary", "both"), ("roster", "zh")])
def test_a_paper_is_the_same_whichever_parser_reads_it(name, language, monkeypatch):
    template, sheet = ALL[name]
    html = render_document(template, sheet, language=language, page_size="a4")
    by_xml = make_pdf(html)

    monkeypatch.setattr(pdf, "_DOCTYPE", re.compile("no such doctype"))  # so it is no XML

    assert make_pdf(html) == by_xml


def test_the_language_of_a_run_costs_nothing_in_the_pdf():
    said = make_pdf(page('<p>Bill <span lang="zh-Hans">账单</span></p>'))
    unsaid = make_pdf(page("<p>Bill 账单</p>"))

    assert read(said).pages[0].get_contents().get_data() == read(unsaid).pages[0].get_contents().get_data()


def test_the_sheet_of_elements_knows_every_element_of_our_papers():
    sheet = re.sub(r"/\*.*?\*/", "", pdf.ELEMENTS.read_text("utf-8"), flags=re.DOTALL)
    known = set(re.findall(r"[a-z]\w*", re.sub(r"\{[^{}]*\}", "{}", sheet)))
    used = set()

    for name, (template, values) in ALL.items():
        html = render_document(template, values, language="both", page_size="a4", working_copy=name == "invoice")
        used |= set(re.findall(r"<([a-z]\w*)", html))

    assert used - known == {"br", "span"}  # a line break is a sign in the text, and a run needs no rule


def test_a_line_of_a_template_is_not_a_line_of_the_paper():
    broken = make_pdf(page("<p>City of\nDecatur<br>Finance</p>"))
    whole = make_pdf(page("<p>City of Decatur<br>Finance</p>"))

    assert read(broken).pages[0].extract_text() == "City of Decatur\nFinance"
    assert read(broken).pages[0].get_contents().get_data() == read(whole).pages[0].get_contents().get_data()


def test_a_paper_has_an_identifier_made_of_what_it_says():
    one, same, other = (read(make_pdf(page(f"<p>{words}</p>"))).trailer["/ID"] for words in ("one", "one", "other"))

    assert one == same != other
    assert one[0] == one[1]


def test_a_paper_uses_our_fonts_and_embeds_them(bilingual_invoice):
    assert fonts_of(read(bilingual_invoice)) == {"TR-Sans", "TR-Sans-Bold"}
    for font in read(bilingual_invoice).pages[0]["/Resources"]["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


def test_a_rare_name_is_printed_in_both_weights_by_the_further_fonts():
    made = read(make_pdf(page("<p>王喆 <b>王堃</b> 䶮 <b>𠮷</b> 김철수</p>")))

    assert {"TR-Sans-Ext", "TR-Sans-Ext-Bold", "TR-Sans-Rare", "TR-Sans-Rare-Bold"} <= fonts_of(made)
    assert "王喆" in made.pages[0].extract_text()


def test_european_names_are_printed_by_the_first_font():
    made = read(make_pdf(page("<p>Šárka Łódź Gyōző Çağlar Nguyễn Đặng Ђорђе Ελένη “x” − \u2009</p>")))

    assert fonts_of(made) == {"TR-Sans"}
    assert "Łódź" in made.pages[0].extract_text()


def test_no_font_of_the_machine_is_used():
    made = read(make_pdf(page('<p style="font-family: DejaVu Sans, Noto Sans CJK SC, serif">Decatur 迪凯特</p>')))

    assert fonts_of(made) <= {"TR-Sans", "TR-Sans-Ext", "TR-Sans-Rare"}


def test_a_fresh_process_sees_only_our_fonts():
    program = (
        "from tourreg.adapters.pdf import make_pdf; import subprocess\n"
        "make_pdf('<html lang=en><title>x</title><p>x</p></html>')\n"
        "print(subprocess.run(['fc-list', ':', 'family'], capture_output=True, text=True).stdout)"
    )

    listed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert {line for line in listed.splitlines() if line} == {"TR Sans", "TR Sans Ext", "TR Sans Rare"}


def test_papers_made_aside_leave_no_folder_behind(tmp_path: Path) -> None:
    program = (
        "from tourreg.adapters.pdf import make_pdf_aside; from pathlib import Path\n"
        "for _each in range(2): make_pdf_aside('<html lang=en><title>x</title><p>x</p></html>')\n"
        f"print(len([*Path({str(tmp_path)!r}).iterdir()]))"
    )

    command = [sys.executable, "-c", program]
    meanwhile = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    )

    assert meanwhile.stdout.strip() == "1"
    assert [*tmp_path.iterdir()] == []


def test_the_same_paper_has_the_same_bytes(bilingual_invoice):
    again = make_pdf(render_document("invoice", CHINESE_INVOICE, language="both", page_size="a4"))

    assert again == bilingual_invoice


@pytest.mark.parametrize(
    ("character", "name", "code_point"),
    [
        ("😀", "GRINNING FACE", "U+1F600"),
        ("\0", "control character", "U+0000"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE", "U+202E"),
        ("א", "HEBREW LETTER ALEF", "U+05D0"),
        ("م", "ARABIC LETTER MEEM", "U+0645"),
        ("\ud800", "unnamed", "U+D800"),
        ("&#128512;", "GRINNING FACE", "U+1F600"),
    ],
)
def test_a_character_without_a_glyph_is_refused_by_name(character, name, code_point):
    with pytest.raises(GlyphMissing) as refusal:
        make_pdf(page(f"<p>Emily {character}</p>"))

    assert (refusal.value.name, refusal.value.code_point) == (name, code_point)


def test_an_emoji_in_a_name_refuses_the_invoice():
    sheet = {**INVOICE, "payer": {**INVOICE["payer"], "name": "City of Decatur 🍑"}}

    with pytest.raises(GlyphMissing, match="PEACH"):
        make_pdf(render_document("invoice", sheet, language="en", page_size="letter"))


def test_a_form_can_ask_beforehand_what_cannot_be_printed():
    assert unprintable("Łukasz 陈喆 김 O’Neill\u200b") == []
    assert unprintable("a😀b😀\u0007") == ["😀", "\u0007"]


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.png", "https://example.org/x.svg", "file:///etc/hostname", "ftp://example.org/x.png"],
)
def test_a_paper_that_asks_for_something_outside_is_refused(address):
    with pytest.raises(OutsideAddress, match="Error fetching"):
        make_pdf(page(f'<p><img src="{address}" alt="x"></p>'))


def test_every_font_has_the_same_characters_in_both_weights():
    for family in pdf.FAMILIES:
        with (
            TTFont(pdf.FONTS / f"{family}-400.ttf") as regular,
            TTFont(pdf.FONTS / f"{family}-700.ttf") as bold,
        ):
            assert set(regular.getBestCmap()) == set(bold.getBestCmap())


def test_the_first_font_has_all_of_gb2312_and_the_signs_of_our_papers():
    gb2312 = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]

    with TTFont(pdf.FONTS / "TRSans-400.ttf") as font:
        known = set(map(chr, font.getBestCmap()))

    assert set("".join(gb2312)) <= known
    assert set("−–—“”‘’·…￥¥€£〔〕（），。、；：《》№\u2009\u202f") <= known


def test_the_fonts_stay_small_enough_to_be_kept_in_the_repository():
    for path in pdf.FONTS.glob("*.ttf"):
        assert path.stat().st_size < 12_000_000


# Of 255 greys: a clip and a rectangle smooth the dots at an edge otherwise.
AT_AN_EDGE = 64
# What stands on the page: a box of 40 x 20 mm, 10 mm from the left and the top.
BOXES = {
    "rules above and below": "border-top: 1mm solid; border-bottom: 2mm solid #777",
    "rules on the sides": "border-left: 1mm solid #777; border-right: 2mm solid",
    "one rule": "border-bottom: 1mm solid",
    "a frame": "border: 1mm solid",
    "a corner": "border-top: 1mm solid; border-left: 2mm solid #777",
    "dashes": "border-bottom: 1mm dashed",
    "a round end": "border-bottom: 1mm solid; border-radius: 3mm",
    "a rule that nobody sees": "border-bottom: 1mm solid; visibility: hidden",
    "a rule without ink": "border-bottom: 1mm solid transparent",
    "two columns": "columns: 2; column-rule: 1mm solid; column-gap: 4mm",
}


def boxed(style: str) -> str:
    box = f"div {{ box-sizing: border-box; width: 40mm; height: 20mm; {style} }}"
    sheet = f"@page {{ size: 60mm 40mm; margin: 10mm }} body {{ margin: 0 }} {box}"
    head = f"<head><title>Box</title><style>{sheet}</style></head>"
    return f'<!doctype html><html lang="en">{head}<body><div><p>a</p><p>b</p></div></body></html>'


@pytest.mark.parametrize("box", BOXES)
def test_our_rules_look_as_the_borders_of_the_library_do(box, monkeypatch) -> None:
    ours = make_pdf(boxed(BOXES[box]))
    assert weasyprint.draw.draw_border is not weasyprint.draw.border.draw_border

    monkeypatch.setattr(weasyprint.draw, "draw_border", weasyprint.draw.border.draw_border)
    theirs = make_pdf(boxed(BOXES[box]))

    assert greatest_difference(finely_drawn(ours), finely_drawn(theirs)) <= AT_AN_EDGE


def finely_drawn(made: bytes) -> bytes:
    """Return the page as a picture of ten dots to the millimetre."""
    command = ["pdftoppm", "-gray", "-r", "254", "-"]
    return subprocess.run(command, input=made, check=True, capture_output=True).stdout


def greatest_difference(one: bytes, other: bytes) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))

"""Names beyond the everyday characters: what papers print of them, at what size, and on which machines."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.paper_files import MadePaper, require_glyphs, require_own_fonts
from tests.paper_samples import ALL, ROSTER
from tourreg.adapters.pdf import make_pdf
from tourreg.kernel.names import PersonName
from tourreg.rendering import render_document

SEVERAL = ("invoice", "chinese-invoice", "itinerary", "roster", "badges", "pocket_card", "approval_cut", "host_request")
# The program prints these papers in a process of its own and tells what came of each.
PRINTING = """
import hashlib, json, sys
from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document
made = {}
for name in sys.argv[1:]:
    template, sheet = ALL[name]
    pdf = make_pdf(render_document(template, sheet, language="both", page_size="a4"))
    made[name] = hashlib.sha256(pdf).hexdigest()
print(json.dumps(made))
"""


def printed(native):
    """Return a roster on which one person has this native name, as sheets tell it."""
    row = {**ROSTER["rows"][0], "native": PersonName("Zhu", "Rong", native).printed_native}
    return make_pdf(render_document("roster", {**ROSTER, "rows": [row]}, language="both", page_size="a4"))


def fonts_in(pdf):
    pages: Any = PdfReader(io.BytesIO(pdf)).pages
    found = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    return {str(font["/BaseFont"]).partition("+")[2] for font in found}


@pytest.mark.parametrize("native", ["朱镕", "王喆", "李堃", "𠮷野家", "㛃䶮𫟼"])
def test_a_rare_name_prints_and_reads_back(native):
    paper = MadePaper(printed(native))

    require_glyphs(paper)
    require_own_fonts(paper)
    assert native in (paper.reader.pages[0].extract_text() or "")


def test_only_a_paper_with_a_rare_name_carries_the_further_fonts():
    everyday, rare = printed("朱荣"), printed("朱镕𠮷")

    assert fonts_in(everyday) <= {"TR-Sans", "TR-Sans-Bold"}
    assert {"TR-Sans-Ext-Bold", "TR-Sans-Rare-Bold"} <= fonts_in(rare)
    assert len(rare) - len(everyday) < 12_000


@pytest.mark.parametrize(
    ("native", "sign"),
    [("ᠪᠣᠷᠵᠢᠭᠢᠨ", "ᠪ"), ("สมชาย ใจดี", "ส"), ("محمد العلي", "م"), ("דוד", "ד")],
)
def test_a_name_in_a_script_without_a_font_leaves_the_latin_name_alone(native, sign):
    name = PersonName("Borjigin", "Bat", native)

    assert name.unprinted_sign == sign
    assert name.printed_native == ""
    read = PdfReader(io.BytesIO(printed(native))).pages[0].extract_text()
    assert sign not in read
    assert ROSTER["rows"][0]["latin"] in read


def test_a_machine_without_any_font_prints_the_same_papers(tmp_path: Path):
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>')
    machine = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.getcwd(),  # noqa: PTH109 - as this process has it
        "HOME": str(tmp_path),
        "FONTCONFIG_FILE": str(bare),
    }
    listed = subprocess.run(["fc-list"], env=machine, capture_output=True, text=True, check=True).stdout

    command = [sys.executable, "-c", PRINTING, *SEVERAL]
    made = json.loads(subprocess.run(command, env=machine, capture_output=True, check=True).stdout)

    assert listed.strip() == ""
    assert made == {name: sha256_of(name) for name in SEVERAL}


def sha256_of(name):
    template, sheet = ALL[name]
    return hashlib.sha256(make_pdf(render_document(template, sheet, language="both", page_size="a4"))).hexdigest()

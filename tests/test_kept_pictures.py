"""The main papers look as their kept pictures do, and the comparison sees what changes."""

from pathlib import Path

import pytest
from PIL import Image

from tests.kept_pictures import FOLDER, KEPT, MOST_APART, apart, drawn, kept_at, picture_of
from tests.paper_samples import ALL
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document


@pytest.mark.parametrize("form", KEPT, ids=lambda form: "-".join(map(str, form)))
def test_a_main_paper_looks_as_its_kept_picture(form, tmp_path: Path) -> None:
    now = drawn(*form)
    now.save(tmp_path / "now.png")

    difference = apart(now, Image.open(kept_at(*form)).convert("L"))

    assert difference <= MOST_APART, f"{tmp_path}/now.png differs from {kept_at(*form)}; if meant, see kept_pictures.py"


def test_no_picture_is_kept_that_nothing_is_compared_with() -> None:
    assert {kept_at(*form) for form in KEPT} == set(FOLDER.iterdir())


CHANGES = {
    "a line left out": ("<p>Room 4</p>", ""),
    "a line moved by its height": ("<p>Room 4</p>", "<p class=low>Room 4</p>"),
    "another rule": ("<p>Room 4</p>", "<p class=rule>Room 4</p>"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_on_a_paper_is_seen(change) -> None:
    old, new = CHANGES[change]
    paper = (
        '<!doctype html><html lang="en"><head><title>Rooms</title><style>html { font: 9pt "TR Sans" }'
        " .low { padding-top: 9pt } .rule { border-bottom: 1pt solid }</style></head>"
        "<body><p>Room 3</p><p>Room 4</p></body></html>"
    )

    assert apart(picture_of(make_pdf(paper)), picture_of(make_pdf(paper.replace(old, new)))) > MOST_APART


def test_the_other_size_of_paper_is_another_picture() -> None:
    template, sheet = ALL["receipt"]
    letter, a4 = (
        picture_of(make_pdf(render_document(template, sheet, language="en", page_size=size)))
        for size in ("letter", "a4")
    )

    assert apart(letter, a4) == 255

"""From an issued paper to its files."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

import pytest
from flask import Flask
from sqlalchemy import select

from tests.paper_samples import INVOICE, PRO_FORMA, ROSTER
from tests.papers import again, an_issued_paper
from tourreg.adapters import pdf
from tourreg.adapters.files import MemoryFiles
from tourreg.db import db
from tourreg.domain.papers import commands
from tourreg.domain.papers.models import Paper
from tourreg.printing import CannotBePrinted, CannotBeRestored, make_lost_file_again, render_paper, working_copy

Form = Literal["pdf", "html"]
PEACH = {"payer": {**INVOICE["payer"], "name": "City of Decatur 🍑"}}


class Killed(BaseException):
    """The worker dies here."""


@pytest.fixture
def files() -> MemoryFiles:
    return MemoryFiles()


def test_a_paper_gets_its_pdf_and_its_twin(app: Flask, now: datetime, files: MemoryFiles) -> None:
    paper = an_issued_paper(now=now)

    render_paper(paper.public_id, files, now=now + timedelta(seconds=5))

    made = again(paper)
    assert made.rendered_at == now + timedelta(seconds=5)
    assert files.get(made.pdf_sha256 or "").startswith(b"%PDF")
    twin = files.get(made.html_sha256 or "").decode()
    assert "CCE-INV-2027-00001" in twin
    assert "WORKING COPY" not in twin


def test_a_paper_that_is_made_is_not_made_again(
    app: Flask, now: datetime, files: MemoryFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = an_issued_paper(now=now)
    render_paper(paper.public_id, files, now=now)
    monkeypatch.setattr(pdf, "make_pdf", die)

    render_paper(paper.public_id, files, now=now + timedelta(hours=1))

    assert again(paper).rendered_at == now


@pytest.mark.parametrize(("module", "step"), [(pdf, "make_pdf"), (commands, "note_rendered")])
def test_a_worker_killed_on_the_way_loses_nothing(
    app: Flask, now: datetime, files: MemoryFiles, monkeypatch: pytest.MonkeyPatch, module: object, step: str
) -> None:
    paper = an_issued_paper(now=now)
    with monkeypatch.context() as until_then:
        until_then.setattr(module, step, die)
        with pytest.raises(Killed):
            render_paper(paper.public_id, files, now=now)
    orphans = set(files.kept)
    assert again(paper).rendered_at is None

    render_paper(paper.public_id, files, now=now)

    made = again(paper)
    assert {made.pdf_sha256, made.html_sha256} == set(files.kept)
    assert orphans <= set(files.kept)


@pytest.mark.both
def test_a_worker_that_comes_second_leaves_what_the_first_noted(app: Flask, now: datetime, files: MemoryFiles) -> None:
    paper = an_issued_paper(now=now)
    public_id = paper.public_id

    class SlowFiles(MemoryFiles):
        """While these files are put, another worker is faster."""

        def put(self, content: bytes) -> str:
            render_paper(public_id, files, now=now)
            return super().put(content)

    render_paper(public_id, SlowFiles(), now=now + timedelta(minutes=1))

    assert again(paper).rendered_at == now


def test_no_transaction_is_open_while_a_pdf_is_made(
    app: Flask, now: datetime, files: MemoryFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = an_issued_paper(now=now)
    states: list[bool] = []
    make_pdf = pdf.make_pdf

    def watched(html: str) -> bytes:
        states.append(db.session().in_transaction())
        return make_pdf(html)

    monkeypatch.setattr(pdf, "make_pdf", watched)
    render_paper(paper.public_id, files, now=now)

    assert states == [False]


def test_a_character_without_a_glyph_is_noted_with_the_paper(app: Flask, now: datetime, files: MemoryFiles) -> None:
    paper = an_issued_paper(now=now, sheet=PEACH)

    with pytest.raises(CannotBePrinted):
        render_paper(paper.public_id, files, now=now)

    assert again(paper).failure == "🍑 (PEACH, U+1F351)"
    assert files.kept == {}


def test_a_paper_that_cannot_be_made_is_left_alone(app: Flask, now: datetime, files: MemoryFiles) -> None:
    paper = an_issued_paper(now=now, sheet=PEACH)
    with pytest.raises(CannotBePrinted):
        render_paper(paper.public_id, files, now=now)

    render_paper(paper.public_id, files, now=now)

    assert again(paper).rendered_at is None


def test_an_unknown_paper_is_left_alone(app: Flask, now: datetime, files: MemoryFiles) -> None:
    render_paper("nobody's", files, now=now)

    assert files.kept == {}


def test_the_hash_of_a_paper_is_that_of_its_bytes(app: Flask, now: datetime, files: MemoryFiles) -> None:
    paper = an_issued_paper(now=now, sample="receipt")

    render_paper(paper.public_id, files, now=now)

    assert sha256(files.get(again(paper).pdf_sha256 or "")).hexdigest() == again(paper).pdf_sha256


@pytest.mark.parametrize("form", ["pdf", "html"])
@pytest.mark.parametrize("left", [None, b"half of it"])
def test_a_file_that_is_lost_or_damaged_is_made_again_and_kept(
    app: Flask, now: datetime, files: MemoryFiles, form: Form, left: bytes | None
) -> None:
    paper = an_issued_paper(now=now)
    render_paper(paper.public_id, files, now=now)
    made = again(paper)
    content_hash = (made.pdf_sha256 if form == "pdf" else made.html_sha256) or ""
    stored = files.kept.pop(content_hash)
    files.kept.update({content_hash: left} if left else {})

    assert make_lost_file_again(made, form, files, aside=False) == stored
    assert files.get(content_hash) == stored


def test_a_file_that_would_not_be_the_same_is_not_made_again(
    app: Flask, now: datetime, files: MemoryFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = an_issued_paper(now=now)
    render_paper(paper.public_id, files, now=now)
    monkeypatch.setattr(pdf, "make_pdf", lambda _html: b"%PDF of another program")

    with pytest.raises(CannotBeRestored, match="CCE-INV-2027-00001"):
        make_lost_file_again(again(paper), "pdf", files, aside=False)


def test_a_working_copy_is_kept_nowhere(app: Flask) -> None:
    made = working_copy({**ROSTER, "number": ""}, MemoryFiles(), language="en", page_size="letter")

    assert made.startswith(b"%PDF")
    assert db.session.scalar(select(Paper)) is None


def test_a_pro_forma_is_no_working_copy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def printed_to(html: str) -> bytes:
        printed.append(html)
        return b""

    monkeypatch.setattr(pdf, "make_pdf_aside", printed_to)

    working_copy(PRO_FORMA, MemoryFiles(), language="en", page_size="letter")
    working_copy({**ROSTER, "number": ""}, MemoryFiles(), language="en", page_size="letter")

    assert ["WORKING COPY" in html for html in printed] == [False, True]


def test_a_working_copy_that_cannot_be_printed_names_the_character(app: Flask) -> None:
    with pytest.raises(CannotBePrinted, match="PEACH"):
        working_copy({**PRO_FORMA, **PEACH}, MemoryFiles(), language="en", page_size="letter")


def die(*_arguments: object, **_named: object) -> Callable[[], None]:
    raise Killed

"""Papers, and the letters that wait for them, as the worker makes and sends them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.paper_samples import INVOICE
from tests.papers import again, issue_sample, lose_files
from tourreg import worker
from tourreg.adapters import pdf
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.outbox import queries
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.outbox.models import Task
from tourreg.domain.papers.commands import render_again
from tourreg.domain.papers.models import Paper
from tourreg.tasks import letters

Show = Callable[[datetime], None]
PEACH = {"payer": {**INVOICE["payer"], "name": "City of Decatur 🍑"}}


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters say what they are for; their templates are tested elsewhere."""
    monkeypatch.setattr(letters, "render_mail", lambda template, _facts, **_: (template, template, template))
    monkeypatch.setattr(letters, "ways_in", lambda _letter, **_: {})


def test_a_letter_leaves_with_the_paper_that_it_waited_for(app: Flask, mailbox: MemoryMailer, now: datetime) -> None:
    paper = an_invoice_by_letter(now)

    worker.run_due()

    made = again(paper)
    attached = next(mailbox.sent[0].iter_attachments())
    assert attached.get_filename() == f"{paper.number}.pdf"
    assert attached.get_content() == files().get(made.pdf_sha256 or "")


def test_a_letter_that_came_before_its_paper_is_hastened(
    app: Flask, mailbox: MemoryMailer, now: datetime, clock: Show
) -> None:
    an_invoice_by_letter(now, letter_first=True)

    worker.run_one()
    assert not mailbox.sent
    clock(now + timedelta(seconds=1))
    worker.run_due()

    assert len(mailbox.sent) == 1


def test_a_paper_that_cannot_be_printed_is_given_up_with_its_letter(
    app: Flask, mailbox: MemoryMailer, now: datetime
) -> None:
    paper = an_invoice_by_letter(now, sheet=PEACH)

    worker.run_due()

    assert sorted(task.failure for task in queries.given_up()) == [
        f"{paper.number} cannot be printed: no font has 🍑 (PEACH, U+1F351)",
        "No font has 🍑 (PEACH, U+1F351)",
    ]
    assert not mailbox.sent


def test_it_is_tried_again_when_somebody_asks(app: Flask, mailbox: MemoryMailer, now: datetime) -> None:
    paper = an_invoice_by_letter(now, sheet=PEACH)
    worker.run_due()
    failed = again(paper)

    with writing():
        render_again(failed, now=now)

    assert again(paper).failure == ""
    assert render_task().given_up_at is None


def test_a_paper_that_is_made_is_never_made_again(app: Flask, mailbox: MemoryMailer, now: datetime) -> None:
    paper = an_invoice_by_letter(now)
    worker.run_due()
    made = again(paper)

    with writing():
        render_again(made, now=now)

    assert render_task().done_at == now


def test_a_letter_leaves_with_a_paper_whose_file_was_lost(app: Flask, mailbox: MemoryMailer, now: datetime) -> None:
    paper = an_invoice_by_letter(now)
    worker.run_one()
    lost = lose_files()

    worker.run_due()

    attached = next(mailbox.sent[0].iter_attachments())
    assert attached.get_content() == lost[again(paper).pdf_sha256 or ""]


def test_a_letter_whose_paper_cannot_be_made_again_waits_for_the_backup(
    app: Flask, mailbox: MemoryMailer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = an_invoice_by_letter(now)
    worker.run_one()
    lose_files()
    monkeypatch.setattr(pdf, "make_pdf", lambda _html: b"%PDF of another program")

    worker.run_due()

    assert [task.failure for task in queries.given_up()] == [
        f"The file of {paper.number} is lost; put it back from the backup."
    ]
    assert not mailbox.sent


def an_invoice_by_letter(now: datetime, *, letter_first: bool = False, **changed: Any) -> Paper:
    """Return an issued invoice and ask for the letter that brings it; the letter's task may come first."""
    with writing():
        paper = issue_sample(now=now + timedelta(seconds=1 if letter_first else 0), **changed)
        send_letter(
            "invoice", {}, to="lan@example.org", language="en", about="folio", key="one", now=now,
            papers=[paper.public_id],
        )  # fmt: skip
    return paper


def render_task() -> Task:
    db.session.rollback()
    return db.session.scalars(select(Task).where(Task.kind == "render_paper")).one()

"""From a batch of papers to its file: made one by one, whatever happens meanwhile."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.batch_cast import a_batch, a_choice, again, killed_at, papers_of, personal_papers
from tests.cast import a_published_summit
from tests.races import all_at_once
from tourreg import batching, worker
from tourreg.adapters import pdf
from tourreg.adapters.files import MemoryFiles
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.batches import commands, issuing
from tourreg.domain.batches.models import PaperBatch
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.outbox import queue
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers import commands as papers
from tourreg.domain.papers.models import Paper
from tourreg.kernel.states import MoveRefused

Clock = Callable[[datetime], None]


@pytest.fixture
def event(app: Flask, clock_shows: Clock, monkeypatch: pytest.MonkeyPatch) -> Event:
    personal_papers(monkeypatch)
    return a_published_summit()


def kept() -> MemoryFiles:
    store = files()
    assert isinstance(store, MemoryFiles)
    return store


def count(table: type[Paper | Letter]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(table.id))) or 0


def resume(batch: PaperBatch, now: datetime) -> None:
    found = again(batch)
    with writing():
        commands.resume(found, now=now, by="staff:x")


def run_to_the_end(clock_shows: Clock, now: datetime) -> None:
    """Let a worker do what is due, and what a killed one has left behind once its lease ends."""
    for turn in range(3):
        clock_shows(now + timedelta(minutes=6 * turn))
        worker.run_due()


@pytest.mark.both
def test_all_papers_come_in_one_file_in_their_order(event: Event, now: datetime) -> None:
    batch = a_batch(event, a_choice("roster", "itinerary"), now=now)

    worker.run_due()

    done = again(batch)
    assert (done.state, done.file_bytes) == ("done", len(kept().get(done.file_sha256 or "")))
    bound = PdfReader(io.BytesIO(kept().get(done.file_sha256 or "")))
    names = [str(mark["/Title"]) for mark in bound.outline if not isinstance(mark, list)]
    assert names == [
        "Programme book Emily Hart",
        "Programme book Zhou Lan",
        "Programme book Luís Ferreira",
        "Roster for hosts",
    ]
    assert count(Paper) == 0


def test_a_zip_has_names_that_any_machine_reads_and_a_list_in_both_languages(event: Event, now: datetime) -> None:
    batch = a_batch(event, a_choice("itinerary", outcome="zip"), now=now)

    worker.run_due()

    archive = ZipFile(io.BytesIO(kept().get(again(batch).file_sha256 or "")))
    assert archive.namelist() == [
        "0001-Programme-book-Emily-Hart.pdf",
        "0002-Programme-book-Zhou-Lan.pdf",
        "0003-Programme-book-Luis-Ferreira.pdf",
        "contents.txt",
    ]
    assert "周岚" in archive.read("contents.txt").decode()


@pytest.mark.both
def test_papers_that_are_mailed_are_issued_and_go_each_to_whom_it_is_for(
    event: Event, now: datetime, mailbox: MemoryMailer
) -> None:
    batch = a_batch(event, a_choice("itinerary", outcome="mail", language="own"), now=now)

    worker.run_due()

    assert [(mail["To"], mail["Content-Language"], len(list(mail.iter_attachments()))) for mail in mailbox.sent] == [
        ("emily@example.org", "en", 1),
        ("lan@example.org", "zh-Hans", 1),
    ]
    assert [paper.failure for paper in papers_of(batch)] == ["", "", batching.NO_ADDRESS]
    assert count(Paper) == 2


def test_one_bad_paper_is_named_and_the_others_come_out(
    event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    personal_papers(monkeypatch, broken="person-lan")
    batch = a_batch(event, a_choice("itinerary"), now=now)

    worker.run_due()

    assert [bool(paper.failure) for paper in papers_of(batch)] == [False, True, False]
    assert "days" in papers_of(batch)[1].failure
    assert again(batch).state == "done"

    personal_papers(monkeypatch)
    resume(batch, now)
    worker.run_due()

    assert [paper.failure for paper in papers_of(batch)] == ["", "", ""]
    assert len(PdfReader(io.BytesIO(kept().get(again(batch).file_sha256 or ""))).outline) >= 3


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize(
    ("module", "step", "call"),
    [
        (queue, "claim", -1),
        (batching, "_event", 2),
        (issuing, "issue_once", 2),
        (issuing, "issue_once", -2),
        (pdf, "make_pdf", 2),
        (pdf, "make_pdf", -2),
        (batching, "_kept", -2),
        (papers, "note_rendered", 2),
        (commands, "note_made", 2),
        (commands, "note_made", -2),
        (queue, "finish", 2),
        (commands, "note_put_together", 1),
        (commands, "note_put_together", -1),
    ],
)
def test_a_worker_that_is_killed_between_any_two_steps_doubles_nothing(
    event: Event,
    now: datetime,
    clock_shows: Clock,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    step: str,
    call: int,
    numbered: bool,
) -> None:
    is_of_issuing = step in ("issue_once", "note_rendered")
    if is_of_issuing != numbered and (is_of_issuing or step == "_kept"):
        pytest.skip("a step of the other way")
    batch = a_batch(event, a_choice("itinerary", numbered=numbered), now=now)
    with killed_at(monkeypatch, module, step, call=call):
        worker.run_due()

    run_to_the_end(clock_shows, now)

    done = again(batch)
    assert (done.state, [bool(paper.done_at) for paper in papers_of(batch)]) == ("done", [True] * 3)
    assert count(Paper) == (3 if numbered else 0)
    assert len(PdfReader(io.BytesIO(kept().get(done.file_sha256 or ""))).pages) == 9


@pytest.mark.both
def test_two_workers_side_by_side_make_each_paper_once(
    app: Flask, event: Event, now: datetime, mailbox: MemoryMailer
) -> None:
    batch = a_batch(event, a_choice("itinerary", outcome="mail"), now=now)
    db.session.rollback()

    all_at_once(app, [worker.run_due, worker.run_due])
    worker.run_due()

    assert count(Paper) == 2
    assert sorted(str(mail["To"]) for mail in mailbox.sent) == ["emily@example.org", "lan@example.org"]
    assert again(batch).state == "done"


@pytest.mark.both
def test_a_stopped_batch_rests_and_goes_on_without_doubling(event: Event, now: datetime) -> None:
    batch = a_batch(event, a_choice("itinerary", numbered=True), now=now)
    worker.run_one()
    with writing():
        commands.stop(batch, now=now, by="staff:x")
    worker.run_due()
    assert ([bool(paper.done_at) for paper in papers_of(batch)], count(Paper)) == ([True, False, False], 1)

    resume(batch, now)
    worker.run_due()

    assert (again(batch).state, count(Paper)) == ("done", 3)


def test_a_full_disk_in_the_middle_stops_it_and_it_goes_on_from_there(
    app: Flask, event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = a_batch(event, a_choice("itinerary", numbered=True), now=now)
    store, puts = kept(), iter(range(100))
    real = store.put

    def put(content: bytes) -> str:
        if next(puts) >= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(content)

    with monkeypatch.context() as until_then:
        until_then.setattr(store, "put", put)
        worker.run_due()
    assert (again(batch).state, again(batch).failure) == ("stopped", batching.DISK_IS_FULL)

    resume(batch, now)
    worker.run_due()

    assert (again(batch).state, again(batch).failure, count(Paper)) == ("done", "", 3)


def test_a_disk_that_is_full_for_the_file_alone_stops_it_too(
    event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = a_batch(event, a_choice("itinerary"), now=now)
    store = kept()
    real = store.put

    def put(content: bytes) -> str:
        if b"(tourreg)" in content[-20_000:] or len(store.kept) >= 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(content)

    with monkeypatch.context() as until_then:
        until_then.setattr(store, "put", put)
        worker.run_due()
    assert (again(batch).state, again(batch).failure) == ("stopped", batching.DISK_IS_FULL)

    resume(batch, now)
    worker.run_due()

    assert again(batch).state == "done"


def test_the_file_is_thrown_away_when_its_time_has_come(event: Event, now: datetime, clock_shows: Clock) -> None:
    batch = a_batch(event, a_choice("itinerary"), now=now)
    worker.run_due()
    assert again(batch).expires_at == now + timedelta(days=7)

    for days in (6, 31, 32):
        clock_shows(now + timedelta(days=days))
        worker.run_due()

    assert (again(batch).state, again(batch).file_sha256, kept().kept) == ("expired", None, {})
    with pytest.raises(MoveRefused):
        resume(batch, now)


def test_issued_papers_stay_when_the_file_of_their_batch_goes(event: Event, now: datetime, clock_shows: Clock) -> None:
    a_batch(event, a_choice("itinerary", numbered=True), now=now)
    worker.run_due()

    clock_shows(now + timedelta(days=32))
    worker.run_due()

    db.session.rollback()
    hashes = {found for paper in db.session.scalars(select(Paper)) for found in (paper.pdf_sha256, paper.html_sha256)}
    assert set(kept().kept) == hashes


@pytest.mark.both
def test_a_form_that_is_sent_twice_at_once_begins_one_batch(app: Flask, event: Event, now: datetime) -> None:
    from_form = event.public_id
    db.session.rollback()

    def begin() -> str:
        with writing():
            locked = desk.event_to_change(from_form)
            choice = a_choice("itinerary")
            return commands.begin(locked, choice, submission_key="k" * 22, now=now, by="staff:x").public_id

    assert len(set(all_at_once(app, [begin] * 4))) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count(Task.id)).where(Task.kind == commands.MAKE_PAPER)) == 3

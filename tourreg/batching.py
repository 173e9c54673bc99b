"""Batches of papers: each paper made, and all of them put together, outside any transaction.

What keeps one paper from being made is noted with it, and the others come out; what keeps all of them (a full disk)
stops the batch, which goes on from there once somebody has put it right.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError

from tourreg import printing
from tourreg.adapters import pdf
from tourreg.adapters.files import FileDamaged, FileMissing, Files
from tourreg.adapters.pdf_binding import bind
from tourreg.adapters.zips import zipped
from tourreg.db import db, writing
from tourreg.domain.batches import commands, issuing, queries
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers import queries as papers
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked, NotInVersion
from tourreg.domain.reports.subjects import Subject
from tourreg.kernel.bilingual import LANGUAGES, Text
from tourreg.kernel.file_names import file_name
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

WORKER = "worker"
# Reasons that pages put into words.
DISK_IS_FULL = "disk is full"
NO_ADDRESS = "no address"
NOT_IN_VERSION = "not in version"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
# What a kind of paper is called in a language.
Named = Callable[[str, str], str]
_LOG = logging.getLogger(__name__)


class DiskIsFull(Exception):
    """Nothing more can be kept."""


@dataclass(frozen=True)
class _Making:
    """A paper of a batch, as it is made outside any transaction."""

    paper_id: int
    batch_public_id: str
    event_public_id: str
    kind: str
    subject: Subject | None
    language: PaperLanguage
    page_size: PageSize
    numbered: bool
    outcome: str
    between: tuple[int, int] | None


def make(paper_id: int, files: Files, *, now: datetime) -> None:
    """Make one paper of a batch; one that is made, or whose batch rests, is left alone."""
    making = _begun(paper_id)
    if making is None:
        return
    try:
        copy = None if making.numbered else _copied(making, files, now)
        if making.numbered:
            _issue(making, files, now)
    except DBAPIError:
        raise
    except DiskIsFull as fault:
        with writing():
            commands.halt(_batch(making), str(fault), now=now, by=WORKER)
        return
    except Exception as fault:
        _LOG.exception("paper %s of batch %s was not made", paper_id, making.batch_public_id)
        with writing():
            commands.note_failure(_batch(making), paper_id, _reason(fault), now=now)
        return
    with writing():
        commands.note_made(_batch(making), paper_id, now=now, pdf_sha256=copy)
        if making.outcome == "mail":
            issuing.mail(paper_id, now=now)


def put_together(public_id: str, files: Files, *, named: Named, expires_at: datetime, now: datetime) -> None:
    """Make the file of a batch whose papers are made; one that has its file, or rests, is left alone."""
    batch = queries.by_public_id(public_id)
    if batch is None or batch.state != "running":
        return
    try:
        content = None if batch.outcome == "mail" else _file_of(batch, files, named, now)
        db.session.rollback()
        file = None if content is None else (_kept(files, content), len(content))
    except DBAPIError:
        raise
    except Exception as fault:
        _LOG.exception("batch %s was not put together", public_id)
        with writing():
            commands.halt(_found(public_id), _reason(fault), now=now, by=WORKER)
        return
    with writing():
        commands.note_put_together(_found(public_id), now=now, by=WORKER, expires_at=expires_at, file=file)


def throw_away(public_id: str, files: Files, *, now: datetime) -> datetime | None:
    """Throw the files of a batch away once its time has come; return when that is, if it has not.

    The files go first: whoever dies in between throws them away again.
    """
    batch = queries.by_public_id(public_id)
    if batch is None or batch.state == "expired" or batch.expires_at is None:
        return None
    if batch.expires_at > now:
        return batch.expires_at
    gone = queries.files_of(batch)
    db.session.rollback()
    for content_hash in gone:
        files.remove(content_hash)
    with writing():
        commands.expire(_found(public_id), now=now, by=WORKER)
    return None


def _begun(paper_id: int) -> _Making | None:
    row = queries.paper_to_make(paper_id)
    making = None if row is None else _as_making(row)
    db.session.rollback()
    return making


def _as_making(row: BatchPaper) -> _Making:
    reads = next((language for language in LANGUAGES if language == row.reads), None)
    return _Making(
        row.id,
        row.batch.public_id,
        row.batch.event.public_id,
        row.kind,
        Subject(row.subject, row.name, row.email, reads) if row.subject else None,
        _language(row.language),
        "a4" if row.page_size == "a4" else "letter",
        row.batch.numbered,
        row.batch.outcome,
        (row.version_before, row.version_after) if row.version_before and row.version_after else None,
    )


def _language(language: str) -> PaperLanguage:
    return "en" if language == "en" else "zh" if language == "zh" else "both"


def _copied(making: _Making, files: Files, now: datetime) -> str:
    """Make a working copy and keep it for the batch; return its hash."""
    event = _event(making)
    sheet = EVENT_PAPERS[making.kind].sheet(Asked(event, making.subject, now, issued=False))
    form: dict[str, Any] = {"language": making.language, "page_size": making.page_size, "pictures": files.get}
    html = render_document(making.kind, sheet, working_copy=True, **form)
    db.session.rollback()
    return _kept(files, pdf.make_pdf(html))


def _issue(making: _Making, files: Files, now: datetime) -> None:
    """Issue the paper, unless an earlier try has, and make its files."""
    if making.outcome == "mail" and not (making.subject and making.subject.email):
        raise printing.CannotBePrinted(reason=NO_ADDRESS)
    public_id = issuing.issued_before(making.paper_id)
    if public_id is None:
        asked = Asked(_event(making), making.subject, now, issued=True, between=making.between)
        sheet = dict(EVENT_PAPERS[making.kind].sheet(asked))
        with writing():
            public_id = issuing.issue_once(making.paper_id, sheet, now=now)
    db.session.rollback()
    _keeping(lambda: printing.render_paper(public_id, files, now=now))
    paper = papers.by_public_id(public_id)
    if paper is None or paper.rendered_at is None:
        raise printing.CannotBePrinted(reason=paper.failure if paper else "")
    db.session.rollback()


def _event(making: _Making) -> Event:
    event = desk.event(making.event_public_id)
    assert event is not None, "an event is never removed"
    return event


def _kept(files: Files, content: bytes) -> str:
    kept: list[str] = []
    _keeping(lambda: kept.append(files.put(content)))
    return kept[0]


def _keeping(keep: Callable[[], object]) -> None:
    """Keep something in the store of files.

    raises  DiskIsFull
    """
    try:
        keep()
    except OSError as fault:
        if fault.errno in FULL:
            raise DiskIsFull(DISK_IS_FULL) from fault
        raise


def _file_of(batch: PaperBatch, files: Files, named: Named, now: datetime) -> bytes | None:
    """Return the file of what was made; None where nothing was."""
    rows = queries.made_papers(batch)
    if not rows:
        return None
    if batch.outcome == "joined":
        language = "zh-Hans" if all(row.language == "zh" for row in rows) else "en"
        title = _title(batch.event.title, "zh" if language == "zh-Hans" else "en")
        called = ((_called(row, named), _content(row, files)) for row in rows)
        return bind(called, title=title, language=language)
    made_at = now.astimezone(ZoneInfo(batch.event.zone))
    return zipped(_entries(batch, files, named), made_at=made_at)


def _entries(batch: PaperBatch, files: Files, named: Named) -> Iterator[tuple[str, bytes]]:
    """Return the papers under names that any machine reads, and a list that tells them in both languages."""
    listed = []
    for row in queries.made_papers(batch):
        number = row.paper.number if row.paper else ""
        name = file_name(row.position, named(row.kind, "en"), row.name.en, number)
        told = (named(row.kind, "en"), row.name.en, named(row.kind, "zh"), row.name.in_("zh"), number)
        listed.append("\t".join([name, *told]))
        yield name, _content(row, files)
    yield "contents.txt", ("\ufeff" + "\r\n".join(listed) + "\r\n").encode()


def _content(row: BatchPaper, files: Files) -> bytes:
    if row.paper is None:
        return files.get(row.pdf_sha256 or "")
    try:
        return files.get(row.paper.pdf_sha256 or "")
    except (FileMissing, FileDamaged):
        return printing.make_lost_file_again(row.paper, "pdf", files, aside=False)


def _called(row: BatchPaper, named: Named) -> str:
    language = "zh" if row.language == "zh" else "en"
    number = row.paper.number if row.paper else ""
    return " ".join(part for part in (named(row.kind, language), row.name.in_(language), number) if part)


def _title(title: Text, language: str) -> str:
    return title.zh or title.en if language == "zh" else title.en or title.zh


def _reason(fault: Exception) -> str:
    """Return what went wrong, as the page of the batch tells it."""
    if isinstance(fault, DiskIsFull):
        return str(fault)
    if isinstance(fault, NotInVersion):
        return NOT_IN_VERSION
    if isinstance(fault, printing.CannotBePrinted):
        return str(fault.reason)
    if isinstance(fault, pdf.GlyphMissing):
        return printing.said_plainly(fault)
    return f"{type(fault).__name__}: {fault}"


def _batch(making: _Making) -> PaperBatch:
    return _found(making.batch_public_id)


def _found(public_id: str) -> PaperBatch:
    batch = queries.by_public_id(public_id)
    assert batch is not None, "a batch is never removed"
    return batch

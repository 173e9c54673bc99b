"""Papers of a batch that are issued under numbers, once each, and mailed where the batch says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.batches.models import BatchPaper
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.outbox.letter_keys import BATCH_LETTER, NOTICE_LETTER
from tourreg.domain.papers import commands, queries
from tourreg.domain.papers.models import Paper

# The worker that issues a paper makes its files as well; this is for the case that it died in between.
FILES_AT_LAST = timedelta(minutes=15)


def issued_before(paper: int) -> str | None:
    """Return the public id of the issued paper that stands for a paper of a batch, if it was issued already."""
    issued = select(Paper.public_id).join(BatchPaper, BatchPaper.paper_id == Paper.id).where(BatchPaper.id == paper)
    return db.session.scalar(issued)


def issue_once(paper: int, sheet: dict[str, Any], *, now: datetime) -> str:
    """Issue a paper of a batch, whoever else tries it at once, and return its public id."""
    row = db.session.scalars(select(BatchPaper).where(BatchPaper.id == paper).with_for_update(of=BatchPaper)).one()
    if row.paper is not None:
        return row.paper.public_id
    event = row.batch.event
    row.paper = commands.issue(
        row.kind,
        sheet,
        issuer=event.issuer,
        about=event.public_id,
        subject=row.subject,
        recipient=row.name.in_("en"),
        language=row.language,
        page_size=row.page_size,
        now=now,
        by=row.batch.begun_by,
        replaces=_replaced(row),
        submission_key=f"batch-paper-{row.id}",
        render_at=now + FILES_AT_LAST,
    )
    db.session.flush()
    return row.paper.public_id


def _replaced(row: BatchPaper) -> Paper | None:
    """Return the paper that this one replaces; a notice of changes replaces none, since each tells of other changes."""
    if row.version_after is not None:
        return None
    return queries.latest(row.batch.event.public_id, row.kind, language=row.language, subject=row.subject)


def mail(paper: int, *, now: datetime) -> None:
    """Send a paper of a batch to whom it is for, in the language in which that one reads; once.

    Of the same version nobody is told twice, whatever batch it is in.
    """
    row = db.session.get_one(BatchPaper, paper)
    assert row.paper is not None, "what is mailed is issued first"
    language = row.reads or ("zh" if row.language == "zh" else "en")
    event = row.batch.event
    facts: dict[str, Any] = {"name": row.name.in_("zh" if language == "zh" else "en"), "event": event.title.plain()}
    template, key = "paper_sent", f"{BATCH_LETTER}{row.id}"
    if row.version_after is not None:
        template, key = "programme_changed", f"{NOTICE_LETTER}{event.public_id}:{row.version_after}:{row.subject}"
        changes = len(row.paper.sheet["changes"])
        facts |= {"before": row.version_before, "version": row.version_after, "changes": changes}
    send_letter(
        template,
        facts,
        to=row.email,
        language=language,
        about=event.public_id,
        key=key,
        now=now,
        papers=[row.paper.public_id],
    )

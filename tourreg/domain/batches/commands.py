"""Batches of papers: each paper is a task of its own and one transaction that also notes that it is done.

So a worker may be killed at any moment, several work side by side, and nothing is made twice; whoever stops a batch
stops it before the papers that nobody has begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from tourreg.db import db, ring_after_commit
from tourreg.domain.audit.commands import move_to
from tourreg.domain.batches.choosing import Choice, Wanted, wanted
from tourreg.domain.batches.models import BATCH_MOVES, BatchPaper, PaperBatch
from tourreg.domain.batches.queries import by_submission_key
from tourreg.domain.catalogue.models import Event
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.papers.commands import render_again
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

MAKE_PAPER = "make_batch_paper"
PUT_TOGETHER = "put_batch_together"
THROW_AWAY = "throw_batch_away"
BATCH = Axis("paper_batch", "state", BATCH_MOVES)
LONGEST_FAILURE = 500
# Nobody touches a batch that was stopped and forgotten: its papers go as those of a finished one.
FORGOTTEN_AFTER = timedelta(days=30)


class IsGone(Refusal):
    """The batch has expired, and its papers were thrown away."""


def begin(event: Event, choice: Choice, *, submission_key: str, now: datetime, by: str) -> PaperBatch:
    """Note every paper of the choice and hand each to the workers; the same form again begins nothing new.

    event   from `desk.event_to_change`, so that a form that is sent twice at once begins one batch
    raises  NothingChosen, TooMany
    """
    known = by_submission_key(submission_key)
    if known is not None:
        return known
    return begin_with(event, wanted(event, choice), choice, submission_key=submission_key, now=now, by=by)


def begin_with(
    event: Event, papers: Sequence[Wanted], choice: Choice, *, submission_key: str, now: datetime, by: str
) -> PaperBatch:
    """Note these papers, in the form that was chosen, and hand each to the workers."""
    batch = PaperBatch(
        event_id=event.id,
        outcome=choice.outcome,
        numbered=choice.numbered or choice.outcome == "mail",
        begun_at=now,
        begun_by=by,
        expires_at=now + FORGOTTEN_AFTER,
        submission_key=submission_key,
    )
    db.session.add(batch)
    db.session.flush()
    rows = [_row(batch, place, paper, choice.page_size) for place, paper in enumerate(papers, 1)]
    db.session.add_all(rows)
    db.session.flush()
    _hand_over(batch, [row.id for row in rows], now)
    add_task(
        THROW_AWAY, {"batch": batch.public_id}, key=f"{THROW_AWAY}:{batch.public_id}", now=now, run_at=batch.expires_at
    )
    return batch


def _row(batch: PaperBatch, place: int, paper: Wanted, page_size: str) -> BatchPaper:
    subject = paper.subject
    return BatchPaper(
        batch_id=batch.id,
        position=place,
        kind=paper.kind,
        subject=subject.public_id if subject else "",
        name=subject.name if subject else Text(),
        email=subject.email if subject else "",
        reads=(subject.language or "") if subject else "",
        language=paper.language,
        page_size=page_size,
        version_before=paper.between[0] if paper.between else None,
        version_after=paper.between[1] if paper.between else None,
    )


def _hand_over(batch: PaperBatch, papers: Iterable[int], now: datetime) -> None:
    """Ask the workers for these papers; if all are made already, for what is put together of them."""
    listed = list(papers)
    for paper in listed:
        arguments = {"batch": batch.public_id, "paper": paper}
        add_task(MAKE_PAPER, arguments, key=f"{MAKE_PAPER}:{paper}:{batch.runs}", now=now)
    if not listed:
        ask_to_put_together(batch, now=now)


def stop(batch: PaperBatch, *, now: datetime, by: str) -> None:
    """Let the batch rest; the papers that are under way are finished.

    raises  MoveRefused where it does not run
    """
    locked(batch)
    move_to(batch, BATCH, "stopped", now=now, by=by)


def halt(batch: PaperBatch, failure: str, *, now: datetime, by: str) -> None:
    """Let the batch rest because something keeps all of its papers from being made, and say what."""
    locked(batch)
    if batch.state == "running":
        move_to(batch, BATCH, "stopped", now=now, by=by, why=failure)
        batch.failure = failure[:LONGEST_FAILURE]


def resume(batch: PaperBatch, *, now: datetime, by: str) -> None:
    """Go on where the batch stopped, and try again what had failed.

    raises  MoveRefused where it runs or is gone
    """
    locked(batch)
    move_to(batch, BATCH, "running", now=now, by=by)
    batch.runs += 1
    batch.ended_at, batch.failure, batch.expires_at = None, "", now + FORGOTTEN_AFTER
    left = db.session.scalars(select(BatchPaper).where(BatchPaper.batch_id == batch.id, BatchPaper.done_at.is_(None)))
    rows = left.all()
    for row in rows:
        row.failure = ""
        if row.paper is not None:
            render_again(row.paper, now=now)
    db.session.flush()
    _hand_over(batch, [row.id for row in rows], now)
    ring_after_commit()


def ask_to_put_together(batch: PaperBatch, *, now: datetime) -> None:
    """Have the file made once all papers are."""
    add_task(PUT_TOGETHER, {"batch": batch.public_id}, key=f"{PUT_TOGETHER}:{batch.public_id}:{batch.runs}", now=now)


def note_made(batch: PaperBatch, paper: int, *, now: datetime, pdf_sha256: str | None = None) -> None:
    """Note that a paper of the batch is done; whoever notes the last one has the file made."""
    locked(batch)
    _note(paper, done_at=now, pdf_sha256=pdf_sha256, failure="")
    _go_on(batch, now)


def note_failure(batch: PaperBatch, paper: int, failure: str, *, now: datetime) -> None:
    """Note why a paper could not be made, so that the others come out without it."""
    locked(batch)
    _note(paper, failure=failure[:LONGEST_FAILURE] or "?")
    _go_on(batch, now)


def note_put_together(
    batch: PaperBatch, *, now: datetime, by: str, expires_at: datetime, file: tuple[str, int] | None
) -> None:
    """Note that the batch is done.

    file  hash and length of what can be downloaded; None where everything was mailed, or nothing came out
    """
    locked(batch)
    if batch.state != "running":
        return
    move_to(batch, BATCH, "done", now=now, by=by)
    batch.ended_at, batch.expires_at = now, expires_at
    if file is not None:
        batch.file_sha256, batch.file_bytes = file


def expire(batch: PaperBatch, *, now: datetime, by: str) -> None:
    """Note that the files of the batch were thrown away."""
    locked(batch)
    move_to(batch, BATCH, "expired", now=now, by=by)
    batch.file_sha256 = None
    gone = update(BatchPaper).where(BatchPaper.batch_id == batch.id).values(pdf_sha256=None)
    db.session.execute(gone.execution_options(synchronize_session=False))


def locked(batch: PaperBatch) -> PaperBatch:
    """Return the batch as it is after every other transaction on it has ended."""
    db.session.refresh(batch, with_for_update={"of": PaperBatch})
    return batch


def _note(paper: int, **values: object) -> None:
    noting = update(BatchPaper).where(BatchPaper.id == paper, BatchPaper.done_at.is_(None))
    db.session.execute(noting.values(**values).execution_options(synchronize_session=False))


def _go_on(batch: PaperBatch, now: datetime) -> None:
    """Wake a further worker while papers wait; have the file made when none does."""
    waiting = select(BatchPaper.id).where(
        BatchPaper.batch_id == batch.id, BatchPaper.done_at.is_(None), BatchPaper.failure == ""
    )
    if db.session.scalar(waiting.limit(1)) is not None:
        ring_after_commit()
    elif batch.state == "running":
        ask_to_put_together(batch, now=now)

"""How far batches of papers are, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.models import Paper

MOST_SHOWN = 100


@dataclass(frozen=True)
class Progress:
    """Papers of a batch by how they stand."""

    waiting: int
    done: int
    failed: int

    @property
    def papers(self) -> int:
        return self.waiting + self.done + self.failed


def by_public_id(public_id: str) -> PaperBatch | None:
    whole = select(PaperBatch).where(PaperBatch.public_id == public_id)
    return db.session.scalar(whole.options(joinedload(PaperBatch.event)))


def by_submission_key(submission_key: str) -> PaperBatch | None:
    """Return what a form began when it was sent before."""
    return db.session.scalar(select(PaperBatch).where(PaperBatch.submission_key == submission_key))


def batches_of(event: Event) -> Sequence[PaperBatch]:
    """Return the batches of an event, newest first."""
    of_event = select(PaperBatch).where(PaperBatch.event_id == event.id)
    return db.session.scalars(of_event.order_by(PaperBatch.id.desc()).limit(MOST_SHOWN)).all()


def progress_of(batches: Sequence[PaperBatch]) -> dict[int, Progress]:
    """Return how far each batch is, by its id, in one statement."""
    standing = case((BatchPaper.done_at.is_not(None), "done"), (BatchPaper.failure != "", "failed"), else_="waiting")
    counted = (
        select(BatchPaper.batch_id, standing, func.count())
        .where(BatchPaper.batch_id.in_([batch.id for batch in batches]))
        .group_by(BatchPaper.batch_id, standing)
    )
    counts: dict[int, dict[str, int]] = {batch.id: {} for batch in batches}
    for batch, name, number in db.session.execute(counted):
        counts[batch][name] = number
    return {
        batch: Progress(found.get("waiting", 0), found.get("done", 0), found.get("failed", 0))
        for batch, found in counts.items()
    }


def failed_papers(batch: PaperBatch) -> Sequence[BatchPaper]:
    """Return the papers that could not be made, in their order, the first hundred."""
    failed = select(BatchPaper).where(
        BatchPaper.batch_id == batch.id, BatchPaper.done_at.is_(None), BatchPaper.failure != ""
    )
    return db.session.scalars(failed.order_by(BatchPaper.position).limit(MOST_SHOWN)).all()


def paper_to_make(paper: int) -> BatchPaper | None:
    """Return a paper of a batch with its batch and event; None where it is made or has failed, or the batch rests."""
    found = db.session.scalar(
        select(BatchPaper)
        .where(BatchPaper.id == paper, BatchPaper.done_at.is_(None), BatchPaper.failure == "")
        .options(joinedload(BatchPaper.batch).joinedload(PaperBatch.event))
    )
    return found if found is not None and found.batch.state == "running" else None


def made_papers(batch: PaperBatch) -> Sequence[BatchPaper]:
    """Return the papers that were made, in their order, with the issued papers among them."""
    made = select(BatchPaper).where(BatchPaper.batch_id == batch.id, BatchPaper.done_at.is_not(None))
    issued = joinedload(BatchPaper.paper).defer(Paper.sheet)
    return db.session.scalars(made.order_by(BatchPaper.position).options(issued)).all()


def files_of(batch: PaperBatch) -> set[str]:
    """Return the hashes of what this batch alone keeps: its file and its working copies."""
    copies = select(BatchPaper.pdf_sha256).where(BatchPaper.batch_id == batch.id, BatchPaper.pdf_sha256.is_not(None))
    own = {found for found in db.session.scalars(copies) if found} | ({batch.file_sha256} - {None})
    others = (
        select(PaperBatch.file_sha256).where(PaperBatch.id != batch.id, PaperBatch.file_sha256.in_(own)),
        select(BatchPaper.pdf_sha256).where(BatchPaper.batch_id != batch.id, BatchPaper.pdf_sha256.in_(own)),
        select(Paper.pdf_sha256).where(Paper.pdf_sha256.in_(own)),
    )
    return {str(found) for found in own} - {str(found) for asked in others for found in db.session.scalars(asked)}


def kinds_of(batch: PaperBatch) -> Sequence[str]:
    """Return the kinds of papers that a batch is made of, each once."""
    return db.session.scalars(select(BatchPaper.kind).where(BatchPaper.batch_id == batch.id).distinct()).all()

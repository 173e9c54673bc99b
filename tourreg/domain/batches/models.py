"""Many papers made at once by the worker, and each paper of such a batch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Instant, Key, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.models import Paper

OUTCOMES = ("joined", "zip", "mail")
BATCH_MOVES = {
    "running": ("stopped", "done", "expired"),
    "stopped": ("running", "expired"),
    "done": ("running", "expired"),
    "expired": (),
}


class PaperBatch(Base):
    """Papers of one event, made one by one: joined to one file, put into a ZIP, or mailed each to its person.

    numbered     issued under numbers; else working copies
    runs         how often it was begun or resumed
    failure      why it stopped by itself, or why its file could not be put together; "" once it goes on
    expires_at   when its file is thrown away
    file_sha256  of the file to download, as long as there is one
    """

    __tablename__ = "paper_batches"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    outcome: Mapped[str] = mapped_column(choice(*OUTCOMES, name="outcome"))
    numbered: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(choice(*BATCH_MOVES, name="state"), default="running")
    runs: Mapped[int] = mapped_column(default=1)
    failure: Mapped[str] = mapped_column(String(500), default="")
    begun_at: Mapped[Instant]
    begun_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    file_bytes: Mapped[int | None]
    submission_key: Mapped[str] = mapped_column(String(40), unique=True)

    event: Mapped[Event] = relationship()


class BatchPaper(Base):
    """One paper of a batch: done, failed with a reason, or waiting.

    subject     the public id of whom it is for, where its kind is made for each of several, else ""
    name        what that one is called
    reads       in which language that one reads: en, zh, or "" where it is not known
    paper_id    the issued paper, of a batch that issues
    pdf_sha256  of a working copy, as long as the batch keeps it
    version_before, version_after  of the itinerary, between which a notice tells this one what has changed
    """

    __tablename__ = "batch_papers"
    __table_args__ = (UniqueConstraint("batch_id", "position"),)

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("paper_batches.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(22), default="")
    name: Mapped[Bilingual]
    email: Mapped[str] = mapped_column(String(254), default="")
    reads: Mapped[str] = mapped_column(String(2), default="")
    language: Mapped[str] = mapped_column(choice("en", "zh", "both", name="language"))
    page_size: Mapped[str] = mapped_column(choice("letter", "a4", name="page_size"))
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(String(500), default="")
    version_before: Mapped[int | None]
    version_after: Mapped[int | None]

    batch: Mapped[PaperBatch] = relationship()
    paper: Mapped[Paper | None] = relationship()

"""Work to do after a commit: tasks, and the letters among them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Instant, Key, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base


class Task(Base):
    """One piece of work; the row is the queue. Its key makes adding it twice harmless.

    leased_until  who has claimed the task knows it by this instant; after it, anybody may claim the task again
    attempts      how often it was begun, but for those that only found it was too early
    failure       what went wrong last; "" once it is done
    """

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_waiting", "done_at", "run_at"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[Plain]
    run_at: Mapped[Instant]
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(2000), default="")
    created_at: Mapped[Instant]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Letter(Base):
    """One e-mail: what it is made from and when it left. Its words are made from these facts when it is sent.

    message_id  a key; the mailer makes the header of it
    """

    __tablename__ = "letters"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    template: Mapped[str] = mapped_column(String(60))
    facts: Mapped[Plain]
    to_address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    about: Mapped[str] = mapped_column(String(22), index=True)
    papers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[Instant]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Enclosure(Base):
    """That a paper goes with a letter, so that it can be found who was sent it."""

    __tablename__ = "enclosures"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(String(22), primary_key=True, index=True)


class Heartbeat(Base):
    """When some worker last looked for work."""

    __tablename__ = "heartbeats"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40), unique=True)
    beat_at: Mapped[Instant]

"""Who moved or changed what, when and why."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Instant, Key, Plain
from tourreg.db import Base


class Move(Base):
    """One step of one record along one axis of state."""

    __tablename__ = "moves"

    id: Mapped[Key]
    axis: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(22), index=True)
    before: Mapped[str] = mapped_column(String(32))
    after: Mapped[str] = mapped_column(String(32))
    at: Mapped[Instant]
    by: Mapped[str] = mapped_column(String(80))
    why: Mapped[str] = mapped_column(String(500), default="")


class Change(Base):
    """One edit of a record by a person: the fields before and after, as plain values."""

    __tablename__ = "changes"

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(22), index=True)
    what: Mapped[str] = mapped_column(String(60))
    before: Mapped[Plain]
    after: Mapped[Plain]
    at: Mapped[Instant]
    by: Mapped[str] = mapped_column(String(80))

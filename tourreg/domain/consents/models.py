"""Texts that people agree to, by version, and who agreed to which."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Instant, Key, OnPublicPages, UtcDateTime, choice
from tourreg.db import Base

# What everybody agrees to who registers, and what people may agree to then or later, or not at all, and take back.
KINDS = ("terms", "privacy", "cross_border")
LATER_KINDS = ("travel", "listed")


class ConsentText(OnPublicPages, Base):
    """One version of one text; a text that somebody agreed to is never edited."""

    __tablename__ = "consent_texts"
    __table_args__ = (UniqueConstraint("kind", "version_on"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(choice(*KINDS, *LATER_KINDS, name="kind"))
    version_on: Mapped[date]
    title: Mapped[Bilingual]
    body: Mapped[Bilingual]


class Consent(Base):
    """A participant's yes to one version; `subject` is the participant's public id, `by` who ticked the box.

    ended_at, ended_by  when it stopped to count, because somebody else came in the participant's place
    """

    __tablename__ = "consents"

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(22), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_texts.id"))
    given_at: Mapped[Instant]
    by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(80))

    text: Mapped[ConsentText] = relationship()

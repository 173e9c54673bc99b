"""Codes by which people pay less, and who used them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, Minor, PublicId, UtcDateTime, choice
from tourreg.db import Base

CODE_KINDS = ("percent", "amount", "free_seat", "entry")


class Code(Base):
    """One code; taken only by one conditional update, never above its uses or its budget.

    word        capitals and digits without spaces and dashes, as people's typing is compared
    kind        "percent" or "amount" off each fee, "free_seat" for the whole fee; "entry" lowers nothing, but opens the
                fees that ask for a code
    percent     of the fee, 1 to 100
    off_minor   of each fee, in `currency`
    currency    of amount and budget; a code with one works for bills in it alone
    most_uses, most_per_contact   people; none where there is no limit
    from_on, until_on   days of the event's zone, both inclusive
    events, fees        public ids; empty is "all"
    used, spent_minor   people who pay less by it now, and the sum of what they are let off
    note        for the office: what it was made for
    """

    __tablename__ = "codes"
    __table_args__ = (
        CheckConstraint("used >= 0 AND (most_uses IS NULL OR used <= most_uses)", name="uses"),
        CheckConstraint("spent_minor >= 0 AND (budget_minor IS NULL OR spent_minor <= budget_minor)", name="budget"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    word: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(choice(*CODE_KINDS, name="kind"))
    percent: Mapped[int | None]
    off_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="")
    most_uses: Mapped[int | None]
    most_per_contact: Mapped[int | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    events: Mapped[list[Any]] = mapped_column(JSON, default=list)
    fees: Mapped[list[Any]] = mapped_column(JSON, default=list)
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    used: Mapped[int] = mapped_column(default=0)
    spent_minor: Mapped[Minor] = mapped_column(default=0)
    switched_off: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(300), default="")
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    created_at: Mapped[Instant]


class CodeUse(Base):
    """That a registration used a code.

    registration   its public id
    contact        the contact's address in small letters
    people         who pay less by it, and what they are let off together, in the registration's currency
    given_back_at  when the places were given back, and the use with them
    """

    __tablename__ = "code_uses"
    __table_args__ = (Index("ix_code_uses_code_id", "code_id", "contact"),)

    id: Mapped[Key]
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"))
    registration: Mapped[str] = mapped_column(String(22), index=True)
    contact: Mapped[str] = mapped_column(String(254))
    people: Mapped[int]
    off_minor: Mapped[Minor]
    currency: Mapped[str] = mapped_column(String(3))
    taken_at: Mapped[Instant]
    given_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    code: Mapped[Code] = relationship()

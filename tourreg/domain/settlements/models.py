"""What came from Stripe, checkouts under way, and what waits on the desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Currency, Instant, Key, Minor, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.billing.models import Folio

CHECKOUT_MOVES = {
    "open": ("completed", "awaiting_funds", "expired"),
    "awaiting_funds": ("completed", "failed"),
    "completed": (),
    "expired": ("completed",),
    "failed": (),
}
DESK_KINDS = ("late_payment", "wrong_amount", "failed_refund", "unknown_payment")


class StripeEvent(Base):
    """One event that Stripe delivered, kept once however often it comes."""

    __tablename__ = "stripe_events"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    type: Mapped[str] = mapped_column(String(80))
    body: Mapped[Plain]
    received_at: Mapped[Instant]
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Checkout(Base):
    """One Stripe Checkout session for one folio."""

    __tablename__ = "checkouts"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    session_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(choice(*CHECKOUT_MOVES, name="state"), default="open")
    url: Mapped[str] = mapped_column(String(1000))
    amount_minor: Mapped[Minor]
    currency: Mapped[Currency]
    payment_intent: Mapped[str | None] = mapped_column(String(80), unique=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]

    folio: Mapped[Folio] = relationship()


class DeskCase(Base):
    """Something about money that a person must look at."""

    __tablename__ = "desk_cases"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    kind: Mapped[str] = mapped_column(choice(*DESK_KINDS, name="kind"))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    folio_id: Mapped[int | None] = mapped_column(ForeignKey("folios.id"), index=True)
    facts: Mapped[Plain]
    opened_at: Mapped[Instant]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(String(80), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")

    folio: Mapped[Folio | None] = relationship()

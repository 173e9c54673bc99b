"""What came from Stripe, checkouts under way, and what waits on the desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Currency, Instant, Key, Minor, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.billing.models import Folio

# What Stripe says is true in whatever order it reaches us, so even an end can turn out to have been a payment.
CHECKOUT_MOVES = {
    "opening": ("open", "completed", "awaiting_funds", "failed", "expired"),
    "open": ("completed", "awaiting_funds", "failed", "expired"),
    "awaiting_funds": ("completed", "failed"),
    "expired": ("open", "completed", "awaiting_funds", "failed"),
    "failed": ("completed", "awaiting_funds"),
    "completed": (),
}
DESK_KINDS = ("late_payment", "overpaid", "wrong_amount", "unknown_payment", "failed_refund", "unknown_refund")


class StripeEvent(Base):
    """One event that Stripe delivered, kept once however often it comes.

    body  what it speaks of, by id; what is true of that is asked of Stripe, so nothing else is kept
    """

    __tablename__ = "stripe_events"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    type: Mapped[str] = mapped_column(String(80))
    body: Mapped[Plain]
    received_at: Mapped[Instant]
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Checkout(Base):
    """One Stripe Checkout session for one folio.

    attempt     counts from 1 in its folio; folio and attempt make the idempotency key
    session_id  unknown until Stripe has answered
    """

    __tablename__ = "checkouts"
    __table_args__ = (UniqueConstraint("folio_id", "attempt"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    attempt: Mapped[int]
    session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(choice(*CHECKOUT_MOVES, name="state"), default="opening")
    url: Mapped[str] = mapped_column(String(2000), default="")
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

"""What came from Stripe, checkouts under way, and what waits on the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Currency, Instant, Key, Minor, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.money import Money

# What Stripe says is true in whatever order it reaches us, so even an end can turn out to have been a payment.
CHECKOUT_MOVES = {
    "opening": ("open", "completed", "awaiting_funds", "failed", "expired"),
    "open": ("completed", "awaiting_funds", "failed", "expired"),
    "awaiting_funds": ("completed", "failed"),
    "expired": ("open", "completed", "awaiting_funds", "failed"),
    "failed": ("completed", "awaiting_funds"),
    "completed": (),
}
BATCH_MOVES = {"running": ("stopped", "done"), "stopped": ("running",), "done": ("running",)}
DESK_KINDS = (
    "late_payment",
    "overpaid",
    "paid_twice",
    "wrong_amount",
    "unknown_payment",
    "failed_refund",
    "slow_refund",
    "unknown_refund",
    "dispute",
    "dispute_lost",
    "unknown_event",
    "stale_session",
    "ledger_differs",
    "missing_at_stripe",
)
# Why an event cannot be followed: its type, that it is another account's, that it is of test mode in live mode or the
# other way round, or that what it speaks of is nothing of ours.
STRANGENESS = ("type", "account", "mode", "object")


class StripeEvent(Base):
    """One event that Stripe delivered, kept once however often it comes.

    body         what it speaks of, by id; what is true of that is asked of Stripe, so nothing else is kept
    happened_at  by Stripe's clock; None for what came before this was kept
    strange      one of STRANGENESS, or "" for an event that is followed
    attempts     how often following it has failed since it came, or since it was last asked for again
    failure      why it failed last; "" once it is handled
    folio, entry what it led to
    """

    __tablename__ = "stripe_events"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    type: Mapped[str] = mapped_column(String(80))
    body: Mapped[Plain]
    happened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    strange: Mapped[str] = mapped_column(String(20), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(500), default="")
    replays: Mapped[int] = mapped_column(default=0)
    replayed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replayed_by: Mapped[str] = mapped_column(String(80), default="")
    folio_id: Mapped[int | None] = mapped_column(ForeignKey("folios.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))

    folio: Mapped[Folio | None] = relationship()
    entry: Mapped[Entry | None] = relationship()

    @property
    def standing(self) -> str:
        """Return handled, strange, failed or waiting."""
        if self.handled_at is not None:
            return "handled"
        if self.strange:
            return "strange"
        return "failed" if self.failure else "waiting"


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


class Comparison(Base):
    """One comparison of Stripe's own lists with our books.

    since     from when on Stripe's lists were read
    read      how many sessions, charges, refunds and disputes were read
    findings  what differed and what was done about it, oldest first; plain values
    failure   why it did not come to its end; "" if it did, or still runs
    """

    __tablename__ = "comparisons"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    since: Mapped[Instant]
    is_dry: Mapped[bool] = mapped_column(default=False)
    begun_at: Mapped[Instant]
    begun_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read: Mapped[Plain]
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    failure: Mapped[str] = mapped_column(String(500), default="")


class RefundBatch(Base):
    """The refunds of an event that is called off, made by the worker one registration after the other.

    why       for the payers, in each one's language
    by_terms  keep what the event's terms keep; else everything goes back
    runs      how often it was begun or resumed
    """

    __tablename__ = "refund_batches"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    state: Mapped[str] = mapped_column(choice(*BATCH_MOVES, name="state"), default="running")
    why: Mapped[Bilingual]
    by_terms: Mapped[bool] = mapped_column(default=False)
    runs: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[Instant]
    begun_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BatchItem(Base):
    """One registration of a batch: done, failed with a reason, or waiting."""

    __tablename__ = "refund_batch_items"
    __table_args__ = (UniqueConstraint("batch_id", "registration_id"),)

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("refund_batches.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str] = mapped_column(String(500), default="", server_default="")

    batch: Mapped[RefundBatch] = relationship()
    registration: Mapped[Registration] = relationship()


class Cancellation(Base):
    """One decision to cancel a registration or a part of it, as it was carried out; never changed.

    things         plain values of each line that was given up: for whom, price, what terms and decision keep of it
    kept_minor     what was kept of all of them
    back_minor     what was asked to go back
    why            for the payer
    exemption_why  why another fee was kept than the terms say; for the office
    batch          that it belongs to, where the event was called off
    document       hash of a file that shows it, "" without one
    """

    __tablename__ = "cancellations"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("refund_batches.id"), index=True)
    submission_key: Mapped[str] = mapped_column(String(60), unique=True)
    is_everything: Mapped[bool]
    seats: Mapped[int]
    things: Mapped[list[Any]] = mapped_column(JSON, default=list)
    currency: Mapped[Currency]
    kept_minor: Mapped[Minor]
    back_minor: Mapped[Minor]
    why: Mapped[str] = mapped_column(String(500), default="")
    exemption_why: Mapped[str] = mapped_column(String(500), default="")
    document: Mapped[str] = mapped_column(String(64), default="")
    document_name: Mapped[str] = mapped_column(String(200), default="")
    document_kind: Mapped[str] = mapped_column(String(20), default="")
    done_at: Mapped[Instant]
    done_by: Mapped[str] = mapped_column(String(80))

    registration: Mapped[Registration] = relationship()

    @property
    def kept(self) -> Money:
        return Money(self.kept_minor, self.currency)

    @property
    def back(self) -> Money:
        return Money(self.back_minor, self.currency)

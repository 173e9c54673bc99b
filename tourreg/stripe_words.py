"""What Stripe's answers mean in our words, and what the ledger does with them, inside the caller's `writing()`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tourreg.adapters.payments import CheckoutSession, Dispute, PaymentIntent, Refund, RefundStatus
from tourreg.domain.settlements import cancelling, commands
from tourreg.domain.settlements.commands import STRIPE, PaidSession
from tourreg.domain.settlements.disputes import DisputeNews
from tourreg.kernel.money import Money

Outcome = Literal["paid", "awaited", "failed", "expired", "open"]
REFUND_OUTCOMES: dict[RefundStatus, str] = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
}


def take_payment(session: CheckoutSession, intent: PaymentIntent, now: datetime) -> Outcome:
    """Do what follows from a page that was completed; return what became of its payment."""
    paid = _paid_session(session, intent)
    if session.payment_status == "paid" or intent.status == "succeeded":
        commands.settle(paid, now=now)
        return "paid"
    if intent.status in ("processing", "requires_action"):
        commands.await_funds(paid, now=now)
        return "awaited"
    commands.funds_failed(paid, now=now)
    return "failed"


def take_refund(refund_id: str, answer: Refund, now: datetime) -> None:
    """Note how a refund of ours stands.

    refund_id  our public id
    """
    cancelling.note_refund(
        refund_id,
        REFUND_OUTCOMES[answer.status],
        now=now,
        by=STRIPE,
        external_id=answer.id,
        failure=answer.failure_reason or "",
    )


def news_of(dispute: Dispute) -> DisputeNews:
    """Return what a dispute says, as the ledger hears it."""
    return DisputeNews(
        id=dispute.id,
        status=dispute.status,
        reason=dispute.reason,
        amount=Money(dispute.amount_minor, dispute.currency),
        payment_intent=dispute.payment_intent,
        answer_by=dispute.answer_by,
    )


def _paid_session(session: CheckoutSession, intent: PaymentIntent) -> PaidSession:
    succeeded = intent.status == "succeeded"
    return PaidSession(
        session_id=session.id,
        client_reference=session.client_reference_id,
        payment_intent=intent.id,
        amount=Money(intent.amount_received_minor if succeeded else intent.amount_minor, intent.currency),
        method=intent.method,
        detail=intent.last_four or "",
    )

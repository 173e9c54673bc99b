"""Stripe's objects, as the SDK gives them, read into our own values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from tourreg.adapters.payment_values import (
    AnswerNotUnderstood,
    Charge,
    ChargeStatus,
    CheckoutSession,
    Dispute,
    DisputeStatus,
    IntentStatus,
    PaymentIntent,
    PaymentStatus,
    Refund,
    RefundStatus,
    SessionStatus,
    StripeEvent,
)

if TYPE_CHECKING:
    import stripe

T = TypeVar("T")


def session_of(session: stripe.checkout.Session) -> CheckoutSession:
    return CheckoutSession(
        id=session.id,
        url=session.url,
        status=cast(SessionStatus, _known(session.status, SessionStatus)),
        payment_status=cast(PaymentStatus, _known(session.payment_status, PaymentStatus)),
        amount_total_minor=_present(session.amount_total),
        currency=_present(session.currency).upper(),
        payment_intent=_id(session.payment_intent),
        client_reference_id=session.client_reference_id,
        expires_at=instant_of(session.expires_at),
        metadata=session.metadata.to_dict() if session.metadata else {},
    )


def payment_intent_of(intent: stripe.PaymentIntent) -> PaymentIntent:
    charge = cast("stripe.Charge | None", intent.latest_charge)
    details = charge.payment_method_details if charge else None
    method = details.type if details else None
    means = getattr(details, method, None) if method else None
    return PaymentIntent(
        id=intent.id,
        status=cast(IntentStatus, _known(intent.status, IntentStatus)),
        amount_minor=intent.amount,
        amount_received_minor=intent.amount_received,
        currency=intent.currency.upper(),
        charge=_id(charge),
        method=method,
        last_four=getattr(means, "last4", None),
        metadata=intent.metadata.to_dict(),
    )


def refund_of(refund: stripe.Refund) -> Refund:
    return Refund(
        id=refund.id,
        status=cast(RefundStatus, _known(refund.status, RefundStatus)),
        amount_minor=refund.amount,
        currency=refund.currency.upper(),
        payment_intent=_id(refund.payment_intent),
        failure_reason=getattr(refund, "failure_reason", None),
        metadata=refund.metadata.to_dict() if refund.metadata else {},
    )


def charge_of(charge: stripe.Charge) -> Charge:
    details = charge.payment_method_details
    means = getattr(details, details.type, None) if details else None
    return Charge(
        id=charge.id,
        status=cast(ChargeStatus, _known(charge.status, ChargeStatus)),
        amount_minor=charge.amount_captured,
        amount_refunded_minor=charge.amount_refunded,
        currency=charge.currency.upper(),
        payment_intent=_id(charge.payment_intent),
        method=details.type if details else None,
        last_four=getattr(means, "last4", None),
        disputed=charge.disputed,
        created_at=instant_of(charge.created),
    )


def dispute_of(dispute: stripe.Dispute) -> Dispute:
    due_by = dispute.evidence_details.due_by
    return Dispute(
        id=dispute.id,
        status=cast(DisputeStatus, _known(dispute.status, DisputeStatus)),
        reason=dispute.reason,
        amount_minor=dispute.amount,
        currency=dispute.currency.upper(),
        charge=_present(_id(dispute.charge)),
        payment_intent=_id(dispute.payment_intent),
        answer_by=instant_of(due_by) if due_by else None,
    )


def event_of(event: Any) -> StripeEvent:
    """Return the event of a signed body; whatever is no event raises KeyError or TypeError."""
    if not isinstance(event, dict):
        raise TypeError("no object")
    account, livemode = event.get("account"), event.get("livemode")
    return StripeEvent(
        id=event["id"],
        type=event["type"],
        created_at=instant_of(event["created"]),
        object=event["data"]["object"],
        account=account if isinstance(account, str) else None,
        livemode=livemode if isinstance(livemode, bool) else None,
    )


def _known(word: str | None, words: object) -> str:
    if word not in get_args(words):
        raise AnswerNotUnderstood(f"unknown state {word!r}")
    return cast(str, word)


def _present(value: T | None) -> T:
    if value is None:
        raise AnswerNotUnderstood("a value that Stripe always gives is missing")
    return value


def _id(reference: object) -> str | None:
    """Return the id of something that Stripe gave as an id or, expanded, as an object."""
    return reference if isinstance(reference, str) else getattr(reference, "id", None)


def instant_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

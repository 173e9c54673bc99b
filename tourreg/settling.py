"""What is asked of Stripe, and what follows from its answers.

Webhook, return page and worker share these. Each asks Stripe outside any transaction and hands what it heard to one
short transaction of the domain, so that it does not matter who hears it first, how often, or in which order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tourreg.adapters.payments import (
    CheckoutSession,
    IdempotencyKeyReused,
    LineItem,
    Payments,
    PaymentsRefused,
    PaymentsUnavailable,
)
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.refunds import BY_STRIPE
from tourreg.domain.settlements import (
    arrears,
    batches,
    cancellations,
    cancelling,
    checkouts,
    commands,
    desk,
    ended_holds,
    inbox,
    matching,
    queries,
)
from tourreg.domain.settlements.batches import Due
from tourreg.domain.settlements.checkouts import Plan
from tourreg.domain.settlements.commands import STRIPE
from tourreg.domain.settlements.disputes import note_dispute
from tourreg.domain.settlements.ended_holds import WORKER
from tourreg.domain.settlements.foreseeing import Order
from tourreg.domain.settlements.models import Cancellation
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal
from tourreg.stripe_words import REFUND_OUTCOMES, Outcome, news_of, take_payment, take_refund

# Stripe forgets a key after 24 hours; an hour is for clocks that differ.
KEY_IS_REMEMBERED = timedelta(hours=23)


class AlreadyPaid(Refusal):
    """Somebody paid on an older page meanwhile."""


@dataclass(frozen=True)
class WaysBack:
    """Where Stripe sends the person: `paid` holds {CHECKOUT_SESSION_ID}, `left` is for those who leave."""

    paid: str
    left: str


def open_checkout(
    registration_id: int,
    ways_back: WaysBack,
    payments: Payments,
    *,
    now: datetime,
    by: str,
    folio_id: int | None = None,
    amount: Money | None = None,
) -> str:
    """Return the address of a payment page: one that is open, or a new one.

    folio_id  of the bill to pay; the registration's main one unless it is given
    amount    a piece of the balance; what is due next unless given
    raises    NothingOwed, SeatsGone, PaymentUnderWay, PieceTooLarge, PieceTooSmall, AlreadyPaid, OpenedElsewhere,
              PaymentsUnavailable, PaymentsRefused
    """
    with writing():
        plan = checkouts.plan_checkout(registration_id, now=now, by=by, folio_id=folio_id, amount=amount)
    for session_id in plan.outdated:
        if close_session(session_id, payments, now=now) in ("paid", "awaited"):
            raise AlreadyPaid
    if plan.url:
        return plan.url
    try:
        session = _create(plan, ways_back, payments)
    except IdempotencyKeyReused as reused:
        # An answer was lost, and what is asked for has changed since; the next press asks under a new key.
        with writing():
            checkouts.give_up_unanswered(plan.checkout, now=now)
        raise PaymentsUnavailable("the key of this attempt is spent") from reused
    with writing():
        may_be_paid = checkouts.note_opened(plan.checkout, session.id, session.url or "", now=now, by=by)
    if not may_be_paid:
        close_session(session.id, payments, now=now)
        raise checkouts.OpenedElsewhere
    return session.url or ways_back.left


def settle_session(session_id: str, payments: Payments, *, now: datetime) -> Outcome:
    """Ask Stripe what became of a session and do what follows from it; return what Stripe said.

    raises  PaymentsUnavailable, PaymentsRefused where there is no such session
    """
    return _follow(payments.checkout_session(session_id), payments, now)


def close_session(session_id: str, payments: Payments, *, now: datetime) -> Outcome:
    """Close a payment page at Stripe; where somebody was faster, do what follows from the payment."""
    return _follow(payments.expire_checkout_session(session_id), payments, now)


def release_hold(registration_id: int, payments: Payments, *, now: datetime) -> bool:
    """Free the seats of a hold that is over, once Stripe has closed its payment pages; tell whether they were freed.

    raises  PaymentsUnavailable, which leaves all as it is until the worker comes again
    """
    for session_id in _sessions_to_close(registration_id, now):
        if close_session(session_id, payments, now=now) == "awaited":
            _wait_longer(session_id, payments, now)
    with writing():
        return ended_holds.release_ended_hold(registration_id, now=now)


def cancel(registration_id: int, order: Order, payments: Payments, *, now: datetime, by: str) -> Cancellation:
    """Cancel as decided, payment pages closed first, so that nobody pays for what is given up.

    raises  what `cancellations.cancel` raises, PaymentsUnavailable, which leaves all as it is
    """
    _close_sessions(registration_id, payments, now)
    with writing():
        return cancellations.cancel(registration_id, order, now=now, by=by)


def refund_due(due: Due, payments: Payments, *, now: datetime) -> bool:
    """Cancel and refund one registration of an event that is called off, its payment pages closed first.

    raises  PaymentsUnavailable, which leaves all as it is
    """
    _close_sessions(due.registration_id, payments, now)
    with writing():
        return batches.refund(due, now=now, by=WORKER)


def close_pages_of(registration_ids: Iterable[int], payments: Payments, *, now: datetime) -> None:
    """Close every payment page of some registrations at Stripe, because what they ask for is about to change.

    raises  PaymentsUnavailable, which leaves all as it is
    """
    for registration_id in registration_ids:
        _close_sessions(registration_id, payments, now)


def release_unpaid(folio_id: int, payments: Payments, *, why: str, now: datetime, by: str) -> Money:
    """Give back the seats of a bill that is overdue, its payment pages closed first; return what was paid of it.

    raises  NothingOverdue, also where money is on its way, NothingToRelease, PaymentsUnavailable
    """
    with writing():
        session_ids = checkouts.sessions_of(folio_id)
    for session_id in session_ids:
        close_session(session_id, payments, now=now)
    with writing():
        return arrears.release_unpaid(folio_id, why=why, now=now, by=by)


def send_refund(refund_id: str, payments: Payments, *, now: datetime) -> None:
    """Ask Stripe to send a refund home; asking again asks for the same one.

    refund_id  our public id, which is the key that makes it the same
    raises     PaymentsUnavailable, which leaves it asked for until the worker comes again
    """
    refund = billing.refund_by_public_id(refund_id)
    if refund is None or refund.state != "requested" or refund.means != "stripe":
        return
    payment_intent = refund.payment.reference.removeprefix(BY_STRIPE)
    if now - refund.requested_at > KEY_IS_REMEMBERED and _find_sent(refund_id, payment_intent, payments, now):
        return
    try:
        sent = payments.create_refund(
            payment_intent,
            amount_minor=refund.amount_minor,
            metadata={"refund": refund_id},
            idempotency_key=f"refund:{refund_id}",
        )
    except IdempotencyKeyReused:
        # Stripe has a refund under this key that was asked for in other words; if it is ours, that is the one.
        if not _find_sent(refund_id, payment_intent, payments, now):
            raise
        return
    except PaymentsRefused as refusal:
        with writing():
            cancelling.note_refund(refund_id, "failed", now=now, by=STRIPE, failure=refusal.message)
        return
    with writing():
        take_refund(refund_id, sent, now)


def _find_sent(refund_id: str, payment_intent: str, payments: Payments, now: datetime) -> bool:
    """Look among the payment's refunds for one that carries our id, note how it stands, and tell whether it is there.

    An answer that was lost longer ago than Stripe remembers keys is found by this; asking again would send it twice.
    """
    for sent in payments.refunds_of_payment(payment_intent):
        if sent.metadata.get("refund") == refund_id:
            with writing():
                take_refund(refund_id, sent, now)
            return True
    return False


def settle_refund(external_id: str, refund_id: str | None, payments: Payments, *, now: datetime) -> None:
    """Ask Stripe what became of a refund and do what follows from it.

    external_id  Stripe's name of it
    refund_id    our public id, if the refund carries one; one that carries none was made at Stripe by hand
    """
    answer = payments.refund(external_id)
    known = billing.refund_by_external_id(external_id) or (refund_id and billing.refund_by_public_id(refund_id))
    if known:
        with writing():
            take_refund(known.public_id, answer, now)
        return
    has_left, case_id = REFUND_OUTCOMES[answer.status] != "failed", answer.metadata.get("case")
    amount = Money(answer.amount_minor, answer.currency)
    with writing():
        if case_id and not has_left:
            matching.came_back(case_id, external_id, answer.failure_reason or "", now=now)
        elif has_left and not case_id:
            cancelling.unknown_refund(external_id, answer.payment_intent, amount, now=now)
        elif not has_left:
            desk.close_moot(f"unknown_refund:{external_id}", "did_not_leave", now=now)


def settle_dispute(dispute_id: str, payments: Payments, *, now: datetime) -> str:
    """Ask Stripe how a dispute stands and do what follows from it; return what Stripe said."""
    answer = payments.dispute(dispute_id)
    with writing():
        note_dispute(news_of(answer), now=now, by=STRIPE)
    return answer.status


def handle_event(event_id: str, payments: Payments, *, now: datetime) -> None:
    """Do what follows from one of Stripe's events, and note that it is done; events of no concern are only noted."""
    event = queries.event_kept(event_id)
    if event is None or event.handled_at is not None:
        return
    kind, about = event.type, dict(event.body)
    if event.strange:
        return
    if kind.startswith("checkout.session."):
        settle_session(about["id"], payments, now=now)
    elif kind == "payment_intent.succeeded":
        _settle_intent(about.get("checkout", ""), payments, now)
    elif kind.startswith(("refund.", "charge.refund.")):
        settle_refund(about["id"], about.get("refund"), payments, now=now)
    elif kind.startswith("charge.dispute."):
        settle_dispute(about["id"], payments, now=now)
    with writing():
        inbox.note_handled(event_id, now=now)


def _settle_intent(checkout_id: str, payments: Payments, now: datetime) -> None:
    """Settle the session of a payment; one whose session we do not know yet is told by the session's own event."""
    checkout = queries.checkout_by_public_id(checkout_id)
    if checkout is not None and checkout.session_id is not None:
        settle_session(checkout.session_id, payments, now=now)


def _close_sessions(registration_id: int, payments: Payments, now: datetime) -> None:
    with writing():
        session_ids = checkouts.sessions_under_way(registration_id)
    for session_id in session_ids:
        close_session(session_id, payments, now=now)


def _sessions_to_close(registration_id: int, now: datetime) -> list[str]:
    with writing():
        return checkouts.sessions_of_ended_hold(registration_id, now=now)


def _wait_longer(session_id: str, payments: Payments, now: datetime) -> None:
    session = payments.checkout_session(session_id)
    with writing():
        commands.wait_longer(session.id, session.client_reference_id, now=now)


def _follow(session: CheckoutSession, payments: Payments, now: datetime) -> Outcome:
    if session.status == "open":
        return "open"
    if session.status == "expired" or session.payment_intent is None:
        with writing():
            commands.note_expired(session.id, session.client_reference_id, now=now)
        return "expired"
    intent = payments.payment_intent(session.payment_intent)
    with writing():
        return take_payment(session, intent, now)


def _create(plan: Plan, ways_back: WaysBack, payments: Payments) -> CheckoutSession:
    lines = [LineItem(name, minor, plan.currency, quantity) for name, minor, quantity in plan.lines]
    return payments.create_checkout_session(
        lines,
        success_url=ways_back.paid,
        cancel_url=ways_back.left,
        client_reference_id=plan.checkout,
        customer_email=plan.email,
        locale=plan.language,
        expires_at=plan.expires_at,
        metadata={"checkout": plan.checkout, "registration": plan.reference},
        idempotency_key=plan.key,
        means=plan.means,
    )

"""Money arrives, or does not: posting, seats, papers and letters in one transaction.

Each command takes its locks in one order: the registration, its pools, the folio, a number series. What happened at
Stripe comes in as plain values that were asked of Stripe before the transaction began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import MoneyIn, charge_again, lock_folio, post_payment, take_back_lines
from tourreg.domain.billing.invoicing import issue_invoice, issue_receipt
from tourreg.domain.billing.models import Entry
from tourreg.domain.catalogue.seats import PoolIsFull
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.commands import withdraw
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.rules import working_day
from tourreg.domain.settlements import desk, mails, queries, rules
from tourreg.domain.settlements.checkouts import note_state, prolong_hold
from tourreg.domain.settlements.invoices import take_back_invoices
from tourreg.domain.settlements.models import Checkout
from tourreg.domain.settlements.purposes import purpose_of, travel_purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import end_of_day, local_day
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

STRIPE = "stripe"
WORKER = "worker"
# Stands with every posting that a hold's end has made, so that a late payment finds what it is for.
HOLD_ENDED = "The hold ended before a payment came."
NOT_PAID_IN_TIME = Text(HOLD_ENDED, "预留期届满前未收到付款。")


class NotLapsed(Refusal):
    """The registration has its seats, never lost them by a hold that ended, or was cancelled."""


class MoneyGoesBack(Refusal):
    """What was paid for the seats has gone back or is on its way."""


@dataclass(frozen=True)
class PaidSession:
    """What Stripe says of a session that was paid, or whose money is on its way.

    client_reference  the public id of our checkout
    method            Stripe's name of the means
    detail            last four digits of card or account
    """

    session_id: str
    client_reference: str | None
    payment_intent: str
    amount: Money
    method: str | None
    detail: str


def settle(session: PaidSession, *, now: datetime) -> Entry | None:
    """Post what Stripe has collected and confirm the seats, however often and in whatever order it is told.

    Money that belongs to no checkout of ours, or is not what the checkout asked for, waits on the desk unposted.
    """
    checkout = queries.checkout_of_session(session.session_id, session.client_reference)
    if checkout is None:
        key = f"unknown:{session.payment_intent}"
        desk.open_case("unknown_payment", key=key, folio_id=None, facts=_facts(session), now=now)
        return None
    registration = _locked(checkout)
    _note_session(checkout, session, "completed", now)
    if session.amount != Money(checkout.amount_minor, checkout.currency):
        facts = {**_facts(session), "asked_minor": checkout.amount_minor, "asked_currency": checkout.currency}
        key = f"wrong_amount:{session.payment_intent}"
        desk.open_case("wrong_amount", key=key, folio_id=checkout.folio_id, facts=facts, now=now)
        return None
    return take_in(registration, _money_in(session, registration, now), now=now, by=STRIPE)


def take_in(registration: Registration, money: MoneyIn, *, now: datetime, by: str) -> Entry:
    """Post money for a locked registration, once, with all that follows from it.

    Seats that are held become confirmed, also by a part of the price; seats that were freed are taken again if they are
    free. The invoice goes out with the first payment, a receipt with each.
    """
    known = billing.posted(money.reference)
    if known is not None:
        return known
    lapsed = lapsed_lines(registration)
    regained = bool(lapsed) and _take_seats_again(registration, now)
    lock_folio(registration.folio)
    if regained:
        charge_again(registration.folio, lapsed, now=now, by=by)
    payment = post_payment(registration.folio, money, now=now, by=by)
    if holds.live_seats(registration):
        holds.confirm(registration, now=now, by=by)
        mails.paid(registration, payment, _papers(registration, payment, now, by), now=now)
    else:
        _lay_on_desk("late_payment", registration, payment, now)
        mails.paid_late(registration, payment, _papers(registration, payment, now, by), now=now)
    if holds.live_seats(registration) and billing.overpaid(registration.folio):
        _lay_on_desk("overpaid", registration, payment, now)
    return payment


def await_funds(session: PaidSession, *, now: datetime) -> bool:
    """Hold the seats for money that was promised and takes its days; tell whether the promise is new."""
    checkout = queries.checkout_of_session(session.session_id, session.client_reference)
    if checkout is None:
        return False
    registration = _locked(checkout)
    until = rules.funds_hold_until(session.method, now, registration.event.zone)
    if not _note_session(checkout, session, "awaiting_funds", now):
        return False
    prolong_hold(registration, until, now=now)
    mails.funds_awaited(registration, session.amount, key=checkout.public_id, now=now)
    return True


def wait_longer(session_id: str, client_reference: str | None, *, now: datetime) -> None:
    """Hold the seats one working day more, because a hold ended while Stripe still waits for the money."""
    checkout = queries.checkout_of_session(session_id, client_reference)
    if checkout is not None:
        registration = _locked(checkout)
        zone = registration.event.zone
        day_more = working_day(local_day(now, zone), 1)
        prolong_hold(registration, end_of_day(day_more, zone), now=now)


def funds_failed(session: PaidSession, *, now: datetime) -> bool:
    """Note that promised money will not come, hold the seats for another try and tell the person; once.

    Who has no seats any more, because the registration was cancelled meanwhile, is not asked to pay again.
    """
    checkout = queries.checkout_of_session(session.session_id, session.client_reference)
    if checkout is None:
        return False
    registration = _locked(checkout)
    if not _note_session(checkout, session, "failed", now):
        return False
    prolong_hold(registration, now + rules.SECOND_TRY, now=now)
    if holds.live_seats(registration):
        mails.payment_failed(registration, session.amount, key=checkout.public_id, now=now)
    return True


def note_expired(session_id: str, client_reference: str | None, *, now: datetime) -> None:
    """Note that Stripe has closed a payment page that nobody paid."""
    checkout = queries.checkout_of_session(session_id, client_reference)
    if checkout is not None:
        _locked(checkout)
        note_state(checkout, "expired", now=now)


def seat_after_all(registration_id: int, *, now: datetime, by: str) -> None:
    """Give somebody who paid late the seats that have become free since, and charge and invoice them.

    raises  PoolIsFull, NotLapsed, MoneyGoesBack
    """
    registration = holds.lock(registration_id)
    lapsed = lapsed_lines(registration)
    if not lapsed:
        raise NotLapsed
    if not _is_paid_for(registration):
        raise MoneyGoesBack
    holds.take_again(registration, now=now)
    holds.confirm(registration, now=now, by=by)
    lock_folio(registration.folio)
    charge_again(registration.folio, lapsed, now=now, by=by)
    invoice = issue_invoice(registration.folio, purpose_of(registration), now=now, by=by)
    mails.seated_after_all(registration, [invoice.paper] if invoice else [], now=now)


def release_ended_hold(registration_id: int, *, now: datetime) -> bool:
    """Free the seats of a hold that is over, unless money may still come; tell whether they were freed.

    Lines are taken back, and invoices that finance issued meanwhile, so that a late payment begins a bill of its own.
    Whoever had asked to cancel has cancelled by that, and no late payment brings the seats back.
    Call it only after each payment page was closed at Stripe.
    """
    registration = holds.lock(registration_id)
    if not holds.is_over(registration, now) or queries.checkouts_under_way(registration.folio):
        return False
    give_back = withdraw if registration.cancellation_state == "asked" else holds.release
    give_back(registration, now=now, by=WORKER, why=HOLD_ENDED)
    lock_folio(registration.folio)
    taken_back = take_back_lines(registration.folio, why=HOLD_ENDED, now=now, by=WORKER)
    key = taken_back[0].public_id if taken_back else registration.public_id
    notes = take_back_invoices(registration, NOT_PAID_IN_TIME, now=now, by=WORKER)
    mails.hold_ended(registration, notes, key=key, now=now)
    return True


def lapsed_lines(registration: Registration) -> list[Entry]:
    """Return the postings that took lines back at the end of a hold and that a payment may undo; else none.

    There are none while the registration has seats, and none once it was cancelled.
    """
    if holds.live_seats(registration) or registration.is_withdrawn:
        return []
    return queries.lapsed_lines(registration.folio, HOLD_ENDED)


def _is_paid_for(registration: Registration) -> bool:
    return any(left for _payment, left in billing.left_of_payments(registration.folio))


def _take_seats_again(registration: Registration, now: datetime) -> bool:
    event = registration.event
    if event.state == "cancelled" or local_day(now, event.zone) > event.ends_on:
        return False
    try:
        holds.take_again(registration, now=now)
    except PoolIsFull:
        return False
    return True


def _papers(registration: Registration, payment: Entry, now: datetime, by: str) -> list[Paper]:
    purpose = purpose_of(registration)
    invoice = issue_invoice(registration.folio, purpose, now=now, by=by)
    receipt = issue_receipt(payment, travel_purpose_of(registration), now=now, by=by)
    return [paper for paper in (invoice and invoice.paper, receipt.paper) if paper]


def _lay_on_desk(kind: str, registration: Registration, payment: Entry, now: datetime) -> None:
    facts = {
        "reference": registration.reference,
        "amount_minor": -payment.amount_minor,
        "currency": registration.folio.currency,
        "means": payment.means,
        "detail": payment.detail,
    }
    key = f"{kind}:{payment.reference}"[:120]
    desk.open_case(kind, key=key, folio_id=registration.folio_id, facts=facts, now=now)


def _locked(checkout: Checkout) -> Registration:
    registration = registrations.of_folio(checkout.folio_id)
    if registration is None:
        raise LookupError(f"folio {checkout.folio_id} belongs to no registration")
    locked = holds.lock(registration.id)
    db.session.refresh(checkout)
    return locked


def _note_session(checkout: Checkout, session: PaidSession, state: str, now: datetime) -> bool:
    checkout.session_id = session.session_id
    checkout.payment_intent = session.payment_intent
    return note_state(checkout, state, now=now)


def _money_in(session: PaidSession, registration: Registration, now: datetime) -> MoneyIn:
    return MoneyIn(
        amount=session.amount,
        means=rules.means_of(session.method),
        detail=session.detail,
        received_on=local_day(now, registration.folio.issuer.zone),
        reference=f"stripe:{session.payment_intent}",
    )


def _facts(session: PaidSession) -> dict[str, object]:
    return {
        "session": session.session_id,
        "payment_intent": session.payment_intent,
        "amount_minor": session.amount.minor,
        "currency": session.amount.currency,
        "detail": session.detail,
    }

"""Money arrives, or does not: posting, seats, papers and letters in one transaction.

Each command takes its locks in one order: the registration, its pools, the folio, a number series. What happened at
Stripe comes in as plain values that were asked of Stripe before the transaction began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import MoneyIn, lock_folio, post_payment
from tourreg.domain.billing.dues import first_part_open
from tourreg.domain.billing.invoicing import issue_invoice, issue_receipt
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.taking_back import charge_again
from tourreg.domain.catalogue.seats import PoolIsFull
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.rules import working_day
from tourreg.domain.settlements import desk, mails, queries, rules
from tourreg.domain.settlements.bills import PayersBill, lock_bill, lock_bill_of
from tourreg.domain.settlements.checkouts import note_state, prolong_hold
from tourreg.domain.settlements.ended_holds import lapsed_lines, lapsed_on
from tourreg.domain.settlements.models import Checkout
from tourreg.domain.settlements.purposes import purpose_of, travel_purpose_of
from tourreg.kernel.clock import end_of_day, local_day
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

STRIPE = "stripe"


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
    bill = _locked(checkout)
    _note_session(checkout, session, "completed", now)
    if session.amount != Money(checkout.amount_minor, checkout.currency):
        facts = {**_facts(session), "asked_minor": checkout.amount_minor, "asked_currency": checkout.currency}
        key = f"wrong_amount:{session.payment_intent}"
        desk.open_case("wrong_amount", key=key, folio_id=checkout.folio_id, facts=facts, now=now)
        return None
    return take_in(bill, _money_in(session, bill.folio, now), now=now, by=STRIPE)


def take_in(bill: PayersBill, money: MoneyIn, *, now: datetime, by: str) -> Entry:
    """Post money for a locked bill, once, with all that follows from it.

    The held seats that this payer pays for become confirmed once the first part of the bill's plan is paid, where there
    is no plan the whole; what staff record confirms them in any case. Less than that holds them longer. Seats that were
    freed are taken again if they are free and the money is more than what is owed without them; what is no more than
    that pays what a cancellation kept. The invoice goes out with the first payment, a receipt with each.
    """
    known = billing.posted(money.reference)
    if known is not None:
        return known
    is_more = money.amount.minor > billing.standing(bill.folio).owed.minor
    lapsed = lapsed_lines(bill) if is_more else []
    regained = bool(lapsed) and _take_seats_again(bill, now)
    lock_folio(bill.folio)
    if regained:
        charge_again(bill.folio, lapsed, now=now, by=by)
    payment = post_payment(bill.folio, money, now=now, by=by)
    if bill.live_seats:
        _make_sure(bill, now, by)
    if bill.live_seats or not is_more:
        mails.paid(bill, payment, _papers(bill, payment, now, by), now=now)
    else:
        _lay_on_desk("late_payment", bill, payment, now)
        mails.paid_late(bill, payment, _papers(bill, payment, now, by), now=now)
    overpaid = billing.overpaid(bill.folio)
    if bill.live_seats and overpaid:
        _lay_on_desk("overpaid" if overpaid < money.amount else "paid_twice", bill, payment, now)
    return payment


def _make_sure(bill: PayersBill, now: datetime, by: str) -> None:
    """Confirm the seats that the bill pays for, or hold them longer where too little came over Stripe."""
    if by == STRIPE and first_part_open(bill.folio):
        prolong_hold(bill, rules.part_paid_hold_until(now, bill.lead.event.zone), now=now)
        return
    for registration in bill.registrations:
        holds.confirm(registration, now=now, by=by, folio_id=bill.folio.id)


def await_funds(session: PaidSession, *, now: datetime) -> bool:
    """Hold the seats for money that was promised and takes its days; tell whether the promise is new."""
    checkout = queries.checkout_of_session(session.session_id, session.client_reference)
    if checkout is None:
        return False
    bill = _locked(checkout)
    until = rules.funds_hold_until(session.method, now, bill.lead.event.zone)
    if not _note_session(checkout, session, "awaiting_funds", now):
        return False
    prolong_hold(bill, until, now=now)
    mails.funds_awaited(bill, session.amount, key=checkout.public_id, now=now)
    return True


def wait_longer(session_id: str, client_reference: str | None, *, now: datetime) -> None:
    """Hold the seats one working day more, because a hold ended while Stripe still waits for the money."""
    checkout = queries.checkout_of_session(session_id, client_reference)
    if checkout is not None:
        bill = _locked(checkout)
        zone = bill.lead.event.zone
        day_more = working_day(local_day(now, zone), 1)
        prolong_hold(bill, end_of_day(day_more, zone), now=now)


def funds_failed(session: PaidSession, *, now: datetime) -> bool:
    """Note that promised money will not come, hold the seats for another try and tell the person; once.

    Who has no seats any more, because the registration was cancelled meanwhile, is not asked to pay again.
    """
    checkout = queries.checkout_of_session(session.session_id, session.client_reference)
    if checkout is None:
        return False
    bill = _locked(checkout)
    if not _note_session(checkout, session, "failed", now):
        return False
    prolong_hold(bill, now + rules.SECOND_TRY, now=now)
    if bill.live_seats:
        mails.payment_failed(bill, session.amount, key=checkout.public_id, now=now)
    return True


def note_expired(session_id: str, client_reference: str | None, *, now: datetime) -> None:
    """Note that Stripe has closed a payment page that nobody paid."""
    checkout = queries.checkout_of_session(session_id, client_reference)
    if checkout is not None:
        _locked(checkout)
        note_state(checkout, "expired", now=now)


def seat_after_all(registration_id: int, *, now: datetime, by: str, folio_id: int | None = None) -> None:
    """Give somebody who paid late the seats that have become free since, and charge and invoice them.

    folio_id  of the bill that was paid; the main one unless it is given
    raises    PoolIsFull, NoPlaceAtEvent, NotLapsed, MoneyGoesBack
    """
    bill = lock_bill_of(registration_id, folio_id)
    lapsed = lapsed_lines(bill)
    if not lapsed:
        raise NotLapsed
    if not _is_paid_for(bill.folio):
        raise MoneyGoesBack
    holds.take_again(lapsed_on(bill), now=now, folio_id=bill.folio.id)
    for registration in bill.registrations:
        holds.confirm(registration, now=now, by=by, folio_id=bill.folio.id)
    lock_folio(bill.folio)
    charge_again(bill.folio, lapsed, now=now, by=by)
    invoice = issue_invoice(bill.folio, purpose_of(bill), now=now, by=by)
    mails.seated_after_all(bill, [invoice.paper] if invoice else [], now=now)


def _is_paid_for(folio: Folio) -> bool:
    return any(left for _payment, left in billing.left_of_payments(folio))


def _take_seats_again(bill: PayersBill, now: datetime) -> bool:
    event = bill.lead.event
    if event.state == "cancelled" or local_day(now, event.zone) > event.ends_on:
        return False
    try:
        holds.take_again(lapsed_on(bill), now=now, folio_id=bill.folio.id)
    except (PoolIsFull, holds.NoPlaceAtEvent):
        return False
    return True


def _papers(bill: PayersBill, payment: Entry, now: datetime, by: str) -> list[Paper]:
    invoice = issue_invoice(bill.folio, purpose_of(bill), now=now, by=by)
    receipt = issue_receipt(payment, travel_purpose_of(bill), now=now, by=by)
    return [paper for paper in (invoice and invoice.paper, receipt.paper) if paper]


def _lay_on_desk(kind: str, bill: PayersBill, payment: Entry, now: datetime) -> None:
    facts = {
        "reference": bill.folio.reference,
        "amount_minor": -payment.amount_minor,
        "currency": bill.folio.currency,
        "means": payment.means,
        "detail": payment.detail,
    }
    key = f"{kind}:{payment.reference}"[:120]
    desk.open_case(kind, key=key, folio_id=bill.folio.id, facts=facts, now=now)


def _locked(checkout: Checkout) -> PayersBill:
    bill = lock_bill(checkout.folio_id)
    db.session.refresh(checkout)
    return bill


def _note_session(checkout: Checkout, session: PaidSession, state: str, now: datetime) -> bool:
    checkout.session_id = session.session_id
    checkout.payment_intent = session.payment_intent
    return note_state(checkout, state, now=now)


def _money_in(session: PaidSession, folio: Folio, now: datetime) -> MoneyIn:
    return MoneyIn(
        amount=session.amount,
        means=rules.means_of(session.method),
        detail=session.detail,
        received_on=local_day(now, folio.issuer.zone),
        reference=f"stripe:{session.payment_intent}",
    )


def _facts(session: PaidSession) -> dict[str, object]:
    return {
        "session": session.session_id,
        "payment_intent": session.payment_intent,
        "amount_minor": session.amount.minor,
        "currency": session.amount.currency,
        "detail": session.detail,
        "method": session.method,
    }

"""Holds that end unpaid: seats freed, their lines taken back, and what a late payment finds of them."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.taking_back import take_back
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.commands import withdraw
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import desk, mails, queries, rules
from tourreg.domain.settlements.bills import PayersBill, bill_of, lines_of
from tourreg.domain.settlements.checkouts import prolong_hold_of
from tourreg.domain.settlements.invoices import correct_invoices
from tourreg.kernel.bilingual import Text

WORKER = "worker"
# Stands with every posting that a hold's end has made, so that a late payment finds what it is for.
HOLD_ENDED = "The hold ended before a payment came."
NOT_PAID_IN_TIME = Text(HOLD_ENDED, "预留期届满前未收到付款。")


def release_ended_hold(registration_id: int, *, now: datetime) -> bool:
    """Free the seats of a hold that is over, unless money for them may still come; tell whether they were freed.

    What another payer has paid for stays, but for the add-ons of people who lose their place at the event. Lines are
    taken back, and invoices that finance issued meanwhile, so that a late payment begins a bill of its own.
    Whoever had asked to cancel has cancelled by that, and no late payment brings the seats back.
    Seats on which a part was paid stay held until the rest comes or staff decide.
    Call it only after each payment page was closed at Stripe.
    """
    registration = holds.lock(registration_id)
    _hold_what_is_part_paid(registration, now)
    ended = holds.ended(registration, now)
    folio_ids = sorted({holds.folio_of(seat, registration) for seat in ended})
    if not ended or any(queries.checkouts_under_way_on(folio_ids)):
        return False
    if registration.cancellation_state == "asked" and len(ended) == len(holds.live_seats(registration)):
        withdraw(registration, now=now, by=WORKER, why=HOLD_ENDED)
    else:
        holds.release(registration, now=now, by=WORKER, why=HOLD_ENDED, only=ended)
    left = {seat.participant_id for seat in ended if seat.add_on_id is None}
    people = {person.public_id for person in registration.participants if person.id in left}
    for folio_id in folio_ids:
        _take_back_ended(bill_of(folio_id), registration, people, now)
    return True


def _hold_what_is_part_paid(registration: Registration, now: datetime) -> None:
    """Hold the seats longer whose payer has paid a part of what makes them sure."""
    for folio_id in {holds.folio_of(seat, registration) for seat in holds.ended(registration, now)}:
        bill = bill_of(folio_id)
        if billing.standing(bill.folio).kept and all(seat.state == "held" for seat in bill.live_seats):
            until = rules.part_paid_hold_until(now, registration.event.zone)
            prolong_hold_of(registration, folio_id, until, now=now)


def lapsed_lines(bill: PayersBill) -> list[Entry]:
    """Return the postings that took lines back at the end of a hold and that a payment may undo; else none.

    There are none for a registration that has seats on this bill, and none once it was cancelled.
    """
    people = {person.public_id for one in lapsed_on(bill) for person in one.participants}
    if not people:
        return []
    return [line for line in queries.lapsed_lines(bill.folio, HOLD_ENDED) if line.subject in people | {""}]


def lapsed_on(bill: PayersBill) -> list[Registration]:
    """Return the registrations that have no seats on this bill and that nobody cancelled."""
    return [one for one in bill.registrations if not holds.live_seats(one, bill.folio.id) and not one.is_withdrawn]


def _take_back_ended(bill: PayersBill, registration: Registration, people: set[str], now: datetime) -> None:
    """Take back what the bill charges the registration for seats that were freed, and what was invoiced of it.

    What was kept of something given up before stays.

    people  who have lost their places, by public id; all lines go where the bill pays for no seat of theirs any more
    """
    lock_folio(bill.folio)
    lines = [line for line in lines_of(bill, registration) if line.kind != "cancellation_fee"]
    if holds.live_seats(registration, bill.folio.id):
        lines = [line for line in lines if line.subject in people]
    taken_back = take_back(bill.folio, lines, why=HOLD_ENDED, now=now, by=WORKER)
    key = taken_back[0].public_id if taken_back else registration.public_id
    papers = correct_invoices(bill, NOT_PAID_IN_TIME, now=now, by=WORKER)
    mails.hold_ended(bill.only(registration), papers, key=key, now=now)
    if billing.overpaid(bill.folio):
        _lay_overpaid_on_desk(bill, key, now)


def _lay_overpaid_on_desk(bill: PayersBill, key: str, now: datetime) -> None:
    """Lay on the desk that somebody has paid for what another payer's hold has ended."""
    overpaid = billing.overpaid(bill.folio)
    facts = {
        "reference": bill.folio.reference,
        "amount_minor": overpaid.minor,
        "currency": overpaid.currency,
        "why": HOLD_ENDED,
    }
    desk.open_case("overpaid", key=f"overpaid:{key}", folio_id=bill.folio.id, facts=facts, now=now)

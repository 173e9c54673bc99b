"""Seats given back because a due date was missed: by staff, or by the rule of the event."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.dues import dues_of, overdue_of
from tourreg.domain.billing.taking_back import take_back
from tourreg.domain.catalogue.payment_terms import terms_of
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.domain.settlements import desk, mails, queries
from tourreg.domain.settlements.bills import PayersBill, bill_of, lines_of, lock_bill
from tourreg.domain.settlements.checkouts import left_to_ask
from tourreg.domain.settlements.invoices import correct_invoices
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

UNPAID = "A payment was not made by its due date."
NOT_PAID = Text(UNPAID, "款项未在付款日前支付。")


class NothingOverdue(Refusal):
    """All that is due by now has been paid or is on its way."""


class NothingToRelease(Refusal):
    """The bill pays for no seats any more."""


def release_after_days(bill: PayersBill) -> int | None:
    """Return how long after a missed date the event gives seats back by itself; none where only staff do so."""
    return terms_of(bill.lead.event).release_after_days


def overdue(bill: PayersBill, now: datetime) -> Money:
    """Return what should have been paid and neither came nor is on its way."""
    folio = bill.folio
    return overdue_of(dues_of(folio, left_to_ask(folio)), local_day(now, bill.lead.event.zone), folio.currency)


def release_unpaid(folio_id: int, *, why: str, now: datetime, by: str) -> Money:
    """Give back the seats that a bill pays for, take its lines and invoices back, and write so; return what was kept.

    What was paid stays with us and lies on the desk, where staff send it home or charge a fee by the event's policy.
    Call it only after each payment page was closed at Stripe.

    why     for the payer, beside the reason itself; may be empty
    raises  NothingToRelease, NothingOverdue
    """
    bill = lock_bill(folio_id)
    if not bill.live_seats:
        raise NothingToRelease
    if not overdue(bill, now) or queries.checkouts_under_way(bill.folio):
        raise NothingOverdue
    for registration in bill.registrations:
        _free(bill, registration, now, by)
    lock_folio(bill.folio)
    lines = [line for registration in bill.registrations for line in lines_of(bill, registration)]
    taken_back = take_back(bill.folio, lines, why=UNPAID, now=now, by=by)
    papers = correct_invoices(bill, NOT_PAID, now=now, by=by)
    key = taken_back[0].public_id if taken_back else bill.folio.public_id
    kept = billing.overpaid(bill.folio)
    mails.seats_released(bill, why, kept, papers, key=key, now=now)
    if kept:
        _lay_on_desk(bill, kept, key, now)
    return kept


def _free(bill: PayersBill, registration: Registration, now: datetime, by: str) -> None:
    """Free what the bill pays for, and what is worth nothing without it: add-ons of people without a place."""
    own = holds.live_seats(registration, bill.folio.id)
    leaving = {seat.participant_id for seat in own if seat.add_on_id is None}
    freed: list[Seat] = [
        seat for seat in holds.live_seats(registration) if seat in own or seat.participant_id in leaving
    ]
    holds.release(registration, now=now, by=by, why=UNPAID, only=freed)


def _lay_on_desk(bill: PayersBill, kept: Money, key: str, now: datetime) -> None:
    facts = {
        "reference": bill.folio.reference,
        "amount_minor": kept.minor,
        "currency": kept.currency,
        "why": UNPAID,
    }
    desk.open_case("overpaid", key=f"overpaid:{key}", folio_id=bill.folio.id, facts=facts, now=now)


def bill_to_read(folio_public_id: str) -> PayersBill | None:
    """Return a bill by its public id, to read."""
    folio = billing.folio_by_public_id(folio_public_id)
    return bill_of(folio.id) if folio else None

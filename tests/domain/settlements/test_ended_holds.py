"""A hold that ends: seats are freed only when no money can come any more, and money that comes late is never lost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.fake_payments import FakePayments
from tests.money_cast import (
    FINANCE,
    PRICE_MINOR,
    balance_of,
    begin_to_pay,
    checkouts_of,
    letters_about,
    on_the_desk,
    papers_of,
    payments_posted,
    postings,
    promise,
    read_again,
    seats_of,
    taken_places,
    tasks,
    wire,
)
from tourreg import settling
from tourreg.adapters.payments import PaymentsUnavailable
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.billing.rules import NothingToCredit
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.checkouts import RELEASE_HOLD
from tourreg.domain.settlements.invoices import correct_invoice, issue_now

pytestmark = pytest.mark.both

HOLD = timedelta(minutes=46)


def test_a_hold_that_nobody_paid_frees_its_seats_and_takes_the_bill_back(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    assert settling.release_hold(registration.id, payments, now=now + HOLD)

    assert seats_of(registration) == ["released", "released"]
    assert taken_places(registration) == 0
    assert balance_of(registration) == 0
    assert papers_of(registration) == []
    assert letters_about(registration) == ["hold_ended"]


def test_a_hold_ends_once(registration: Registration, payments: FakePayments, now: datetime) -> None:
    freed = [settling.release_hold(registration.id, payments, now=now + HOLD) for _ in range(3)]

    assert freed == [True, False, False]
    assert taken_places(registration) == 0
    assert letters_about(registration) == ["hold_ended"]


def test_a_hold_that_still_runs_is_left_alone(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    begin_to_pay(registration, payments, now)

    assert not settling.release_hold(registration.id, payments, now=now + timedelta(minutes=44))

    assert seats_of(registration) == ["held", "held"]
    assert checkouts_of(registration) == ["open"]


def test_the_payment_page_is_closed_before_the_seats_are_freed(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.now = now + timedelta(minutes=10)

    settling.release_hold(registration.id, payments, now=now + HOLD)

    assert payments.sessions[session].status == "expired"
    assert checkouts_of(registration) == ["expired"]
    assert seats_of(registration) == ["released", "released"]


def test_who_pays_at_the_moment_the_hold_ends_keeps_the_seats(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))

    assert not settling.release_hold(registration.id, payments, now=now + HOLD)

    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert payments_posted(registration) == [-PRICE_MINOR]


def test_while_stripe_is_down_no_seat_is_freed(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    begin_to_pay(registration, payments, now)
    payments.down = True

    with pytest.raises(PaymentsUnavailable):
        settling.release_hold(registration.id, payments, now=now + HOLD)

    assert seats_of(registration) == ["held", "held"]


def test_a_page_that_stripe_never_answered_for_does_not_block_the_seats_for_ever(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.down = True
    with pytest.raises(PaymentsUnavailable):
        begin_to_pay(registration, payments, now)
    payments.down = False

    assert settling.release_hold(registration.id, payments, now=now + HOLD)

    assert checkouts_of(registration) == ["expired"]


def test_promised_money_that_is_still_on_its_way_holds_the_seats_a_day_longer(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    promise(registration, payments, now)
    saturday = now + timedelta(days=8)

    assert not settling.release_hold(registration.id, payments, now=saturday)

    held = holds.held_until(read_again(registration))
    assert held == datetime.fromisoformat("2027-01-25T23:59:00+08:00")
    assert tasks(RELEASE_HOLD)[-1].run_at == held


def test_an_invoice_issued_during_the_hold_is_taken_back_when_the_hold_ends(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    invoice_now(registration, now)

    settling.release_hold(registration.id, payments, now=now + HOLD)

    folio = read_again(registration).folio
    assert papers_of(registration) == ["invoice", "credit_note"]
    assert billing.live_invoices(folio) == []
    assert folio.invoices[1].paper.sheet["reason"]["zh"].startswith("预留期")
    assert balance_of(registration) == 0
    assert letters_about(registration) == ["invoiced", "hold_ended"]
    assert letter("hold_ended").papers == [folio.invoices[1].paper.public_id]


def test_a_late_wire_for_an_invoice_that_was_taken_back_stands_on_a_paid_one(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    invoice_now(registration, now)
    settling.release_hold(registration.id, payments, now=now + HOLD)

    wire(registration, PRICE_MINOR, now + HOLD * 2)

    folio = read_again(registration).folio
    assert papers_of(registration) == ["invoice", "credit_note", "invoice", "receipt"]
    [live] = billing.live_invoices(folio)
    assert (live.total_minor, live.paper.sheet["balance"]["minor"]) == (PRICE_MINOR, 0)
    assert live.paper.sheet["terms"]["en"] == "Paid in full"
    assert balance_of(registration) == 0
    assert seats_of(registration)[2:] == ["confirmed", "confirmed"]


def test_an_invoice_that_a_hold_took_back_cannot_be_corrected(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    invoice = invoice_now(registration, now)
    settling.release_hold(registration.id, payments, now=now + HOLD)

    with pytest.raises(NothingToCredit), writing():
        correct_invoice(registration.id, invoice, BillTo("C", "c@example.org"), reason="", now=now, by=FINANCE)

    assert papers_of(registration) == ["invoice", "credit_note"]


def test_each_longer_hold_is_looked_at_when_it_ends(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    begin_to_pay(registration, payments, now + timedelta(minutes=30))

    assert [task.run_at for task in tasks(RELEASE_HOLD)] == [now + timedelta(minutes=45), now + timedelta(minutes=75)]


def test_a_late_payment_takes_the_seats_again_while_they_are_free(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = pay_after_the_end(registration, payments, now)

    settling.settle_session(session, payments, now=now + HOLD * 2)

    assert seats_of(registration) == ["released", "released", "confirmed", "confirmed"]
    assert taken_places(registration) == 2
    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["hold_ended", "paid"]
    assert on_the_desk() == []


def test_a_late_payment_for_seats_that_others_took_lies_on_the_desk_and_in_the_ledger(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = pay_after_the_end(registration, payments, now)
    leave_places(registration, 1)

    for _ in range(2):
        settling.settle_session(session, payments, now=now + HOLD * 2)

    assert seats_of(registration) == ["released", "released"]
    assert taken_places(registration) == 0
    assert payments_posted(registration) == [-PRICE_MINOR]
    assert balance_of(registration) == -PRICE_MINOR
    assert papers_of(registration) == ["receipt"]
    assert letters_about(registration) == ["hold_ended", "paid_late"]
    assert on_the_desk() == ["late_payment"]


def test_a_late_payment_for_a_cancelled_event_takes_no_seat(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = pay_after_the_end(registration, payments, now)
    cancel_event(registration)

    settling.settle_session(session, payments, now=now + HOLD * 2)

    assert seats_of(registration) == ["released", "released"]
    assert on_the_desk() == ["late_payment"]


def test_the_bill_of_a_late_payment_tells_what_happened(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    first = pay_after_the_end(registration, payments, now)
    settling.settle_session(first, payments, now=now + HOLD * 2)

    assert [kind for kind, _ in postings(registration)] == [
        "charge",
        "charge",
        "cancellation",
        "cancellation",
        "charge",
        "charge",
        "payment",
    ]


def pay_after_the_end(registration: Registration, payments: FakePayments, now: datetime) -> str:
    """Let the hold end as if Stripe had closed the page, which somebody then turns out to have paid."""
    session = begin_to_pay(registration, payments, now)
    open_page = payments.sessions[session]
    settling.release_hold(registration.id, payments, now=now + HOLD)
    payments.sessions[session] = open_page
    payments.pay(session)
    return session


def invoice_now(registration: Registration, now: datetime) -> str:
    """Issue an invoice before any payment, and return its public id."""
    with writing():
        return issue_now(registration.id, now=now, by=FINANCE).public_id


def letter(template: str) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.template == template)).one()


def leave_places(registration: Registration, places: int) -> None:
    with writing() as session:
        session.execute(update(Pool).where(Pool.id == registration.event.pool_id).values(capacity=places))


def cancel_event(registration: Registration) -> None:
    with writing() as session:
        session.execute(update(Event).where(Event.id == registration.event_id).values(state="cancelled"))

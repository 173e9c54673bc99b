"""Cancelling frees the seats, credits the invoice and sends the money home; the ledger ends at zero."""

from datetime import datetime

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import (
    FINANCE,
    PRICE_MINOR,
    balance_of,
    begin_to_pay,
    cancel,
    letters_about,
    on_the_desk,
    papers_of,
    pay_by_card,
    postings,
    read_again,
    refunds,
    seats_of,
    send_refunds,
    taken_places,
    tasks,
    tell_all,
    two_people_register,
    wire,
)
from tourreg import settling
from tourreg.adapters.payments import PaymentsUnavailable
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.registrations.chosen import everything
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.cancellations import NothingToCancel
from tourreg.domain.settlements.cancelling import note_refund, refund_overpayment
from tourreg.domain.settlements.credit import accept_credit
from tourreg.domain.settlements.foreseeing import Order, foresee
from tourreg.domain.settlements.refunding import SEND_REFUND
from tourreg.kernel.money import Money

pytestmark = pytest.mark.both


def test_a_paid_registration_is_cancelled_and_every_cent_goes_home(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    cancel(registration, now)
    send_refunds(payments, now)

    assert seats_of(registration) == ["released", "released"]
    assert taken_places(registration) == 0
    assert postings(registration)[-3:] == [
        ("cancellation", -48_000),
        ("cancellation", -48_000),
        ("refund", PRICE_MINOR),
    ]
    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt", "credit_note"]
    assert letters_about(registration) == ["paid", "cancelled", "refunded"]
    assert billing.standing(read_again(registration).folio).state == "refunded"


def test_what_cancelling_does_is_told_before_it_is_done(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    wire(registration, 10_000, now)

    found = read_again(registration)
    told = foresee(found, Order(everything(found), "", ""), now=now)

    assert (told.seats, len(told.things), len(told.invoices)) == (2, 2, 1)
    assert (told.by_stripe, told.by_hand) == (Money(PRICE_MINOR, "USD"), Money(10_000, "USD"))


def test_a_registration_is_cancelled_once(registration: Registration, payments: FakePayments, now: datetime) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)

    with pytest.raises(NothingToCancel):
        cancel(registration, now)

    assert taken_places(registration) == 0
    assert len(refunds()) == 1


def test_each_payment_goes_home_the_way_it_came_newest_first(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    wire(registration, 30_000, now)
    pay_by_card(registration, payments, now)

    cancel(registration, now)

    assert [(refund.means, refund.amount_minor) for refund in refunds()] == [("stripe", 66_000), ("by_hand", 30_000)]
    assert [refund.means for refund in queries.refunds_to_pay_out()] == ["by_hand"]
    assert len(tasks(SEND_REFUND)) == 1


def test_an_unpaid_invoice_is_credited_without_any_refund(app: Flask, now: datetime) -> None:
    registration = two_people_register(now, pays_by="invoice")
    with writing():
        accept_credit(registration.id, po_number="", now=now, by=FINANCE)

    cancel(registration, now)

    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "credit_note"]
    note = read_again(registration).folio.invoices[1]
    assert note.credits is not None
    assert note.paper.sheet["credits"] == note.credits.paper.number
    assert refunds() == []


def test_a_refund_is_sent_once_however_often_the_worker_tries(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    payments.down = True
    with pytest.raises(PaymentsUnavailable):
        send_refunds(payments, now)
    payments.down = False

    send_refunds(payments, now)
    send_refunds(payments, now)

    assert len(payments.refunds) == 1
    assert balance_of(registration) == 0


def test_a_refund_that_waits_is_posted_when_stripe_says_so(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    payments.refunds_become = "pending"
    send_refunds(payments, now)
    assert balance_of(registration) == -PRICE_MINOR

    payments.end_refund(next(iter(payments.refunds)), "succeeded")
    tell_all(payments, now, times=3)

    assert balance_of(registration) == 0
    assert [refund.state for refund in refunds()] == ["succeeded"]


def test_a_refund_that_stripe_refuses_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    intent = next(iter(payments.intents))
    payments.create_refund(intent, amount_minor=PRICE_MINOR, metadata={}, idempotency_key="made at Stripe")

    send_refunds(payments, now)
    tell_all(payments, now)

    assert [refund.state for refund in refunds()] == ["failed"]
    assert on_the_desk() == ["failed_refund", "unknown_refund"]


def test_of_a_long_story_from_stripe_the_beginning_is_kept(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    refund_id = refunds()[0].public_id

    with writing():
        note_refund(refund_id, "failed", now=now, by="stripe", failure="No way back. " * 100)

    assert refunds()[0].failure.startswith("No way back.")


def test_the_same_refund_is_known_by_its_event_before_stripes_answer_is_noted(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    refund = refunds()[0]
    payments.create_refund(
        next(iter(payments.intents)),
        amount_minor=PRICE_MINOR,
        metadata={"refund": refund.public_id},
        idempotency_key=f"refund:{refund.public_id}",
    )

    tell_all(payments, now)
    send_refunds(payments, now)

    assert balance_of(registration) == 0
    assert on_the_desk() == []


def test_what_was_overpaid_goes_home_and_the_seats_stay(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    wire(registration, 10_000, now)

    for _ in range(2):
        with writing():
            refund_overpayment(registration.id, why="Paid twice.", now=now, by=FINANCE)

    assert [(refund.means, refund.amount_minor) for refund in refunds()] == [("by_hand", 10_000)]
    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_money_that_comes_after_the_cancellation_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    cancel(registration, now)
    payments.pay(session)

    settling.settle_session(session, payments, now=now)

    assert seats_of(registration) == ["released", "released"]
    assert on_the_desk() == ["late_payment"]
    assert balance_of(registration) == -PRICE_MINOR

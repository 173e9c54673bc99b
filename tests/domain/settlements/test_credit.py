"""Payers who ask for an invoice: finance accepts or refuses, and records what comes by bank."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.fake_payments import FakePayments
from tests.money_cast import (
    PRICE_MINOR,
    balance_of,
    letters_about,
    on_the_desk,
    papers_of,
    pay_by_card,
    payments_posted,
    read_again,
    seats_of,
    two_people_register,
)
from tourreg import settling
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.rules import AmountNotPositive
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.checkouts import SeatsGone
from tourreg.domain.settlements.credit import CreditDecided, accept_credit, refuse_credit
from tourreg.domain.settlements.invoices import issue_now
from tourreg.domain.settlements.recording import (
    LONGEST_NUMBER,
    MoneyKnownElsewhere,
    PaymentKnown,
    PaymentSlip,
    ReceivedInFuture,
    record_payment,
)
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.both

FINANCE = "staff:finance"


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    """Two people whose city asks for an invoice."""
    return two_people_register(now, pays_by="invoice")


def test_an_accepted_order_confirms_the_seats_and_sends_the_invoice(registration: Registration, now: datetime) -> None:
    assert [waiting.id for waiting in queries.asked_for_credit()] == [registration.id]

    with writing():
        accept_credit(registration.id, po_number="2027-00731", now=now, by=FINANCE)

    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice"]
    assert letters_about(registration) == ["credit_granted"]
    invoice = read_again(registration).folio.invoices[0]
    assert (invoice.total_minor, invoice.due_on) == (PRICE_MINOR, date(2027, 2, 14))
    assert invoice.paper.sheet["order"]["po_number"] == "2027-00731"
    assert queries.asked_for_credit() == []


def test_an_order_accepted_after_its_invoice_went_out_sends_that_invoice(
    registration: Registration, now: datetime
) -> None:
    with writing():
        issue_now(registration.id, now=now, by=FINANCE)
    with writing():
        accept_credit(registration.id, po_number="", now=now, by=FINANCE)

    assert papers_of(registration) == ["invoice"]
    letters = db.session.scalars(select(Letter).where(Letter.template.in_(("invoiced", "credit_granted")))).all()
    assert [letter.papers for letter in letters] == [letters[0].papers] * 2


def test_finance_answers_once(registration: Registration, now: datetime) -> None:
    with writing():
        accept_credit(registration.id, po_number="", now=now, by=FINANCE)

    with pytest.raises(CreditDecided), writing():
        accept_credit(registration.id, po_number="", now=now, by=FINANCE)
    with pytest.raises(CreditDecided), writing():
        refuse_credit(registration.id, why="", now=now, by=FINANCE)

    assert papers_of(registration) == ["invoice"]


def test_an_order_comes_too_late_for_seats_that_were_freed(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    settling.release_hold(registration.id, payments, now=now + timedelta(days=7))

    with pytest.raises(SeatsGone), writing():
        accept_credit(registration.id, po_number="", now=now + timedelta(days=7), by=FINANCE)

    assert queries.asked_for_credit() == []


def test_a_refused_order_leaves_time_to_pay_by_card(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    later = now + timedelta(days=5)

    with writing():
        refuse_credit(registration.id, why="The order names another event.", now=later, by=FINANCE)

    assert holds.held_until(read_again(registration)) == later + timedelta(hours=24)
    assert letters_about(registration) == ["credit_refused"]
    payments.now = later
    pay_by_card(registration, payments, later)
    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_a_wire_for_all_that_is_owed_settles_the_invoice(registration: Registration, now: datetime) -> None:
    with writing():
        accept_credit(registration.id, po_number="", now=now, by=FINANCE)

    record(registration, now)

    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["credit_granted", "paid"]


def test_a_wire_in_pieces_is_posted_piece_by_piece(registration: Registration, now: datetime) -> None:
    record(registration, now, amount=Money(40_000, "USD"), detail="1")
    record(registration, now, amount=Money(30_000, "USD"), detail="2")

    assert payments_posted(registration) == [-40_000, -30_000]
    assert billing.standing(read_again(registration).folio).state == "part_paid"
    assert papers_of(registration) == ["invoice", "receipt", "receipt"]
    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_more_than_is_owed_is_posted_and_lies_on_the_desk(registration: Registration, now: datetime) -> None:
    record(registration, now, amount=Money(PRICE_MINOR + 1, "USD"))

    assert billing.standing(read_again(registration).folio).overpaid == Money(1, "USD")
    assert on_the_desk() == ["overpaid"]


def test_the_same_form_sent_twice_records_one_payment(registration: Registration, now: datetime) -> None:
    first, second = (record(registration, now, submission_key="form 1") for _ in range(2))

    assert first.id == second.id
    assert payments_posted(registration) == [-PRICE_MINOR]


@pytest.mark.parametrize("detail", ["2027 0115-0031", "20270115 0031", "202701150031"])
def test_the_same_wire_is_refused_however_its_number_is_typed(
    registration: Registration, now: datetime, detail: str
) -> None:
    record(registration, now, detail="2027-0115-0031")

    with pytest.raises(PaymentKnown):
        record(registration, now, detail=detail)

    assert payments_posted(registration) == [-PRICE_MINOR]


@pytest.mark.parametrize("letter", ["7", "ß", "ΐ"])
def test_the_longest_number_is_recorded_and_known_again(registration: Registration, now: datetime, letter: str) -> None:
    longest = letter * LONGEST_NUMBER
    record(registration, now, amount=Money(PRICE_MINOR + 1, "USD"), detail=longest)

    with pytest.raises(PaymentKnown):
        record(registration, now, detail=longest)

    assert on_the_desk() == ["overpaid"]


def test_a_check_that_stands_on_another_bill_must_be_said_to_pay_several(
    registration: Registration, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    record(other, now, means="check", detail="20418")

    with pytest.raises(MoneyKnownElsewhere) as refusal:
        record(registration, now, means="check", detail="20 418")
    record(registration, now, means="check", detail="20418", shared=True)

    assert refusal.value.reference == other.reference
    assert payments_posted(registration) == [-PRICE_MINOR]


def test_cash_needs_no_number(registration: Registration, now: datetime) -> None:
    for key in ("form 1", "form 2"):
        record(registration, now, means="cash", detail="", amount=Money(1_000, "USD"), submission_key=key)

    assert payments_posted(registration) == [-1_000, -1_000]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"amount": Money(0, "USD")}, AmountNotPositive),
        ({"amount": Money(-100, "USD")}, AmountNotPositive),
        ({"amount": Money(100, "CNY")}, CurrenciesDiffer),
        # In Washington it is still 15 January.
        ({"received_on": date(2027, 1, 16)}, ReceivedInFuture),
    ],
)
def test_what_cannot_be_a_payment_is_refused(
    registration: Registration, now: datetime, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        record(registration, now, **changed)

    assert payments_posted(registration) == []


def record(registration: Registration, now: datetime, **changed: Any) -> Entry:
    slip: dict[str, Any] = {
        "amount": Money(PRICE_MINOR, "USD"),
        "means": "wire",
        "detail": "20270115 0031",
        "received_on": date(2027, 1, 14),
        "submission_key": new_public_id(),
    }
    with writing():
        entry = record_payment(registration.id, PaymentSlip(**{**slip, **changed}), now=now, by=FINANCE)
    db.session.refresh(entry)
    return entry

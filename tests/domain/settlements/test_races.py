"""Two things at the same moment: whatever comes first, money and seats agree in the end."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import (
    PRICE_MINOR,
    WAYS_BACK,
    balance_of,
    begin_to_pay,
    checkouts_of,
    letters_about,
    papers_of,
    pay_by_card,
    payments_posted,
    refunds,
    seats_of,
    taken_places,
    wire,
)
from tests.races import all_at_once, outcome_of
from tourreg import settling
from tourreg.db import writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.cancellations import NothingToCancel
from tourreg.domain.settlements.cancelling import cancel_registration, refund_overpayment
from tourreg.domain.settlements.recording import PaymentKnown, PaymentSlip, record_payment
from tourreg.kernel.money import Money

pytestmark = pytest.mark.both

HOLD = timedelta(minutes=46)


def test_one_payment_heard_of_eight_times_at_once_posts_once(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.pay(session)

    answers = all_at_once(app, map(outcome_of, [partial(settling.settle_session, session, payments, now=now)] * 8))

    assert answers == ["paid"] * 8
    assert payments_posted(registration) == [-PRICE_MINOR]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["paid"]


@pytest.mark.parametrize("round_", range(5))
def test_paying_and_freeing_at_the_same_moment_never_cross(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime, round_: int
) -> None:
    session = begin_to_pay(registration, payments, now)

    def pay() -> Any:
        payments.pay(session)
        return settling.settle_session(session, payments, now=now + HOLD)

    free = partial(settling.release_hold, registration.id, payments, now=now + HOLD)

    all_at_once(app, [outcome_of(pay), outcome_of(free)])

    if payments.sessions[session].status == "complete":
        assert seats_of(registration)[-2:] == ["confirmed", "confirmed"]
        assert payments_posted(registration) == [-PRICE_MINOR]
        assert taken_places(registration) == 2
    else:
        assert seats_of(registration) == ["released", "released"]
        assert payments_posted(registration) == []
        assert taken_places(registration) == 0
    assert balance_of(registration) == 0


def test_eight_clicks_at_once_open_one_payment_page(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    click = partial(settling.open_checkout, registration.id, WAYS_BACK, payments, now=now, by="contact:x")

    addresses = all_at_once(app, map(outcome_of, [click] * 8))

    assert addresses == [payments.sessions[payments.only_session()].url] * 8
    assert len(payments.sessions) == 1
    assert checkouts_of(registration) == ["open"]


def test_one_wire_recorded_by_eight_clerks_at_once_posts_once(
    app: Flask, registration: Registration, now: datetime
) -> None:
    registration_id = registration.id

    def record(clerk: int) -> int:
        slip = PaymentSlip(Money(PRICE_MINOR, "USD"), "wire", "W 1", now.date(), submission_key=f"clerk {clerk}")
        with writing():
            return record_payment(registration_id, slip, now=now, by="staff:x").id

    answers = all_at_once(app, map(outcome_of, [partial(record, clerk) for clerk in range(8)]))

    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, PaymentKnown) for answer in answers) == 7
    assert payments_posted(registration) == [-PRICE_MINOR]


def test_a_registration_cancelled_by_four_at_once_frees_and_refunds_once(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    registration_id = registration.id

    def cancel() -> str:
        with writing():
            return str(cancel_registration(registration_id, why="", now=now, by="staff:x").back_minor)

    answers = all_at_once(app, map(outcome_of, [cancel] * 4))

    assert sorted(type(answer).__name__ for answer in answers) == ["NothingToCancel"] * 3 + ["str"]
    assert any(isinstance(answer, NothingToCancel) for answer in answers)
    assert taken_places(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt", "credit_note"]


def test_an_overpayment_sent_home_by_eight_clerks_at_once_goes_once(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    wire(registration, PRICE_MINOR + 4_000, now)
    registration_id = registration.id

    def send_home() -> int:
        with writing():
            return len(refund_overpayment(registration_id, why="Paid too much.", now=now, by="staff:x"))

    answers = all_at_once(app, map(outcome_of, [send_home] * 8))

    assert sorted(answers) == [0] * 7 + [1]
    assert [refund.amount_minor for refund in refunds()] == [4_000]

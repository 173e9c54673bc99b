"""Deposits, instalments and pieces: what is asked for, what makes the seats sure, and two people at once."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import (
    WAYS_BACK,
    balance_of,
    begin_to_pay,
    checkouts_of,
    on_the_desk,
    papers_of,
    pay_by_card,
    payments_posted,
    promise,
    read_again,
    seats_of,
    two_people_register,
    wire,
)
from tests.plan_cast import a_registration_by_plan
from tests.races import all_at_once, outcome_of
from tourreg import settling
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import dues_of
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import checkouts
from tourreg.domain.settlements.means import means_offered
from tourreg.kernel.money import Money

DEPOSIT_MINOR, REST_MINOR = 28_800, 67_200


def pay_piece(registration: Registration, minor: int, payments: FakePayments, now: datetime, by: str = "card") -> None:
    """Pay a piece of the balance at Stripe, and hear of it."""
    amount = Money(minor, "USD")
    settling.open_checkout(registration.id, WAYS_BACK, payments, amount=amount, now=now, by="contact:x")
    session = payments.only_session()
    payments.pay(session, by)
    settling.settle_session(session, payments, now=now)


def test_a_deposit_is_asked_for_first_and_makes_the_seats_sure(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)

    pay_by_card(registration, payments, now)

    assert payments_posted(registration) == [-DEPOSIT_MINOR]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice", "receipt"]


def test_the_invoice_carries_the_instalments_and_the_receipt_what_is_paid(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)

    invoice, receipt = _sheets(registration)

    assert [(part["name"]["en"], part["due_on"], part["state"]) for part in invoice["instalments"]] == [
        ("Deposit", "2027-01-15", "paid"),
        ("Balance", "2027-08-31", "due"),
    ]
    assert invoice["due_on"] == "2027-08-31"
    assert receipt["paid"]["amount"]["minor"] == DEPOSIT_MINOR


def test_the_balance_in_two_wallet_pieces_gets_a_receipt_for_each(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)

    pay_piece(registration, 40_000, payments, now, "alipay")
    pay_piece(registration, REST_MINOR - 40_000, payments, now, "wechat_pay")

    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt", "receipt", "receipt"]
    assert on_the_desk() == []


def test_less_than_the_first_part_holds_the_seats_and_does_not_confirm_them(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)

    pay_piece(registration, 10_000, payments, now)

    assert seats_of(registration) == ["held", "held"]
    pay_by_card(registration, payments, now)
    assert payments_posted(registration) == [-10_000, -18_800]
    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_seats_with_money_on_them_are_not_freed_by_themselves(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    pay_piece(registration, 10_000, payments, now)

    freed = settling.release_hold(registration.id, payments, now=now + timedelta(days=20))

    assert not freed
    assert seats_of(registration) == ["held", "held"]


def test_a_wire_that_staff_record_makes_the_seats_sure_whatever_its_amount(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)

    wire(registration, 28_300, now)

    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_without_a_plan_the_whole_is_asked_for(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = two_people_register(now)

    session = begin_to_pay(registration, payments, now)

    assert payments.sessions[session].amount_total_minor == 96_000


@pytest.mark.parametrize(
    ("minor", "refusal"),
    [
        (96_001, checkouts.PieceTooLarge),
        (49, checkouts.PieceTooSmall),
        (95_999, checkouts.PieceTooSmall),
        (0, checkouts.PieceTooSmall),
    ],
)
def test_a_piece_that_cannot_be_paid_online_is_refused(
    app: Flask, payments: FakePayments, now: datetime, minor: int, refusal: type[Exception]
) -> None:
    registration = two_people_register(now)

    with pytest.raises(refusal):
        settling.open_checkout(
            registration.id, WAYS_BACK, payments, amount=Money(minor, "USD"), now=now, by="contact:x"
        )
    assert payments.sessions == {}


def test_pieces_that_fit_beside_each_other_stay_open_together(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = two_people_register(now)

    for minor in (30_000, 40_000):
        _open(registration, payments, minor, now)

    assert checkouts_of(registration) == ["open", "open"]


def test_a_page_for_all_that_is_left_closes_those_for_pieces(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = two_people_register(now)
    _open(registration, payments, 30_000, now)

    begin_to_pay(registration, payments, now)

    assert checkouts_of(registration) == ["expired", "open"]


def test_promised_money_counts_and_the_rest_can_be_paid_meanwhile(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    promise(registration, payments, now)

    begin_to_pay(registration, payments, now)

    assert payments.sessions[payments.only_session()].amount_total_minor == REST_MINOR
    with pytest.raises(checkouts.PieceTooLarge):
        _open(registration, payments, REST_MINOR + 1_000, now)


def test_a_promise_that_fails_leaves_the_part_to_pay_again(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = a_registration_by_plan(now)
    session = promise(registration, payments, now)
    payments.bounce(session)
    settling.settle_session(session, payments, now=now)

    begin_to_pay(registration, payments, now)

    assert payments.sessions[payments.only_session()].amount_total_minor == DEPOSIT_MINOR
    assert seats_of(registration) == ["held", "held"]


def test_a_page_names_the_part_and_offers_the_means_of_its_currency(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)

    session = begin_to_pay(registration, payments, now)

    assert payments.means[session] == ("card", "alipay", "wechat_pay", "us_bank_account")


@pytest.mark.parametrize(
    ("amount", "means"),
    [
        (Money(96_000, "USD"), ("card", "alipay", "wechat_pay", "us_bank_account")),
        (Money(96_000, "CNY"), ("card", "alipay", "wechat_pay")),
        (Money(96_000, "EUR"), ("card",)),
        (Money(96_000, "JPY"), ("card",)),
        (Money(49, "USD"), ()),
        (Money(100_000_000, "USD"), ()),
        (Money(99_999_999, "JPY"), ("card",)),
    ],
)
def test_means_follow_currency_and_amount(amount: Money, means: tuple[str, ...]) -> None:
    assert means_offered(amount) == means


@pytest.mark.both
@pytest.mark.parametrize("round_", range(4))
def test_two_people_who_pay_the_balance_at_once_make_one_charge(
    app: Flask, payments: FakePayments, now: datetime, round_: int
) -> None:
    registration = two_people_register(now)
    pay = partial(_open_and_pay, registration.id, payments, None, now)

    all_at_once(app, map(outcome_of, [pay] * 4))

    assert sum(payments_posted(registration)) == -96_000
    assert len(payments_posted(registration)) == 1


@pytest.mark.both
@pytest.mark.parametrize("round_", range(4))
def test_pieces_paid_at_once_never_come_to_more_than_the_balance(
    app: Flask, payments: FakePayments, now: datetime, round_: int
) -> None:
    registration = two_people_register(now)
    pieces = [Money(minor, "USD") for minor in (50_000, 40_000, 30_000, 96_000)]

    all_at_once(app, map(outcome_of, [partial(_open_and_pay, registration.id, payments, one, now) for one in pieces]))

    paid = -sum(payments_posted(registration))
    assert 0 < paid <= 96_000
    assert paid == sum(intent.amount_received_minor for intent in payments.intents.values())
    assert on_the_desk() == []


@pytest.mark.both
def test_a_wire_that_comes_while_somebody_pays_online_is_an_overpayment_that_is_shown(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = two_people_register(now)
    session = begin_to_pay(registration, payments, now)
    wire(registration, 96_000, now)

    payments.pay(session)
    settling.settle_session(session, payments, now=now)

    assert on_the_desk() == ["paid_twice"]
    assert balance_of(registration) == -96_000


def test_a_page_that_opens_after_the_money_came_is_closed_unseen(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = two_people_register(now)
    with writing():
        plan = checkouts.plan_checkout(registration.id, now=now, by="contact:x")
    wire(registration, 96_000, now)

    with writing():
        may_be_paid = checkouts.note_opened(
            plan.checkout, "cs_1", "https://checkout.example/1", now=now, by="contact:x"
        )

    assert not may_be_paid
    assert checkouts_of(registration) == ["expired"]


def test_a_late_booking_pays_what_has_passed_at_once(app: Flask, payments: FakePayments, now: datetime) -> None:
    late = datetime.combine(date(2027, 6, 20), now.timetz())

    registration = a_registration_by_plan(late, "instalments")

    assert [due.amount.minor for due in dues_of(read_again(registration).folio)] == [63_992, 32_008]


def _open(registration: Registration, payments: FakePayments, minor: int, now: datetime) -> None:
    amount = Money(minor, "USD")
    settling.open_checkout(registration.id, WAYS_BACK, payments, amount=amount, now=now, by="contact:x")


def _open_and_pay(registration_id: int, payments: FakePayments, amount: Money | None, now: datetime) -> Any:
    address = settling.open_checkout(registration_id, WAYS_BACK, payments, amount=amount, now=now, by="contact:x")
    session = address.rsplit("/", 1)[-1]
    payments.pay(session)
    return settling.settle_session(session, payments, now=now)


def _sheets(registration: Registration) -> list[Any]:
    folio = read_again(registration).folio
    payment = next(entry for entry in billing.entries_of(folio) if entry.kind == "payment")
    receipt = billing.receipt_of(payment)
    assert receipt is not None
    return [billing.live_invoices(folio)[0].paper.sheet, receipt.paper.sheet]

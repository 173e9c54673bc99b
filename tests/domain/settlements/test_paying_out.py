"""What finance pays out by hand leaves once: Stripe's later news of it moves no money."""

from datetime import datetime
from functools import partial

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import (
    FINANCE,
    PRICE_MINOR,
    balance_of,
    cancel,
    letters_about,
    on_the_desk,
    pay_by_card,
    postings,
    read_again,
    refunds,
    send_refunds,
    tell_all,
    wire,
)
from tests.races import all_at_once, outcome_of
from tourreg import settling
from tourreg.adapters.payments import RefundStatus
from tourreg.db import writing
from tourreg.domain.billing.refunds import NotToPayOut
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, queries

pytestmark = pytest.mark.both


def test_a_refund_paid_out_by_hand_is_posted_once(registration: Registration, now: datetime) -> None:
    wire(registration, PRICE_MINOR, now)
    cancel(registration, now)

    for _ in range(2):
        pay_out("W-4711", now)

    assert balance_of(registration) == 0
    assert queries.refunds_to_pay_out() == []
    assert letters_about(registration) == ["paid", "cancelled", "refunded"]


def test_a_second_wire_for_a_refund_that_was_paid_out_is_refused(registration: Registration, now: datetime) -> None:
    wire(registration, PRICE_MINOR, now)
    cancel(registration, now)
    pay_out("W-4711", now)

    with pytest.raises(NotToPayOut):
        pay_out("W-4712", now)

    assert balance_of(registration) == 0


@pytest.mark.parametrize("first", ["pending", "succeeded"])
def test_a_refund_that_fails_lies_on_the_desk_until_finance_pays_it_out(
    registration: Registration, payments: FakePayments, now: datetime, first: RefundStatus
) -> None:
    stripe_refund(registration, payments, now, first)

    end(payments, "failed", now)

    assert balance_of(registration) == -PRICE_MINOR
    assert on_the_desk() == ["failed_refund"]
    pay_out("W-4711", now)
    assert balance_of(registration) == 0
    assert on_the_desk() == []


@pytest.mark.parametrize("first", ["pending", "succeeded", "failed"])
def test_what_stripe_says_after_finance_paid_it_out_changes_nothing(
    registration: Registration, payments: FakePayments, now: datetime, first: RefundStatus
) -> None:
    stripe_refund(registration, payments, now, first)
    end(payments, "failed", now)
    pay_out("W-4711", now)
    posted = postings(registration)

    end(payments, "pending", now)
    end(payments, "failed", now)

    assert postings(registration) == posted
    assert balance_of(registration) == 0
    assert [refund.state for refund in refunds()] == ["succeeded"]
    assert queries.refunds_to_pay_out() == []
    assert on_the_desk() == []
    assert letters_about(registration).count("refunded") == (2 if first == "succeeded" else 1)


def test_a_refund_that_leaves_over_stripe_after_all_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    stripe_refund(registration, payments, now, "failed")
    pay_out("W-4711", now)

    for _ in range(2):
        end(payments, "succeeded", now)

    assert on_the_desk() == ["unknown_refund"]
    [case] = queries.open_cases()
    assert case.folio_id == registration.folio_id
    assert (case.facts["refund"], case.facts["paid_out_by"]) == (next(iter(payments.refunds)), "W-4711")
    assert balance_of(registration) == 0


@pytest.mark.parametrize("asked", [False, True], ids=["asked for", "pending"])
def test_what_stripe_still_sends_is_not_paid_out_by_hand(
    registration: Registration, payments: FakePayments, now: datetime, asked: bool
) -> None:
    if asked:
        stripe_refund(registration, payments, now, "pending")
    else:
        pay_by_card(registration, payments, now)
        cancel(registration, now)

    with pytest.raises(NotToPayOut):
        pay_out("W-4711", now)

    payments.refunds_become = "succeeded"
    send_refunds(payments, now)
    end(payments, "succeeded", now)
    assert balance_of(registration) == 0
    assert [refund.means for refund in refunds()] == ["stripe"]


def test_of_two_ways_home_one_by_hand_leaves_the_other_to_stripe(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    wire(registration, 30_000, now)
    pay_by_card(registration, payments, now)
    cancel(registration, now)

    pay_out("W-4711", now, place=1)
    send_refunds(payments, now)
    end(payments, "failed", now)
    assert balance_of(registration) == -66_000
    pay_out("W-4712", now)
    end(payments, "failed", now)

    assert [amount for kind, amount in postings(registration) if kind.startswith("refund")] == [
        30_000,
        66_000,
        -66_000,
        66_000,
    ]
    assert balance_of(registration) == 0


def test_a_part_that_somebody_refunded_at_stripe_lies_on_the_desk_beside_the_refund_that_then_fails(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    [intent] = payments.intents
    payments.create_refund(intent, amount_minor=30_000, metadata={}, idempotency_key="made at Stripe")
    tell_all(payments, now)

    cancel(registration, now)
    send_refunds(payments, now)

    assert on_the_desk() == ["unknown_refund", "failed_refund"]
    assert {case.folio_id for case in queries.open_cases()} == {registration.folio_id}
    assert balance_of(registration) == -PRICE_MINOR


def test_a_long_reason_of_stripes_is_kept_as_far_as_it_fits(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    public_id = refunds()[0].public_id

    with writing():
        cancelling.note_refund(public_id, "failed", now=now, by="stripe", failure="no " * 400)

    assert len(refunds()[0].failure) == 500


def test_four_who_pay_it_out_while_stripe_says_it_failed_pay_once(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    stripe_refund(registration, payments, now, "pending")
    end(payments, "failed", now)
    [external_id] = payments.refunds

    def clerk(number: int) -> None:
        pay_out(f"W-{number}", now)

    def stripe() -> None:
        settling.settle_refund(external_id, None, payments, now=now)

    clerks = [outcome_of(partial(clerk, number)) for number in range(4)]
    all_at_once(app, [*clerks, outcome_of(stripe), outcome_of(stripe)])

    assert balance_of(registration) == 0
    assert [kind for kind, _ in postings(registration)].count("refund") == 1
    assert read_again(registration).folio.refunds[0].state == "succeeded"


def stripe_refund(registration: Registration, payments: FakePayments, now: datetime, becomes: RefundStatus) -> None:
    """Pay by card, cancel, and have the refund sent, which first becomes this at Stripe."""
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    payments.refunds_become = becomes
    send_refunds(payments, now)


def end(payments: FakePayments, status: RefundStatus, now: datetime) -> None:
    """Let Stripe's only refund come to this, and deliver all of Stripe's events twice."""
    [refund_id] = payments.refunds
    payments.end_refund(refund_id, status)
    tell_all(payments, now, times=2)


def pay_out(number: str, now: datetime, place: int = 0) -> None:
    """Pay the refund at a place out by hand."""
    public_id = refunds()[place].public_id
    with writing():
        cancelling.pay_out_by_hand(public_id, number, now=now, by=FINANCE)

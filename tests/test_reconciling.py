"""Stripe's own lists against our books: what is certain is put right, the rest lies on the desk once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import (
    begin_to_pay,
    cancel,
    checkouts_of,
    on_the_desk,
    pay_by_card,
    payments_posted,
    postings,
    promise,
    refunds,
    send_refunds,
    session_of_another_shop,
    two_people_register,
)
from tourreg import reconciling, settling
from tourreg.adapters.payments import PaymentsUnavailable
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import comparing, lookups
from tourreg.domain.settlements.models import Comparison

pytestmark = pytest.mark.both


@pytest.fixture
def payments(now: datetime) -> FakePayments:
    return FakePayments(now)


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    return two_people_register(now)


def test_where_nothing_differs_nothing_is_done(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    before = postings(registration)

    comparison = compare(payments, now)

    assert comparison.findings == []
    assert comparison.read == {"sessions": 1, "charges": 1, "refunds": 0, "disputes": 0}
    assert postings(registration) == before


def test_a_payment_whose_events_never_came_is_posted(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))

    comparison = compare(payments, now)

    assert told(comparison) == [("page_behind", "healed")]
    assert payments_posted(registration) == [-96_000]
    assert told(compare(payments, now)) == []


def test_a_dry_run_tells_what_differs_and_changes_nothing(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))

    comparison = compare(payments, now, is_dry=True)

    assert ("page_behind", "seen") in told(comparison)
    assert payments_posted(registration) == []


def test_money_that_came_another_way_lies_on_the_desk_once(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(session_of_another_shop(payments, now))

    first, second = compare(payments, now), compare(payments, now)

    assert told(first) == [("not_posted", "desk")]
    assert told(second) == []
    assert on_the_desk() == ["unknown_payment"]


def test_an_expired_page_and_a_promise_that_failed_are_noted(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = promise(registration, payments, now)
    payments.bounce(session)
    other = two_people_register(now, event=summit(registration))
    payments.expire_checkout_session(begin_to_pay(other, payments, now))

    comparison = compare(payments, now)

    assert told(comparison) == [("page_behind", "healed")] * 2
    assert (checkouts_of(registration), checkouts_of(other)) == (["failed"], ["expired"])


def test_a_page_that_we_gave_up_and_stripe_keeps_open_is_closed(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.expire_checkout_session(session)
    settling.settle_session(session, payments, now=now)
    payments.sessions[session] = replace(payments.sessions[session], status="open", url="https://checkout.example/")

    assert told(compare(payments, now)) == [("page_left_open", "healed")]
    assert payments.sessions[session].status == "expired"


def test_promised_money_that_does_not_come_for_days_lies_on_the_desk_until_it_comes(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = promise(registration, payments, now)
    later = now + timedelta(days=11)
    assert told(compare(payments, later)) == [("page_stale", "desk")]
    assert on_the_desk() == ["stale_session"]

    payments.arrive(session)

    assert told(compare(payments, later)) == [("page_behind", "healed"), ("moot", "closed")]
    assert on_the_desk() == []


def test_a_page_that_stripe_never_answered_for_is_given_up(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.down = True
    with pytest.raises(PaymentsUnavailable):
        begin_to_pay(registration, payments, now)
    payments.down = False

    assert told(compare(payments, now + timedelta(hours=26))) == [("page_unanswered", "healed")]
    assert checkouts_of(registration) == ["expired"]


@pytest.mark.parametrize(
    ("becomes", "desk"), [("succeeded", []), ("failed", ["failed_refund"])], ids=["arrived", "came back"]
)
def test_a_refund_that_went_on_at_stripe_goes_on_with_us(
    registration: Registration, payments: FakePayments, now: datetime, becomes: Any, desk: list[str]
) -> None:
    refund = pending_refund(registration, payments, now)
    payments.end_refund(refund, becomes)

    comparison = compare(payments, now)

    assert [kind for kind, _outcome in told(comparison)] == ["refund_behind"]
    assert [one.state for one in refunds()] == [becomes]
    assert on_the_desk() == desk


def test_a_refund_that_hangs_lies_on_the_desk_until_it_lands(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    refund = pending_refund(registration, payments, now)
    later = now + timedelta(days=15)
    assert told(compare(payments, later)) == [("refund_slow", "desk")]
    assert told(compare(payments, later)) == []

    payments.end_refund(refund, "succeeded")

    assert told(compare(payments, later)) == [("refund_behind", "healed"), ("moot", "closed")]
    assert on_the_desk() == []


def test_a_refund_that_stripe_was_never_asked_for_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)

    assert told(compare(payments, now + timedelta(hours=25))) == [("refund_slow", "desk")]


def test_a_refund_made_at_stripe_by_hand_lies_on_the_desk_once(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    payments.create_refund(intent_of(payments), amount_minor=100, metadata={}, idempotency_key="by hand")

    assert told(compare(payments, now)) == [("refund_unknown", "desk")]
    assert told(compare(payments, now)) == []
    assert on_the_desk() == ["unknown_refund"]


def test_a_dispute_lies_on_the_desk_until_it_is_won(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    dispute = payments.open_dispute(intent_of(payments)).id
    assert told(compare(payments, now)) == [("dispute", "desk")]

    payments.close_dispute(dispute, "won")

    assert told(compare(payments, now)) == [("dispute", "healed")]
    assert on_the_desk() == []
    assert payments_posted(registration) == [-96_000]


def test_a_lost_dispute_is_posted_as_paid_back_and_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    dispute = payments.open_dispute(intent_of(payments), 50_000).id
    payments.close_dispute(dispute, "lost")

    for _ in range(2):
        compare(payments, now)

    assert postings(registration)[-1] == ("refund", 50_000)
    assert on_the_desk() == ["dispute_lost"]


def test_another_amount_than_the_ledger_has_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    (charge,) = payments.charges.values()
    payments.charges[charge.id] = replace(charge, amount_minor=95_000)

    assert told(compare(payments, now)) == [("amount_differs", "desk")]
    assert told(compare(payments, now)) == []
    assert on_the_desk() == ["ledger_differs"]


def test_a_posting_that_stripe_knows_nothing_of_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    payments.charges.clear()
    payments.intents.clear()

    assert told(compare(payments, now)) == [("missing_at_stripe", "desk")]
    assert told(compare(payments, now)) == []


def test_a_case_whose_money_was_sent_back_at_stripe_leaves_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(session_of_another_shop(payments, now))
    compare(payments, now)
    payments.create_refund(intent_of(payments), amount_minor=96_000, metadata={"case": "x"}, idempotency_key="x")

    assert told(compare(payments, now)) == [("went_back", "closed")]
    assert on_the_desk() == []


def test_a_comparison_that_stripe_breaks_off_says_why_and_goes_on_later(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))
    comparison = begun(now)
    payments.down = True
    with pytest.raises(PaymentsUnavailable):
        reconciling.compare(comparison, payments, now=now)
    assert read(comparison).failure == "PaymentsUnavailable: no connection"

    payments.down = False
    reconciling.compare(comparison, payments, now=now)

    assert (read(comparison).failure, told(read(comparison))) == ("", [("page_behind", "healed")])


def test_a_long_comparison_is_done_in_slices(
    registration: Registration, payments: FakePayments, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "MOST_SETTLED", 2)
    for _ in range(5):
        payments.pay(begin_to_pay(two_people_register(now, event=summit(registration)), payments, now))
    comparison = begun(now)

    slices = [reconciling.compare(comparison, payments, now=now) for _ in range(3)]

    assert slices == [False, False, True]
    assert told(read(comparison)) == [("page_behind", "healed")] * 5


def test_while_one_comparison_runs_no_other_begins(app: Flask, now: datetime) -> None:
    with writing():
        asked = [comparing.ask_for_comparison(now, is_dry=False, now=now, by="staff:x").id for _ in range(2)]

    assert len(set(asked)) == 1


@pytest.mark.parametrize(("days_ago", "reach"), [(None, 30), (1, 3), (5, 6), (40, 30)])
def test_a_night_looks_back_to_before_the_last_one_that_came_to_its_end(
    app: Flask, now: datetime, days_ago: int | None, reach: int
) -> None:
    if days_ago is not None:
        with writing():
            last = comparing.begin(now, is_dry=False, now=now - timedelta(days=days_ago), by="worker")
            comparing.note_slice(last.public_id, last.read, [], now=now, is_whole=True)

    assert comparing.nightly_since(now) == now - timedelta(days=reach)


def compare(payments: FakePayments, now: datetime, *, is_dry: bool = False) -> Comparison:
    """Compare everything of the last three days before the clock of Stripe, and return what was found."""
    payments.now = now
    comparison = begun(now, is_dry=is_dry)
    assert reconciling.compare(comparison, payments, now=now)
    return read(comparison)


def begun(now: datetime, *, is_dry: bool = False) -> str:
    with writing():
        return comparing.begin(now - timedelta(days=3), is_dry=is_dry, now=now, by="staff:finance").public_id


def read(public_id: str) -> Comparison:
    db.session.rollback()
    found = lookups.comparison_by_public_id(public_id)
    assert found is not None
    return found


def told(comparison: Comparison) -> list[tuple[str, str]]:
    return [(finding["kind"], finding["outcome"]) for finding in comparison.findings]


def summit(registration: Registration) -> Event:
    return registration.event


def intent_of(payments: FakePayments) -> str:
    return list(payments.intents)[-1]


def pending_refund(registration: Registration, payments: FakePayments, now: datetime) -> str:
    pay_by_card(registration, payments, now)
    payments.refunds_become = "pending"
    cancel(registration, now)
    send_refunds(payments, now)
    return list(payments.refunds)[-1]

"""A payment is posted once, and all that follows from it happens once, whoever hears of it first."""

import itertools
import random
from datetime import datetime, timedelta

import pytest

from tests.fake_payments import FakePayments
from tests.money_cast import (
    PRICE_MINOR,
    begin_to_pay,
    checkouts_of,
    letters_about,
    on_the_desk,
    papers_of,
    pay_by_card,
    payments_posted,
    postings,
    promise,
    read_again,
    seats_of,
    tasks,
)
from tourreg import settling
from tourreg.adapters.payments import LineItem, PaymentsUnavailable
from tourreg.db import db, writing
from tourreg.domain.billing.commands import Charge, post_first_charges
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import checkouts, inbox, queries
from tourreg.domain.settlements.commands import PaidSession, settle
from tourreg.domain.settlements.models import Checkout
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

pytestmark = pytest.mark.both

PRICE = Money(PRICE_MINOR, "USD")


def test_a_payment_confirms_the_seats_and_sends_invoice_and_receipt(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.pay(session)

    assert settling.settle_session(session, payments, now=now) == "paid"

    assert postings(registration) == [("charge", 48_000), ("charge", 48_000), ("payment", -PRICE_MINOR)]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["paid"]
    assert checkouts_of(registration) == ["completed"]
    assert on_the_desk() == []


def test_an_event_told_five_times_out_of_order_and_the_return_page_post_once(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.decline(session)
    payments.pay(session)
    told = payments.events * 5
    random.Random(2027).shuffle(told)

    for place, event in enumerate(told):
        if place in (3, len(told) - 2):
            settling.settle_session(session, payments, now=now)
        deliver(event, now)
        settling.handle_event(event["id"], payments, now=now)

    assert payments_posted(registration) == [-PRICE_MINOR]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["paid"]
    assert on_the_desk() == []


def test_an_event_is_kept_and_handled_once(registration: Registration, payments: FakePayments, now: datetime) -> None:
    payments.pay(begin_to_pay(registration, payments, now))
    event = payments.event("checkout.session.completed")

    assert [deliver(event, now) for _ in range(3)] == [True, False, False]

    assert len(tasks(inbox.HANDLE_STRIPE_EVENT)) == 1


def test_beginning_twice_uses_one_page(registration: Registration, payments: FakePayments, now: datetime) -> None:
    first = begin_to_pay(registration, payments, now)

    second = begin_to_pay(registration, payments, now + timedelta(minutes=5))

    assert first == second
    assert len(payments.sessions) == 1


def test_a_page_that_is_about_to_close_is_replaced(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    first = begin_to_pay(registration, payments, now)
    payments.now = now + timedelta(minutes=29)

    second = begin_to_pay(registration, payments, payments.now)

    assert second != first
    assert checkouts_of(registration) == ["expired", "open"]
    assert payments.sessions[first].status == "expired"


def test_a_changed_bill_closes_the_old_page_before_it_opens_another(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    first = begin_to_pay(registration, payments, now)
    add_charge(registration, 21_000, now)

    second = begin_to_pay(registration, payments, now)

    assert payments.sessions[first].status == "expired"
    assert payments.sessions[second].amount_total_minor == PRICE_MINOR + 21_000


def test_who_paid_on_the_old_page_is_not_sent_to_a_new_one(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    first = begin_to_pay(registration, payments, now)
    add_charge(registration, 21_000, now)
    payments.pay(first)

    with pytest.raises(settling.AlreadyPaid):
        begin_to_pay(registration, payments, now)

    assert payments_posted(registration) == [-PRICE_MINOR]
    assert len(payments.sessions) == 1


def test_when_stripe_is_down_nothing_is_lost_and_the_next_try_asks_for_the_same_page(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.down = True
    with pytest.raises(PaymentsUnavailable):
        begin_to_pay(registration, payments, now)
    payments.down = False

    begin_to_pay(registration, payments, now + timedelta(seconds=20))

    assert checkouts_of(registration) == ["open"]
    assert seats_of(registration) == ["held", "held"]


def test_beginning_to_pay_holds_the_seats_longer_up_to_a_limit(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    begin_to_pay(registration, payments, now + timedelta(minutes=40))
    assert hold_of(registration) == now + timedelta(minutes=85)

    payments.now = now + timedelta(hours=5, minutes=50)
    begin_to_pay(registration, payments, payments.now)
    assert hold_of(registration) == now + timedelta(hours=6)


def test_what_is_paid_needs_no_page(registration: Registration, payments: FakePayments, now: datetime) -> None:
    pay_by_card(registration, payments, now)

    with pytest.raises(checkouts.NothingOwed):
        begin_to_pay(registration, payments, now)


def test_promised_money_holds_the_seats_for_its_working_days_and_pays_when_it_comes(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.promise(session)

    assert settling.settle_session(session, payments, now=now) == "awaited"

    # Friday 15 January 2027 and five working days, until 23:59 in Yangzhou.
    assert hold_of(registration) == datetime.fromisoformat("2027-01-22T23:59:00+08:00")
    assert letters_about(registration) == ["funds_awaited"]
    with pytest.raises(checkouts.PaymentUnderWay):
        begin_to_pay(registration, payments, now)

    payments.arrive(session)
    later = now + timedelta(days=4)
    for event in payments.events:
        deliver(event, later)
        settling.handle_event(event["id"], payments, now=later)

    assert payments_posted(registration) == [-PRICE_MINOR]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert letters_about(registration) == ["funds_awaited", "paid"]


def test_promised_money_that_does_not_come_opens_the_payment_again(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = promise(registration, payments, now)
    payments.bounce(session)
    later = now + timedelta(days=7)

    for event in payments.events * 2:
        deliver(event, later)
        settling.handle_event(event["id"], payments, now=later)

    assert checkouts_of(registration) == ["failed"]
    assert letters_about(registration) == ["funds_awaited", "payment_failed"]
    assert hold_of(registration) == later + timedelta(hours=24)
    payments.now = later
    begin_to_pay(registration, payments, later)
    assert checkouts_of(registration) == ["failed", "open"]


def test_a_declined_card_changes_nothing(registration: Registration, payments: FakePayments, now: datetime) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.decline(session)
    event = payments.event("payment_intent.payment_failed")
    deliver(event, now)

    settling.handle_event(event["id"], payments, now=now)

    assert seats_of(registration) == ["held", "held"]
    assert checkouts_of(registration) == ["open"]
    assert letters_about(registration) == []


def test_a_payment_that_nobody_asked_for_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    for _ in range(2):
        with writing():
            settle(a_paid_session("cs_of_another_system"), now=now)

    assert on_the_desk() == ["unknown_payment"]
    assert payments_posted(registration) == []


def test_paying_on_two_pages_posts_both_and_lies_on_the_desk_as_paid_twice(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    first = begin_to_pay(registration, payments, now)
    second = open_another_page(registration, payments, now)

    for session in (first, second):
        payments.pay(session)
        settling.settle_session(session, payments, now=now)

    assert payments_posted(registration) == [-PRICE_MINOR, -PRICE_MINOR]
    assert papers_of(registration) == ["invoice", "receipt", "receipt"]
    assert on_the_desk() == ["paid_twice"]


@pytest.mark.parametrize(
    "amount", [Money(PRICE_MINOR - 1, "USD"), Money(PRICE_MINOR, "CNY")], ids=["less", "another currency"]
)
def test_a_wrong_amount_posts_nothing_and_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime, amount: Money
) -> None:
    session = begin_to_pay(registration, payments, now)

    for _ in range(2):
        with writing():
            settle(a_paid_session(session, amount=amount), now=now)

    assert on_the_desk() == ["wrong_amount"]
    assert payments_posted(registration) == []
    assert seats_of(registration) == ["held", "held"]


def test_an_answer_that_was_lost_is_found_by_our_own_reference(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    with writing():
        plan = checkouts.plan_checkout(registration.id, now=now, by="contact:x")
    with writing():
        settle(a_paid_session("cs_never_heard_of", client_reference=plan.checkout), now=now)

    assert payments_posted(registration) == [-PRICE_MINOR]
    assert checkouts_of(registration) == ["completed"]


def deliver(event: dict[str, object], now: datetime) -> bool:
    told_of = event["data"]["object"]  # type: ignore[index]
    with writing():
        return inbox.keep(str(event["id"]), str(event["type"]), told_of, now=now)


def hold_of(registration: Registration) -> datetime:
    held = [seat.held_until for participant in read_again(registration).participants for seat in participant.seats]
    assert held[0] is not None
    assert len(set(held)) == 1
    return held[0]


def add_charge(registration: Registration, minor: int, now: datetime) -> None:
    charge = Charge(
        subject=registration.participants[0].public_id,
        description=Text("Single room", "单人间"),
        unit=Money(minor, "USD"),
        reference=f"test:{next(_numbers)}",
    )
    with writing():
        post_first_charges(registration.folio, [charge], now=now, by="staff:test")


def a_paid_session(session_id: str, *, amount: Money = PRICE, client_reference: str | None = None) -> PaidSession:
    return PaidSession(session_id, client_reference, "pi_1", amount, "card", "4242")


def open_another_page(registration: Registration, payments: FakePayments, now: datetime) -> str:
    """Open a second page beside the first, as two tabs may when Stripe was slow to close one."""
    with writing():
        checkout = queries.checkouts_under_way(registration.folio)[0]
        other = Checkout(
            folio_id=registration.folio_id,
            attempt=2,
            amount_minor=checkout.amount_minor,
            currency=checkout.currency,
            created_at=now,
            expires_at=checkout.expires_at,
        )
        db.session.add(other)
        db.session.flush()
        public_id, expires_at = other.public_id, other.expires_at
    session = payments.create_checkout_session(
        [LineItem("Summit", PRICE_MINOR, "USD")],
        success_url="http://site.example/paid",
        cancel_url="http://site.example/left",
        client_reference_id=public_id,
        customer_email=None,
        locale="en",
        expires_at=expires_at,
        metadata={"checkout": public_id},
        idempotency_key="another",
    )
    return session.id


_numbers = itertools.count(1)

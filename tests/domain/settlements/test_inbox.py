"""Every event is kept with what became of it, and can be followed once more without harm."""

from datetime import datetime, timedelta

import pytest
from flask import current_app

from tests.fake_payments import FakePayments
from tests.money_cast import begin_to_pay, on_the_desk, pay_by_card, payments_posted, tasks, tell_all
from tourreg import settling
from tourreg.adapters.payments import PaymentsUnavailable, Refund
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import inbox, inbox_queries
from tourreg.domain.settlements.models import StripeEvent
from tourreg.tasks import money as work
from tourreg.tasks.registry import Hopeless

pytestmark = pytest.mark.both

FINANCE = "staff:finance"


def test_a_handled_event_names_the_posting_that_it_led_to(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))

    tell_all(payments, now)

    events = read()
    assert {event.standing for event in events} == {"handled"}
    assert {event.folio_id for event in events} == {registration.folio_id}
    assert [event.entry and event.entry.amount_minor for event in events] == [-96_000, -96_000]


def test_an_event_of_a_type_that_nobody_knows_is_kept_and_lies_on_the_desk_once(
    registration: Registration, now: datetime
) -> None:
    for number in (1, 2):
        keep(f"evt_{number}", "customer.created", now)

    assert [event.standing for event in read()] == ["strange", "strange"]
    assert on_the_desk() == ["unknown_event"]
    assert tasks(inbox.HANDLE_STRIPE_EVENT) == []


@pytest.mark.parametrize("stranger", ["account", "mode"])
def test_an_event_of_another_account_or_mode_posts_nothing_and_lies_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime, stranger: str
) -> None:
    session = begin_to_pay(registration, payments, now)
    payments.pay(session)

    keep("evt_1", "checkout.session.completed", now, about=session, stranger=stranger)
    settling.handle_event("evt_1", payments, now=now)

    assert [event.strange for event in read()] == [stranger]
    assert on_the_desk() == ["unknown_event"]
    assert payments_posted(registration) == []


def test_why_an_event_fails_is_told_with_it_and_is_over_once_it_is_handled(
    registration: Registration, payments: FakePayments, now: datetime, at_stripe: None
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))
    event = payments.event("checkout.session.completed")
    keep(event["id"], event["type"], now, about=event["data"]["object"]["id"])
    payments.down = True
    for _ in range(2):
        with pytest.raises(PaymentsUnavailable):
            work.handle_stripe_event(event["id"], now=now)
    (failed,) = read()
    assert (failed.standing, failed.attempts, failed.failure) == ("failed", 2, "PaymentsUnavailable: no connection")

    payments.down = False
    work.handle_stripe_event(event["id"], now=now)

    (handled,) = read()
    assert (handled.standing, handled.failure) == ("handled", "")
    assert payments_posted(registration) == [-96_000]


def test_an_event_about_nothing_that_stripe_knows_lies_on_the_desk_until_it_is_followed_after_all(
    registration: Registration, payments: FakePayments, now: datetime, at_stripe: None
) -> None:
    keep("evt_1", "refund.updated", now, about="re_lost")
    with pytest.raises(Hopeless):
        work.handle_stripe_event("evt_1", now=now)
    assert on_the_desk() == ["unknown_event"]

    pay_by_card(registration, payments, now)
    payments.refunds["re_lost"] = refund_by_hand(payments)
    replay("evt_1", now)
    work.handle_stripe_event("evt_1", now=now)

    assert [event.standing for event in read()] == ["handled"]
    assert on_the_desk() == ["unknown_refund"]


def test_following_an_event_again_posts_nothing_twice_and_pressing_twice_asks_once(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))
    tell_all(payments, now)
    event = payments.event("checkout.session.completed")["id"]

    assert [replay(event, now), replay(event, now)] == [1, 0]
    settling.handle_event(event, payments, now=now)

    assert payments_posted(registration) == [-96_000]
    assert [task.key for task in tasks(inbox.HANDLE_STRIPE_EVENT)].count(f"handle_stripe_event:{event}:1") == 1
    assert {one.standing for one in read()} == {"handled"}


def test_all_of_an_hour_is_followed_again_and_nothing_outside_it(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    for number, minutes in enumerate((0, 59, 60)):
        keep(f"evt_{number}", "payment_intent.succeeded", now + timedelta(minutes=minutes))
        settling.handle_event(f"evt_{number}", payments, now=now + timedelta(hours=2))
    later = now + timedelta(hours=3)

    with writing():
        counts = [
            inbox.replay_period(now, now + timedelta(hours=1), pressed_at=later, now=later, by=FINANCE)
            for _ in range(2)
        ]

    assert counts == [2, 0]
    assert [event.standing for event in read()] == ["waiting", "waiting", "handled"]


def test_the_inbox_counts_each_way_that_an_event_can_stand(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    keep("evt_1", "customer.created", now)
    keep("evt_2", "payment_intent.succeeded", now)
    keep("evt_3", "payment_intent.created", now)

    assert inbox_queries.events_by_standing() == {"waiting": 1, "failed": 0, "strange": 1, "handled": 1}
    assert [event.event_id for event in inbox_queries.events_page("strange", number=1, size=25)] == ["evt_1"]


@pytest.fixture
def at_stripe(registration: Registration, payments: FakePayments, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the worker speak with the fake."""
    monkeypatch.setitem(current_app.extensions, PAYMENTS, payments)


def keep(event_id: str, kind: str, now: datetime, *, about: str = "cus_1", stranger: str = "") -> None:
    form = kind.rpartition(".")[0]
    with writing():
        inbox.keep(event_id, kind, {"id": about, "object": form}, now=now, stranger=stranger)


def replay(event_id: str, now: datetime) -> int:
    with writing():
        return inbox.replay(event_id, now=now, by=FINANCE)


def refund_by_hand(payments: FakePayments) -> Refund:
    intent = list(payments.intents)[-1]
    return payments.create_refund(intent, amount_minor=100, metadata={}, idempotency_key="by hand")


def read() -> list[StripeEvent]:
    """Return the inbox as it stands now, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(db.select(StripeEvent).order_by(StripeEvent.id)))

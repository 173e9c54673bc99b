"""The worker settles, frees and refunds by itself, and comes again where Stripe is down."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import balance_of, begin_to_pay, payments_posted, seats_of, tasks, two_people_register
from tourreg import worker
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, inbox
from tourreg.domain.settlements.checkouts import RELEASE_HOLD
from tourreg.tasks import registry

Show = Callable[[datetime], None]
pytestmark = pytest.mark.both


@pytest.fixture
def stripe(app: Flask, now: datetime, clock_shows: Show, monkeypatch: pytest.MonkeyPatch) -> FakePayments:
    """The account of the application; letters and papers are other tests' affair."""
    fake = FakePayments(now)
    monkeypatch.setitem(app.extensions, PAYMENTS, fake)
    for kind in ("send_letter", "render_paper"):
        monkeypatch.setitem(registry._WORKS, kind, lambda **_: None)
    return fake


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    return two_people_register(now)


def test_the_worker_settles_what_an_event_tells(
    registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    stripe.pay(begin_to_pay(registration, stripe, now))
    for event in stripe.events:
        keep(event, now)

    worker.run_due()

    assert payments_posted(registration) == [-96_000]
    assert all(task.done_at for task in tasks(inbox.HANDLE_STRIPE_EVENT))


def test_while_stripe_is_down_the_worker_comes_again(
    registration: Registration, stripe: FakePayments, now: datetime, clock_shows: Show
) -> None:
    stripe.pay(begin_to_pay(registration, stripe, now))
    keep(stripe.event("checkout.session.completed"), now)
    stripe.down = True
    worker.run_due()
    assert payments_posted(registration) == []

    stripe.down = False
    clock_shows(now + timedelta(minutes=1))
    worker.run_due()

    assert payments_posted(registration) == [-96_000]


def test_an_event_about_nothing_is_given_up(registration: Registration, stripe: FakePayments, now: datetime) -> None:
    keep({"id": "evt_x", "type": "checkout.session.completed", "data": {"object": {"id": "cs_of_nobody"}}}, now)

    worker.run_due()

    assert tasks(inbox.HANDLE_STRIPE_EVENT)[0].given_up_at is not None


def test_the_worker_frees_seats_when_their_hold_ends_and_not_before(
    registration: Registration, stripe: FakePayments, now: datetime, clock_shows: Show
) -> None:
    begin_to_pay(registration, stripe, now + timedelta(minutes=30))

    clock_shows(now + timedelta(minutes=46))
    worker.run_due()
    assert seats_of(registration) == ["held", "held"]

    clock_shows(now + timedelta(minutes=76))
    worker.run_due()
    assert seats_of(registration) == ["released", "released"]
    assert all(task.done_at for task in tasks(RELEASE_HOLD))


def test_the_worker_sends_refunds_home(registration: Registration, stripe: FakePayments, now: datetime) -> None:
    stripe.pay(begin_to_pay(registration, stripe, now))
    keep(stripe.event("checkout.session.completed"), now)
    worker.run_due()
    with writing():
        cancelling.cancel_registration(registration.id, why="", now=now, by="staff:x")

    worker.run_due()

    assert balance_of(registration) == 0
    assert len(stripe.refunds) == 1


def keep(event: dict[str, object], now: datetime) -> None:
    told_of = event["data"]["object"]  # type: ignore[index]
    with writing():
        inbox.keep(str(event["id"]), str(event["type"]), told_of, now=now)

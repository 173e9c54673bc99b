"""An event is called off: everybody is refunded once, however often the worker dies, is stopped or is begun again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import a_person, a_published_summit, a_registration
from tests.fake_payments import FakePayments
from tests.money_cast import FINANCE, balance_of, begin_to_pay, letters_about, pay_by_card, refunds, seats_of, wire
from tests.races import all_at_once, outcome_of
from tourreg import worker
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.catalogue import commands as catalogue
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.outbox.rules import LEASE
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import batches, progress
from tourreg.domain.settlements.models import Cancellation, RefundBatch
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.tasks import event_refunds

pytestmark = pytest.mark.both

WHY = Text("The hall has burnt down.", "会场失火。")
Show = Callable[[datetime], None]


@pytest.fixture
def stripe(app: Flask, now: datetime, clock_shows: Show, monkeypatch: Any) -> FakePayments:
    fake = FakePayments(now)
    monkeypatch.setitem(app.extensions, PAYMENTS, fake)
    return fake


@pytest.fixture
def event(stripe: FakePayments) -> Event:
    """The summit, of which a quarter is kept of whoever gives up by themselves."""
    made = a_published_summit()
    with writing() as session:
        session.add(made)
        made.cancellation_terms = plain_terms(EventTerms(Terms((Step(60, kept_percent=25),))))
    return made


def several(event: Event, stripe: FakePayments, now: datetime, number: int = 4) -> list[Registration]:
    """Return registrations of which the even ones paid by card, the odd ones by wire."""
    made = []
    for place in range(number):
        registration = a_registration(event, a_person(f"Hart{'abcdefghijklmnopqrstuvwxyz'[place]}"), now=now)
        if place % 2:
            wire(registration, 48_000, now, f"W-{place}")
        else:
            stripe.sessions.clear()
            pay_by_card(registration, stripe, now)
        made.append(registration)
    return made


def call_off(event: Event, now: datetime, *, by_terms: bool = False) -> RefundBatch:
    with writing():
        changing = db.session.get_one(Event, event.id)
        catalogue.cancel(changing, now=now, by=FINANCE, why="Fire.")
        return batches.begin(changing, WHY, by_terms=by_terms, now=now, by=FINANCE)


def cancellations() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Cancellation.id))) or 0


def test_everybody_gets_everything_back_whatever_the_terms_say(
    event: Event, stripe: FakePayments, now: datetime
) -> None:
    made = several(event, stripe, now)

    batch = call_off(event, now)
    worker.run_due()

    db.session.rollback()
    far = progress.progress_of(db.session.merge(batch))
    assert (far.registrations, far.done, far.failed) == (4, 4, 0)
    assert (far.arrived, far.to_pay_out) == ((Money(96_000, "USD"),), (Money(96_000, "USD"),))
    assert {state for registration in made for state in seats_of(registration)} == {"released"}
    assert all("cancelled" in letters_about(registration) for registration in made)
    assert db.session.get_one(RefundBatch, batch.id).state == "done"
    assert db.session.get_one(Event, event.id).pool.taken == 0


def test_staff_may_keep_what_the_terms_keep(event: Event, stripe: FakePayments, now: datetime) -> None:
    several(event, stripe, now, 2)

    call_off(event, now, by_terms=True)
    worker.run_due()

    assert [refund.amount_minor for refund in refunds()] == [36_000, 36_000]


def test_a_worker_that_is_killed_goes_on_without_doubling(
    event: Event, stripe: FakePayments, now: datetime, monkeypatch: Any, clock_shows: Show
) -> None:
    made = several(event, stripe, now)
    call_off(event, now)
    refund = batches.refund
    done: list[batches.Due] = []

    def killed(due: batches.Due, **rest: Any) -> bool:
        if len(done) == 2:
            raise SystemExit
        done.append(due)
        return refund(due, **rest)

    monkeypatch.setattr(batches, "refund", killed)
    with pytest.raises(SystemExit):
        worker.run_due()
    monkeypatch.setattr(batches, "refund", refund)
    assert cancellations() == 2

    clock_shows(now + LEASE + timedelta(minutes=1))
    worker.run_due()

    assert cancellations() == 4
    assert len(refunds()) == 4
    assert [balance_of(registration) for registration in made] == [0, -48_000, 0, -48_000]


def test_it_stops_before_the_next_and_resumes_where_it_was(
    event: Event, stripe: FakePayments, now: datetime, monkeypatch: Any
) -> None:
    several(event, stripe, now)
    batch = call_off(event, now)
    monkeypatch.setattr(event_refunds, "PORTION", 1)
    for _task in range(2):
        event_refunds.refund_event(batch.public_id, now=now)
    with writing():
        batches.stop(batch, now=now, by=FINANCE)

    worker.run_due()
    assert cancellations() == 2
    with writing():
        batches.resume(batch, now=now, by=FINANCE)
    worker.run_due()

    assert cancellations() == 4
    assert len(refunds()) == 4


def test_one_that_fails_does_not_keep_the_others_waiting(
    event: Event, stripe: FakePayments, now: datetime, monkeypatch: Any
) -> None:
    first, *_others = several(event, stripe, now)
    batch, refund, unlucky = call_off(event, now), batches.refund, first.id

    def fails(due: batches.Due, **rest: Any) -> bool:
        if due.registration_id == unlucky:
            raise ValueError("no way")
        return refund(due, **rest)

    monkeypatch.setattr(batches, "refund", fails)
    worker.run_due()
    assert [item.failure for item in progress.failed_items(batch)] == ["ValueError: no way"]
    assert cancellations() == 3

    monkeypatch.setattr(batches, "refund", refund)
    with writing():
        batches.resume(batch, now=now, by=FINANCE)
    worker.run_due()

    assert cancellations() == 4
    assert progress.failed_items(batch) == []


def test_while_stripe_cannot_be_asked_it_waits(
    event: Event, stripe: FakePayments, now: datetime, clock_shows: Show
) -> None:
    registration = a_registration(event, now=now)
    begin_to_pay(registration, stripe, now)
    call_off(event, now)
    stripe.down = True
    worker.run_due()
    assert cancellations() == 0

    stripe.down = False
    clock_shows(now + timedelta(minutes=5))
    worker.run_due()

    assert seats_of(registration) == ["released"]


def test_two_workers_at_the_same_registration_refund_it_once(
    app: Flask, event: Event, stripe: FakePayments, now: datetime
) -> None:
    several(event, stripe, now, 2)
    public_id = call_off(event, now).public_id

    def work() -> None:
        event_refunds.refund_event(public_id, now=now)

    answers = all_at_once(app, map(outcome_of, [partial(work)] * 3))

    assert answers == [None] * 3
    assert cancellations() == 2
    assert len(refunds()) == 2


def test_an_event_that_goes_on_is_not_refunded(event: Event, now: datetime) -> None:
    with pytest.raises(batches.EventGoesOn), writing():
        batches.begin(db.session.get_one(Event, event.id), WHY, by_terms=False, now=now, by=FINANCE)


def test_it_is_begun_once(event: Event, stripe: FakePayments, now: datetime) -> None:
    several(event, stripe, now, 1)
    first = call_off(event, now).public_id

    with writing():
        again = batches.begin(db.session.get_one(Event, event.id), WHY, by_terms=True, now=now, by=FINANCE)

    assert again.public_id == first
    assert progress.progress_of(again).registrations == 1


def test_what_is_at_stake_is_said_before(event: Event, stripe: FakePayments, now: datetime) -> None:
    several(event, stripe, now, 3)

    stake = progress.at_stake(event)

    assert stake.registrations == 3
    assert (stake.by_stripe, stake.by_hand) == ((Money(96_000, "USD"),), (Money(48_000, "USD"),))


@pytest.mark.parametrize("number", [3, 9])
def test_a_page_of_progress_costs_the_same_for_few_and_many(
    event: Event, stripe: FakePayments, now: datetime, number: int, statements: Callable[[], list[str]]
) -> None:
    with writing() as session:
        session.add(event)
        event.pool = Pool(capacity=30, taken=0)
    for place in range(number):
        a_registration(event, a_person(f"Hart{'abcdefghi'[place]}"), now=now)
    batch = call_off(event, now)
    worker.run_due()
    before = len(statements())

    progress.progress_of(batch)
    progress.failed_items(batch)

    assert len(statements()) - before <= 4

"""Events that are lost, repeated and out of order: after one comparison our ledger is what Stripe's own books are.

TOURREG_PROOF_PAYMENTS sets how many payments there are, and a quarter as many refunds; 2000 takes minutes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.adapters.stripe_stand_in_process import StandIn
from tests.cast import a_fee, a_published_summit
from tests.money_cast import WAYS_BACK, cancel, on_the_desk, two_people_register
from tourreg import reconciling, settling, worker
from tourreg.adapters.payments import LineItem, Payments
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import checkouts, comparing, lookups, queries
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel import clock

pytestmark = pytest.mark.local_servers

PAYMENTS_MADE = int(os.environ.get("TOURREG_PROOF_PAYMENTS", "40"))
BATCH = 20
PRICE = 96_000


@pytest.fixture
def world(app: Flask, site: StandIn) -> World:
    return World(site, app.extensions[PAYMENTS], a_large_summit())


def test_after_one_comparison_the_ledger_equals_the_books_of_stripe(world: World) -> None:
    world.site.control("rates", seed=2027, drop=0.3, duplicate=0.2, reorder=0.2, delay=0.1, seconds=0)
    for paid in world.ordinary_payments(PAYMENTS_MADE):
        world.give_some_back(paid)
    odd = world.make_odd()
    world.hear()

    found = world.compare()

    assert found, "some events were lost, so that something had to be put right"
    assert world.ledger() == world.books_of_stripe()
    assert Counter(on_the_desk()) == odd
    assert world.compare() == []

    world.site.advance(15 * 86_400)
    world.hear()
    later = world.compare(after=timedelta(days=15))

    assert [finding["kind"] for finding in later] == ["refund_slow"]
    assert Counter(on_the_desk()) == odd + Counter(slow_refund=1)
    assert world.unposted() == world.on_the_desk_unposted()


class World:
    """Payers, their banks and the office."""

    def __init__(self, site: StandIn, payments: Payments, event: Event) -> None:
        self.site = site
        self.payments = payments
        self.event = event
        self.began_at = clock.utc_now() - timedelta(minutes=1)
        self.unknown: dict[str, int] = {}

    # What is as it should be

    def ordinary_payments(self, count: int) -> Iterator[list[Registration]]:
        """Pay by card, some by a debit that comes or bounces, some not at all; hear of it batch by batch."""
        self.site.control("settings", asynchronous_seconds=0)
        for first in range(0, count, BATCH):
            batch = [self.register() for _ in range(min(BATCH, count - first))]
            for place, registration in enumerate(batch):
                self.pay(registration, place)
            self.leave_unpaid()
            self.hear()
            yield [registration for place, registration in enumerate(batch) if place % 10 != 9]

    def register(self) -> Registration:
        return two_people_register(clock.utc_now(), event=self.event)

    def pay(self, registration: Registration, place: int) -> None:
        url = self.open_page(registration)
        if place % 10 == 9:
            self.site.fault("asynchronous_payment", "fails")
        self.site.press(url, "pay_later" if place % 5 == 4 else "pay")

    def open_page(self, registration: Registration) -> str:
        now = clock.utc_now()
        return settling.open_checkout(registration.id, WAYS_BACK, self.payments, now=now, by="contact:x")

    def leave_unpaid(self) -> None:
        self.open_page(self.register())

    def give_some_back(self, paid: list[Registration]) -> None:
        """Cancel every fourth, whether its payment was heard of or not."""
        for registration in paid[::4]:
            self.hear_from_the_return_page(registration)
            cancel(registration, clock.utc_now())
        self.hear()

    def hear_from_the_return_page(self, registration: Registration) -> None:
        for session_id in self.sessions_of(registration):
            settling.settle_session(session_id, self.payments, now=clock.utc_now())

    def sessions_of(self, registration: Registration) -> list[str]:
        with writing():
            return checkouts.sessions_under_way(registration.id)

    def hear(self) -> None:
        """Let Stripe send what it has, and the worker do what follows."""
        self.site.deliver()
        db.session.rollback()
        worker.run_due()

    # What is odd on purpose

    def make_odd(self) -> Counter[str]:
        """Do what belongs on the desk, and return it; refunds that hang belong there only later."""
        odd: Counter[str] = Counter()
        self.site.control("settings", asynchronous_seconds=60)
        for number in range(2):
            self.unknown[self.pay_elsewhere(f"order-{number}", PRICE)] = PRICE
        self.unknown[self.pay_another_amount()] = PRICE - 100
        for _ in range(2):
            self.pay_twice()
        self.pay_after_cancelling()
        self.refund_that("pending_then_fails")
        self.refund_that("succeeds_then_fails")
        self.refund_that("stays_pending")
        by_hand = self.paid()
        self.payments.create_refund(by_hand, amount_minor=500, metadata={}, idempotency_key="by hand")
        self.dispute(to=None)
        self.dispute(to="won")
        self.dispute(to="lost")
        self.site.control("rates")
        self.site.control("events", type="customer.created")
        self.site.control("events", type="checkout.session.completed", account="acct_other")
        self.site.advance(60)
        odd.update(unknown_payment=2, wrong_amount=1, paid_twice=2, late_payment=1, failed_refund=2, unknown_refund=1)
        odd.update(dispute=1, dispute_lost=1, unknown_event=2)
        return odd

    def paid(self) -> str:
        """Return a payment that was made and heard of."""
        registration = self.register()
        self.site.press(self.open_page(registration), "pay")
        self.hear_from_the_return_page(registration)
        return self.newest("payment_intent")

    def pay_elsewhere(self, reference: str, amount: int) -> str:
        session = self.payments.create_checkout_session(
            [LineItem("Book", amount, "USD")],
            success_url="http://shop.example/paid",
            cancel_url="http://shop.example/left",
            client_reference_id=reference,
            customer_email=None,
            locale="en",
            expires_at=self.site.now() + timedelta(minutes=31),
            metadata={},
            idempotency_key=reference,
        )
        self.site.press(session.url or "", "pay")
        return self.newest("payment_intent")

    def pay_another_amount(self) -> str:
        """Pay a page that carries our reference and asks for less."""
        registration = self.register()
        with writing():
            plan = checkouts.plan_checkout(registration.id, now=clock.utc_now(), by="contact:x")
        return self.pay_elsewhere(plan.checkout, PRICE - 100)

    def pay_twice(self) -> None:
        """Pay a second page of the same bill, as two tabs may."""
        registration = self.register()
        first = self.open_page(registration)
        with writing() as session:
            checkout = queries.checkouts_under_way(registration.folio)[0]
            twin = type(checkout)(
                folio_id=checkout.folio_id,
                attempt=2,
                amount_minor=PRICE,
                currency="USD",
                created_at=clock.utc_now(),
                expires_at=checkout.expires_at,
            )
            session.add(twin)
            session.flush()
            reference = twin.public_id
        self.site.press(first, "pay")
        self.pay_elsewhere(reference, PRICE)

    def pay_after_cancelling(self) -> None:
        """Promise money, which arrives when the office has cancelled meanwhile."""
        registration = self.register()
        self.site.press(self.open_page(registration), "pay_later")
        self.hear_from_the_return_page(registration)
        cancel(registration, clock.utc_now())

    def refund_that(self, ending: str) -> None:
        registration = self.register()
        self.site.press(self.open_page(registration), "pay")
        self.hear_from_the_return_page(registration)
        self.site.fault("refund", ending)
        cancel(registration, clock.utc_now())
        db.session.rollback()
        worker.run_due()

    def dispute(self, *, to: str | None) -> None:
        intent = self.paid()
        charge = next(one for one in self.site.look("state")["charge"] if one["payment_intent"] == intent)
        opened = self.site.control("disputes", charge=charge["id"])
        if to:
            self.site.control("disputes/move", dispute=opened["id"], to=to)

    def newest(self, kind: str) -> str:
        path = {"payment_intent": "payment_intents"}[kind]
        found: str = self.site.api("GET", f"/v1/{path}?limit=1").json["data"][0]["id"]
        return found

    # The two books

    def compare(self, after: timedelta = timedelta(0)) -> list[dict[str, Any]]:
        """Compare once, in as many slices as it takes, and return what was found."""
        now = clock.utc_now() + after
        with writing():
            comparison = comparing.begin(self.began_at, is_dry=False, now=now, by="worker").public_id
        while not reconciling.compare(comparison, self.payments, now=now):
            pass
        db.session.rollback()
        found = lookups.comparison_by_public_id(comparison)
        assert found is not None
        return found.findings

    def ledger(self) -> dict[str, int]:
        """Return what every payment and refund of Stripe's is in our ledger, by Stripe's name."""
        db.session.rollback()
        paid = select(Entry).where(Entry.kind == "payment", Entry.reference.startswith("stripe:"))
        books = {entry.reference.removeprefix("stripe:"): -entry.amount_minor for entry in db.session.scalars(paid)}
        for refund in db.session.scalars(select(Refund).where(Refund.state == "succeeded")):
            moved = select(Entry.amount_minor).where(Entry.reference.like(f"refund%:{refund.public_id}:%"))
            books[str(refund.external_id)] = -sum(db.session.scalars(moved))
        return books

    def books_of_stripe(self) -> dict[str, int]:
        """Return what moved at Stripe, by its name, less what is odd on purpose and not posted."""
        state = self.site.look("state")
        charged = {one["payment_intent"]: one["amount"] for one in state["charge"] if one["status"] == "succeeded"}
        sent = {
            one["id"]: -one["amount"] for one in state["refund"] if one["status"] == "succeeded" and one["metadata"]
        }
        lost = {one["id"]: -one["amount"] for one in state["dispute"] if one["status"] == "lost"}
        return {name: amount for name, amount in (charged | sent | lost).items() if name not in self.unknown}

    def unposted(self) -> dict[str, int]:
        return self.unknown

    def on_the_desk_unposted(self) -> dict[str, int]:
        db.session.rollback()
        cases = select(DeskCase).where(DeskCase.kind.in_(("unknown_payment", "wrong_amount")))
        return {case.facts["payment_intent"]: case.facts["amount_minor"] for case in db.session.scalars(cases)}


def a_large_summit() -> Event:
    """Return a summit that begins in four months by the clock of the world, with room for everybody."""
    now: datetime = clock.utc_now()
    return a_published_summit(
        fees=[a_fee("Summit fee", "峰会费", 48_000)],
        pool=Pool(capacity=3 * PAYMENTS_MADE + 200, taken=0),
        starts_on=now.date() + timedelta(days=120),
        ends_on=now.date() + timedelta(days=123),
        opens_on=now.date() - timedelta(days=9),
        closes_on=now.date() + timedelta(days=90),
    )

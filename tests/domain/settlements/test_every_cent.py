"""Whatever people, banks, Stripe and dying processes do, in whatever order: every cent is accounted for."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from tests.cast import a_fee, a_person, a_published_summit, a_registration
from tests.conftest import NOW, ON_POSTGRES, WorkerDatabase
from tests.domain.settlements import books
from tests.domain.settlements.deaths import Life, mortal, mortal_commits
from tests.fake_payments import FakePayments
from tests.money_cast import FINANCE, WAYS_BACK, WHY
from tourreg import settling
from tourreg import worker as tourreg_worker
from tourreg.adapters.payments import PaymentsRefused, PaymentsUnavailable
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.billing.models import Invoice, Refund
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.catalogue.seats import PoolIsFull
from tourreg.domain.outbox.models import Task
from tourreg.domain.registrations.chosen import Chosen, everything
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, commands, credit, inbox, invoices
from tourreg.domain.settlements.cancellations import Order
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal
from tourreg.tasks import registry

PLACES = 4
LOOKED_AT_BY_OTHER_TESTS = ("send_letter", "render_paper")
# More of both, for an afternoon: TOURREG_TEST_LIVES=2000.
LIVES = int(os.environ.get("TOURREG_TEST_LIVES", "8" if ON_POSTGRES else "15"))
STEPS = 30
DECISIONS = ["accept", "refuse", "seat", "overpaid", "invoice", "correct"]
PAUSES = [timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=26), timedelta(days=5)]

some = st.integers(min_value=0, max_value=9)
dies_at = st.one_of(st.just(0), st.integers(min_value=0, max_value=8))


class OneOffice(RuleBasedStateMachine):
    """A summit with four places, its contacts, its bank, its Stripe account and a worker that is killed at times."""

    app: Flask
    database: WorkerDatabase
    show: Callable[[datetime], None]
    life: Life

    def __init__(self) -> None:
        super().__init__()
        db.session.remove()
        db.engine.dispose()
        self.database.clean()
        self.now = NOW
        self.show(NOW)
        self.payments = mortal(FakePayments(NOW), self.life)
        self.app.extensions[PAYMENTS] = self.payments
        self.registrations: list[int] = []
        self.papers: dict[str, str] = {}

    @initialize()
    def open_the_summit(self) -> None:
        event = a_published_summit(pool=Pool(capacity=PLACES, taken=0), fees=[a_fee(amount_minor=48_000)])
        with writing() as session:
            session.add(event)
            event.cancellation_terms = plain_terms(EventTerms(Terms((Step(60, kept_percent=33),), deposit_minor=1)))
        self.event_id = event.id

    # What contacts do

    @rule(people=st.integers(1, 2), pays_by=st.sampled_from(["card", "invoice"]), dies=dies_at)
    def register(self, people: int, pays_by: str, dies: int) -> None:
        key = new_public_id()
        who = [a_person(f"Hart{number}") for number in range(people)]

        def sent() -> None:
            event = db.session.get_one(Event, self.event_id)
            a_registration(event, *who, now=self.now, pays_by=pays_by, submission_key=key)

        self.do(sent, dies)
        self.do(sent)
        made = db.session.scalars(select(Registration.id).where(Registration.submission_key == key)).all()
        assert len(made) <= 1
        self.registrations += made

    @precondition(lambda self: self.registrations)
    @rule(which=some, dies=dies_at)
    def begin_to_pay(self, which: int, dies: int) -> None:
        registration = self.registration(which)
        self.do(
            lambda: settling.open_checkout(registration, WAYS_BACK, self.payments, now=self.now, by="contact:x"), dies
        )

    @precondition(lambda self: self.payments.sessions)
    @rule(which=some, how=st.sampled_from(["pay", "pay", "promise", "decline", "arrive", "bounce"]))
    def use_the_payment_page(self, which: int, how: str) -> None:
        session = self.session(which)
        found = self.payments.checkout_session(session)
        promised = found.status == "complete" and found.payment_status == "unpaid"
        processing = promised and self.payments.intents[found.payment_intent or ""].status == "processing"
        if processing if how in ("arrive", "bounce") else found.status == "open":
            getattr(self.payments, how)(session)

    @precondition(lambda self: self.payments.sessions)
    @rule(which=some, dies=dies_at)
    def come_back_from_the_payment_page(self, which: int, dies: int) -> None:
        session = self.session(which)
        self.do(lambda: settling.settle_session(session, self.payments, now=self.now), dies)

    # What Stripe and the banks do

    @precondition(lambda self: self.payments.events)
    @rule(which=some, times=st.integers(1, 2), dies=dies_at)
    def an_event_comes(self, which: int, times: int, dies: int) -> None:
        """One of the last ten, in any order, again and again."""
        told_of = self.payments.events[-1 - which % len(self.payments.events)]
        for _ in range(times):
            self.do(lambda: self.hear(told_of), dies)

    @precondition(lambda self: self.payments.refunds)
    @rule(which=some, status=st.sampled_from(["succeeded", "failed"]))
    def a_refund_ends(self, which: int, status: Any) -> None:
        known = list(self.payments.refunds)[which % len(self.payments.refunds)]
        if self.payments.refunds[known].status not in ("failed", status):
            self.payments.end_refund(known, status)

    @rule(status=st.sampled_from(["succeeded", "pending", "failed"]))
    def refunds_go_otherwise(self, status: Any) -> None:
        self.payments.refunds_become = status

    # What finance does

    @precondition(lambda self: self.registrations)
    @rule(which=some, part=st.sampled_from([1, 20_000, 48_000, 96_000, 120_000]), number=some, form=some, dies=dies_at)
    def record_a_wire(self, which: int, part: int, number: int, form: int, dies: int) -> None:
        registration = self.registration(which)
        day = local_day(self.now, "America/New_York")
        slip = PaymentSlip(Money(part, "USD"), "wire", f"W-{number}", day, f"form {form}", shared=True)

        def recorded() -> None:
            with writing():
                record_payment(registration, slip, now=self.now, by=FINANCE)

        self.do(recorded, dies)
        self.do(recorded)

    @precondition(lambda self: self.registrations)
    @rule(which=some, only_one=st.booleans(), full_refund=st.booleans(), dies=dies_at)
    def cancel(self, which: int, only_one: bool, full_refund: bool, dies: int) -> None:
        """Cancel for everybody or for one person, by the terms or with a full refund; the same form is sent twice."""
        registration, form = self.registration(which), new_public_id()

        def cancelled() -> None:
            chosen = everything(db.session.get_one(Registration, registration))
            order = Order(Chosen(chosen.people[:1]) if only_one else chosen, WHY, form, full_refund=full_refund)
            settling.cancel(registration, order, self.payments, now=self.now, by=FINANCE)

        self.do(cancelled, dies)
        self.do(cancelled)

    @precondition(lambda self: self.registrations)
    @rule(which=some, what=st.sampled_from(DECISIONS), dies=dies_at)
    def decide(self, which: int, what: str, dies: int) -> None:
        registration = self.registration(which)

        def decided() -> None:
            with writing():
                self.decision(what, registration)

        self.do(decided, dies)

    @rule(which=some, dies=dies_at)
    def pay_a_refund_out(self, which: int, dies: int) -> None:
        waiting = db.session.scalars(select(Refund.public_id).where(Refund.is_to_pay_out)).all()
        if waiting:
            refund = waiting[which % len(waiting)]

            def paid_out() -> None:
                with writing():
                    cancelling.pay_out_by_hand(refund, f"OUT-{refund[:6]}", now=self.now, by=FINANCE)

            self.do(paid_out, dies)
            self.do(paid_out)

    # What time and the worker do

    @rule(pause=st.sampled_from(PAUSES))
    def time_passes(self, pause: timedelta) -> None:
        self.now += pause
        self.payments.now = self.now
        self.show(self.now)

    @rule(dies=dies_at)
    def the_worker_comes(self, dies: int) -> None:
        self.do(tourreg_worker.run_due, dies)

    # What holds

    @invariant()
    def every_cent_is_accounted_for(self) -> None:
        db.session.remove()
        books.balances_are_the_sums_of_their_entries()
        books.nothing_was_paid_out_that_had_not_come_in()
        books.every_payment_at_stripe_posted_at_most_once(self.payments)
        books.numbers_have_no_gap_and_no_repeat()
        books.no_pool_is_overdrawn_and_every_seat_is_counted()
        books.the_journal_adds_up_to_zero()
        now_frozen = books.frozen()
        assert self.papers.items() <= now_frozen.items()
        self.papers = now_frozen

    def teardown(self) -> None:
        """In the end all news comes, and then our books and Stripe's say the same."""
        if hasattr(self, "event_id"):
            self.come_to_rest()
            self.every_cent_is_accounted_for()
            books.equal_stripes(self.payments)
        db.session.remove()

    def come_to_rest(self) -> None:
        for _ in range(3):
            for told_of in reversed(self.payments.events):
                self.hear(told_of)
            for session in list(self.payments.sessions):
                settling.settle_session(session, self.payments, now=self.now)
            self.time_passes(timedelta(days=1))
            tourreg_worker.run_due()
        assert not db.session.scalars(select(Task.key).where(Task.given_up_at.is_not(None))).all()

    # How it is done

    def do(self, doing: Callable[[], Any], dies: int = 0) -> None:
        """Do it, unless the house refuses; where the process ends, the next one begins with nothing in its hands."""
        try:
            with self.life.ending_at(dies):
                doing()
        except (Refusal, PoolIsFull, PaymentsUnavailable, PaymentsRefused):
            pass
        finally:
            db.session.remove()

    def hear(self, told_of: dict[str, Any]) -> None:
        with writing():
            inbox.keep(told_of["id"], told_of["type"], told_of["data"]["object"], now=self.now)
        settling.handle_event(told_of["id"], self.payments, now=self.now)

    def decision(self, what: str, registration: int) -> None:
        if what == "accept":
            credit.accept_credit(registration, po_number="PO 7", now=self.now, by=FINANCE)
        elif what == "refuse":
            credit.refuse_credit(registration, why=WHY, now=self.now, by=FINANCE)
        elif what == "seat":
            commands.seat_after_all(registration, now=self.now, by=FINANCE)
        elif what == "overpaid":
            cancelling.refund_overpayment(registration, why=WHY, now=self.now, by=FINANCE)
        elif what == "invoice":
            invoices.issue_now(registration, now=self.now, by=FINANCE)
        else:
            self.correct(registration)

    def correct(self, registration: int) -> None:
        folio_id = db.session.get_one(Registration, registration).folio_id
        newest = select(Invoice.public_id).where(Invoice.folio_id == folio_id).order_by(Invoice.id.desc()).limit(1)
        known = db.session.scalar(newest)
        if known is not None:
            bill_to = BillTo(name="City of Davenport", email="ap@example.org")
            invoices.correct_invoice(registration, known, bill_to, reason=WHY, now=self.now, by=FINANCE)

    def registration(self, which: int) -> int:
        return self.registrations[which % len(self.registrations)]

    def session(self, which: int) -> str:
        return list(self.payments.sessions)[which % len(self.payments.sessions)]


@pytest.mark.both
def test_every_cent_is_accounted_for_whatever_happens(
    app: Flask,
    worker: WorkerDatabase,
    clock_shows: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind in LOOKED_AT_BY_OTHER_TESTS:
        monkeypatch.setitem(registry._WORKS, kind, lambda **_: None)
    monkeypatch.setitem(app.extensions, PAYMENTS, None)
    life = Life()
    places = {"app": app, "database": worker, "show": staticmethod(clock_shows), "life": life}
    chosen = settings(
        max_examples=LIVES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize="TOURREG_TEST_LIVES" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    with mortal_commits(life):
        run_state_machine_as_test(type("ThisOffice", (OneOffice,), places), settings=chosen)
    assert life.deaths > 1, "hardly any process died, so little was shown"

"""Whatever people, banks, Stripe and dying processes do, in whatever order: every cent is accounted for.

What can happen stands in office_people.py, office_stripe.py, office_bank.py and office_finance.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from tests.conftest import ON_POSTGRES, WorkerDatabase
from tests.domain.settlements import books, stripe_books
from tests.domain.settlements.an_office import dies_at
from tests.domain.settlements.deaths import Life, mortal_commits
from tests.domain.settlements.office_bank import Bank
from tests.domain.settlements.office_finance import Finance
from tests.domain.settlements.office_people import People
from tests.domain.settlements.office_stripe import Stripe
from tests.money_cast import FINANCE
from tourreg import settling
from tourreg import worker as tourreg_worker
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.outbox.models import Task
from tourreg.domain.settlements import batches
from tourreg.tasks import registry

LOOKED_AT_BY_OTHER_TESTS = ("send_letter", "render_paper")
# Others each time and as many as wanted, for an afternoon: TOURREG_TEST_LIVES=2000.
IS_RANDOM = "TOURREG_TEST_LIVES" in os.environ
LIVES = int(os.environ.get("TOURREG_TEST_LIVES", "6" if ON_POSTGRES else "10"))
# Chosen so that in these few lives money of every kind moves, as the test looks at in the end.
SEED = 1
STEPS = 30
PAUSES = [timedelta(minutes=1), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=26), timedelta(days=5)]


class OneOffice(People, Stripe, Bank, Finance):
    """All that happens to one event, in any order, and what holds after each step of it.

    looked_at  how much had been written when it was looked at last
    moved      kinds of postings that were seen in all lives
    """

    looked_at = -1
    moved: set[str]

    @rule(pause=st.sampled_from(PAUSES))
    def time_passes(self, pause: timedelta) -> None:
        self.now += pause
        self.payments.now = self.now
        self.show(self.now)

    @rule(dies=dies_at)
    def the_worker_comes(self, dies: int) -> None:
        self.do(tourreg_worker.run_due, dies)

    @invariant()
    def every_cent_is_accounted_for(self) -> None:
        """Asked again after each step that has written anything."""
        if self.looked_at == self.life.commits:
            return
        self.looked_at = self.life.commits
        db.session.remove()
        books.balances_are_the_sums_of_their_entries()
        books.nothing_was_paid_out_that_had_not_come_in()
        books.numbers_have_no_gap_and_no_repeat()
        books.every_line_is_invoiced_once_at_most()
        books.no_pool_is_overdrawn_and_every_seat_is_counted()
        books.no_code_is_overdrawn_and_every_use_is_counted()
        books.every_booking_pays_once(self.bookings)
        books.the_journal_adds_up(self.app)
        stripe_books.each_object_posts_at_most_once(self.payments)
        now_frozen = books.frozen()
        assert self.papers.items() <= now_frozen.items()
        self.papers = now_frozen
        self.moved |= books.kinds_posted()

    def teardown(self) -> None:
        """In the end all news comes, and then our books and Stripe's say the same."""
        if hasattr(self, "event_id"):
            self.come_to_rest()
            self.every_cent_is_accounted_for()
            stripe_books.equal_stripes(self.payments)
        db.session.remove()

    def come_to_rest(self) -> None:
        self.go_on_with_the_refunds()
        for _ in range(3):
            for told_of in reversed(self.payments.events):
                self.hear(told_of)
            for session in list(self.payments.sessions):
                settling.settle_session(session, self.payments, now=self.now)
            for refund in list(self.payments.refunds.values()):
                settling.settle_refund(refund.id, refund.metadata.get("refund"), self.payments, now=self.now)
            for dispute in list(self.payments.disputes):
                settling.settle_dispute(dispute, self.payments, now=self.now)
            self.time_passes(timedelta(days=1))
            tourreg_worker.run_due()
        assert not db.session.scalars(select(Task.key).where(Task.given_up_at.is_not(None))).all()
        batch = batches.batch_of(self.event())
        assert batch is None or batch.state == "done"

    def go_on_with_the_refunds(self) -> None:
        with writing():
            batch = batches.batch_of(self.event())
            if batch is not None and batch.state == "stopped":
                batches.resume(batch, now=self.now, by=FINANCE)


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
    moved: set[str] = set()
    places = {"moved": moved, "app": app, "database": worker, "show": staticmethod(clock_shows), "life": life}
    chosen = settings(
        max_examples=LIVES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not IS_RANDOM,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    office = type("ThisOffice", (OneOffice,), places)
    with mortal_commits(life):
        run_state_machine_as_test(office if IS_RANDOM else seed(SEED)(office), settings=chosen)
    assert life.deaths > 1, "hardly any process died, so little was shown"
    assert {"charge", "payment", "refund", "cancellation"} <= moved, "hardly any money moved"

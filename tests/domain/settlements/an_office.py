"""One event with its people, its bank, its Stripe account and a worker that is killed at times: what lives are made of.

What people, banks and finance do stands in office_people.py, office_stripe.py, office_bank.py and office_finance.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import select

from tests.bank_files import an_account
from tests.cast import a_fee, a_published_summit, an_add_on, the_issuer
from tests.code_cast import a_code
from tests.conftest import NOW, WorkerDatabase
from tests.domain.settlements.deaths import Life, mortal
from tests.fake_payments import FakePayments
from tests.plan_cast import ALL_PLANS, offer_plans
from tourreg.adapters.payments import PaymentsRefused, PaymentsUnavailable
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.billing.models import Folio
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.catalogue.seats import PoolIsFull
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.refusals import Refusal

PLACES = 6
LAST_USE, BUDGET = "LAST27", "BUDGET27"
CURRENCIES = ["USD", "USD", "CNY", "JPY"]
Thing = TypeVar("Thing")

some = st.integers(min_value=0, max_value=9)
dies_at = st.one_of(st.just(0), st.integers(min_value=0, max_value=8))


class AnOffice(RuleBasedStateMachine):
    """A summit with six places in three currencies, with plans, codes and terms of cancellation."""

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
        self.bookings: set[str] = set()
        self.papers: dict[str, str] = {}
        self.acts = 0

    def open_the_summit(self) -> None:
        fee = a_fee(amount_minor=48_000, other_prices={"CNY": {"regular": 340_000}, "JPY": {"regular": 72_000}})
        room = an_add_on("single_room", "Single room", 21_000, other_prices={"JPY": {"regular": 31_500}})
        event = a_published_summit(
            pool=Pool(capacity=PLACES, taken=0), fees=[fee], add_ons=[room], other_currencies=["CNY", "JPY"]
        )
        offer_plans(event, *ALL_PLANS, now=NOW, release_after_days=5)
        with writing() as session:
            session.add(event)
            issuer = the_issuer()
            issuer.banks = dict.fromkeys(("USD", "CNY", "JPY"), issuer.banks["USD"])
            event.cancellation_terms = plain_terms(EventTerms(Terms((Step(60, kept_percent=33),), deposit_minor=1)))
            session.add(a_code(LAST_USE, most_uses=1))
            session.add(
                a_code(BUDGET, kind="amount", percent=None, off_minor=5_000, currency="USD", budget_minor=12_000)
            )
        self.event_id = event.id
        self.account_id = an_account(NOW).id

    def do(self, doing: Callable[[], Any], dies: int = 0) -> None:
        """Do it, unless the house refuses; where the process ends, the next one begins with nothing in its hands."""
        self.acts += 1
        try:
            with self.life.ending_at(dies):
                doing()
        except (Refusal, PoolIsFull, PaymentsUnavailable, PaymentsRefused):
            pass
        finally:
            db.session.remove()

    def do_twice(self, doing: Callable[[], Any], dies: int) -> None:
        """Do it, wherever the process ends in between, and once more."""
        self.do(doing, dies)
        self.do(doing)

    def writes(self, doing: Callable[[], Any]) -> Callable[[], None]:
        """Return the doing as one transaction."""

        def written() -> None:
            with writing():
                doing()

        return written

    def event(self) -> Event:
        return db.session.get_one(Event, self.event_id)

    def registration(self, which: int) -> int:
        return pick(self.registrations, which)

    def bill(self, which: int, other: int) -> tuple[int, int, str]:
        """Return a registration, one of its bills, and the currency of that."""
        registration = self.registration(which)
        folio: Folio = pick(db.session.get_one(Registration, registration).folios, other)
        return registration, folio.id, folio.currency

    def folios(self) -> Sequence[Folio]:
        return db.session.scalars(select(Folio).order_by(Folio.id)).all()

    def session(self, which: int) -> str:
        return pick(list(self.payments.sessions), which)


def pick(things: Sequence[Thing], which: int) -> Thing:
    """Return one of them, whatever the number."""
    return things[which % len(things)]

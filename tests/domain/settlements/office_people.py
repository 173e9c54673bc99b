"""What contacts do: register, begin to pay, pay at Stripe's page and come back from it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from tests.cast import a_person, a_registration
from tests.domain.settlements.an_office import BUDGET, CURRENCIES, LAST_USE, AnOffice, dies_at, pick, some
from tests.money_cast import WAYS_BACK
from tourreg import settling
from tourreg.db import db
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id

Wishes = dict[str, Any]
PLANS = ["", "", "deposit", "instalments", "after_event"]
CODES = ["", "", LAST_USE, BUDGET]
PIECES = [None, None, 100, 14_400, 20_000]


wishes = st.fixed_dictionaries(
    {
        "people": st.integers(1, 2),
        "pays_by": st.sampled_from(["card", "invoice"]),
        "plan": st.sampled_from(PLANS),
        "code": st.sampled_from(CODES),
        "currency": st.sampled_from(CURRENCIES),
        "rooms": st.booleans(),
    }
)


class People(AnOffice):
    @initialize(first=wishes, second=wishes, pay=st.sampled_from([3, 1, 2, 0]))
    def begin(self, first: Wishes, second: Wishes, pay: int) -> None:
        """Two have registered, and some of them have paid what was due, when the story begins."""
        self.open_the_summit()
        for wish in (first, second):
            self._register(wish, 0)
        for place, registration in enumerate(self.registrations):
            if pay >> place & 1:
                self._begin_to_pay(registration, None, None, 0)
        for session in list(self.payments.sessions):
            self.payments.pay(session)
            self._come_back(session, 0)

    @precondition(lambda self: self.has_room())
    @rule(wish=wishes, dies=dies_at)
    def register(self, wish: Wishes, dies: int) -> None:
        self._register(wish, dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, hears=st.booleans(), dies=dies_at)
    def pay_what_is_due(self, which: int, other: int, hears: bool, dies: int) -> None:
        """Open a page and pay there at once; the browser comes back, or is closed before."""
        registration, folio, _currency = self.bill(which, other)
        self._begin_to_pay(registration, folio, None, 0)
        for session in self.open_pages()[-1:]:
            self.payments.pay(session)
            if hears:
                self._come_back(session, dies)

    @precondition(lambda self: self.registrations)
    @rule(which=some, other=some, piece=st.sampled_from(PIECES), dies=dies_at)
    def begin_to_pay(self, which: int, other: int, piece: int | None, dies: int) -> None:
        registration, folio, currency = self.bill(which, other)
        self._begin_to_pay(registration, folio, None if piece is None else Money(piece, currency), dies)

    @precondition(lambda self: self.open_pages())
    @rule(which=some, how=st.sampled_from(["pay", "pay", "promise", "decline"]))
    def use_the_payment_page(self, which: int, how: str) -> None:
        getattr(self.payments, how)(pick(self.open_pages(), which))

    @precondition(lambda self: self.promised())
    @rule(which=some, how=st.sampled_from(["arrive", "bounce"]))
    def a_promise_ends(self, which: int, how: str) -> None:
        getattr(self.payments, how)(pick(self.promised(), which))

    @precondition(lambda self: self.payments.sessions)
    @rule(which=some, dies=dies_at)
    def come_back_from_the_payment_page(self, which: int, dies: int) -> None:
        self._come_back(self.session(which), dies)

    def has_room(self) -> bool:
        pool = self.event().pool
        return pool.taken < pool.capacity

    def open_pages(self) -> list[str]:
        return [name for name in list(self.payments.sessions) if self.payments.checkout_session(name).status == "open"]

    def promised(self) -> list[str]:
        """Return the pages whose money is on its way."""
        return [
            session.id
            for session in self.payments.sessions.values()
            if session.payment_status == "unpaid"
            and session.payment_intent is not None
            and self.payments.intents[session.payment_intent].status == "processing"
            and session.status == "complete"
        ]

    def _register(self, wish: Wishes, dies: int) -> None:
        """Send one form twice."""
        key = new_public_id()

        def sent() -> None:
            event = self.event()
            room = (event.add_ons[0].public_id,) if wish["rooms"] else ()
            who = [a_person(f"Hart{number}", add_ons=room) for number in range(wish["people"])]
            asked = {name: wish[name] for name in ("pays_by", "plan", "code", "currency")}
            a_registration(event, *who, now=self.now, submission_key=key, **asked)

        self.do_twice(sent, dies)
        made = db.session.scalars(select(Registration.id).where(Registration.submission_key == key)).all()
        assert len(made) <= 1
        self.registrations += made

    def _begin_to_pay(self, registration: int, folio: int | None, amount: Money | None, dies: int) -> None:
        def begun() -> None:
            settling.open_checkout(
                registration, WAYS_BACK, self.payments, now=self.now, by="contact:x", folio_id=folio, amount=amount
            )

        self.do(begun, dies)

    def _come_back(self, session: str, dies: int) -> None:
        self.do(lambda: settling.settle_session(session, self.payments, now=self.now), dies)

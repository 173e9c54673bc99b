"""What Stripe, the payers' banks and others who use the account do, and what finance does about it at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from tests.domain.settlements.an_office import AnOffice, dies_at, pick, some
from tests.money_cast import FINANCE
from tourreg import desk_work, settling
from tourreg.adapters.payments import LineItem
from tourreg.db import db, writing
from tourreg.domain.billing.models import Refund
from tourreg.domain.settlements import inbox, matching
from tourreg.domain.settlements.models import DeskCase
from tourreg.domain.settlements.queries import case_by_public_id

UNPOSTED = ("unknown_payment", "wrong_amount")
LEAST = 100


class Stripe(AnOffice):
    @precondition(lambda self: self.payments.events)
    @rule(which=some, times=st.integers(1, 2), dies=dies_at)
    def an_event_comes(self, which: int, times: int, dies: int) -> None:
        """One of the last ten, in any order, again and again."""
        told_of = self.payments.events[-1 - which % len(self.payments.events)]
        for _ in range(times):
            self.do(lambda: self.hear(told_of), dies)

    @precondition(lambda self: self.payments.events)
    @rule()
    def all_news_comes_newest_first(self) -> None:
        for told_of in reversed(self.payments.events):
            self.do(lambda: self.hear(told_of))  # noqa: B023 - done before the next

    @precondition(lambda self: self.payments.refunds)
    @rule(which=some, status=st.sampled_from(["succeeded", "failed"]))
    def a_refund_ends(self, which: int, status: Any) -> None:
        known = pick(list(self.payments.refunds), which)
        if self.payments.refunds[known].status not in ("failed", status):
            self.payments.end_refund(known, status)

    @rule(status=st.sampled_from(["succeeded", "pending", "failed"]))
    def refunds_go_otherwise(self, status: Any) -> None:
        self.payments.refunds_become = status

    @precondition(lambda self: self.undisputed())
    @rule(which=some, part=st.sampled_from([100, 30, 10]))
    def a_bank_wants_money_back(self, which: int, part: int) -> None:
        """All of what is left of a payment, or a part; finance hears of it before it pays anything out."""
        intent, left = pick(self.undisputed(), which)
        self.payments.open_dispute(intent, left * part // 100)
        self.hear(self.payments.events[-1])

    @precondition(lambda self: self.open_disputes())
    @rule(which=some, status=st.sampled_from(["won", "lost", "lost"]))
    def a_bank_decides(self, which: int, status: Any) -> None:
        self.payments.close_dispute(pick(self.open_disputes(), which), status)

    @precondition(lambda self: len(self.payments.sessions) < 5)
    @rule(amount=st.sampled_from([48_000, 20_000]), currency=st.sampled_from(["USD", "JPY"]))
    def somebody_pays_elsewhere(self, amount: int, currency: str) -> None:
        """The same account takes money for something that is none of ours."""
        number = len(self.payments.sessions)
        elsewhere = self.payments.create_checkout_session(
            [LineItem("A book", amount, currency)],
            success_url="http://shop.example/paid",
            cancel_url="http://shop.example/left",
            client_reference_id=f"book-{number}",
            customer_email=None,
            locale="en",
            expires_at=self.now + timedelta(minutes=31),
            metadata={},
            idempotency_key=f"book-{number}",
        )
        self.payments.pay(elsewhere.id)

    @precondition(lambda self: self.undisputed())
    @rule(which=some)
    def somebody_refunds_at_stripe(self, which: int) -> None:
        intent, _left = pick(self.undisputed(), which)
        number = len(self.payments.refunds)
        self.do(
            lambda: self.payments.create_refund(
                intent, amount_minor=500, metadata={}, idempotency_key=f"by hand {number}"
            )
        )

    @precondition(lambda self: self.registrations and self.to_settle())
    @rule(which=some, other=some, home=st.booleans(), dies=dies_at)
    def finance_settles_what_lies_there(self, which: int, other: int, home: bool, dies: int) -> None:
        """Post money of nowhere to a bill or send it home, or count in a refund that was made at Stripe."""
        case, bills = pick(self.to_settle(), which), [folio.reference for folio in self.folios()]
        self.do_twice(lambda: self._settle(case, pick(bills, other), home=home), dies)

    def undisputed(self) -> list[tuple[str, int]]:
        """Return the payments that a bank may want back, with what is left of each: at Stripe, and not sent by wire."""
        found = []
        for charge in self.payments.charges.values():
            intent = charge.payment_intent or ""
            left = charge.amount_minor - sum(one.amount_minor for one in self.payments.refunds_of_payment(intent))
            left -= self._paid_out_by_hand(intent)
            if charge.status == "succeeded" and not charge.disputed and left >= LEAST:
                found.append((intent, left))
        return found

    def _paid_out_by_hand(self, intent: str) -> int:
        by_hand = select(Refund).where(Refund.means == "by_hand", Refund.state == "succeeded")
        refunds = db.session.scalars(by_hand)
        return sum(refund.amount_minor for refund in refunds if refund.payment.reference == f"stripe:{intent}")

    def open_disputes(self) -> list[str]:
        return [one.id for one in self.payments.disputes.values() if one.status == "needs_response"]

    def to_settle(self) -> Sequence[str]:
        kinds = (*UNPOSTED, "unknown_refund")
        open_cases = select(DeskCase.public_id).where(DeskCase.closed_at.is_(None), DeskCase.kind.in_(kinds))
        return db.session.scalars(open_cases.order_by(DeskCase.id)).all()

    def _settle(self, case_id: str, reference: str, *, home: bool) -> None:
        case = case_by_public_id(case_id)
        assert case is not None
        if home and case.kind in UNPOSTED:
            desk_work.send_back(case_id, self.payments, now=self.now, by=FINANCE)
            return
        with writing():
            if case.kind in UNPOSTED:
                matching.post_money(case_id, reference, now=self.now, by=FINANCE)
            else:
                matching.count_in(case_id, now=self.now, by=FINANCE)

    def hear(self, told_of: dict[str, Any]) -> None:
        with writing():
            inbox.keep(told_of["id"], told_of["type"], told_of["data"]["object"], now=self.now)
        settling.handle_event(told_of["id"], self.payments, now=self.now)

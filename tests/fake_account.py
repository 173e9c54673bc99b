"""A Stripe account in memory: what it holds, and what happens in it when somebody pays; see fake_payments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from tourreg.adapters.payment_values import ChargeStatus, IntentStatus
from tourreg.adapters.payments import (
    Charge,
    CheckoutSession,
    Dispute,
    IdempotencyKeyReused,
    PaymentIntent,
    Payments,
    PaymentsUnavailable,
    Refund,
    RefundStatus,
)

WEBHOOK_SECRET = "whsec_tests"
LAST_FOUR = {"card": "4242", "us_bank_account": "6789"}


class FakeAccount(Payments):
    """One account; its clock is what the test says it is."""

    def __init__(self, now: datetime) -> None:
        super().__init__("sk_test_fake", WEBHOOK_SECRET, "http://127.0.0.1:9")
        self.now = now
        self.down = False
        self.refunds_become: RefundStatus = "succeeded"
        self.sessions: dict[str, CheckoutSession] = {}
        self.means: dict[str, tuple[str, ...]] = {}
        self.intents: dict[str, PaymentIntent] = {}
        self.refunds: dict[str, Refund] = {}
        self.charges: dict[str, Charge] = {}
        self.disputes: dict[str, Dispute] = {}
        self.events: list[dict[str, Any]] = []
        self._made_at: dict[str, datetime] = {}
        self._metadata: dict[str, dict[str, str]] = {}
        self._answers: dict[str, tuple[object, Any]] = {}
        self._numbers = itertools.count(1)

    def _newest(self, made: Iterable[Any], instant: datetime) -> Iterator[Any]:
        """Return what was made since then, newest first, as Stripe lists it."""
        self._answer()
        since = instant.replace(microsecond=0)
        return iter([one for one in reversed(list(made)) if self._made_at[one.id] >= since])

    def _charge_now(self, charge_id: str) -> Charge:
        charge = self.charges[charge_id]
        return replace(charge, amount_refunded_minor=self._gone_back(charge.payment_intent or ""))

    def _gone_back(self, payment_intent_id: str) -> int:
        return sum(
            refund.amount_minor
            for refund in self.refunds.values()
            if refund.payment_intent == payment_intent_id and refund.status != "failed"
        )

    def _answer(self) -> None:
        if self.down:
            raise PaymentsUnavailable("no connection")

    def _known(self, key: str, asked: object) -> object:
        before, answer = self._answers[key]
        if before != asked:
            raise IdempotencyKeyReused("the key was used with other parameters")
        return answer

    def _expire(self, session: CheckoutSession) -> None:
        self.sessions[session.id] = replace(session, status="expired", url=None)
        self._tell("checkout.session.expired", session.id, "checkout.session")

    def _intent(self, session_id: str, method: str) -> PaymentIntent:
        session = self.sessions[session_id]
        known = self.intents.get(session.payment_intent or "")
        intent = PaymentIntent(
            id=known.id if known else f"pi_{next(self._numbers)}",
            status="processing",
            amount_minor=session.amount_total_minor,
            amount_received_minor=0,
            currency=session.currency,
            charge=f"ch_{next(self._numbers)}",
            method=method,
            last_four=LAST_FOUR.get(method),
            metadata=self._metadata[session_id],
        )
        self.intents[intent.id] = intent
        self._metadata[intent.id] = self._metadata[session_id]
        self.sessions[session_id] = replace(session, payment_intent=intent.id)
        return intent

    def _try(self, intent: PaymentIntent, status: IntentStatus, outcome: ChargeStatus) -> None:
        """Note what became of trying to take the money."""
        taken = intent.amount_minor if outcome == "succeeded" else 0
        self.intents[intent.id] = replace(intent, status=status, amount_received_minor=taken)
        charge = Charge(
            id=intent.charge or "",
            status=outcome,
            amount_minor=taken,
            amount_refunded_minor=0,
            currency=intent.currency,
            payment_intent=intent.id,
            method=intent.method,
            last_four=intent.last_four,
            disputed=False,
            created_at=self._made_at.setdefault(intent.charge or "", self.now),
        )
        self.charges[charge.id] = charge

    def _complete(self, session_id: str, method: str, *, succeeded: bool) -> None:
        intent = self._intent(session_id, method)
        self._try(intent, "succeeded" if succeeded else "processing", "succeeded" if succeeded else "pending")
        if succeeded:
            self._tell("payment_intent.succeeded", intent.id, "payment_intent")
        self.sessions[session_id] = replace(
            self.sessions[session_id],
            status="complete",
            payment_status="paid" if succeeded else "unpaid",
            url=None,
        )
        self._tell("checkout.session.completed", session_id, "checkout.session")

    def _tell(self, kind: str, about: str, form: str, **more: str) -> None:
        told_of = {"id": about, "object": form, "metadata": self._metadata.get(about, {}), **more}
        self.events.append(
            {
                "id": f"evt_{next(self._numbers)}",
                "object": "event",
                "type": kind,
                "created": int(self.now.timestamp()),
                "livemode": False,
                "data": {"object": told_of},
            }
        )

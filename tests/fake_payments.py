"""Stripe in memory, for tests that are not about the connection: it behaves as adapter and stand-in do together.

The buttons of its payment page are methods: `pay`, `promise`, `decline`; `arrive` and `bounce` end a promise. Its
events are signed as Stripe signs them. `down` makes every call fail. tests/adapters/test_payments_contract.py holds it
to what a running stand-in does.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from tourreg.adapters.payments import (
    CheckoutSession,
    IdempotencyKeyReused,
    LineItem,
    PaymentIntent,
    Payments,
    PaymentsRefused,
    PaymentsUnavailable,
    Refund,
    RefundStatus,
)

WEBHOOK_SECRET = "whsec_tests"
SHORTEST = timedelta(minutes=30)
LAST_FOUR = {"card": "4242", "us_bank_account": "6789"}


class FakePayments(Payments):
    """One account; its clock is what the test says it is."""

    def __init__(self, now: datetime) -> None:
        super().__init__("sk_test_fake", WEBHOOK_SECRET, "http://127.0.0.1:9")
        self.now = now
        self.down = False
        self.refunds_become: RefundStatus = "succeeded"
        self.sessions: dict[str, CheckoutSession] = {}
        self.intents: dict[str, PaymentIntent] = {}
        self.refunds: dict[str, Refund] = {}
        self.events: list[dict[str, Any]] = []
        self._metadata: dict[str, dict[str, str]] = {}
        self._answers: dict[str, tuple[object, Any]] = {}
        self._numbers = itertools.count(1)

    # What the product calls

    def create_checkout_session(
        self,
        lines: Sequence[LineItem],
        *,
        success_url: str,
        cancel_url: str,
        client_reference_id: str,
        customer_email: str | None,
        locale: Literal["en", "zh"],
        expires_at: datetime,
        metadata: Mapping[str, str],
        idempotency_key: str,
    ) -> CheckoutSession:
        self._answer()
        asked = (tuple(lines), success_url, cancel_url, client_reference_id, customer_email, locale, expires_at)
        if idempotency_key in self._answers:
            return cast(CheckoutSession, self._known(idempotency_key, asked))
        if expires_at < self.now + SHORTEST:
            raise PaymentsRefused(400, None, "The session must stay open for at least 30 minutes.")
        name = f"cs_test_{next(self._numbers)}"
        session = CheckoutSession(
            id=name,
            url=f"https://checkout.example/c/pay/{name}",
            status="open",
            payment_status="unpaid",
            amount_total_minor=sum(line.amount_minor * line.quantity for line in lines),
            currency=lines[0].currency,
            payment_intent=None,
            client_reference_id=client_reference_id,
            expires_at=expires_at.replace(microsecond=0),
        )
        self.sessions[name] = session
        self._metadata[name] = dict(metadata)
        self._answers[idempotency_key] = (asked, session)
        return session

    def checkout_session(self, session_id: str) -> CheckoutSession:
        self._answer()
        if session_id not in self.sessions:
            raise PaymentsRefused(404, "resource_missing", f"No such checkout.session: '{session_id}'")
        session = self.sessions[session_id]
        if session.status == "open" and session.expires_at <= self.now:
            self._expire(session)
        return self.sessions[session_id]

    def expire_checkout_session(self, session_id: str) -> CheckoutSession:
        session = self.checkout_session(session_id)
        if session.status == "open":
            self._expire(session)
        return self.sessions[session_id]

    def payment_intent(self, payment_intent_id: str) -> PaymentIntent:
        self._answer()
        if payment_intent_id not in self.intents:
            raise PaymentsRefused(404, "resource_missing", f"No such payment_intent: '{payment_intent_id}'")
        return self.intents[payment_intent_id]

    def create_refund(
        self, payment_intent_id: str, *, amount_minor: int, metadata: Mapping[str, str], idempotency_key: str
    ) -> Refund:
        self._answer()
        asked = (payment_intent_id, amount_minor)
        if idempotency_key in self._answers:
            return cast(Refund, self._known(idempotency_key, asked))
        intent = self.payment_intent(payment_intent_id)
        gone = sum(
            refund.amount_minor
            for refund in self.refunds.values()
            if refund.payment_intent == intent.id and refund.status != "failed"
        )
        if gone + amount_minor > intent.amount_received_minor:
            raise PaymentsRefused(400, "charge_already_refunded", "Charge has already been refunded.")
        status = self.refunds_become
        failure = "expired_or_canceled_card" if status == "failed" else None
        refund = Refund(f"re_{next(self._numbers)}", status, amount_minor, intent.currency, intent.id, failure)
        self.refunds[refund.id] = refund
        self._metadata[refund.id] = dict(metadata)
        self._answers[idempotency_key] = (asked, refund)
        self._tell("refund.created", refund.id, "refund", payment_intent=intent.id)
        return refund

    def refund(self, refund_id: str) -> Refund:
        self._answer()
        return self.refunds[refund_id]

    # What people do on its page, and what banks do later

    def pay(self, session_id: str, method: str = "card") -> None:
        """Pay at once with a means that works."""
        if self.checkout_session(session_id).status == "open":
            self._complete(session_id, method, succeeded=True)

    def promise(self, session_id: str, method: str = "us_bank_account") -> None:
        """Complete the page with a means whose money takes its time."""
        if self.checkout_session(session_id).status == "open":
            self._complete(session_id, method, succeeded=False)

    def decline(self, session_id: str) -> None:
        """Try a card that its bank declines; the page stays open."""
        intent = self._intent(session_id, "card")
        self.intents[intent.id] = replace(intent, status="requires_payment_method")
        self._tell("payment_intent.payment_failed", intent.id, "payment_intent")

    def arrive(self, session_id: str) -> None:
        """Let promised money arrive."""
        session = self.sessions[session_id]
        intent = self.intents[session.payment_intent or ""]
        self.intents[intent.id] = replace(intent, status="succeeded", amount_received_minor=intent.amount_minor)
        self.sessions[session_id] = replace(session, payment_status="paid")
        self._tell("payment_intent.succeeded", intent.id, "payment_intent")
        self._tell("checkout.session.async_payment_succeeded", session_id, "checkout.session")

    def bounce(self, session_id: str) -> None:
        """Let promised money not arrive."""
        intent = self.intents[self.sessions[session_id].payment_intent or ""]
        self.intents[intent.id] = replace(intent, status="requires_payment_method")
        self._tell("payment_intent.payment_failed", intent.id, "payment_intent")
        self._tell("checkout.session.async_payment_failed", session_id, "checkout.session")

    def end_refund(self, refund_id: str, status: RefundStatus) -> None:
        """Let a refund end, or fail after it had succeeded."""
        failure = "expired_or_canceled_card" if status == "failed" else None
        self.refunds[refund_id] = replace(self.refunds[refund_id], status=status, failure_reason=failure)
        self._tell("refund.updated", refund_id, "refund")
        if status == "failed":
            self._tell("refund.failed", refund_id, "refund")

    def only_session(self) -> str:
        """Return the newest session."""
        return list(self.sessions)[-1]

    def signed(self, event: dict[str, Any], *, secret: str = WEBHOOK_SECRET, at: datetime | None = None) -> Any:
        """Return the body of an event and the headers with which Stripe delivers it."""
        return self.signed_body(json.dumps(event), secret=secret, at=at)

    def signed_body(self, body: str, *, secret: str = WEBHOOK_SECRET, at: datetime | None = None) -> Any:
        seconds = int((at or self.now).timestamp())
        signature = hmac.new(secret.encode(), f"{seconds}.{body}".encode(), hashlib.sha256).hexdigest()
        return {
            "data": body,
            "headers": {"Stripe-Signature": f"t={seconds},v1={signature}", "Content-Type": "application/json"},
        }

    def event(self, kind: str) -> dict[str, Any]:
        """Return the newest event of a type."""
        return next(event for event in reversed(self.events) if event["type"] == kind)

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
            charge="ch_1",
            method=method,
            last_four=LAST_FOUR.get(method),
            metadata=self._metadata[session_id],
        )
        self.intents[intent.id] = intent
        self._metadata[intent.id] = self._metadata[session_id]
        self.sessions[session_id] = replace(session, payment_intent=intent.id)
        return intent

    def _complete(self, session_id: str, method: str, *, succeeded: bool) -> None:
        intent = self._intent(session_id, method)
        if succeeded:
            self.intents[intent.id] = replace(intent, status="succeeded", amount_received_minor=intent.amount_minor)
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
                "data": {"object": told_of},
            }
        )

"""Stripe in memory, for tests that are not about the connection: it behaves as adapter and stand-in do together.

The buttons of its payment page are methods: `pay`, `promise`, `decline`; `arrive` and `bounce` end a promise. Its
events are signed as Stripe signs them. `down` makes every call fail. tests/adapters/test_payments_contract.py holds it
to what a running stand-in does.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from tests.fake_account import WEBHOOK_SECRET, FakeAccount
from tourreg.adapters.payment_values import DisputeStatus
from tourreg.adapters.payments import (
    Charge,
    CheckoutSession,
    Dispute,
    LineItem,
    PaymentIntent,
    PaymentsRefused,
    Refund,
    RefundStatus,
)

SHORTEST = timedelta(minutes=30)


class FakePayments(FakeAccount):
    """What is asked of Stripe, and what people and banks do there."""

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
        means: Sequence[str] = (),
    ) -> CheckoutSession:
        self._answer()
        ways = (success_url, cancel_url)
        asked = (tuple(lines), ways, client_reference_id, customer_email, locale, expires_at, tuple(means))
        if idempotency_key in self._answers:
            return cast(CheckoutSession, self._known(idempotency_key, asked))
        if expires_at < self.now + SHORTEST:
            raise PaymentsRefused(400, None, "The session must stay open for at least 30 minutes.")
        fitting = tuple(one for one in means if _fits(one, lines[0].currency))
        if means and not fitting:
            raise PaymentsRefused(400, None, "None of the allowed payment method types can be used.")
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
            metadata=dict(metadata),
        )
        self.sessions[name] = session
        self._made_at[name] = self.now
        self._metadata[name] = dict(metadata)
        self.means[name] = fitting
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
        if any(one.payment_intent == intent.id and one.status != "won" for one in self.disputes.values()):
            raise PaymentsRefused(400, "charge_disputed", "Charge has been charged back; cannot issue a refund.")
        gone = self._gone_back(intent.id)
        if gone + amount_minor > intent.amount_received_minor:
            raise PaymentsRefused(400, "charge_already_refunded", "Charge has already been refunded.")
        status = self.refunds_become
        failure = "expired_or_canceled_card" if status == "failed" else None
        refund = Refund(f"re_{next(self._numbers)}", status, amount_minor, intent.currency, intent.id, failure)
        refund = replace(refund, metadata=dict(metadata))
        self.refunds[refund.id] = refund
        self._made_at[refund.id] = self.now
        self._metadata[refund.id] = dict(metadata)
        self._answers[idempotency_key] = (asked, refund)
        self._tell("refund.created", refund.id, "refund", payment_intent=intent.id)
        return refund

    def refund(self, refund_id: str) -> Refund:
        self._answer()
        if refund_id not in self.refunds:
            raise PaymentsRefused(404, "resource_missing", f"No such refund: '{refund_id}'")
        return self.refunds[refund_id]

    def sessions_since(self, instant: datetime) -> Iterator[CheckoutSession]:
        return self._newest(map(self.checkout_session, list(self.sessions)), instant)

    def charges_since(self, instant: datetime) -> Iterator[Charge]:
        return self._newest(map(self._charge_now, self.charges), instant)

    def refunds_since(self, instant: datetime) -> Iterator[Refund]:
        return self._newest(self.refunds.values(), instant)

    def disputes_since(self, instant: datetime) -> Iterator[Dispute]:
        return self._newest(self.disputes.values(), instant)

    def session_of_payment(self, payment_intent_id: str) -> CheckoutSession | None:
        self._answer()
        found = (session for session in self.sessions.values() if session.payment_intent == payment_intent_id)
        return next(found, None)

    def refunds_of_payment(self, payment_intent_id: str) -> list[Refund]:
        self._answer()
        return [refund for refund in self.refunds.values() if refund.payment_intent == payment_intent_id]

    def dispute(self, dispute_id: str) -> Dispute:
        self._answer()
        if dispute_id not in self.disputes:
            raise PaymentsRefused(404, "resource_missing", f"No such dispute: '{dispute_id}'")
        return self.disputes[dispute_id]

    # What people do on its page, and what banks do later

    def pay(self, session_id: str, method: str = "card") -> None:
        """Pay at once with a means that works, if the page has it."""
        has_it = method in (self.means[session_id] or (method,))
        if self.checkout_session(session_id).status == "open" and has_it:
            self._complete(session_id, method, succeeded=True)

    def promise(self, session_id: str, method: str = "us_bank_account") -> None:
        """Complete the page with a means whose money takes its time."""
        if self.checkout_session(session_id).status == "open":
            self._complete(session_id, method, succeeded=False)

    def decline(self, session_id: str) -> None:
        """Try a card that its bank declines; the page stays open."""
        intent = self._intent(session_id, "card")
        self._try(intent, "requires_payment_method", "failed")
        self._tell("payment_intent.payment_failed", intent.id, "payment_intent")

    def arrive(self, session_id: str) -> None:
        """Let promised money arrive."""
        session = self.sessions[session_id]
        intent = self.intents[session.payment_intent or ""]
        self._try(intent, "succeeded", "succeeded")
        self.sessions[session_id] = replace(session, payment_status="paid")
        self._tell("payment_intent.succeeded", intent.id, "payment_intent")
        self._tell("checkout.session.async_payment_succeeded", session_id, "checkout.session")

    def bounce(self, session_id: str) -> None:
        """Let promised money not arrive."""
        intent = self.intents[self.sessions[session_id].payment_intent or ""]
        self._try(intent, "requires_payment_method", "failed")
        self._tell("payment_intent.payment_failed", intent.id, "payment_intent")
        self._tell("checkout.session.async_payment_failed", session_id, "checkout.session")

    def end_refund(self, refund_id: str, status: RefundStatus) -> None:
        """Let a refund end, or fail after it had succeeded."""
        failure = "expired_or_canceled_card" if status == "failed" else None
        self.refunds[refund_id] = replace(self.refunds[refund_id], status=status, failure_reason=failure)
        self._tell("refund.updated", refund_id, "refund")
        if status == "failed":
            self._tell("refund.failed", refund_id, "refund")

    def open_dispute(self, payment_intent_id: str, amount_minor: int | None = None) -> Dispute:
        """Let the payer's bank take a payment back."""
        charge = next(one for one in self.charges.values() if one.payment_intent == payment_intent_id)
        dispute = Dispute(
            id=f"du_{next(self._numbers)}",
            status="needs_response",
            reason="fraudulent",
            amount_minor=charge.amount_minor if amount_minor is None else amount_minor,
            currency=charge.currency,
            charge=charge.id,
            payment_intent=payment_intent_id,
            answer_by=self.now + timedelta(days=9),
        )
        self.charges[charge.id] = replace(charge, disputed=True)
        self.disputes[dispute.id] = dispute
        self._made_at[dispute.id] = self.now
        self._tell("charge.dispute.created", dispute.id, "dispute", payment_intent=payment_intent_id)
        return dispute

    def close_dispute(self, dispute_id: str, status: DisputeStatus) -> None:
        """Let the bank decide."""
        self.disputes[dispute_id] = replace(self.disputes[dispute_id], status=status)
        self._tell("charge.dispute.closed", dispute_id, "dispute")

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


def _fits(means: str, currency: str) -> bool:
    """Tell whether Stripe lets a U.S. account take a currency by these means."""
    if means == "us_bank_account":
        return currency == "USD"
    return means == "card" or currency in ("USD", "CNY")

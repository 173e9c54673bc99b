"""Stripe: payment pages, refunds and signed events, as plain frozen values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from tourreg.adapters.payment_answers import (
    charge_of,
    dispute_of,
    event_of,
    payment_intent_of,
    refund_of,
    session_of,
)
from tourreg.adapters.payment_signatures import require_signature
from tourreg.adapters.payment_values import (
    AnswerNotUnderstood,
    Charge,
    CheckoutSession,
    Dispute,
    IdempotencyKeyReused,
    IntentStatus,
    LineItem,
    PaymentIntent,
    PaymentsError,
    PaymentsRefused,
    PaymentStatus,
    PaymentsUnavailable,
    Refund,
    RefundStatus,
    SessionStatus,
    SignatureRefused,
    StripeEvent,
    TooMuchListed,
)

if TYPE_CHECKING:
    import stripe
    from stripe import params

API_VERSION = "2026-10-28.endive"
# Stripe says nothing of what was asked: the key is not taken (401) or may not do this (403), something else is under
# way (409), or what Stripe itself needs has failed (424).
NO_ANSWER = (401, 403, 409, 424)
# Stripe gives at most so many in one page.
PAGE_OF_LIST = 100
# What is read of one list at once; a year of a large center is below it.
MOST_LISTED = 50_000

__all__ = [
    "AnswerNotUnderstood",
    "Charge",
    "CheckoutSession",
    "Dispute",
    "IdempotencyKeyReused",
    "IntentStatus",
    "LineItem",
    "PaymentIntent",
    "PaymentStatus",
    "Payments",
    "PaymentsError",
    "PaymentsRefused",
    "PaymentsUnavailable",
    "Refund",
    "RefundStatus",
    "SessionStatus",
    "SignatureRefused",
    "StripeEvent",
    "TooMuchListed",
]


class Payments:
    """One account at Stripe; is_live tells whether real money moves."""

    def __init__(
        self,
        secret_key: str,
        webhook_secret: str,
        api_base: str,
        *,
        timeout_seconds: float = 10.0,
        max_network_retries: int = 1,
    ) -> None:
        self._secret_key = secret_key
        self.is_live = secret_key.partition("_")[2].startswith("live_")
        self._webhook_secret = webhook_secret
        self._api_base = api_base.rstrip("/")
        self._timeout_seconds = timeout_seconds
        self._max_network_retries = max_network_retries

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
        """Open a payment page for lines of one currency.

        success_url  may hold {CHECKOUT_SESSION_ID}, which Stripe fills in
        expires_at   30 minutes to 24 hours ahead; Stripe keeps whole seconds
        metadata     put on the session and on its payment
        means        Stripe's names of those that the page may offer; Stripe leaves out what does not fit currency or
                     amount, and what the account has not switched on; without any, all of these
        raises       PaymentsUnavailable, PaymentsRefused, IdempotencyKeyReused
        """
        wanted: params.checkout.SessionCreateParams = {
            "mode": "payment",
            "line_items": [_line_params(line) for line in lines],
            "success_url": success_url,
            "cancel_url": cancel_url,
            "client_reference_id": client_reference_id,
            "locale": locale,
            "expires_at": int(expires_at.timestamp()),
            "metadata": dict(metadata),
            "payment_intent_data": {"metadata": dict(metadata)},
        }
        if customer_email:
            wanted["customer_email"] = customer_email
        _offer(wanted, means)
        with _named_errors():
            return session_of(self._sessions.create(wanted, {"idempotency_key": idempotency_key}))

    def checkout_session(self, session_id: str) -> CheckoutSession:
        """Return the session as Stripe has it now."""
        with _named_errors():
            return session_of(self._sessions.retrieve(session_id))

    def expire_checkout_session(self, session_id: str) -> CheckoutSession:
        """Close the payment page and return the session as it is then, which is `complete` if somebody was faster."""
        try:
            with _named_errors():
                return session_of(self._sessions.expire(session_id))
        except PaymentsRefused:
            session = self.checkout_session(session_id)
            if session.status == "open":
                raise
            return session

    def payment_intent(self, payment_intent_id: str) -> PaymentIntent:
        """Return the payment with the means of its latest charge."""
        with _named_errors():
            return payment_intent_of(
                self._client.v1.payment_intents.retrieve(payment_intent_id, {"expand": ["latest_charge"]})
            )

    def create_refund(
        self, payment_intent_id: str, *, amount_minor: int, metadata: Mapping[str, str], idempotency_key: str
    ) -> Refund:
        """Give money of one payment back.

        raises  PaymentsUnavailable, PaymentsRefused (more than is left), IdempotencyKeyReused
        """
        wanted: params.RefundCreateParams = {
            "payment_intent": payment_intent_id,
            "amount": amount_minor,
            "metadata": dict(metadata),
        }
        with _named_errors():
            return refund_of(self._client.v1.refunds.create(wanted, {"idempotency_key": idempotency_key}))

    def refund(self, refund_id: str) -> Refund:
        """Return the refund as Stripe has it now."""
        with _named_errors():
            return refund_of(self._client.v1.refunds.retrieve(refund_id))

    def sessions_since(self, instant: datetime) -> Iterator[CheckoutSession]:
        """Return the payment pages that were opened since then, newest first; all the lists below are alike.

        raises  PaymentsUnavailable, TooMuchListed, both perhaps only after some were given
        """
        for session in self._listed(self._sessions, instant):
            if session.mode == "payment":
                yield session_of(session)

    def charges_since(self, instant: datetime) -> Iterator[Charge]:
        """Return the charges that were tried since then."""
        return map(charge_of, self._listed(self._client.v1.charges, instant))

    def refunds_since(self, instant: datetime) -> Iterator[Refund]:
        """Return the refunds that were made since then, also those made at Stripe by hand."""
        return map(refund_of, self._listed(self._client.v1.refunds, instant))

    def disputes_since(self, instant: datetime) -> Iterator[Dispute]:
        """Return the disputes that were opened since then."""
        return map(dispute_of, self._listed(self._client.v1.disputes, instant))

    def session_of_payment(self, payment_intent_id: str) -> CheckoutSession | None:
        """Return the payment page by which a payment came; None where it came another way."""
        with _named_errors():
            found = self._sessions.list({"payment_intent": payment_intent_id, "limit": 1}).data
        return session_of(found[0]) if found and found[0].mode == "payment" else None

    def refunds_of_payment(self, payment_intent_id: str) -> list[Refund]:
        """Return the newest refunds of a payment, at most a hundred."""
        with _named_errors():
            found = self._client.v1.refunds.list({"payment_intent": payment_intent_id, "limit": PAGE_OF_LIST}).data
        return [refund_of(refund) for refund in found]

    def dispute(self, dispute_id: str) -> Dispute:
        """Return the dispute as it stands now."""
        with _named_errors():
            return dispute_of(self._client.v1.disputes.retrieve(dispute_id))

    def read_event(self, body: bytes, signature: str, now: datetime) -> StripeEvent:
        """Return the event of a webhook's raw body.

        signature  the header Stripe-Signature
        raises     SignatureRefused when it is forged, or signed more than 300 seconds before or after now
        """
        require_signature(body, signature, self._webhook_secret, now)
        try:
            return event_of(json.loads(body))
        except (ValueError, KeyError, TypeError) as error:
            raise AnswerNotUnderstood("the body is signed, but is no event") from error

    def _listed(self, service: Any, instant: datetime) -> Iterator[Any]:
        """Walk through a list of Stripe's page by page.

        service  one of the SDK's, which all list alike
        """
        wanted = {"created": {"gte": int(instant.timestamp())}, "limit": PAGE_OF_LIST}
        with _named_errors():
            for count, thing in enumerate(service.list(wanted).auto_paging_iter()):
                if count == MOST_LISTED:
                    raise TooMuchListed(f"more than {MOST_LISTED} since {instant.isoformat()}")
                yield thing

    @property
    def _sessions(self) -> stripe.checkout.SessionService:
        return self._client.v1.checkout.sessions

    @cached_property
    def _client(self) -> stripe.StripeClient:
        import stripe

        return stripe.StripeClient(
            self._secret_key,
            base_addresses={"api": self._api_base},
            stripe_version=API_VERSION,
            max_network_retries=self._max_network_retries,
            http_client=stripe.RequestsClient(timeout=self._timeout_seconds),
        )


@contextmanager
def _named_errors() -> Iterator[None]:
    """Raise the SDK's errors under our names."""
    import stripe

    try:
        yield
    except stripe.IdempotencyError as error:
        if error.http_status == 409:
            raise PaymentsUnavailable(error.user_message) from error
        raise IdempotencyKeyReused(error.user_message) from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise PaymentsUnavailable(error.user_message) from error
    except stripe.StripeError as error:
        if error.http_status is None or error.http_status in NO_ANSWER or error.http_status >= 500:
            raise PaymentsUnavailable(error.user_message) from error
        raise PaymentsRefused(error.http_status, error.code, error.user_message or "") from error


def _line_params(line: LineItem) -> params.checkout.SessionCreateParamsLineItem:
    return {
        "quantity": line.quantity,
        "price_data": {
            "currency": line.currency.lower(),
            "unit_amount": line.amount_minor,
            "product_data": {"name": line.name},
        },
    }


def _offer(wanted: params.checkout.SessionCreateParams, means: Sequence[str]) -> None:
    if means:
        wanted["allowed_payment_method_types"] = list(means)
    if "wechat_pay" in means:
        wanted["payment_method_options"] = {"wechat_pay": {"client": "web"}}

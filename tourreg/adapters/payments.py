"""Stripe: payment pages, refunds and signed events, as plain frozen values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args

from tourreg.adapters.payment_values import (
    AnswerNotUnderstood,
    CheckoutSession,
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
)

if TYPE_CHECKING:
    import stripe
    from stripe import params

T = TypeVar("T")

API_VERSION = "2026-10-28.endive"
SIGNATURE_TOLERANCE_SECONDS = 300
# Stripe says nothing of what was asked: the key is not taken (401) or may not do this (403), something else is under
# way (409), or what Stripe itself needs has failed (424).
NO_ANSWER = (401, 403, 409, 424)

__all__ = [
    "AnswerNotUnderstood",
    "CheckoutSession",
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
]


class Payments:
    """One account at Stripe."""

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
    ) -> CheckoutSession:
        """Open a payment page for lines of one currency.

        success_url  may hold {CHECKOUT_SESSION_ID}, which Stripe fills in
        expires_at   30 minutes to 24 hours ahead; Stripe keeps whole seconds
        metadata     put on the session and on its payment
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
        with _named_errors():
            return _session(self._sessions.create(wanted, {"idempotency_key": idempotency_key}))

    def checkout_session(self, session_id: str) -> CheckoutSession:
        """Return the session as Stripe has it now."""
        with _named_errors():
            return _session(self._sessions.retrieve(session_id))

    def expire_checkout_session(self, session_id: str) -> CheckoutSession:
        """Close the payment page and return the session as it is then, which is `complete` if somebody was faster."""
        try:
            with _named_errors():
                return _session(self._sessions.expire(session_id))
        except PaymentsRefused:
            session = self.checkout_session(session_id)
            if session.status == "open":
                raise
            return session

    def payment_intent(self, payment_intent_id: str) -> PaymentIntent:
        """Return the payment with the means of its latest charge."""
        with _named_errors():
            return _payment_intent(
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
            return _refund(self._client.v1.refunds.create(wanted, {"idempotency_key": idempotency_key}))

    def refund(self, refund_id: str) -> Refund:
        """Return the refund as Stripe has it now."""
        with _named_errors():
            return _refund(self._client.v1.refunds.retrieve(refund_id))

    def read_event(self, body: bytes, signature: str, now: datetime) -> StripeEvent:
        """Return the event of a webhook's raw body.

        signature  the header Stripe-Signature
        raises     SignatureRefused when it is forged, or signed more than 300 seconds before or after now
        """
        _require_signature(body, signature, self._webhook_secret)
        if abs(now.timestamp() - _signed_at(signature)) > SIGNATURE_TOLERANCE_SECONDS:
            raise SignatureRefused("signed too long ago, or in the future")
        try:
            event = json.loads(body)
            return StripeEvent(event["id"], event["type"], _instant(event["created"]), event["data"]["object"])
        except (ValueError, KeyError, TypeError) as error:
            raise AnswerNotUnderstood("the body is signed, but is no event") from error

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


def _session(session: stripe.checkout.Session) -> CheckoutSession:
    return CheckoutSession(
        id=session.id,
        url=session.url,
        status=cast(SessionStatus, _known(session.status, SessionStatus)),
        payment_status=cast(PaymentStatus, _known(session.payment_status, PaymentStatus)),
        amount_total_minor=_present(session.amount_total),
        currency=_present(session.currency).upper(),
        payment_intent=_id(session.payment_intent),
        client_reference_id=session.client_reference_id,
        expires_at=_instant(session.expires_at),
    )


def _payment_intent(intent: stripe.PaymentIntent) -> PaymentIntent:
    charge = cast("stripe.Charge | None", intent.latest_charge)
    details = charge.payment_method_details if charge else None
    method = details.type if details else None
    means = getattr(details, method, None) if method else None
    return PaymentIntent(
        id=intent.id,
        status=cast(IntentStatus, _known(intent.status, IntentStatus)),
        amount_minor=intent.amount,
        amount_received_minor=intent.amount_received,
        currency=intent.currency.upper(),
        charge=_id(charge),
        method=method,
        last_four=getattr(means, "last4", None),
        metadata=intent.metadata.to_dict(),
    )


def _refund(refund: stripe.Refund) -> Refund:
    return Refund(
        id=refund.id,
        status=cast(RefundStatus, _known(refund.status, RefundStatus)),
        amount_minor=refund.amount,
        currency=refund.currency.upper(),
        payment_intent=_id(refund.payment_intent),
        failure_reason=getattr(refund, "failure_reason", None),
    )


def _known(word: str | None, words: object) -> str:
    if word not in get_args(words):
        raise AnswerNotUnderstood(f"unknown state {word!r}")
    return cast(str, word)


def _present(value: T | None) -> T:
    if value is None:
        raise AnswerNotUnderstood("a value that Stripe always gives is missing")
    return value


def _id(reference: object) -> str | None:
    """Return the id of something that Stripe gave as an id or, expanded, as an object."""
    return reference if isinstance(reference, str) else getattr(reference, "id", None)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _require_signature(body: bytes, signature: str, secret: str) -> None:
    import stripe

    if not signature.isascii():
        raise SignatureRefused("the signature holds letters that no signature has")
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret)
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise SignatureRefused(getattr(error, "user_message", None) or "the body is no text") from error


def _signed_at(signature: str) -> int:
    return next(int(part.removeprefix("t=")) for part in signature.split(",") if part.startswith("t="))

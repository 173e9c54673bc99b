"""Whether an event comes from Stripe, and now."""

from __future__ import annotations

from datetime import datetime

from tourreg.adapters.payment_values import SignatureRefused

TOLERANCE_SECONDS = 300


def require_signature(body: bytes, signature: str, secret: str, now: datetime) -> None:
    """Refuse a body that Stripe has not signed with this secret, or more than 300 seconds before or after now.

    signature  the header Stripe-Signature
    raises     SignatureRefused
    """
    import stripe

    if not signature.isascii():
        raise SignatureRefused("the signature holds letters that no signature has")
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret)
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise SignatureRefused(getattr(error, "user_message", None) or "the body is no text") from error
    if abs(now.timestamp() - _signed_at(signature)) > TOLERANCE_SECONDS:
        raise SignatureRefused("signed too long ago, or in the future")


def _signed_at(signature: str) -> int:
    return next(int(part.removeprefix("t=")) for part in signature.split(",") if part.startswith("t="))

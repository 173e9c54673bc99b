"""What Stripe tells, as plain frozen values, and what can go wrong with it, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

SessionStatus = Literal["open", "complete", "expired"]
PaymentStatus = Literal["paid", "unpaid", "no_payment_required"]
RefundStatus = Literal["pending", "succeeded", "failed", "requires_action", "canceled"]
IntentStatus = Literal[
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "requires_capture",
    "processing",
    "succeeded",
    "canceled",
]
ChargeStatus = Literal["succeeded", "pending", "failed"]
DisputeStatus = Literal[
    "warning_needs_response",
    "warning_under_review",
    "warning_closed",
    "needs_response",
    "under_review",
    "appeal_needs_response",
    "appeal_under_review",
    "won",
    "lost",
    "prevented",
]


class PaymentsError(Exception):
    """Something went wrong between us and Stripe."""


class PaymentsUnavailable(PaymentsError):
    """Stripe could not be asked, be it for a wrong key, or did not say what became of it; ask again in the same way."""


class PaymentsRefused(PaymentsError):
    """Stripe refused; http_status, code (None if Stripe names none) and message (Stripe's own, in English) tell why."""

    def __init__(self, http_status: int | None, code: str | None, message: str) -> None:
        super().__init__(message)
        self.http_status, self.code, self.message = http_status, code, message


class IdempotencyKeyReused(PaymentsError):
    """The key was used before with other parameters."""


class AnswerNotUnderstood(PaymentsError):
    """Stripe answered something this module does not know."""


class TooMuchListed(PaymentsError):
    """A list of Stripe's is longer than what is read of it at once; begin later."""


class SignatureRefused(PaymentsError):
    """An event does not come from Stripe, or not now."""


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line of the payment page; amount_minor is the price of one."""

    name: str
    amount_minor: int
    currency: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class CheckoutSession:
    """A payment page at Stripe as it is now; url is None once it is complete or expired."""

    id: str
    url: str | None
    status: SessionStatus
    payment_status: PaymentStatus
    amount_total_minor: int
    currency: str
    payment_intent: str | None
    client_reference_id: str | None
    expires_at: datetime
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaymentIntent:
    """A payment as it is now.

    method     card, us_bank_account, wechat_pay, …; None before the first try
    last_four  of the card or account, if the method has one
    """

    id: str
    status: IntentStatus
    amount_minor: int
    amount_received_minor: int
    currency: str
    charge: str | None
    method: str | None
    last_four: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund as it is now; one that succeeded can still fail days later."""

    id: str
    status: RefundStatus
    amount_minor: int
    currency: str
    payment_intent: str | None
    failure_reason: str | None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that was taken, or tried to be, as it is now.

    amount_minor           what was taken, where it succeeded
    amount_refunded_minor  of which went back; what is pending counts, what failed does not
    """

    id: str
    status: ChargeStatus
    amount_minor: int
    amount_refunded_minor: int
    currency: str
    payment_intent: str | None
    method: str | None
    last_four: str | None
    disputed: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """A payer's bank that wants money back, as it stands now; answer_by is None where there is nothing to answer."""

    id: str
    status: DisputeStatus
    reason: str
    amount_minor: int
    currency: str
    charge: str
    payment_intent: str | None
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class StripeEvent:
    """An event that Stripe signed; object is what it tells of, as it was then, in Stripe's own form.

    account   a connected account's id; None for the account itself
    livemode  whether real money is spoken of; None where an old test event does not say
    """

    id: str
    type: str
    created_at: datetime
    object: dict[str, Any]
    account: str | None = None
    livemode: bool | None = None

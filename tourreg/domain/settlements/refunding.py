"""Asking for money to go back, and handing what goes over Stripe to the worker."""

from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing.models import Folio, Refund
from tourreg.domain.outbox.commands import add_task
from tourreg.kernel.money import Money

SEND_REFUND = "send_refund"


def ask_for_refunds(folio: Folio, amount: Money, *, why: str, now: datetime, by: str, cause: str = "") -> list[Refund]:
    """Ask for money of a locked folio to go home the way it came, newest payment first.

    raises  RefundTooLarge
    """
    key = f"refund:{folio.reference}:{len(billing.refunds_of(folio)) + 1}"
    asked = billing_refunds.ask_for_refunds(folio, amount, key=key, why=why, cause=cause, now=now, by=by)
    for refund in asked:
        if refund.means == "stripe":
            add_task(SEND_REFUND, {"refund": refund.public_id}, key=f"{SEND_REFUND}:{refund.public_id}", now=now)
    return asked

"""The office declines the fee that somebody chose: the registration is cancelled, and what was paid goes home."""

from datetime import datetime

from tourreg.domain.registrations import approvals
from tourreg.domain.registrations.chosen import everything
from tourreg.domain.settlements import cancellations
from tourreg.domain.settlements.foreseeing import Order
from tourreg.kernel.numbers import new_public_id


def decline_registration(registration_id: int, *, why: str, now: datetime, by: str) -> None:
    """Decline whoever waits for an answer, cancel the registration and keep nothing, whatever the event's terms say.

    Nobody could pay it, so no payment page is to be closed.

    why     for the contact
    raises  NothingToApprove
    """
    registration = approvals.lock(registration_id)
    approvals.review(registration, why=why, now=now, by=by)
    order = Order(everything(registration), why, new_public_id(), full_refund=True)
    cancellations.cancel(registration_id, order, now=now, by=by)

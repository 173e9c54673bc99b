"""What was given up in the sample season: one of a group of two, and everybody of the event that was called off."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg import settling
from tourreg.adapters.payments import Payments
from tourreg.db import db, writing
from tourreg.demo.events import EVENTS
from tourreg.demo.programme import BY, Season, text
from tourreg.domain.billing.models import Refund
from tourreg.domain.registrations.chosen import Chosen
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import batches, cancellations
from tourreg.domain.settlements.foreseeing import Order

# Of these two, who paid by card, the second cannot come.
PARTLY_GIVEN_UP = "demo-summit-charlotte"
GIVEN_UP_AGO = timedelta(days=2)
WHY = "Mr. Okafor has to stay for the budget hearings."


def refund(season: Season, payments: Payments, now: datetime) -> None:
    """Cancel what was cancelled by the terms or by the office, and send home what goes over Stripe."""
    _give_up_one(now - GIVEN_UP_AGO)
    for entry in EVENTS:
        if entry["state"] == "cancelled":
            at = now - timedelta(days=entry["ended_days_ago"] or 0)
            with writing():
                event = season.events[entry["key"]]
                batch = batches.begin(event, text(entry["ended_reason"]), by_terms=False, now=at, by=BY)
            while (due := batches.next_due(batch)) is not None:
                settling.refund_due(due, payments, now=at)
            with writing():
                batches.end(batch, now=at, by=BY)
    waiting = select(Refund.public_id).where(Refund.means == "stripe", Refund.state == "requested", Refund.cause != "")
    for refund_id in db.session.scalars(waiting).all():
        settling.send_refund(refund_id, payments, now=now - GIVEN_UP_AGO + timedelta(hours=1))


def _give_up_one(at: datetime) -> None:
    known = select(Registration).where(Registration.submission_key == PARTLY_GIVEN_UP)
    registration = db.session.scalars(known).one()
    order = Order(Chosen((registration.participants[1].public_id,)), WHY, f"{PARTLY_GIVEN_UP}-part")
    with writing():
        cancellations.cancel(registration.id, order, now=at, by=BY)

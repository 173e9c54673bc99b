"""Stripe's events: each kept once, handled once, however often and in whatever order it comes."""

from datetime import datetime
from typing import Any

from tourreg.db import db
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.models import StripeEvent

HANDLE_STRIPE_EVENT = "handle_stripe_event"


def keep(event_id: str, event_type: str, told_of: dict[str, Any], *, now: datetime) -> bool:
    """Keep an event and ask for it to be handled; tell whether it is new.

    told_of  the object of the event; only its ids are kept, since what is true of it is asked of Stripe
    """
    if queries.event_kept(event_id) is not None:
        return False
    db.session.add(StripeEvent(event_id=event_id, type=event_type, body=_ids(told_of), received_at=now))
    add_task(HANDLE_STRIPE_EVENT, {"event": event_id}, key=f"{HANDLE_STRIPE_EVENT}:{event_id}", now=now)
    return True


def note_handled(event_id: str, *, now: datetime) -> None:
    """Note that what an event tells of is in our books."""
    event = queries.event_kept(event_id)
    if event is not None and event.handled_at is None:
        event.handled_at = now


def _ids(told_of: dict[str, Any]) -> dict[str, Any]:
    kept = {name: told_of.get(name) for name in ("object", "id", "payment_intent", "client_reference_id")}
    metadata = told_of.get("metadata")
    if isinstance(metadata, dict):
        kept["checkout"] = metadata.get("checkout")
        kept["refund"] = metadata.get("refund")
    return {name: value for name, value in kept.items() if isinstance(value, str)}

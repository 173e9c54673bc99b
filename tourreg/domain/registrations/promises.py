"""What a registration was promised about giving things up, and what holds for it now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tourreg.domain.catalogue.cancellation import Promise, kept_minor, plain_promises, promises_from, promises_of
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.clock import local_day

PROGRAMME = ""


def promised_by(event: Event, currency: str = "") -> dict[str, Any]:
    """Return what the event promises now, as a registration keeps it from its first moment on.

    currency  of the bill; the event's own unless it is named
    """
    return plain_promises(promises_of(event, currency or event.currency))


def promises_to(registration: Registration, thing: str) -> list[Promise]:
    """Return what holds for one thing: the promise of the day of booking, then that of today where it is another.

    thing  public id of an add-on, PROGRAMME for the event itself; none where the booking was made without terms
    """
    frozen = promises_from(registration.cancellation_terms).get(thing)
    if frozen is None:
        return []
    now = promises_of(registration.event, registration.folio.currency).get(thing)
    return [frozen] if now is None or now == frozen else [frozen, now]


def promise_as_programme(registration: Registration, thing: AddOn) -> None:
    """Promise of something that is taken later what holds now for the programme, counted from its own day."""
    event = registration.event
    programme = promises_of(event, registration.folio.currency).get(PROGRAMME)
    if programme is not None:
        promise = Promise(programme.terms, thing.from_on or event.starts_on)
        kept = plain_promises({thing.public_id: promise})
        registration.cancellation_terms = {**registration.cancellation_terms, **kept}


def kept_of(registration: Registration, thing: str, price_minor: int, *, now: datetime) -> int:
    """Return what is kept of a price by the better of its promises; nothing where none was made."""
    today = local_day(now, registration.event.zone)
    return min(
        (kept_minor(price_minor, promise, today) for promise in promises_to(registration, thing)),
        default=0,
    )

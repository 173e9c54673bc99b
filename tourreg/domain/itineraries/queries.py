"""The days of an event as pages and papers read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.plans import plan_of
from tourreg.domain.itineraries.rules import begins_at


def days_of(event: Event) -> Sequence[Day]:
    """Return the event's days as they are lived, each with its city, its add-on and its items, in two statements."""
    chosen = select(Day).where(Day.event_id == event.id).order_by(Day.on_date, Day.add_on_id, Day.id)
    whole = chosen.options(joinedload(Day.city), joinedload(Day.add_on), selectinload(Day.items))
    return sorted(db.session.scalars(whole), key=lambda day: begins_at(plan_of(day), event.zone))

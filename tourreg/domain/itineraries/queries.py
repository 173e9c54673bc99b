"""The days of an event as pages and papers read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Day


def days_of(event: Event) -> Sequence[Day]:
    """Return the event's days by date, each with its city, its add-on and its items in order, in two statements."""
    days = select(Day).where(Day.event_id == event.id).order_by(Day.on_date, Day.add_on_id, Day.id)
    return db.session.scalars(days.options(joinedload(Day.city), joinedload(Day.add_on), selectinload(Day.items))).all()

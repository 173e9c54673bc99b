"""The days of an event as pages and papers read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Appearance, Day, Item, Speaker
from tourreg.domain.itineraries.plans import plan_of
from tourreg.domain.itineraries.rules import begins_at


def days_of(event: Event) -> Sequence[Day]:
    """Return the event's days as they are lived, each with city, add-on, items and speakers, in three statements."""
    return days_of_all([event])[event.id]


def days_of_all(events: Iterable[Event]) -> dict[int, Sequence[Day]]:
    """Return the days of several events alike, by the event's id."""
    by_id = {event.id: event for event in events}
    chosen = select(Day).where(Day.event_id.in_(by_id)).order_by(Day.on_date, Day.add_on_id, Day.id)
    speakers = selectinload(Day.items).selectinload(Item.appearances).joinedload(Appearance.speaker)
    whole = chosen.options(joinedload(Day.city), joinedload(Day.add_on), speakers)
    found: dict[int, list[Day]] = {event_id: [] for event_id in by_id}
    for day in db.session.scalars(whole):
        found[day.event_id].append(day)
    return {
        event_id: sorted(days, key=lambda day: begins_at(plan_of(day), by_id[event_id].zone))
        for event_id, days in found.items()
    }


def speakers_of(event: Event) -> Sequence[Speaker]:
    """Return who speaks at the event, in the order in which they were written down."""
    return db.session.scalars(select(Speaker).where(Speaker.event_id == event.id).order_by(Speaker.id)).all()

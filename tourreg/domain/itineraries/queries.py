"""The days of an event as pages and papers read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tourreg.db import db
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.itineraries.models import Appearance, Day, Item, Speaker
from tourreg.domain.itineraries.plans import plan_of
from tourreg.domain.itineraries.rules import begins_at
from tourreg.kernel.bilingual import EMPTY, Text


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


def speaker_of(event: Event, public_id: str) -> Speaker | None:
    return db.session.scalar(select(Speaker).where(Speaker.event_id == event.id, Speaker.public_id == public_id))


def appearances_of(event: Event) -> dict[int, int]:
    """Return at how many items each speaker of the event speaks, by the speaker's id."""
    counted = select(Appearance.speaker_id, func.count()).join(Speaker).where(Speaker.event_id == event.id)
    rows = db.session.execute(counted.group_by(Appearance.speaker_id))
    return {speaker_id: count for speaker_id, count in rows}  # noqa: C416


def items_by_group(event: Event) -> dict[str, int]:
    """Return how many items of the draft are for one group alone, by the group; groups without any are left out."""
    counted = select(Item.group, func.count()).join(Item.day).where(Day.event_id == event.id, Item.group != "all")
    return {group: count for group, count in db.session.execute(counted.group_by(Item.group))}  # noqa: C416


def day_with(event: Event, item: str) -> Day | None:
    """Return the day of the event that holds the item with this public id."""
    return next((day for day in days_of(event) if any(each.public_id == item for each in day.items)), None)


@dataclass(frozen=True)
class WrittenPart:
    """The programme of an event, or one of its tours, of which days are written down.

    event, add_on  public ids; add_on and label are empty for the programme
    """

    event: str
    title: Text
    add_on: str
    label: Text
    first_on: date
    last_on: date


def written_parts(most: int = 200) -> list[WrittenPart]:
    """Return the parts of all events that have days, the latest first, in one statement."""
    last = func.max(Day.on_date)
    parts = (
        select(Event.public_id, Event.title, AddOn.public_id, AddOn.label, func.min(Day.on_date), last)
        .join(Day.event)
        .outerjoin(Day.add_on)
        .group_by(Event.id, AddOn.id)
        .order_by(last.desc(), Event.id.desc(), AddOn.id)
        .limit(most)
    )
    return [
        WrittenPart(event, title, add_on or "", label or EMPTY, first_on, last_on)
        for event, title, add_on, label, first_on, last_on in db.session.execute(parts)
    ]

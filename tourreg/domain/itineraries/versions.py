"""Issuing an itinerary: the days as they stand become version n, and are never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.comparison import compare
from tourreg.domain.itineraries.documents import itinerary_days
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.options import offer_options
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.sheets import Day
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal


class NothingChanged(Refusal):
    """The days are those of the latest version; facts: number."""


class NoDays(Refusal):
    """There is nothing yet that could be issued."""


@dataclass(frozen=True)
class Printed:
    """The days that a paper prints, and the number of their version; None where they are the draft."""

    days: list[Day]
    version: int | None


def issue_version(
    event: Event, *, change_note: Text, now: datetime, by: str, submission_key: str | None = None
) -> ItineraryVersion:
    """Freeze the days as they stand now under the next number; the same form again returns what it issued.

    event   from `catalogue.desk.event_to_change`, so that nobody else writes meanwhile
    raises  NoDays, NothingChanged, MoreHaveChosen
    """
    known = db.session.scalar(select(ItineraryVersion).where(ItineraryVersion.submission_key == submission_key))
    if submission_key and known is not None:
        return known
    days, latest = itinerary_days(event, days_of(event)), latest_version(event)
    if not any(day["items"] for day in days):
        raise NoDays
    if latest and not len(compare(cast(list[Day], latest.days), days)):
        raise NothingChanged(number=latest.number)
    version = ItineraryVersion(
        public_id=new_public_id(),
        event_id=event.id,
        number=latest.number + 1 if latest else 1,
        issued_at=now,
        issued_by=by,
        change_note=change_note,
        days=cast(list[dict[str, object]], days),
        submission_key=submission_key,
    )
    db.session.add(version)
    offer_options(event, days)
    note_change(event.public_id, "itinerary version", {}, {"number": version.number}, now=now, by=by)
    return version


def versions_of(event: Event) -> Sequence[ItineraryVersion]:
    """Return the versions, newest first, without their days, which are read when asked for."""
    return db.session.scalars(_newest_first(event).options(defer(ItineraryVersion.days))).all()


def latest_version(event: Event) -> ItineraryVersion | None:
    return db.session.scalar(_newest_first(event).limit(1))


def version_of(event: Event, number: int) -> ItineraryVersion | None:
    return db.session.scalar(_newest_first(event).where(ItineraryVersion.number == number))


def days_for_print(event: Event, *, issued: bool) -> Printed:
    """Return the days of the latest version for a paper that is issued, else the draft as it stands.

    A paper of an event without a version is made of the draft in either case, and names no version.
    """
    latest = latest_version(event) if issued else None
    if latest is not None:
        return Printed(cast(list[Day], latest.days), latest.number)
    return Printed(itinerary_days(event, days_of(event)), None)


def latest_of_each(events: Iterable[Event]) -> dict[int, Printed]:
    """Return the days of the latest version of each event that has one, by the event's id, in one statement."""
    columns = (ItineraryVersion.event_id, func.max(ItineraryVersion.number).label("number"))
    of_these = select(*columns).where(ItineraryVersion.event_id.in_([event.id for event in events]))
    newest = of_these.group_by(ItineraryVersion.event_id).subquery()
    is_newest = (newest.c.event_id == ItineraryVersion.event_id) & (newest.c.number == ItineraryVersion.number)
    chosen = select(ItineraryVersion.event_id, ItineraryVersion.number, ItineraryVersion.days).join(newest, is_newest)
    return {event: Printed(cast(list[Day], days), number) for event, number, days in db.session.execute(chosen)}


def _newest_first(event: Event) -> Select[ItineraryVersion]:
    chosen = select(ItineraryVersion).where(ItineraryVersion.event_id == event.id)
    return chosen.order_by(ItineraryVersion.number.desc())

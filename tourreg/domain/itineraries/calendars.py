"""What calendars are told of an itinerary: each item with both its clocks, and how often it was changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import itinerary_days
from tourreg.domain.itineraries.groups import ALL_GROUPS
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.sheets import Day, Item
from tourreg.kernel.bilingual import EMPTY, Text


@dataclass(frozen=True)
class Shown:
    """What a calendar shows of an item; the zones are told apart even where their clocks agree.

    part  public id of the tour that it belongs to, or "" for the programme itself; city that of its day's city, or ""
    """

    part: str
    city: str
    starts_at: datetime
    zone: str
    ends_at: datetime | None
    ends_zone: str
    title: Text
    place: Text
    address: Text
    notes: Text
    group: str
    optional: bool


@dataclass(frozen=True)
class Entry:
    """One item as calendars know it; it keeps its item's public id in every version.

    sequence    the number of the version in which it last changed; 0 before there is any
    made_at     when it was first issued, changed_at when it last changed
    cancelled   it was issued once, and is gone
    """

    item: str
    shown: Shown
    sequence: int
    made_at: datetime
    changed_at: datetime
    cancelled: bool = False


@dataclass(frozen=True)
class EventCalendar:
    """An event's items in their order."""

    title: Text
    entries: list[Entry]


def calendar_of(
    event: Event, *, parts: Collection[str] | None = None, groups: Collection[str] = ALL_GROUPS, city: str = ""
) -> EventCalendar:
    """Return what was issued of an event, in one statement; its draft, in three more, where nothing was issued yet.

    parts   public ids of the tours and optional items that somebody takes, "" for the programme itself; None for all
    groups  those whose items are told; an optional item that somebody takes is theirs whatever its group
    city    public id of the city whose days alone are told
    What leaves these groups or the city is cancelled there, whatever becomes of it elsewhere.
    """

    def is_told(item: str, shown: Shown) -> bool:
        chosen = parts is not None and shown.optional and item in parts
        return (chosen or shown.group in groups) and shown.city == (city or shown.city)

    entries = _entries(_issued(event) or [_draft(event)], is_told)
    kept = [entry for entry in entries if parts is None or _is_taken(entry, parts)]
    return EventCalendar(event.title, sorted(kept, key=lambda entry: (entry.shown.starts_at, entry.item)))


def _is_taken(entry: Entry, parts: Collection[str]) -> bool:
    return entry.shown.part in parts and (not entry.shown.optional or entry.item in parts)


@dataclass(frozen=True)
class _Issue:
    number: int
    at: datetime
    days: list[Day]


def _issued(event: Event) -> list[_Issue]:
    columns = (ItineraryVersion.number, ItineraryVersion.issued_at, ItineraryVersion.days)
    chosen = select(*columns).where(ItineraryVersion.event_id == event.id).order_by(ItineraryVersion.number)
    return [_Issue(number, at, cast(list[Day], days)) for number, at, days in db.session.execute(chosen)]


def _draft(event: Event) -> _Issue:
    return _Issue(0, event.created_at, itinerary_days(event, days_of(event)))


def _entries(issues: Iterable[_Issue], is_told: Callable[[str, Shown], bool]) -> Iterable[Entry]:
    """Return every item that was ever issued and told, as the last version has it or last had it."""
    known: dict[str, Entry] = {}
    for issue in issues:
        standing = {item: shown for item, shown in _all_shown(issue.days) if is_told(item, shown)}
        for item, shown in standing.items():
            before = known.get(item)
            if before is None or before.cancelled or before.shown != shown:
                made_at = before.made_at if before else issue.at
                known[item] = Entry(item, shown, issue.number, made_at, issue.at)
        for item, entry in known.items():
            if item not in standing and not entry.cancelled:
                known[item] = replace(entry, sequence=issue.number, changed_at=issue.at, cancelled=True)
    return known.values()


def _all_shown(days: Iterable[Day]) -> Iterator[tuple[str, Shown]]:
    for day in days:
        for item in day["items"]:
            yield item["id"], _shown(day, item)


def _shown(day: Day, item: Item) -> Shown:
    ends_zone = item["ends_zone"] or item["zone"]
    return Shown(
        part=day.get("add_on", ""),
        city=day.get("city_id", ""),
        starts_at=_instant(day["on"], item["starts"], item["zone"]),
        zone=item["zone"],
        ends_at=_instant(item["ends_on"] or day["on"], item["ends"], ends_zone) if item["ends"] else None,
        ends_zone=ends_zone,
        title=Text(**item["title"]) or Text(**day["title"]),
        place=Text(**item["place"]),
        address=Text(**item["address"]),
        notes=Text(**item["notes"]) or EMPTY,
        group=item.get("group", "all"),
        optional=item.get("optional", False),
    )


def _instant(on: str, at: str, zone: str) -> datetime:
    return datetime.combine(date.fromisoformat(on), time.fromisoformat(at), ZoneInfo(zone))

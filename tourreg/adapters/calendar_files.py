"""Calendars as programs read them (iCalendar, RFC 5545), the same bytes for the same itinerary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, timedelta

import icalendar

from tourreg.domain.itineraries.calendars import Entry, EventCalendar
from tourreg.kernel.bilingual import Language, Text

MIMETYPE = "text/calendar"
# The host is not in it: the same item stays the same wherever the program runs.
UID_ENDING = "@tourreg"
ASK_AGAIN_AFTER = timedelta(hours=6)
_PROGRAM = "-//tourreg//itineraries//EN"


def calendar_file(calendar: EventCalendar, *, language: Language, groups: Mapping[str, str]) -> bytes:
    """Return a calendar in one language, with the rules of every zone that it uses.

    groups  what those for whom not every item is are called, by their key
    """
    name = calendar.title.in_(language)
    file = icalendar.Calendar()
    file.add("prodid", _PROGRAM)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("name", name)
    file.add("x-wr-calname", name)
    file.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for zone in _zones(calendar.entries):
        file.add_component(zone)
    for entry in calendar.entries:
        file.add_component(_event(entry, language, groups))
    written: bytes = file.to_ical()
    return written


def _zones(entries: Iterable[Entry]) -> list[icalendar.Timezone]:
    """Return the rules of each zone over the years of the items, and one more on either side."""
    zones: dict[str, set[int]] = {}
    for entry in entries:
        shown = entry.shown
        for zone, at in ((shown.zone, shown.starts_at), (shown.ends_zone, shown.ends_at)):
            if at is not None:
                zones.setdefault(zone, set()).add(at.year)
    return [_zone(name, years) for name, years in sorted(zones.items()) if name != "UTC"]


def _zone(name: str, years: set[int]) -> icalendar.Timezone:
    first_on, last_on = date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1)
    zone = icalendar.Timezone.from_tzid(name, first_date=first_on, last_date=last_on)
    zone.pop("comment", None)
    return zone


def _event(entry: Entry, language: Language, groups: Mapping[str, str]) -> icalendar.Event:
    shown = entry.shown
    event = icalendar.Event()
    event.add("uid", f"{entry.item}{UID_ENDING}")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("created", entry.made_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", _status(entry))
    event.add("dtstart", shown.starts_at)
    if shown.ends_at is not None:
        event.add("dtend", shown.ends_at)
    event.add("summary", shown.title.in_(language))
    told = {
        "location": _together((shown.place, shown.address), language, "，" if language == "zh" else ", "),
        "description": "\n".join(filter(None, (groups.get(shown.group, ""), shown.notes.in_(language)))),
    }
    for name, words in told.items():
        if words:
            event.add(name, words)
    return event


def _status(entry: Entry) -> str:
    if entry.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.shown.optional else "CONFIRMED"


def _together(texts: Iterable[Text], language: Language, comma: str) -> str:
    return comma.join(filter(None, (text.in_(language) for text in texts)))

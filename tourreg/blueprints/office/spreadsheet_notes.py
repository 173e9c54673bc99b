"""What to look at in the rows of an itinerary's spreadsheet that are right by themselves."""

from __future__ import annotations

from datetime import timedelta

from tourreg.blueprints.office.doubt_words import in_words
from tourreg.blueprints.office.sheet_reading import lies_outside
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.merging import FileRow
from tourreg.domain.itineraries.plans import DayPlan
from tourreg.domain.itineraries.warnings import Doubt, clock_change


def notes_of(row: FileRow, event: Event, *, first_of_day: bool) -> dict[str, str]:
    """Return sentences by column: on days outside their part, and on times that a clock change skips or repeats."""
    notes = {}
    if first_of_day and (outside := lies_outside(DayPlan(*row.day), event)):
        notes["on"] = outside
    said = row.said or {}
    times = {"start": (0, said.get("starts"), said.get("zone"))}
    times["end"] = (said.get("ends_days", 0), said.get("ends"), said.get("ends_zone") or said.get("zone"))
    for key, (days, shown, zone) in times.items():
        if shown and zone and (change := clock_change(row.day.on_date + timedelta(days=days), shown, zone)):
            notes[key] = in_words(Doubt(change))
    return notes

"""Cuts of a programme: what each reader needs of the same days, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NotRequired

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import programme_sheet
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.sheets import Bilingual, Day, Item, ItinerarySheet
from tourreg.kernel.bilingual import EMPTY, Text

NOTES_FOR = ("for_participants", "for_host", "for_driver", "for_escort")


class CutSheet(ItinerarySheet):
    """A programme for one kind of reader.

    reader  for whom it is, where it is for one: a host city
    people  how many take part
    heads   how many go to what is for one group alone, by the group, where people were put into groups
    """

    reader: Bilingual
    people: int
    heads: NotRequired[dict[str, int]]


def summary_sheet(event: Event, printed: Printed, *, now: datetime) -> ItinerarySheet:
    """Return the programme in two pages, for everybody: what happens when and in which place."""
    days = [_with_items(day, (bare(item) for item in day["items"])) for day in printed.days]
    return programme_sheet("itinerary_summary", event, days, now=now, version=printed.version)


def host_day_sheet(
    event: Event,
    printed: Printed,
    *,
    city: str,
    reader: Text,
    people: int,
    heads: Mapping[str, int] | None = None,
    now: datetime,
) -> CutSheet:
    """Return a host city's own days, with what is noted for it.

    city    its public id
    people  how many come
    heads   how many go to what is for one group alone, by the group; None where nobody was put into one
    """
    days = host_days(printed.days, city)
    sheet = programme_sheet("host_day", event, days, now=now, version=printed.version)
    dates = [day["on"] for day in days] or [sheet["first_on"]]
    there = {item.get("group") for day in days for item in day["items"]}
    return {
        **sheet,
        "first_on": min(dates),
        "last_on": max(dates),
        "reader": both(reader),
        "people": people,
        "heads": {group: count for group, count in (heads or {}).items() if group in there},
    }


def host_days(days: Sequence[Day], city: str) -> list[Day]:
    """Return the days in the city with this public id, with what is noted for its hosts and for nobody else."""
    own = [day for day in days if day.get("city_id") == city]
    return [_with_items(day, (_for(item, "for_host") for item in day["items"])) for day in own]


def bare(item: Item) -> Item:
    """Return what everybody may know of an item: when it is, and what and where."""
    return {**_for(item), "details": {}, "address": both(EMPTY), "notes": both(EMPTY), "speakers": []}


def _with_items(day: Day, items: Iterable[Item]) -> Day:
    return {**day, "items": list(items)}


def _for(item: Item, *notes: str) -> Item:
    """Return an item with the notes that these may read, and without what hosts have answered to others."""
    kept = {name: said for name, said in item.get("details", {}).items() if name not in NOTES_FOR or name in notes}
    return {**item, "details": kept, "standing": "none", "standing_by": "", "standing_on": ""}

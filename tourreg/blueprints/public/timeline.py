"""An event's days as its page shows them: the programme itself, and each optional tour by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tourreg import formats
from tourreg.blueprints.event_words import ITEM_KINDS
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.catalogue.models import AddOn
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.itineraries.rules import day_numbers
from tourreg.kernel.bilingual import Text

# Filled dots are the programme; these are drawn otherwise.
_SHAPES = {"meal": "free", "free_time": "free", "hotel": "free", "transfer": "move", "flight": "move", "train": "move"}


@dataclass(frozen=True)
class ItemShown:
    """One thing in a day.

    zone   the offset of the whole range, or of its start alone
    until  the end, where it has another offset or date than the start
    """

    shape: str
    kind: str
    clock: str
    zone: str
    until: str
    title: Text
    place: Text
    notes: Text


@dataclass(frozen=True)
class DayShown:
    """One date; `number` counts the days of its part from 1, and is 0 before the event's first day."""

    number: int
    on_date: date
    title: Text
    city: City | None
    items: list[ItemShown]


@dataclass(frozen=True)
class Part:
    """The programme itself, or one optional tour with its own days."""

    add_on: AddOn | None
    days: list[DayShown]


def parts_of(days: Sequence[Day]) -> list[Part]:
    """Return the parts in the order of their first days; days of one date in two parts stand in each."""
    parts: dict[int | None, list[Day]] = {}
    for day in days:
        parts.setdefault(day.add_on_id, []).append(day)
    return [Part(of_part[0].add_on, _shown(of_part)) for of_part in parts.values()]


def _shown(days: Sequence[Day]) -> list[DayShown]:
    first_on = None if days[0].add_on else days[0].event.starts_on
    numbers = day_numbers((day.on_date for day in days), first_on)
    return [
        DayShown(numbers[day.on_date], day.on_date, day.title, day.city, [_item(item) for item in day.items])
        for day in days
    ]


def zones_in_words(days: Iterable[Day]) -> str:
    """Return the sentence that names the zone of all times, or that each time shows its own; empty without items."""
    starts = [_starts_at(item) for day in days for item in day.items]
    zones = {formats.zone(start, language()) for start in starts}
    if not zones:
        return ""
    if len(zones) == 1:
        return _("All times are %(zone)s.", zone=zones.pop())
    return _("Times are those of the place; each shows its offset from UTC.")


def _item(item: Item) -> ItemShown:
    starts = _starts_at(item)
    ends_on, ends_zone = item.ends_on or item.day.on_date, item.ends_zone or item.zone
    ends = formats.wall_time(ends_on, item.ends, ends_zone) if item.ends else None
    apart = ends is not None and (ends_on != item.day.on_date or formats.offset(ends) != formats.offset(starts))
    return ItemShown(
        shape=_SHAPES.get(item.kind, ""),
        kind=str(ITEM_KINDS[item.kind]),
        clock=formats.clock(starts) if apart else formats.time_range(starts, ends, language()),
        zone=formats.offset(starts),
        until=_until(ends, ends_on != item.day.on_date) if ends and apart else "",
        title=item.title,
        place=item.place,
        notes=item.notes,
    )


def _starts_at(item: Item) -> datetime:
    return formats.wall_time(item.day.on_date, item.starts, item.zone)


def _until(ends: datetime, another_day: bool) -> str:
    at = f"{formats.clock(ends)} {formats.offset(ends)}"
    if not another_day:
        return _("to %(time)s", time=at)
    return _("to %(day)s, %(time)s", day=formats.day_and_month(ends.date(), language()), time=at)

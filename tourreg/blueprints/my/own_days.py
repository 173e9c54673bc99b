"""The days of somebody's own programme as a page shows them, and the ways there and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from markupsafe import Markup

from tourreg import formats
from tourreg.blueprints.event_words import ITEM_KINDS
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.papers.sheets import Day, Item
from tourreg.domain.travel.legs import LegPlan
from tourreg.kernel.bilingual import Text, text_of
from tourreg.rendering import paper_environment

Rows = list[tuple[Markup, Markup]]


@dataclass(frozen=True)
class OwnItem:
    """One thing in a day.

    zone   in which the clock is told, with its offset
    until  the end, where it has another offset or date than the start
    rows   what else is told, each with its label
    """

    kind: str
    clock: str
    zone: str
    until: str
    title: Text
    rows: Rows


@dataclass(frozen=True)
class OwnDay:
    """One date; `number` is 0 before the event's first day."""

    number: int
    on_date: date
    title: Text
    part: Text
    city: Text
    city_id: str
    hotel: Text
    items: list[OwnItem]


@dataclass(frozen=True)
class OwnLeg:
    """A flight or train: each end on the clocks of its own place."""

    way: str
    called: str
    departs: str
    arrives: str


def own_days(sheet: Mapping[str, Any]) -> list[OwnDay]:
    """Return the days of a personal sheet in the page's language."""
    return [_day(day, sheet.get("currency", "")) for day in sheet["days"]]


def own_legs(legs: list[LegPlan]) -> list[OwnLeg]:
    return [_leg(leg) for leg in legs]


def _day(day: Day, currency: str) -> OwnDay:
    return OwnDay(
        number=day["number"],
        on_date=date.fromisoformat(day["on"]),
        title=text_of(_plain(day["title"])),
        part=text_of(_plain(day["part"])),
        city=text_of(_plain(day["city"])),
        city_id=day.get("city_id", ""),
        hotel=text_of(_plain(day.get("hotel"))),
        items=[_item(item, date.fromisoformat(day["on"]), currency) for item in day["items"]],
    )


def _item(item: Item, on_date: date, currency: str) -> OwnItem:
    starts = formats.wall_time(on_date, time.fromisoformat(item["starts"]), item["zone"])
    ends_on = date.fromisoformat(item["ends_on"]) if item["ends_on"] else on_date
    ends = _ends(item, ends_on)
    apart = ends is not None and (ends_on != on_date or formats.offset(ends) != formats.offset(starts))
    return OwnItem(
        kind=str(ITEM_KINDS[item["kind"]]),
        clock=formats.clock(starts) if apart else formats.time_range(starts, ends, language()),
        zone=formats.short_zone(starts),
        until=_until(ends, ends_on != on_date) if ends and apart else "",
        title=text_of(_plain(item["title"])),
        rows=_rows(item, currency),
    )


def _ends(item: Item, ends_on: date) -> datetime | None:
    if not item["ends"]:
        return None
    return formats.wall_time(ends_on, time.fromisoformat(item["ends"]), item["ends_zone"] or item["zone"])


def _until(ends: datetime, another_day: bool) -> str:
    at = f"{formats.clock(ends)} {formats.short_zone(ends)}"
    if not another_day:
        return _("to %(time)s", time=at)
    return _("to %(day)s, %(time)s", day=formats.day_and_month(ends.date(), language()), time=at)


def _rows(item: Item, currency: str) -> Rows:
    """Return what papers tell of an item, in the page's language."""
    particulars: Any = paper_environment(language()).globals["particulars"]
    return [(name.once, value.once) for name, value in particulars(item, currency)]


def _leg(leg: LegPlan) -> OwnLeg:
    return OwnLeg(
        way=_("Arrival") if leg.way == "arrival" else _("Departure"),
        called=" ".join(filter(None, (leg.carrier, leg.number))),
        departs=_end(leg.from_place, leg.departs_at, leg.departs_zone),
        arrives=_end(leg.to_place, leg.arrives_at, leg.arrives_zone),
    )


def _end(place: str, at: datetime, zone: str) -> str:
    between = "，" if language() == "zh" else ", "
    return between.join((place, formats.stamp(at, zone, language())))


def _plain(written: Any) -> dict[str, str] | None:
    return dict(written) if written else None

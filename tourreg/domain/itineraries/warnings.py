"""What an itinerary may get wrong without being refused: no time to travel, no lunch, a host who has not said yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.domain.itineraries.rules import BESIDE, ends_at, meal_at, meet, read_clock, starts_at
from tourreg.kernel.clock import at_local_time
from tourreg.kernel.refusals import Refusal

ON_THE_WAY = ("transfer", "flight", "train")
FULL_FROM, FULL_UNTIL = time(11), time(15)
CLOSE = timedelta(days=14)


@dataclass(frozen=True)
class Doubt:
    """One thing to look at; `item` counts from 0 in the day, and is None where it is about the whole of it.

    reason   "no_time", "no_lunch", "not_confirmed", "declined", "skipped" or "repeated"
    minutes  how many are lacking for the way
    """

    reason: str
    item: int | None = None
    minutes: int = 0


def doubts(day: DayPlan, today: date) -> list[Doubt]:
    """Return what is to be looked at on a day, whose items stand in order; beside it come `rules.overlaps`."""
    lunch = [Doubt("no_lunch")] if _lacks_lunch(day) else []
    return [*lunch, *(doubt for place in range(len(day.items)) for doubt in _of_item(day, place, today))]


def clock_change(on_date: date, shown: time, zone: str) -> str:
    """Return "skipped" or "repeated" for a local time that a clock change leaves out or shows twice, else ""."""
    local = datetime.combine(on_date, shown, ZoneInfo(zone))
    if local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        return "skipped"
    return "repeated" if local.utcoffset() != local.replace(fold=1).utcoffset() else ""


def _of_item(day: DayPlan, place: int, today: date) -> Iterator[Doubt]:
    item = day.items[place]
    change, lacking = _change_of(day.on_date, item), _minutes_lacking(day, place)
    if change:
        yield Doubt(change, place)
    if lacking > 0:
        yield Doubt("no_time", place, lacking)
    if item.standing == "declined":
        yield Doubt("declined", place)
    elif item.standing in ("asked", "held") and today <= day.on_date <= today + CLOSE:
        yield Doubt("not_confirmed", place)


def _change_of(on_date: date, item: ItemPlan) -> str:
    change = clock_change(on_date, item.starts, item.zone)
    if change or item.ends is None:
        return change
    return clock_change(on_date + timedelta(days=item.ends_days), item.ends, item.ends_zone or item.zone)


def _lacks_lunch(day: DayPlan) -> bool:
    """Tell whether the day lasts from late morning into the afternoon and nobody eats between."""
    busy = [item for item in day.items if item.kind not in (*BESIDE, "free_time")]
    if any(item.kind == "meal" and meal_at(item.starts) == "lunch" for item in busy):
        return False
    if any(item.kind in ("flight", "train") for item in busy):
        return False
    return any(item.starts < FULL_FROM for item in busy) and any(item.starts >= FULL_UNTIL for item in busy)


def _minutes_lacking(day: DayPlan, place: int) -> int:
    """Return how many minutes later the group arrives than the item begins; 0 or less is in time."""
    item = day.items[place]
    if item.kind in (*ON_THE_WAY, *BESIDE) or not item.details.minutes:
        return 0
    before = [other for other in day.items[:place] if other.kind not in BESIDE and meet(item, other)]
    free = [end for other in before if (end := ends_at(day.on_date, other))]
    leaves = [at for at in (_leaves_at(day.on_date, item), *free) if at]
    if not leaves:
        return 0
    late = max(leaves) + timedelta(minutes=item.details.minutes) - starts_at(day.on_date, item)
    return round(late.total_seconds() / 60)


def _leaves_at(on_date: date, item: ItemPlan) -> datetime | None:
    try:
        return at_local_time(on_date, read_clock(item.details.leaves), item.zone)
    except Refusal:
        return None

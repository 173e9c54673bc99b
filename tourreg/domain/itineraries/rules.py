"""How times are typed, in which order things happen, and which of them happen at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.kernel.clock import at_local_time
from tourreg.kernel.refusals import Refusal

MINUS = "\N{MINUS SIGN}"
MOST_DAYS_APART = 3
# A room is there beside everything else that happens.
BESIDE = ("hotel",)
# A meal that begins before this hour is breakfast, before the second lunch, and dinner after it.
LUNCH_FROM, DINNER_FROM = time(10), time(16)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?", re.ASCII)
_END = re.compile(rf"(.+?)\s*\(?([+{MINUS}-])\s*(\d)\)?", re.ASCII)


class TimeUnreadable(Refusal):
    """The text is no time of day; facts: text."""


def read_clock(text: str) -> time:
    """Return the time of day that was typed: 930, 0930, 9:30, 09:30, 9.30, or 9 for nine o'clock.

    raises  TimeUnreadable
    """
    match = _CLOCK.fullmatch(_narrow(text))
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise TimeUnreadable(text=text)
    return time(int(match[1]), int(match[2] or 0))


def read_end(text: str) -> tuple[time, int]:
    """Return the time of day and how many local days after the day's own it is: 0510+1 is ten past five next morning.

    raises  TimeUnreadable
    """
    match = _END.fullmatch(_narrow(text))
    if match is None:
        return read_clock(text), 0
    days = int(match[3]) * (1 if match[2] == "+" else -1)
    if abs(days) > MOST_DAYS_APART:
        raise TimeUnreadable(text=text)
    return read_clock(match[1]), days


def typed_end(item: ItemPlan) -> str:
    """Return the end as one types it: 05:10+1, or nothing where it is open."""
    if item.ends is None:
        return ""
    days = f"{'+' if item.ends_days > 0 else MINUS}{abs(item.ends_days)}" if item.ends_days else ""
    return f"{item.ends:%H:%M}{days}"


def starts_at(on_date: date, item: ItemPlan) -> datetime:
    """Return the instant at which it begins, on the day's date in its own zone."""
    return at_local_time(on_date, item.starts, item.zone)


def ends_at(on_date: date, item: ItemPlan) -> datetime | None:
    """Return the instant at which it ends, in the zone and on the local date of its end; None where it is open."""
    if item.ends is None:
        return None
    return at_local_time(on_date + timedelta(days=item.ends_days), item.ends, item.ends_zone or item.zone)


def ends_too_early(on_date: date, item: ItemPlan) -> bool:
    """Tell whether it is over before it has begun, whatever the clocks of its two zones show."""
    end = ends_at(on_date, item)
    return end is not None and end <= starts_at(on_date, item)


def in_order(on_date: date, items: Sequence[ItemPlan]) -> tuple[ItemPlan, ...]:
    """Return the items by the instant at which they begin; those of one instant stay as they were given."""
    return tuple(sorted(items, key=lambda item: starts_at(on_date, item)))


def begins_at(day: DayPlan, zone: str) -> datetime:
    """Return when a day begins: with its first item, or at 00:00 of the zone while it is empty.

    Days are told in the order of these instants: whoever flies over the date line lives a date twice, or backwards.
    """
    starts = [starts_at(day.on_date, item) for item in day.items]
    return min(starts, default=at_local_time(day.on_date, time(0), zone))


@dataclass(frozen=True)
class Overlap:
    """An item that begins before an earlier one is over; both count from 0 in the order of `in_order`."""

    item: int
    earlier: int
    minutes: int


def meet(one: ItemPlan, other: ItemPlan) -> bool:
    """Tell whether somebody goes to both: the groups of a divided programme do different things at one time."""
    return one.group == other.group or "all" in (one.group, other.group)


def overlaps(day: DayPlan) -> list[Overlap]:
    """Return the items, in order, that begin while an earlier one of the same people, the longest, still goes on."""
    found = []
    ends = [None if item.kind in BESIDE else ends_at(day.on_date, item) for item in day.items]
    for place, item in enumerate(day.items):
        if item.kind in BESIDE:
            continue
        earlier = [(end, -at) for at, end in enumerate(ends[:place]) if end and meet(item, day.items[at])]
        end, at = max(earlier, default=(None, 0))
        start = starts_at(day.on_date, item)
        if end and start < end:
            found.append(Overlap(place, -at, round((end - start).total_seconds() / 60)))
    return found


def _narrow(text: str) -> str:
    """Return the text with the wide digits and colons of Chinese keyboards made narrow."""
    return unicodedata.normalize("NFKC", text).strip()


def meal_at(starts: time) -> str:
    """Return which meal begins at that time of day: "breakfast", "lunch" or "dinner"."""
    if starts < LUNCH_FROM:
        return "breakfast"
    return "lunch" if starts < DINNER_FROM else "dinner"


def nights(days: Mapping[date, Sequence[ItemPlan]]) -> set[date]:
    """Return the dates after which one part of a programme sleeps in a hotel.

    days  the items of each date, in their order

    Rooms are taken from the first day on which they are mentioned to the last but one; the last day counts only if it
    ends in a hotel, and no night does that is spent on the way.
    """
    with_rooms = [on for on, items in days.items() if any(item.kind == "hotel" for item in items)]
    if not with_rooms:
        return set()
    stays = {on for on, items in days.items() if min(with_rooms) <= on < max(days) or _ends_in_hotel(items)}
    return {on for on in stays if not any(item.ends_days > 0 for item in days[on])}


def _ends_in_hotel(items: Sequence[ItemPlan]) -> bool:
    return bool(items) and items[-1].kind == "hotel"


def day_numbers(dates: Iterable[date], first_on: date | None) -> dict[date, int]:
    """Return the number of each date within one part of the programme, from 1.

    first_on  the event's first day; dates before it, on which people arrive, are 0. None for a tour, which has none.
    """
    known = sorted(set(dates))
    early = [on for on in known if first_on is not None and on < first_on]
    return {on: max(0, place - len(early)) for place, on in enumerate(known, start=1)}

"""Flights and trains: two ends, each on the clocks of its own place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from tourreg.kernel.clock import at_local_time, zones

Way = Literal["arrival", "departure"]
Fault = Literal["zone_unknown", "time_skipped", "arrives_first", "too_long"]
LONGEST_LEG = timedelta(hours=48)
MOST_LEGS = 2
# Whoever lands before this hour wants a bed on landing, which the hotel counts as the night before.
MORNING = time(6)


@dataclass(frozen=True)
class LegPlan:
    """One flight or train, as `models.Leg` describes it."""

    way: Way
    from_place: str
    to_place: str
    departs_on: date
    departs: time
    departs_zone: str
    arrives_on: date
    arrives: time
    arrives_zone: str
    carrier: str = ""
    number: str = ""

    @property
    def departs_at(self) -> datetime:
        return at_local_time(self.departs_on, self.departs, self.departs_zone)

    @property
    def arrives_at(self) -> datetime:
        return at_local_time(self.arrives_on, self.arrives, self.arrives_zone)


def faults_of(leg: LegPlan) -> dict[str, Fault]:
    """Return what cannot be of a leg, by the field that says so."""
    unknown: dict[str, Fault] = {
        field: "zone_unknown" for field in ("departs_zone", "arrives_zone") if getattr(leg, field) not in zones()
    }
    if unknown:
        return unknown
    skipped: dict[str, Fault] = {}
    if is_skipped(leg.departs_on, leg.departs, leg.departs_zone):
        skipped["departs"] = "time_skipped"
    if is_skipped(leg.arrives_on, leg.arrives, leg.arrives_zone):
        skipped["arrives"] = "time_skipped"
    if skipped:
        return skipped
    if leg.arrives_at <= leg.departs_at:
        return {"arrives": "arrives_first"}
    return {"arrives": "too_long"} if leg.arrives_at - leg.departs_at > LONGEST_LEG else {}


def is_skipped(on: date, clock_time: time, zone: str) -> bool:
    """Tell whether no clock of the zone ever shows this time, because it was put forward over it that day."""
    wall = datetime.combine(on, clock_time)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


def in_order(legs: Iterable[LegPlan]) -> tuple[LegPlan, ...]:
    """Return the way there, then the way back, each by the instant at which it departs."""
    return tuple(sorted(legs, key=lambda leg: (leg.way, leg.departs_at)))


def first_night(legs: Iterable[LegPlan]) -> date | None:
    """Return the first night for which somebody who comes so needs a bed; None where they have not told."""
    last = max((leg for leg in legs if leg.way == "arrival"), key=lambda leg: leg.arrives_at, default=None)
    if last is None:
        return None
    return last.arrives_on - timedelta(days=1) if last.arrives < MORNING else last.arrives_on


def last_morning(legs: Iterable[LegPlan]) -> date | None:
    """Return the local day on which somebody leaves; None where they have not told."""
    first = min((leg for leg in legs if leg.way == "departure"), key=lambda leg: leg.departs_at, default=None)
    return first.departs_on if first else None

"""When an event can be registered for, what may be paid for it, and when a public page must be made anew."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal

from tourreg.domain.catalogue import prices
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Pool
from tourreg.kernel.clock import at_local_time, local_day

Standing = Literal["not_open", "open", "full", "closed", "cancelled"]

_MIDNIGHT = time(0)
_ONE_DAY = timedelta(days=1)


def standing(event: Event, pool_free: int, now: datetime) -> Standing:
    """Return whether the event can be registered for; a draft counts as not open yet.

    pool_free  places left in the event's own pool
    """
    today = local_day(now, event.zone)
    if event.state == "cancelled":
        return "cancelled"
    if event.state == "draft":
        return "not_open"
    if event.state == "closed" or today > min(event.closes_on, event.ends_on):
        return "closed"
    if today < event.opens_on:
        return "not_open"
    return "open" if pool_free > 0 else "full"


def fees_open(event: Event, now: datetime) -> list[Fee]:
    """Return the fees that can be chosen now, in the event's order; a fee's last day ends at 23:59 in its zone."""
    today = local_day(now, event.zone)
    return [fee for fee in event.fees if not fee.withdrawn and (fee.last_on is None or today <= fee.last_on)]


def add_ons_offered(event: Event) -> list[AddOn]:
    """Return the add-ons that can be chosen, sold out or not, in the event's order."""
    return [add_on for add_on in event.add_ons if not add_on.withdrawn]


def places_free(pool: Pool) -> int:
    """Return how many places are left, never fewer than none."""
    return max(0, pool.capacity - pool.taken)


def is_sold_out(fee: Fee) -> bool:
    """Tell whether no place is left at a fee whose places are limited."""
    return fee.pool is not None and not places_free(fee.pool)


def next_change_at(event: Event, now: datetime) -> datetime | None:
    """Return the next instant at which a public page of the event changes without anybody writing; None if never."""
    ends = [day for fee in event.fees if not fee.withdrawn for day in prices.last_days(fee)]
    instants = [
        first_instant(event.opens_on, event.zone),
        first_instant(event.starts_on, event.zone),
        *(over_at(day, event.zone) for day in (event.closes_on, event.ends_on, *ends)),
    ]
    return min((instant for instant in instants if instant > now), default=None)


def first_instant(day: date, zone: str) -> datetime:
    """Return when a day begins in its zone, also where the clocks skip midnight."""
    return at_local_time(day, _MIDNIGHT, zone)


def over_at(day: date, zone: str) -> datetime:
    """Return the first instant after a day's 23:59 in its zone."""
    return first_instant(day + _ONE_DAY, zone)

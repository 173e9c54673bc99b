"""The days on which a stay can begin, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from tourreg.domain.matching.values import Leg, Offer, Reason, Taken, Window


def starts(leg: Leg, offer: Offer, taken: Sequence[Taken], today: date) -> tuple[tuple[date, ...], Reason | None]:
    """Return the days on which the leg can begin with an offer, in order; where there is none, why.

    taken  of this offer
    """
    stays = _within(leg, offer.windows)
    if not stays:
        return (), Reason("not_free", facts={"windows": offer.windows})
    closed = _starts_that_take(offer.blackouts, leg)
    clear = [day for day in stays if day not in closed]
    if not clear:
        return (), Reason("blackout", facts={"days": _blackouts(leg, offer)})
    earliest_on = today + timedelta(days=offer.notice_days)
    in_time = [day for day in clear if day >= earliest_on]
    if not in_time:
        return (), Reason("short_notice", facts={"notice_days": offer.notice_days, "earliest_on": earliest_on})
    gone = _starts_that_take(_days_of_others(offer, taken), leg)
    free = tuple(day for day in in_time if day not in gone)
    if not free:
        return (), Reason("taken", facts={"days": tuple(each.days for each in taken)})
    return free, None


def _within(leg: Leg, windows: Sequence[Window]) -> list[date]:
    """Return the days on which a stay can begin so that one window holds all of it."""
    found: set[date] = set()
    for window in windows:
        first_on = max(window.first_on, leg.window.first_on)
        last_on = min(window.last_on, leg.window.last_on)
        count = (last_on - first_on).days + 2 - leg.days
        first = first_on.toordinal()
        found.update(map(_day, range(first, first + count)))
    return sorted(found)


@cache
def _day(ordinal: int) -> date:
    """Return the one object for a day, which all offers share: years of days of many offers weigh on the memory."""
    return date.fromordinal(ordinal)


def _starts_that_take(days: Iterable[date], leg: Leg) -> set[date]:
    """Return the days on which a stay cannot begin, for it would take one of these."""
    return {day - timedelta(days=past) for day in days for past in range(leg.days)}


def _blackouts(leg: Leg, offer: Offer) -> tuple[date, ...]:
    return tuple(sorted(day for day in offer.blackouts if leg.window.first_on <= day <= leg.window.last_on))


def _days_of_others(offer: Offer, taken: Sequence[Taken]) -> Iterable[date]:
    """Return the days that other tours have, and nobody else may have beside them."""
    if offer.may_share:
        return ()
    return (day for each in taken for day in each.days.days())

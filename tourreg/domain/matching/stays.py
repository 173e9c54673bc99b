"""The days on which a stay can begin, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tourreg.domain.matching.values import Leg, Offer, Reason, Taken, Window, last_day


def starts(leg: Leg, offer: Offer, taken: Sequence[Taken], today: date) -> tuple[tuple[date, ...], Reason | None]:
    """Return the days on which the leg can begin with an offer, in order; where there is none, why.

    taken  of this offer
    """
    stays = _within(leg, offer.windows)
    if not stays:
        return (), Reason("not_free", facts={"windows": offer.windows})
    clear = [day for day in stays if not _blacked_out(day, leg, offer)]
    if not clear:
        return (), Reason("blackout", facts={"days": _blackouts(leg, offer)})
    earliest_on = today + timedelta(days=offer.notice_days)
    in_time = [day for day in clear if day >= earliest_on]
    if not in_time:
        return (), Reason("short_notice", facts={"notice_days": offer.notice_days, "earliest_on": earliest_on})
    left = _within(leg, _not_taken(offer, taken))
    free = tuple(day for day in in_time if day in left)
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
        found.update(first_on + timedelta(days=number) for number in range(count))
    return sorted(found)


def _blacked_out(start_on: date, leg: Leg, offer: Offer) -> bool:
    end_on = last_day(start_on, leg.days)
    return any(start_on <= day <= end_on for day in offer.blackouts)


def _blackouts(leg: Leg, offer: Offer) -> tuple[date, ...]:
    return tuple(sorted(day for day in offer.blackouts if leg.window.first_on <= day <= leg.window.last_on))


def _not_taken(offer: Offer, taken: Sequence[Taken]) -> Sequence[Window]:
    """Return the windows that no other tour uses: one tour uses up its window, unless the city takes two."""
    if offer.may_share or not taken:
        return offer.windows
    return [window for window in offer.windows if not any(window.meets(each.days) for each in taken)]

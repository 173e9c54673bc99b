"""Which offers can be, what one needs before it counts, and how its days move to the next year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tourreg.domain.hosting.offer_models import OFFER_MOVES, SITE_MOVES
from tourreg.domain.hosting.offer_plans import OfferPlan, WindowPlan
from tourreg.domain.hosting.rules import LARGEST_GROUP
from tourreg.kernel.states import Axis

OFFER = Axis("offer", "state", OFFER_MOVES)
SITE = Axis("site", "state", SITE_MOVES)

MOST_WINDOWS, MOST_CHARGES, MOST_BLACKOUTS, MOST_SITES = 12, 8, 120, 30
LONGEST_WINDOW_DAYS = 366
FARTHEST = timedelta(days=5 * 366)
MOST_NOTICE_DAYS, MOST_DAYS, MOST_HOUSEHOLDS, MOST_GUESTS_EACH = 365, 366, 200, 6
# In which languages cities speak with groups or bring interpreters, by their codes.
LANGUAGES = ("en", "zh", "es", "fr", "de", "ja", "ko", "pt", "ru", "vi")
# An internship lasts months; a visit that fills more days than this is several.
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Fault:
    """What cannot be so.

    field  name in the plan; of a row with its place from 0, as "windows-1-last_on"
    why    a word that pages have a sentence for
    facts  what the sentence names
    """

    field: str
    why: str
    facts: tuple[Any, ...] = ()


def faults_of(plan: OfferPlan, today: date, known: Iterable[WindowPlan] = ()) -> list[Fault]:
    """Return what is wrong with an offer; nothing when it can be kept.

    today  in the city's zone
    known  the windows that the offer had before, which may lie in the past
    """
    return [*_of_words(plan), *_of_windows(plan, today, set(known)), *_of_blackouts(plan), *_of_group(plan)]


def lacks_of(plan: OfferPlan, today: date) -> list[str]:
    """Return what is still missing before an offer can count, in words that pages translate."""
    lacks = []
    if not plan.words:
        lacks.append("words")
    if all(window.last_on < today for window in plan.windows):
        lacks.append("window")
    if plan.kind in ("visit", "lecture") and not plan.topics:
        lacks.append("topics")
    if not plan.spoken:
        lacks.append("spoken")
    return lacks


def renewed(plan: OfferPlan, today: date) -> OfferPlan:
    """Return the offer with its days on the same weekdays of the next year in which its first window is not over.

    Each day moves by the same number of whole weeks, which brings the first one nearest to its date of before.
    """
    if not plan.windows:
        return plan
    move = _move_to_next_year(plan.windows[0], today)
    return _moved(plan, move)


def next_weekday_of_year(day: date, years: int) -> date:
    """Return the day of the same weekday that lies nearest to the date so many years on; of two the earlier."""
    wanted = _years_on(day, years)
    weeks = round((wanted - day) / ONE_WEEK)
    return day + weeks * ONE_WEEK


def last_day(plan: OfferPlan) -> date | None:
    """Return the last day on which it can be."""
    return max((window.last_on for window in plan.windows), default=None)


def _of_words(plan: OfferPlan) -> Iterator[Fault]:
    if not plan.title:
        yield Fault("title", "title_missing")
    for place, charge in enumerate(plan.charges):
        if not charge.label:
            yield Fault(f"charges-{place}-label", "label_missing")
        if charge.amount_minor <= 0:
            yield Fault(f"charges-{place}-amount", "amount_missing")


def _of_windows(plan: OfferPlan, today: date, known: set[WindowPlan]) -> Iterator[Fault]:
    for place, window in enumerate(plan.windows):
        fault = _of_window(window, today, is_known=window in known)
        if fault:
            yield Fault(f"windows-{place}-{fault[0]}", fault[1])
    in_order = sorted(enumerate(plan.windows), key=lambda one: (one[1].first_on, one[1].last_on))
    for (_place, before), (place, after) in pairwise(in_order):
        if after.first_on <= before.last_on:
            yield Fault(f"windows-{place}-first_on", "windows_overlap", (before.first_on, before.last_on))


def _of_window(window: WindowPlan, today: date, *, is_known: bool) -> tuple[str, str] | None:
    if window.last_on < window.first_on:
        return "last_on", "ends_before_it_begins"
    if (window.last_on - window.first_on).days >= LONGEST_WINDOW_DAYS:
        return "last_on", "window_too_long"
    if window.last_on < today and not is_known:
        return "last_on", "in_the_past"
    if window.first_on > today + FARTHEST:
        return "first_on", "too_far_ahead"
    return None


def _of_blackouts(plan: OfferPlan) -> Iterator[Fault]:
    outside = (day for day in plan.blackouts if not any(one.first_on <= day <= one.last_on for one in plan.windows))
    first = next(outside, None)
    if first is not None:
        yield Fault("blackouts", "blackout_outside", (first,))
    elif len(plan.blackouts) > MOST_BLACKOUTS:
        yield Fault("blackouts", "too_many_blackouts", (MOST_BLACKOUTS,))
    elif plan.blackouts and _days_open(plan) == 0:
        yield Fault("blackouts", "no_day_left")


def _days_open(plan: OfferPlan) -> int:
    days = sum((window.last_on - window.first_on).days + 1 for window in plan.windows)
    return days - len(set(plan.blackouts))


def _of_group(plan: OfferPlan) -> Iterator[Fault]:
    if not 1 <= plan.largest <= LARGEST_GROUP:
        yield Fault("largest", "group_of_none")
    elif plan.smallest < 1:
        yield Fault("smallest", "group_of_none")
    elif plan.smallest > plan.largest:
        yield Fault("smallest", "smallest_above_largest")
    if plan.days_most < 1:
        yield Fault("days_most", "no_day")
    stay = plan.homestay
    if (stay is not None) != (plan.kind == "homestay"):
        yield Fault("kind", "homestay_unfit")
    if stay is not None and (stay.households < 1 or stay.guests_each < 1):
        yield Fault("households" if stay.households < 1 else "guests_each", "nobody_at_home")
    elif stay is not None and stay.households * stay.guests_each < plan.largest:
        yield Fault("largest", "beds_too_few", (stay.households * stay.guests_each,))


def _move_to_next_year(first: WindowPlan, today: date) -> timedelta:
    years = 1
    while next_weekday_of_year(first.first_on, years) + (first.last_on - first.first_on) < today:
        years += 1
    return next_weekday_of_year(first.first_on, years) - first.first_on


def _moved(plan: OfferPlan, move: timedelta) -> OfferPlan:
    values = {name: getattr(plan, name) for name in OfferPlan.__dataclass_fields__}
    values["windows"] = tuple(WindowPlan(one.first_on + move, one.last_on + move) for one in plan.windows)
    values["blackouts"] = tuple(day + move for day in plan.blackouts)
    return OfferPlan(**values)


def _years_on(day: date, years: int) -> date:
    """Return the date so many years on; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

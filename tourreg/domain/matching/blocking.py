"""Why a tour has no route, and which single change would open one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from tourreg.domain.matching.routes import Fixed, choices_of
from tourreg.domain.matching.rows import Choice, Problem
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.search import GoOn, search
from tourreg.domain.matching.values import Leg, Offer, Score, Taken, Weights, Window

WIDER_DAYS = (1, 3, 7, 14)
MOST_LEGS_TOGETHER = 4
WEIGHTLESS = Weights(*[0] * 13)
Choices = Mapping[str, Mapping[int, Choice]]


@dataclass(frozen=True)
class Blocked:
    """Legs that cannot be together, by number, and why.

    kind  no_city    one leg, and no offer is possible for it; `counts` says how many offers each reason rules out
          dates      these legs in a row do not fit behind one another
          too_few_cities  these legs have fewer cities between them than they are
          together   dates and cities leave no way, though neither alone rules it out
    """

    legs: tuple[int, ...]
    kind: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """One change that alone opens a route: of which leg (None for the whole tour), its kind, and its facts.

    kind  wider_dates, smaller_group, larger_group, no_homestay, farther, more_budget, less_notice, share, unfix,
          city_twice
    """

    leg: int | None
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def blocked(
    legs: Sequence[Leg],
    of_legs: Sequence[Sequence[Score]],
    *,
    fixed: Mapping[int, Fixed],
    go_on: GoOn = lambda progress: True,
) -> tuple[Blocked, ...]:
    """Return which legs leave no route, and why; empty where there is one."""
    choices = [choices_of(each, fixed.get(number)) for number, each in enumerate(of_legs)]
    empty = [number for number, each in enumerate(choices) if not each]
    if empty:
        return tuple(Blocked((number,), "no_city", _counts(of_legs[number], fixed.get(number))) for number in empty)
    if _is_possible(legs, choices, go_on):
        return ()
    late = _out_of_order(legs, choices)
    return (late or _too_few_cities(choices) or Blocked(tuple(range(len(legs))), "together"),)


def openings(
    legs: Sequence[Leg],
    offers: Sequence[Offer],
    *,
    fixed: Mapping[int, Fixed],
    taken: Sequence[Taken] = (),
    today: date,
    go_on: GoOn = lambda progress: True,
) -> list[Opening]:
    """Return the single changes that open a route, for a tour that has none, leg by leg."""
    choices: list[Choices] = [
        choices_of(scores(leg, offers, WEIGHTLESS, taken=taken, today=today), fixed.get(number))
        for number, leg in enumerate(legs)
    ]
    empty = [number for number, each in enumerate(choices) if not each]
    if len(empty) > 1:
        return []
    found: dict[tuple[int, str], Opening] = {}
    for number in empty or range(len(legs)):
        for change in _changes(number, legs[number], offers, fixed.get(number), taken):
            if (number, change.opening.kind) not in found and _opens(change, legs, choices, today, go_on):
                found[number, change.opening.kind] = change.opening
    if not empty and _is_possible(legs, [_own_names(number, each) for number, each in enumerate(choices)], go_on):
        return [*found.values(), Opening(None, "city_twice")]
    return list(found.values())


@dataclass(frozen=True)
class _Change:
    opening: Opening
    leg: Leg
    offers: Sequence[Offer]
    fixed: Fixed | None
    taken: Sequence[Taken]


def _changes(
    number: int, leg: Leg, offers: Sequence[Offer], fixed: Fixed | None, taken: Sequence[Taken]
) -> Iterator[_Change]:
    """Yield each change to one leg, of one kind the smallest first."""
    if fixed:
        yield _Change(Opening(number, "unfix"), leg, offers, None, taken)
    for days in WIDER_DAYS:
        wider = Window(leg.window.first_on - timedelta(days=days), leg.window.last_on + timedelta(days=days))
        opening = Opening(number, "wider_dates", {"days": days})
        yield _Change(opening, replace(leg, window=wider), offers, fixed, taken)
    for kind, people in _other_sizes(leg, offers):
        opening = Opening(number, kind, {"people": people})
        yield _Change(opening, replace(leg, people=people), offers, fixed, taken)
    for kind, changed in _given_up(leg):
        yield _Change(Opening(number, kind), changed, offers, fixed, taken)
    soon = [replace(offer, notice_days=0) for offer in offers]
    yield _Change(Opening(number, "less_notice"), leg, soon, fixed, taken)
    if taken:
        yield _Change(Opening(number, "share"), leg, offers, fixed, ())


def _other_sizes(leg: Leg, offers: Sequence[Offer]) -> Iterator[tuple[str, int]]:
    """Yield the sizes at which more offers fit, the nearest to the group's own first."""
    fewer = {offer.largest for offer in offers if offer.largest < leg.people}
    if leg.homestay:
        beds = {offer.homestay_places or 0 for offer in offers}
        fewer |= {places for places in beds if 0 < places < leg.people}
    yield from (("smaller_group", people) for people in sorted(fewer, reverse=True))
    more = {offer.smallest for offer in offers if offer.smallest > leg.people}
    yield from (("larger_group", people) for people in sorted(more))


def _given_up(leg: Leg) -> Iterator[tuple[str, Leg]]:
    if leg.homestay:
        yield "no_homestay", replace(leg, homestay=False)
    if leg.within_km is not None:
        yield "farther", replace(leg, within_km=None)
    if leg.budget_minor is not None:
        yield "more_budget", replace(leg, budget_minor=None)


def _opens(change: _Change, legs: Sequence[Leg], choices: Sequence[Choices], today: date, go_on: GoOn) -> bool:
    number = change.opening.leg or 0
    of_leg = scores(change.leg, change.offers, WEIGHTLESS, taken=change.taken, today=today)
    changed = choices_of(of_leg, change.fixed)
    return bool(changed) and _is_possible(legs, [*choices[:number], changed, *choices[number + 1 :]], go_on)


def _is_possible(legs: Sequence[Leg], choices: Sequence[Choices], go_on: GoOn = lambda progress: True) -> bool:
    weightless = [_weightless(each) for each in choices]
    problem = Problem(tuple(leg.days for leg in legs), weightless, lambda one, other: 0, 0)
    return bool(search(problem, 1, go_on).rows)


def _weightless(choices: Choices) -> Choices:
    return {city: {day: Choice(0, each.offer) for day, each in days.items()} for city, days in choices.items()}


def _own_names(number: int, choices: Choices) -> Choices:
    """Return a leg's choices with names that no other leg shares, so that a city may come twice."""
    return {f"{number} {city}": days for city, days in choices.items()}


def _counts(of_leg: Sequence[Score], fixed: Fixed | None) -> Mapping[str, int]:
    """Return how many offers each reason rules out, of those in question; `day_fixed` where only the day is."""
    asked = [score for score in of_leg if fixed is None or score.offer.key == fixed.offer]
    if fixed and not asked:
        return {"offer_is_gone": 1}
    counts = Counter(reason.kind for score in asked for reason in score.ruled_out)
    return counts or ({"day_fixed": 1} if fixed else {})


def _out_of_order(legs: Sequence[Leg], choices: Sequence[Choices]) -> Blocked | None:
    """Return the leg that no city can begin once those before it are over, with these, counted from the last to fit."""
    free_from = -(10**9)
    for number, each in enumerate(choices):
        fitting = [day for days in each.values() for day in days if day >= free_from]
        if not fitting:
            return Blocked((number - 1, number), "dates")
        free_from = min(fitting) + legs[number].days
    return None


def _too_few_cities(choices: Sequence[Choices]) -> Blocked | None:
    for count in range(2, min(len(choices), MOST_LEGS_TOGETHER) + 1):
        for numbers in combinations(range(len(choices)), count):
            if len(set().union(*(choices[number] for number in numbers))) < count:
                return Blocked(numbers, "too_few_cities")
    return None

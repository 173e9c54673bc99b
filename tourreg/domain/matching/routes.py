"""Routes for a whole tour: one city for each leg, in their order, the best first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tourreg.domain.matching.rows import Choice, Label, OneChoice, Problem
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.search import GoOn, Progress, search
from tourreg.domain.matching.values import Leg, Offer, Score, Taken, Weights, distance_km

BEST = 3


@dataclass(frozen=True)
class Fixed:
    """What a person chose for a leg: an offer, and perhaps the day on which it begins.

    is_settled  the city holds or has confirmed these days for this tour, so that nothing rules them out any more
    """

    offer: str
    start_on: date | None = None
    is_settled: bool = False


@dataclass(frozen=True)
class Stop:
    """One leg in a route; `km` and `idle_days` are from the stop before."""

    score: Score
    start_on: date
    km: int
    idle_days: int


@dataclass(frozen=True)
class Route:
    """A city for each leg, and what is weighed against what.

    points   of all stops, less what the ways and the idle days between them cost
    topics   how many of the topics that legs want are met, and how many are wanted
    hosted   how often its cities hosted one of the last tours
    """

    stops: tuple[Stop, ...]
    points: int
    km: int
    idle_days: int
    topics_met: int
    topics_wanted: int
    hosted: int


@dataclass(frozen=True)
class Proposal:
    """The best routes, best first, through different cities each.

    is_proven  no other route is better; False where the search was stopped
    gap        by how many points a route that was not looked at may be better than the first; None where unknown
    scores     of each leg, best first, also of those that are ruled out
    """

    routes: tuple[Route, ...]
    is_proven: bool
    gap: int | None
    scores: tuple[tuple[Score, ...], ...]


def propose_routes(
    legs: Sequence[Leg],
    offers: Sequence[Offer],
    weights: Weights,
    *,
    fixed: Mapping[int, Fixed] | None = None,
    taken: Sequence[Taken] = (),
    today: date,
    go_on: GoOn = lambda progress: True,
) -> Proposal:
    """Return the three best routes; no city comes twice, and each leg begins when the one before has ended, or later.

    fixed  what a person chose, by the leg's number from 0
    go_on  is told how far it is; the best so far are returned once it answers no
    """
    of_legs = tuple(tuple(scores(leg, offers, weights, taken=taken, today=today)) for leg in legs)
    problem = problem_of(legs, of_legs, weights, fixed or {})
    found = search(problem, BEST, go_on)
    by_key = tuple({score.offer.key: score for score in each} for each in of_legs)
    routes = tuple(_route(legs, by_key, label) for label in found.rows)
    return Proposal(routes, found.bound is None, _gap(routes, found.bound), of_legs)


def problem_of(
    legs: Sequence[Leg], of_legs: Sequence[Sequence[Score]], weights: Weights, fixed: Mapping[int, Fixed]
) -> Problem:
    """Return what is searched: of a city's offers for a leg and a day only the best."""
    points = {score.offer.city: score.offer.at for each in of_legs for score in each}
    choices = tuple(choices_of(each, fixed.get(number)) for number, each in enumerate(of_legs))

    @cache
    def between(one: str, other: str) -> int:
        return weights.between_100_km * distance_km(points[one], points[other]) // 100

    return Problem(tuple(leg.days for leg in legs), choices, between, weights.idle_day, points.__getitem__)


def choices_of(of_leg: Sequence[Score], fixed: Fixed | None) -> dict[str, Mapping[int, Choice]]:
    """Return what a leg can choose, city by city and day by day."""
    found: dict[str, Mapping[int, Choice]] = {}
    alike: dict[tuple[int, ...], Mapping[int, None]] = {}
    for score in of_leg:
        if fixed and fixed.offer != score.offer.key:
            continue
        days = tuple(day.toordinal() for day in _starts(score, fixed))
        if days:
            one = OneChoice(alike.setdefault(days, dict.fromkeys(days)), Choice(score.points, score.offer.key))
            known = found.get(score.offer.city)
            found[score.offer.city] = one if known is None else _better_of(known, one)
    return found


def _starts(score: Score, fixed: Fixed | None) -> Sequence[date]:
    if fixed is None or fixed.start_on is None:
        return score.starts
    return [fixed.start_on] if fixed.is_settled or fixed.start_on in score.starts else []


def _better_of(known: Mapping[int, Choice], other: Mapping[int, Choice]) -> dict[int, Choice]:
    """Return for each day the choice with more points, the one that is known where both have as many."""
    better = {day: choice for day, choice in other.items() if day not in known or known[day].points < choice.points}
    return {**known, **better}


def _route(legs: Sequence[Leg], by_key: Sequence[Mapping[str, Score]], label: Label) -> Route:
    stops: list[Stop] = []
    for number, stay in enumerate(label.row()):
        score = by_key[number][stay.choice.offer]
        km = distance_km(stops[-1].score.offer.at, score.offer.at) if stops else 0
        idle = stay.start - stay.before.start - legs[number - 1].days if stay.before else 0
        stops.append(Stop(score, date.fromordinal(stay.start), km, idle))
    reasons = [reason for stop in stops for reason in stop.score.reasons]
    return Route(
        tuple(stops),
        points=label.value,
        km=sum(stop.km for stop in stops),
        idle_days=sum(stop.idle_days for stop in stops),
        topics_met=sum(reason.kind == "topic" for reason in reasons),
        topics_wanted=sum(len(leg.topics) for leg in legs),
        hosted=sum(stop.score.offer.hosted for stop in stops),
    )


def _gap(routes: Sequence[Route], bound: int | None) -> int | None:
    if bound is None:
        return 0
    return max(0, bound - routes[0].points) if routes else None


def within_seconds(seconds: float, clock: Callable[[], float]) -> GoOn:
    """Return a `go_on` that ends a search after some time; `clock` counts seconds."""
    end = clock() + seconds

    def goes_on(progress: Progress) -> bool:
        return clock() < end

    return goes_on

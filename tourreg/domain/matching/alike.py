"""Cities that are alike for every leg of a tour, folded into one that may come several times, and unfolded again.

Where many cities are worth the same, each order of them would be a branch of its own, and all of them to be refuted.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations, product
from math import perm, prod

from tourreg.domain.matching.rows import Choice, Label, Problem

Days = Mapping[int, Choice]


@dataclass(frozen=True)
class Folded:
    """Legs whose choices hold one city of each kind; `members` says for it which are of its kind, itself the first."""

    problem: Problem
    members: Mapping[str, Sequence[str]]


def fold(problem: Problem) -> Folded:
    """Fold cities that lie in one place and have the same points on the same days of every leg."""
    kinds: dict[int, list[str]] = {}
    for city, kind in _kinds(problem).items():
        kinds.setdefault(kind, []).append(city)
    members = {cities[0]: tuple(cities) for cities in kinds.values()}
    choices = tuple({city: days for city, days in each.items() if city in members} for each in problem.choices)
    return Folded(replace(problem, choices=choices), members)


def ways(folded: Folded, label: Label) -> int:
    """Return how many rows of cities a row of kinds stands for."""
    cities = [stay.city for stay in label.row()]
    return prod(perm(len(folded.members[city]), cities.count(city)) for city in set(cities))


def unfold(problem: Problem, folded: Folded, label: Label, most: int) -> list[Label]:
    """Return rows of cities, so many at most, that a row of kinds stands for; all are worth the same."""
    stays = label.row()
    kinds = [stay.city for stay in stays]
    once = list(dict.fromkeys(kinds))
    orders = [islice(permutations(folded.members[kind], kinds.count(kind)), most) for kind in once]
    rows = []
    for order in islice(product(*orders), most):
        left = {kind: iter(cities) for kind, cities in zip(once, order, strict=True)}
        rows.append(_renamed(problem, stays, [next(left[kind]) for kind in kinds]))
    return rows


def _kinds(problem: Problem) -> dict[str, int]:
    """Return a number for each city; those with the same one are alike."""
    cities = list(dict.fromkeys(city for each in problem.choices for city in each))
    kinds = _numbered({city: problem.place(city) for city in cities})
    for each in problem.choices:
        kinds = _numbered({city: (kinds[city], *_shape(each.get(city, {}))) for city in cities})
    return kinds


def _numbered(shapes: Mapping[str, Hashable]) -> dict[str, int]:
    numbers: dict[Hashable, int] = {}
    return {city: numbers.setdefault(shape, len(numbers)) for city, shape in shapes.items()}


def _shape(days: Days) -> Iterator[tuple[int, ...]]:
    in_order = sorted(days)
    yield tuple(in_order)
    yield tuple(days[day].points for day in in_order)


def _renamed(problem: Problem, stays: Sequence[Label], cities: Sequence[str]) -> Label:
    row: Label | None = None
    for number, (stay, city) in enumerate(zip(stays, cities, strict=True)):
        row = Label(stay.value, city, stay.start, problem.choices[number][city][stay.start], row)
    assert row is not None, "a row has a stay"
    return row

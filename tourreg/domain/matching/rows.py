"""Rows of stays through the legs of a tour: what they are made of, and a good one that is found quickly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest

KEPT = 5


@dataclass(frozen=True)
class Choice:
    """An offer that a leg can take from some day on, and its points."""

    points: int
    offer: str


class OneChoice(Mapping[int, Choice]):
    """One choice on all of its days, which other cities may share: years of days of many cities weigh on the memory."""

    __slots__ = ("_choice", "_days")

    def __init__(self, days: Mapping[int, None], choice: Choice) -> None:
        self._days, self._choice = days, choice

    def __getitem__(self, day: int) -> Choice:
        if day in self._days:
            return self._choice
        raise KeyError(day)

    def __iter__(self) -> Iterator[int]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)


@dataclass(frozen=True)
class Problem:
    """Legs in their order, and what each can choose.

    days      that each leg lasts
    choices   of each leg: city, then the day on which it begins, as a number
    between   points lost on the way from one city to another, none below nought
    idle_day  points lost for each day between two legs
    place     where a city lies; those in one place are equally far from all others, and not from one another
    """

    days: Sequence[int]
    choices: Sequence[Mapping[str, Mapping[int, Choice]]]
    between: Callable[[str, str], int]
    idle_day: int
    place: Callable[[str], Hashable] = str


@dataclass(frozen=True)
class Label:
    """A stay at the end of a row of stays: its city and choice, and what all of them are worth."""

    value: int
    city: str
    start: int
    choice: Choice
    before: Label | None

    def row(self) -> tuple[Label, ...]:
        return (*self.before.row(), self) if self.before else (self,)


def quick_row(problem: Problem) -> Label | None:
    """Return a good row without looking at all of them; None where none is found, though there may be one.

    From leg to leg only the best few rows are kept, and the few that end first; each stay begins as soon as it can.
    """
    rows: list[Label | None] = [None]
    for number, choices in enumerate(problem.choices):
        starts = {city: sorted(days) for city, days in choices.items()}
        longer = [label for row in rows for label in _one_more(problem, number, starts, row)]
        best = nlargest(KEPT, longer, key=lambda label: label.value)
        rows = [*best, *nsmallest(KEPT, longer, key=lambda label: label.start)]
    labels = [row for row in rows if row is not None]
    return _on_better_days(problem, max(labels, key=lambda label: label.value)) if labels else None


def reach(
    problem: Problem, number: int, city: str, possible: Sequence[int], labels: Mapping[int, Label] | None
) -> dict[int, Label]:
    """Return the best row to this city for each day on which its stay ends.

    possible  the days on which it can begin, in order
    labels    the best rows to the city before, by the day on which they end; None for the first leg
    """
    choices, days = problem.choices[number][city], problem.days[number]
    if labels is None:
        return {start + days: Label(choices[start].points, city, start, choices[start], None) for start in possible}
    reached: dict[int, Label] = {}
    idle = problem.idle_day
    ends, at, before = sorted(labels), 0, None
    for start in possible:
        while at < len(ends) and ends[at] <= start:
            label = labels[ends[at]]
            if before is None or label.value + idle * ends[at] > before[0]:
                before = (label.value + idle * ends[at], label)
            at += 1
        if before is not None:
            lost = problem.between(before[1].city, city)
            value = before[0] - idle * start - lost + choices[start].points
            reached[start + days] = Label(value, city, start, choices[start], before[1])
    return reached


def _one_more(problem: Problem, number: int, starts: Mapping[str, Sequence[int]], row: Label | None) -> Iterator[Label]:
    """Yield the row with each city that it has not yet, on the first day on which that city can follow."""
    used = {label.city for label in row.row()} if row else set()
    end = row.start + problem.days[number - 1] if row else 0
    for city, days in starts.items():
        at = bisect_left(days, end)
        if city in used or at == len(days):
            continue
        choice = problem.choices[number][city][days[at]]
        lost = problem.between(row.city, city) + problem.idle_day * (days[at] - end) if row else 0
        yield Label((row.value if row else 0) - lost + choice.points, city, days[at], choice, row)


def _on_better_days(problem: Problem, row: Label) -> Label:
    """Return the row through the same cities on the days on which it is worth most."""
    labels: dict[int, Label] | None = None
    for number, label in enumerate(row.row()):
        labels = reach(problem, number, label.city, sorted(problem.choices[number][label.city]), labels)
    return max(labels.values(), key=lambda label: label.value) if labels else row

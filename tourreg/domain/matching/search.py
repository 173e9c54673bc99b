"""The best ways through a row of legs, each in another city: exact, or with a stated bound when it is stopped."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tourreg.domain.matching.rows import Label, Problem, quick_row, reach

NOTHING = -(10**12)
Ranked = tuple[tuple[int, str], ...]
NODES_BETWEEN = 20


@dataclass(frozen=True)
class Progress:
    """How far a search is: branches seen, the best so far (None before the first), and what is still conceivable."""

    seen: int
    best: int | None
    bound: int | None


GoOn = Callable[[Progress], bool]


@dataclass
class Found:
    """The best rows, best first, no two through the same cities.

    bound       what a row that was not looked at is worth at most; None where all were
    """

    rows: list[Label] = field(default_factory=list)
    bound: int | None = None


def search(problem: Problem, wanted: int, go_on: GoOn = lambda progress: True) -> Found:
    """Return the best rows of stays, so many as wanted; `go_on` is asked now and then, and may end it.

    A search that ends before it has a row gives one that is found quickly, if there is such.
    """
    if not problem.choices or not all(problem.choices):
        return Found()
    looking = _Search(problem, wanted, go_on)
    if looking.prepare():
        looking.walk()
    if looking.stopped and not looking.found.rows:
        quick = quick_row(problem)
        looking.found.rows = [quick] if quick else []
    return looking.found


class _Search:
    """Depth first, the most promising city first, cut off by what the remaining legs can be worth at most.

    That bound is the exact optimum of the remaining legs where a city may come twice, so it is rarely far off.
    """

    def __init__(self, problem: Problem, wanted: int, go_on: GoOn) -> None:
        self.problem, self.wanted, self.go_on = problem, wanted, go_on
        self.found = Found()
        self.seen = 0
        self.stopped = False
        self.open_bound: int | None = None
        self.worth: list[dict[str, dict[int, int]]] = [{} for _ in problem.choices]
        self.ranked: list[dict[int, Ranked]] = [{} for _ in problem.choices]

    def prepare(self) -> bool:
        """Find, from the last leg to the first, what each choice and all after it are worth at most."""
        for number in reversed(range(len(self.problem.choices))):
            self.worth[number] = self._worth(number)
            if self.stopped:
                self.found.bound = self._rough_bound(number)
                return False
            self.ranked[number] = self._ranked(number)
        return True

    def walk(self) -> None:
        first = self.worth[0]
        promises = sorted(((max(days.values()), city) for city, days in first.items() if days), key=_best_first)
        self._visit(promises, 0, None, frozenset())

    def _rough_bound(self, number: int) -> int | None:
        """Return what a row is worth at most where only the legs after this one are known with their ways."""
        most = [max(one.points for days in each.values() for one in days.values()) for each in self.problem.choices]
        if number + 1 == len(most):
            return sum(most)
        after = [value for days in self.worth[number + 1].values() for value in days.values()]
        return sum(most[: number + 1]) + max(after) if after else None

    def _worth(self, number: int) -> dict[str, dict[int, int]]:
        worth: dict[str, dict[int, int]] = {}
        for city, starts in self.problem.choices[number].items():
            if not self._may_go_on():
                break
            rests: dict[int, int | None] = {}
            for start, choice in starts.items():
                ranked = self._after(number, start + self.problem.days[number])
                if id(ranked) not in rests:
                    rests[id(ranked)] = self._best_rest(city, ranked)
                rest = rests[id(ranked)]
                if rest is not None:
                    worth.setdefault(city, {})[start] = choice.points + rest
        return worth

    def _after(self, number: int, end: int) -> Ranked | None:
        """Return the cities that can follow a leg that ends so, the same object for the same; None after the last."""
        return self.ranked[number + 1].get(end, ()) if number + 1 < len(self.ranked) else None

    def _best_rest(self, city: str, ranked: Ranked | None) -> int | None:
        """Return what the legs after a city are worth at most; None where they cannot be."""
        if ranked is None:
            return 0
        best = NOTHING
        for value, other in ranked:
            if value <= best:
                break
            if other != city:
                best = max(best, value - self.problem.between(city, other))
        return None if best == NOTHING else best

    def _ranked(self, number: int) -> dict[int, Ranked]:
        """Return for each day on which the leg before may end the cities and their worth from then on, best first."""
        if number == 0:
            return {}
        before = self.problem.choices[number - 1].values()
        ends = sorted({start + self.problem.days[number - 1] for starts in before for start in starts}, reverse=True)
        ranked: dict[int, list[tuple[int, str]]] = {end: [] for end in ends}
        for city, starts in self.worth[number].items():
            for end, value in self._from_days(starts, ends):
                ranked[end].append((value, city))
        once: dict[Ranked, Ranked] = {}
        in_order = ((end, tuple(sorted(values, key=_best_first))) for end, values in ranked.items())
        return {end: once.setdefault(values, values) for end, values in in_order}

    def _from_days(self, starts: Mapping[int, int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Return for each end, latest first, the best that can begin then or, after idle days, later."""
        idle = self.problem.idle_day
        later = sorted(starts, reverse=True)
        best, at = NOTHING, 0
        for end in ends:
            while at < len(later) and later[at] >= end:
                best = max(best, starts[later[at]] - idle * later[at])
                at += 1
            if best != NOTHING:
                yield end, best + idle * end

    def _visit(
        self, promises: Sequence[tuple[int, str]], number: int, labels: Mapping[int, Label] | None, used: frozenset[str]
    ) -> None:
        """Look at the cities for one leg; once stopped, only note what they promise."""
        for promise, city in promises:
            if promise <= self._floor():
                return
            if number == 0:
                self.open_bound = promise
            if self.stopped or not self._counts():
                self.found.bound = max(promise, promise if self.found.bound is None else self.found.bound)
                return
            if not self._leaves_cities(number + 1, used | {city}):
                continue
            reached = reach(self.problem, number, city, sorted(self.worth[number][city]), labels)
            if number + 1 == len(self.problem.choices):
                self._keep(max(reached.values(), key=lambda label: label.value))
            else:
                now_used = used | {city}
                self._visit(self._promises(number, city, reached, now_used), number + 1, reached, now_used)

    def _promises(
        self, number: int, city: str, labels: Mapping[int, Label], used: frozenset[str]
    ) -> list[tuple[int, str]]:
        """Return the cities for the next leg with what a row through them is worth at most, best first."""
        floor = self._floor()
        best: dict[str, int] = {}
        for so_far, ranked in self._best_of_each(number, labels):
            for value, other in ranked:
                if so_far + value <= floor:
                    break
                if other not in used:
                    promise = so_far + value - self.problem.between(city, other)
                    if promise > max(floor, best.get(other, NOTHING)):
                        best[other] = promise
        return sorted(((promise, other) for other, promise in best.items()), key=_best_first)

    def _best_of_each(self, number: int, labels: Mapping[int, Label]) -> Iterable[tuple[int, Ranked]]:
        """Return of the ends that the same cities can follow in the same way only the one that is worth most."""
        best: dict[int, tuple[int, Ranked]] = {}
        for end, label in labels.items():
            ranked = self._after(number, end) or ()
            if id(ranked) not in best or best[id(ranked)][0] < label.value:
                best[id(ranked)] = (label.value, ranked)
        return best.values()

    def _leaves_cities(self, number: int, used: frozenset[str]) -> bool:
        """Tell whether each leg from this one on can have a city of its own, whatever the dates.

        A leg with more cities than there are legs always finds one, so only the others are shared out.
        """
        count = len(self.problem.choices)
        scarce = [list(worth) for worth in self.worth[number:] if len(worth) <= count]
        given: dict[str, int] = {}

        def finds(leg: int, tried: set[str]) -> bool:
            for city in scarce[leg]:
                if city not in used and city not in tried:
                    tried.add(city)
                    if city not in given or finds(given[city], tried):
                        given[city] = leg
                        return True
            return False

        return all(finds(leg, set()) for leg in range(len(scarce)))

    def _keep(self, label: Label) -> None:
        insort(self.found.rows, label, key=lambda row: -row.value)
        del self.found.rows[self.wanted :]

    def _floor(self) -> int:
        """Return what a row must be worth more than."""
        return self.found.rows[-1].value if len(self.found.rows) == self.wanted else NOTHING

    def _counts(self) -> bool:
        self.seen += 1
        return self.seen % NODES_BETWEEN != 0 or self._may_go_on()

    def _may_go_on(self) -> bool:
        best = self.found.rows[0].value if self.found.rows else None
        self.stopped = self.stopped or not self.go_on(Progress(self.seen, best, self.open_bound))
        return not self.stopped


def _best_first(promise: tuple[int, str]) -> tuple[int, str]:
    return -promise[0], promise[1]

"""The best ways through a row of legs, each in another city: exact, or with a stated bound when it is stopped."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tourreg.domain.matching.alike import Folded, fold, unfold, ways
from tourreg.domain.matching.rows import Choice, Label, Problem, quick_row, reach

NOTHING = -(10**12)
Ranked = tuple[tuple[int, str], ...]
Used = tuple[str, ...]
NODES_BETWEEN = 20


@dataclass(frozen=True)
class Progress:
    """How far a search is.

    seen   cities that were weighed for a leg and ways that were looked at, so that it moves from the beginning
    best   points of the best row so far, None before the first
    bound  what is still conceivable
    """

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
    folded, quick = fold(problem), quick_row(problem)
    looking = _Search(folded, wanted, quick, go_on)
    if looking.prepare():
        looking.walk()
    rows = _unfolded(problem, folded, looking.found.rows, wanted)
    return Found(rows or ([quick] if quick and looking.stopped else []), looking.found.bound)


def _unfolded(problem: Problem, folded: Folded, rows: Sequence[Label], wanted: int) -> list[Label]:
    once = {id(row): row for row in rows}.values()
    return [each for row in once for each in unfold(problem, folded, row, wanted)][:wanted]


class _Search:
    """Depth first, the most promising city first, cut off by what the remaining legs can be worth at most.

    That bound is the exact optimum of the remaining legs where a city may come twice, so it is rarely far off.
    A city stands for all that are alike, and comes as often as there are of them.
    """

    def __init__(self, folded: Folded, wanted: int, quick: Label | None, go_on: GoOn) -> None:
        self.folded, self.wanted, self.go_on = folded, wanted, go_on
        self.problem = folded.problem
        self.quick = quick.value if quick else None
        self.found = Found()
        self.seen = 0
        self.stopped = False
        self.open_bound: int | None = None
        self.points = [_most_points(each) for each in self.problem.choices]
        self.most: list[dict[str, int]] = [{} for _ in self.problem.choices]
        self.ranked: list[dict[int, Ranked]] = [{} for _ in self.problem.choices]
        self.scarce: list[tuple[int, list[str]]] = []

    def prepare(self) -> bool:
        """Find, from the last leg to the first, what each choice and all after it are worth at most."""
        for number in reversed(range(len(self.problem.choices))):
            self.open_bound = self._rough_bound(number)
            worth = self._worth(number)
            if self.stopped:
                self.found.bound = self.open_bound
                return False
            self.most[number] = {city: max(days.values()) for city, days in worth.items()}
            self.ranked[number] = self._ranked(number, worth)
        self.scarce = list(self._scarce())
        return True

    def walk(self) -> None:
        promises = sorted(((promise, city) for city, promise in self.most[0].items()), key=_best_first)
        self._visit(promises, 0, None, ())

    def _rough_bound(self, number: int) -> int | None:
        """Return what a row is worth at most where only the legs after this one are known with their ways."""
        if number + 1 == len(self.points):
            return sum(self.points)
        after = self.most[number + 1].values()
        return sum(self.points[: number + 1]) + max(after) if after else None

    def _worth(self, number: int) -> dict[str, dict[int, int]]:
        worth: dict[str, dict[int, int]] = {}
        for city, starts in self.problem.choices[number].items():
            self.seen += 1
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
        comes_once = len(self.folded.members[city]) == 1
        for value, other in ranked:
            if value <= best:
                break
            if other != city or not comes_once:
                best = max(best, value - self.problem.between(city, other))
        return None if best == NOTHING else best

    def _ranked(self, number: int, worth: Mapping[str, Mapping[int, int]]) -> dict[int, Ranked]:
        """Return for each day on which the leg before may end the cities and their worth from then on, best first."""
        if number == 0:
            return {}
        before = self.problem.choices[number - 1].values()
        ends = sorted({start + self.problem.days[number - 1] for starts in before for start in starts}, reverse=True)
        ranked: dict[int, list[tuple[int, str]]] = {end: [] for end in ends}
        for city, starts in worth.items():
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
        self, promises: Sequence[tuple[int, str]], number: int, labels: Mapping[int, Label] | None, used: Used
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
            now_used = (*used, city)
            if not self._leaves_cities(number + 1, now_used):
                continue
            reached = reach(self.problem, number, city, sorted(self.problem.choices[number][city]), labels)
            if number + 1 == len(self.problem.choices):
                self._keep(max(reached.values(), key=lambda label: label.value))
            else:
                self._visit(self._promises(number, city, reached, now_used), number + 1, reached, now_used)

    def _promises(self, number: int, city: str, labels: Mapping[int, Label], used: Used) -> list[tuple[int, str]]:
        """Return the cities for the next leg with what a row through them is worth at most, best first."""
        floor = self._floor()
        gone = {one for one in used if used.count(one) == len(self.folded.members[one])}
        best: dict[str, int] = {}
        for so_far, ranked in self._best_of_each(number, labels):
            for value, other in ranked:
                if so_far + value <= floor:
                    break
                if other not in gone:
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

    def _scarce(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the legs that have no more cities than there are legs, with those."""
        for number, most in enumerate(self.most):
            cities = [member for city in most for member in self.folded.members[city]]
            if len(cities) <= len(self.most):
                yield number, cities

    def _leaves_cities(self, number: int, used: Used) -> bool:
        """Tell whether each leg from this one on can have a city of its own, whatever the dates.

        A leg with more cities than there are legs always finds one, so only the others are shared out.
        """
        scarce = [cities for leg, cities in self.scarce if leg >= number]
        gone = {member for city in used for member in self.folded.members[city][: used.count(city)]}
        given: dict[str, int] = {}

        def finds(leg: int, tried: set[str]) -> bool:
            for city in scarce[leg]:
                if city not in gone and city not in tried:
                    tried.add(city)
                    if city not in given or finds(given[city], tried):
                        given[city] = leg
                        return True
            return False

        return all(finds(leg, set()) for leg in range(len(scarce)))

    def _keep(self, label: Label) -> None:
        """Keep a row as often as it stands for rows of cities."""
        for _each in range(min(self.wanted, ways(self.folded, label))):
            insort(self.found.rows, label, key=lambda row: -row.value)
        del self.found.rows[self.wanted :]

    def _floor(self) -> int:
        """Return what a row must be worth more than."""
        return self.found.rows[-1].value if len(self.found.rows) == self.wanted else NOTHING

    def _counts(self) -> bool:
        self.seen += 1
        return self.seen % NODES_BETWEEN != 0 or self._may_go_on()

    def _may_go_on(self) -> bool:
        best = self.found.rows[0].value if self.found.rows else self.quick
        self.stopped = self.stopped or not self.go_on(Progress(self.seen, best, self.open_bound))
        return not self.stopped


def _most_points(choices: Mapping[str, Mapping[int, Choice]]) -> int:
    return max(one.points for days in choices.values() for one in days.values())


def _best_first(promise: tuple[int, str]) -> tuple[int, str]:
    return -promise[0], promise[1]

"""One measured thing, and the row of the table that says it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

HEADING = "| work | measured | beside it | gate | |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Figure:
    """What was done, how long it took or how much it was, and against what that counts.

    gate   the bound in words; empty where there is none
    holds  whether the bound is kept; it is said, and fails nothing
    """

    work: str
    measured: str
    beside: str = ""
    gate: str = ""
    holds: bool = True

    def row(self) -> str:
        verdict = ("kept" if self.holds else "**missed**") if self.gate else ""
        return f"| {self.work} | {self.measured} | {self.beside} | {self.gate} | {verdict} |"


def fastest(work: Callable[[], object], *, turns: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds of the fastest turn, after one to warm up: what else the machine does only slows a turn.

    clock  process_time where all is done in this process
    """
    work()
    return min(seconds(work, clock) for _ in range(turns))


def fastest_side_by_side(
    *works: Callable[[], object], turns: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return the seconds of the fastest turn of each, taken in turns, so that all meet the same machine."""
    for work in works:
        work()
    rounds = [[seconds(work, clock) for work in works] for _ in range(turns)]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds of one turn."""
    started = clock()
    work()
    return clock() - started

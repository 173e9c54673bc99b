"""Where the names on a map stand, so that none covers another, a stop, a route or the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

Box = tuple[float, float, float, float]
# x, y, radius of the stop, its name, size of the letters
Wanted = tuple[float, float, float, str, int]

ROUNDS = 4
UNREADABLE = 100.0
# How wide Latin letters are that are not as wide as most, in parts of their size.
_LETTERS = {
    **dict.fromkeys("mwMW", 0.9),
    **dict.fromkeys("ijltfI'’.,- ", 0.3),
    **dict.fromkeys("ABCDGHKNOQUVXYZ", 0.68),
}
CLEAR_OF_DOTS = 1.2


@dataclass(frozen=True)
class Label:
    """A name on a map: its base line's point, which end of it that point is, and the size of its letters."""

    x: float
    y: float
    anchor: str
    words: str
    size: int

    @property
    def box(self) -> Box:
        width = words_width(self.words, self.size)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 0.85 * self.size, left + width, self.y + 0.25 * self.size


@dataclass(frozen=True)
class Obstacles:
    """What names keep clear of; words are boxes of left, top, right, bottom."""

    width: float
    height: float
    dots: Sequence[tuple[float, float, float]]
    lines: Sequence[tuple[float, float]]
    words: Sequence[Box]


def placed(wanted: Sequence[Wanted], obstacles: Obstacles, *, leave_out: bool) -> list[Label]:
    """Return the best place found for each name; every name moves in turn until none wants to.

    leave_out  a name that would cover something is missing instead
    """
    choices = [_around(*stop) for stop in wanted]
    chosen = [options[0] for options in choices]
    for _round in range(ROUNDS):
        for number, options in enumerate(choices):
            others = [label for place, label in enumerate(chosen) if place != number]
            chosen[number] = min(options, key=lambda label: _cost(label, others, obstacles, options))
    return _without_unreadable(chosen, obstacles) if leave_out else chosen


def words_width(words: str, size: int) -> float:
    """Return about how wide the words are: a Chinese character is as wide as high, a Latin letter about half."""
    return sum(size * (1.0 if east_asian_width(sign) in "WF" else _LETTERS.get(sign, 0.57)) for sign in words)


def overlap(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _around(x: float, y: float, radius: float, words: str, size: int) -> list[Label]:
    """Return the places a name may take beside its stop, the most readable first."""
    beside, level = radius + 5, y + size * 0.35
    above, below, corner = y - radius - 5, y + radius + size, radius + 2
    spots = (
        (x + beside, level, "start"),
        (x - beside, level, "end"),
        (x + corner, above + 3, "start"),
        (x - corner, above + 3, "end"),
        (x + corner, below - 2, "start"),
        (x - corner, below - 2, "end"),
        (x, below, "middle"),
        (x, above, "middle"),
    )
    return [Label(round(left, 1), round(base, 1), anchor, words, size) for left, base, anchor in spots]


def _cost(label: Label, others: Sequence[Label], obstacles: Obstacles, options: Sequence[Label]) -> float:
    return _hindrance(label, others, obstacles) + options.index(label) * 0.5


def _hindrance(label: Label, others: Sequence[Label], obstacles: Obstacles) -> float:
    """Return how badly the name can be read there: from UNREADABLE on it covers another name, a stop or the edge."""
    left, top, right, bottom = box = label.box
    outside = max(0.0, 2 - left, right - obstacles.width + 2, 2 - top, bottom - obstacles.height + 2)
    dots = sum(1 for x, y, radius in obstacles.dots if overlap(box, _around_dot(x, y, radius + CLEAR_OF_DOTS)))
    lines = sum(1 for x, y in obstacles.lines if left < x < right and top < y < bottom)
    words = sum(overlap(box, other) for other in obstacles.words)
    names = sum(UNREADABLE + overlap(box, other.box) for other in others if overlap(box, other.box))
    return names + UNREADABLE * dots + (UNREADABLE + outside * 10 if outside else 0) + 2 * lines + 0.2 * words


def _around_dot(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _without_unreadable(labels: Sequence[Label], obstacles: Obstacles) -> list[Label]:
    kept: list[Label] = []
    for label in sorted(labels, key=lambda label: -label.size):
        if _hindrance(label, kept, obstacles) < UNREADABLE:
            kept.append(label)
    return kept

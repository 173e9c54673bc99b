"""Maps of cities, drawn from outlines of our own: the United States with Alaska and Hawaii beside it, and East Asia.

Each is Albers' equal-area conic projection, in which no region looks larger than it is; y grows downwards, as in SVG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from tourreg.blueprints.public.label_places import Label, Obstacles, placed

Point = tuple[float, float]
WIDTH, HEIGHT, MARGIN = 720, 460, 8
DOT, LARGEST_DOT = 4.0, 9.0
MOST_NAMES, NAME_SIZE, MOST_KEPT_CLEAR = 16, 15, 200
_SHAPES = Path(__file__).parent / "map_shapes.json"


@dataclass(frozen=True)
class Spot:
    """A city on a map.

    weight  how often it hosted; the dot grows with it
    kind    how ready it is, which its mark shows; "" is the usual dot
    told    what a pointer that rests on the mark reads, the name unless it is given
    """

    name: str
    address: str
    longitude: float
    latitude: float
    weight: int = 1
    kind: str = ""
    told: str = ""


@dataclass(frozen=True)
class Dot:
    """Where a city stands on the drawing."""

    spot: Spot
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class CityMap:
    """What a template needs to draw a map: land to fill, borders to draw, dots and the names that find room."""

    width: int
    height: int
    land: str
    lines: str
    dots: list[Dot]
    labels: list[Label]


@dataclass(frozen=True)
class _Albers:
    """The projection with two true parallels, from degrees to units of the globe's radius."""

    meridian: float
    parallels: tuple[float, float]

    def at(self, point: Point) -> Point:
        south, north = (radians(degree) for degree in self.parallels)
        n = (sin(south) + sin(north)) / 2
        c = cos(south) ** 2 + 2 * n * sin(south)
        distance, angle = sqrt(c - 2 * n * sin(radians(point[1]))) / n, n * radians(point[0] - self.meridian)
        return distance * sin(angle), distance * cos(angle)


@dataclass(frozen=True)
class _Frame:
    """One outline on a drawing: its projection, where it stands, and which degrees (west, south, east, north) it has.

    fills  the land goes on beyond the drawing's edges, so that the degrees are laid into the box, not the outline
    """

    shape: str
    projection: _Albers
    box: tuple[float, float, float, float]
    degrees: tuple[float, float, float, float]
    fills: bool = False

    def holds(self, longitude: float, latitude: float) -> bool:
        west, south, east, north = self.degrees
        return west <= longitude <= east and south <= latitude <= north


FRAMES: dict[str, tuple[_Frame, ...]] = {
    "US": (
        _Frame("US", _Albers(-96, (29.5, 45.5)), (MARGIN, MARGIN, WIDTH - MARGIN, 420), (-125, 24, -66, 50)),
        _Frame("AK", _Albers(-154, (55, 65)), (MARGIN, 330, 170, HEIGHT - MARGIN), (-170, 51, -129, 72)),
        _Frame("HI", _Albers(-157.5, (19, 22)), (190, 390, 290, HEIGHT - MARGIN), (-161, 18, -154, 23)),
    ),
    "CN": (_Frame("CN", _Albers(105, (25, 47)), (0, 0, WIDTH, HEIGHT), (74, 17, 135, 53), fills=True),),
}


def city_map(country: str, spots: Sequence[Spot]) -> CityMap:
    """Return the map of a country with its cities; one that lies in none of its frames is left out.

    country  "US" or "CN"
    """
    charts = [_chart(frame) for frame in FRAMES[country]]
    most = max((spot.weight for spot in spots), default=1)
    dots = [dot for spot in spots for dot in _dot(spot, country, charts, most)]
    return CityMap(
        WIDTH,
        HEIGHT,
        land="".join(chart.land for chart in charts),
        lines="".join(chart.lines for chart in charts),
        dots=dots,
        labels=_labels(dots),
    )


def key_mark(kind: str) -> Dot:
    """Return the mark of a kind alone, in the middle of a square of twenty, as the key beside a map shows it."""
    return Dot(Spot("", "", 0, 0, kind=kind), 10, 10, DOT + 1)


@dataclass(frozen=True)
class _Chart:
    """A frame's outline as paths, and how its projection is laid into its box."""

    land: str
    lines: str
    scale: float
    left: float
    top: float

    def at(self, point: Point) -> Point:
        return round(self.left + point[0] * self.scale, 1), round(self.top + point[1] * self.scale, 1)


@lru_cache
def _chart(frame: _Frame) -> _Chart:
    shape: dict[str, Any] = json.loads(_SHAPES.read_text("utf-8"))[frame.shape]
    land, lines = ([[frame.projection.at(point) for point in _points(path)] for path in shape[name]] for name in shape)
    laid = (
        [frame.projection.at(point) for point in _corners(frame)] if frame.fills else [p for path in land for p in path]
    )
    xs, ys = [x for x, _ in laid], [y for _, y in laid]
    left, top, right, bottom = frame.box
    scale = min((right - left) / (max(xs) - min(xs)), (bottom - top) / (max(ys) - min(ys)))
    middle = (left + right - (max(xs) + min(xs)) * scale) / 2, (top + bottom - (max(ys) + min(ys)) * scale) / 2
    bare = _Chart("", "", scale, *middle)
    filled, drawn = (
        "".join(_path(map(bare.at, path), end) for path in paths) for paths, end in ((land, "Z"), (lines, ""))
    )
    return _Chart(filled, drawn, scale, *middle)


def _corners(frame: _Frame) -> Iterator[Point]:
    west, south, east, north = frame.degrees
    yield from ((x, y) for x in (west, (west + east) / 2, east) for y in (south, north))


def _points(steps: Sequence[int]) -> Iterator[Point]:
    """Return degrees from whole hundredths, each but the first a step from the one before.

    On long ways there are points in between, since a straight border is none in the projection.
    """
    known = list(zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True))
    yield known[0][0] / 100, known[0][1] / 100
    for (x1, y1), (x2, y2) in pairwise(known):
        parts = 1 + max(abs(x2 - x1), abs(y2 - y1)) // 200
        yield from (
            ((x1 + (x2 - x1) * part / parts) / 100, (y1 + (y2 - y1) * part / parts) / 100)
            for part in range(1, parts + 1)
        )


def _path(points: Iterable[Point], end: str) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + end


def _dot(spot: Spot, country: str, charts: Sequence[_Chart], most: int) -> Iterator[Dot]:
    for frame, chart in zip(FRAMES[country], charts, strict=True):
        if frame.holds(spot.longitude, spot.latitude):
            x, y = chart.at(frame.projection.at((spot.longitude, spot.latitude)))
            grown = sqrt(max(spot.weight - 1, 0) / (most - 1)) if most > 1 else 0.0
            yield Dot(spot, x, y, round(DOT + (LARGEST_DOT - DOT) * grown, 1))
            return


def _labels(dots: Sequence[Dot]) -> list[Label]:
    """Return the names of those that hosted most, as far as they find room beside the marks that count most."""
    ordered = sorted(dots, key=lambda dot: (-dot.spot.weight, dot.spot.address))
    chosen, kept_clear = ordered[:MOST_NAMES], ordered[:MOST_KEPT_CLEAR]
    obstacles = Obstacles(WIDTH, HEIGHT, [(dot.x, dot.y, dot.radius) for dot in kept_clear], [], [])
    wanted = [(dot.x, dot.y, dot.radius, dot.spot.name, NAME_SIZE) for dot in chosen]
    return placed(wanted, obstacles, leave_out=True)

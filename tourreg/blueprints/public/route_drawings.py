"""Routes drawn at true longitude and latitude: an event's cover, its map with names, and the strip over all programmes.

Every drawing is an equirectangular map whose middle parallel is true; y grows downwards, as in SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import asin, atan2, ceil, cos, degrees, hypot, radians, sin

from tourreg.blueprints.public.label_places import Label, Obstacles, placed

Point = tuple[float, float]
# A route stays while its places are taken; its drawing is made once in a process.
DRAWINGS_KEPT = 256
STEPS = (1, 2, 5, 10, 15, 30)
# From here on a leg is drawn as the great circle that one flies.
LONG_LEG_DEGREES = 40
LONG_LEG_POINTS = 32
BULGE = 0.12


@dataclass(frozen=True)
class Place:
    """A stop: where it lies, what the page calls it, and whether it is the event's own city or on an optional tour."""

    name: str
    longitude: float
    latitude: float
    optional: bool = False


@dataclass(frozen=True)
class Leg:
    """From one stop to the next, as an SVG path."""

    path: str
    optional: bool


@dataclass(frozen=True)
class Dot:
    """A stop on the drawing."""

    x: float
    y: float
    radius: float
    optional: bool


@dataclass(frozen=True)
class Drawing:
    """What a template needs to draw a route.

    graticule  all meridians and parallels as one path
    degrees    names of the lines: x, y, words
    """

    width: int
    height: int
    graticule: str
    degrees: list[tuple[float, float, str]]
    legs: list[Leg]
    dots: list[Dot]
    labels: list[Label]


@dataclass(frozen=True)
class Window:
    """The part of a canvas that the route may fill."""

    left: float
    top: float
    right: float
    bottom: float


@lru_cache(DRAWINGS_KEPT)
def cover(route: tuple[Place, ...]) -> Drawing | None:
    """Return the small drawing on a cover, without names; clear of the slip, which hangs at the upper left."""
    beside, below = Window(66, 20, 114, 158), Window(22, 140, 112, 164)
    chosen = max((beside, below), key=lambda window: _Map.of([route], window, closest=7).scale) if route else beside
    return _drawn([route], (128, 176), chosen, closest=7, line_gap=32) if route else None


@lru_cache(DRAWINGS_KEPT)
def route_map(route: tuple[Place, ...]) -> Drawing | None:
    """Return the map in the head of an event's page: every stop named, the event's own cities larger."""
    if not route:
        return None
    plain = _drawn([route], (420, 330), Window(70, 44, 352, 272), closest=30, line_gap=64, radii=(7, 4.5))
    return _named(plain, _once(route), sizes=(20, 13))


@lru_cache(DRAWINGS_KEPT)
def strip(routes: tuple[tuple[Place, ...], ...]) -> Drawing | None:
    """Return the wide drawing over a list: all routes, and the names that find room."""
    shown = list(dict.fromkeys(route for route in routes if route))
    if not shown:
        return None
    plain = _drawn(shown, (1160, 220), Window(110, 26, 1050, 184), closest=9, line_gap=110, radii=(4, 3))
    return _named(plain, _once([place for route in shown for place in route]), sizes=(17, 13), leave_out=True)


@dataclass(frozen=True)
class _Map:
    """Degrees to pixels: `scale` pixels for a degree of latitude, less for one of longitude."""

    scale: float
    narrowing: float
    west: float
    north: float
    left: float
    top: float

    @classmethod
    def of(cls, routes: Sequence[Sequence[Place]], window: Window, *, closest: float) -> _Map:
        points = [point for route in routes for leg in pairwise(_unwrapped(route)) for point in _outline(*leg)]
        points += [point for route in routes for point in _unwrapped(route)]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        narrowing = cos(radians((south + north) / 2))
        width, height = window.right - window.left, window.bottom - window.top
        wide, tall = max((east - west) * narrowing, 0.01), max(north - south, 0.01)
        scale = min(width / wide, height / tall, closest)
        left = window.left + (width - wide * scale) / 2
        return cls(scale, narrowing, west, north, left, window.top + (height - tall * scale) / 2)

    def at(self, point: Point) -> Point:
        return (
            self.left + (point[0] - self.west) * self.narrowing * self.scale,
            self.top + (self.north - point[1]) * self.scale,
        )

    def longitude(self, x: float) -> float:
        return self.west + (x - self.left) / (self.narrowing * self.scale)

    def latitude(self, y: float) -> float:
        return self.north - (y - self.top) / self.scale


def _drawn(
    routes: Sequence[Sequence[Place]],
    size: tuple[int, int],
    window: Window,
    *,
    closest: float,
    line_gap: float,
    radii: tuple[float, float] = (3.5, 3.5),
) -> Drawing:
    chart = _Map.of(routes, window, closest=closest)
    lines, names = _graticule(chart, size, line_gap)
    everywhere = _once([place for route in routes for place in route])
    return Drawing(
        *size,
        graticule=lines,
        degrees=names,
        legs=[leg for route in routes for leg in _legs(route, chart)],
        dots=[
            Dot(*_rounded(chart.at(point)), radii[place.optional], place.optional)
            for place, point in zip(everywhere, _unwrapped(everywhere), strict=True)
        ],
        labels=[],
    )


def _named(drawing: Drawing, places: Sequence[Place], *, sizes: tuple[int, int], leave_out: bool = False) -> Drawing:
    """Return the drawing with the names of its stops, the larger size for the event's own.

    leave_out  where no room is left a name is missing; else it stands at the least bad place
    """
    wanted = [
        (dot.x, dot.y, dot.radius, place.name, sizes[place.optional])
        for dot, place in zip(drawing.dots, places, strict=True)
    ]
    obstacles = Obstacles(
        width=drawing.width,
        height=drawing.height,
        dots=[(dot.x, dot.y, dot.radius) for dot in drawing.dots],
        lines=[point for leg in drawing.legs for point in _points_of(leg.path)],
        words=[(x, y - 9, x + 34, y + 3) for x, y, _words in drawing.degrees],
    )
    return replace(drawing, labels=placed(wanted, obstacles, leave_out=leave_out))


def _once(route: Iterable[Place]) -> list[Place]:
    """Return each place once, as the event's own city where it is that at least once."""
    best: dict[Point, Place] = {}
    for place in route:
        spot = (place.longitude, place.latitude)
        if spot not in best or (best[spot].optional and not place.optional):
            best[spot] = place
    return list(best.values())


def _unwrapped(route: Sequence[Place]) -> list[Point]:
    """Return the longitudes so that China and America lie on both sides of the Pacific, not of the Atlantic."""
    return [(place.longitude + (360 if place.longitude < -30 else 0), place.latitude) for place in route]


def _graticule(chart: _Map, size: tuple[int, int], line_gap: float) -> tuple[str, list[tuple[float, float, str]]]:
    width, height = size
    meridians = _whole_degrees(chart.longitude(0), chart.longitude(width), line_gap / (chart.scale * chart.narrowing))
    parallels = _whole_degrees(chart.latitude(height), chart.latitude(0), line_gap / chart.scale)
    xs = [(_round(chart.at((degree, 0))[0]), _longitude_name(degree)) for degree in meridians]
    ys = [(_round(chart.at((0, degree))[1]), f"{abs(degree)}°{'N' if degree >= 0 else 'S'}") for degree in parallels]
    path = "".join(f"M{x:g} 0V{height}" for x, _ in xs) + "".join(f"M0 {y:g}H{width}" for y, _ in ys)
    names = [(x + 4, height - 4.0, name) for x, name in xs if x < width - 40]
    return path, names + [(2.0, y - 4, name) for y, name in ys if 16 < y < height - 16]


def _whole_degrees(low: float, high: float, at_least: float) -> list[int]:
    step = next((step for step in STEPS if step >= at_least), STEPS[-1])
    return [degree for degree in range(ceil(low / step) * step, int(high) + 1, step) if low < degree < high]


def _longitude_name(degree: int) -> str:
    turned = (degree + 180) % 360 - 180
    if turned in (0, -180):
        return f"{abs(turned)}°"
    return f"{abs(turned)}°{'E' if turned > 0 else 'W'}"


def _legs(route: Sequence[Place], chart: _Map) -> list[Leg]:
    stages = zip(pairwise(route), pairwise(_unwrapped(route)), strict=True)
    return [
        Leg(_path(*spots, chart), optional=start.optional or end.optional)
        for (start, end), spots in stages
        if spots[0] != spots[1]
    ]


def _path(start: Point, end: Point, chart: _Map) -> str:
    if abs(end[0] - start[0]) >= LONG_LEG_DEGREES:
        x, y = zip(*(_rounded(chart.at(point)) for point in _great_circle(start, end)), strict=True)
        return "M" + "L".join(f"{a:g} {b:g}" for a, b in zip(x, y, strict=True))
    (x1, y1), (x2, y2) = chart.at(start), chart.at(end)
    bend = ((x1 + x2) / 2 + (y2 - y1) * BULGE, (y1 + y2) / 2 - (x2 - x1) * BULGE)
    words = [f"{x:g} {y:g}" for x, y in map(_rounded, ((x1, y1), bend, (x2, y2)))]
    return f"M{words[0]}Q{words[1]} {words[2]}"


def _outline(start: Point, end: Point) -> Sequence[Point]:
    """Return the points that a leg needs room for."""
    return _great_circle(start, end) if abs(end[0] - start[0]) >= LONG_LEG_DEGREES else (start, end)


def _great_circle(start: Point, end: Point) -> list[Point]:
    """Return points on the shortest way over the globe, both ends inclusive."""
    a, b = _on_the_sphere(start), _on_the_sphere(end)
    span = 2 * asin(hypot(*(p - q for p, q in zip(a, b, strict=True))) / 2)
    parts = [step / LONG_LEG_POINTS for step in range(LONG_LEG_POINTS + 1)]
    ways = [(sin((1 - part) * span) / sin(span), sin(part * span) / sin(span)) for part in parts]
    mixed = ([near * p + far * q for p, q in zip(a, b, strict=True)] for near, far in ways)
    spots = [(degrees(atan2(y, x)), degrees(asin(max(-1.0, min(1.0, z))))) for x, y, z in mixed]
    straight = [start[0] + part * (end[0] - start[0]) for part in parts]
    return [(x + 360 * round((near - x) / 360), y) for (x, y), near in zip(spots, straight, strict=True)]


def _on_the_sphere(point: Point) -> tuple[float, float, float]:
    longitude, latitude = radians(point[0]), radians(point[1])
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def _points_of(path: str) -> list[Point]:
    """Return points along a path of ours, close enough to keep names off it."""
    if "Q" not in path:
        pairs = (pair.split() for pair in path[1:].split("L"))
        return [(float(x), float(y)) for x, y in pairs]
    x1, y1, x2, y2, x3, y3 = (float(number) for number in path[1:].replace("Q", " ").split())
    parts = [step / 24 for step in range(25)]
    return [
        (
            (1 - part) ** 2 * x1 + 2 * part * (1 - part) * x2 + part**2 * x3,
            (1 - part) ** 2 * y1 + 2 * part * (1 - part) * y2 + part**2 * y3,
        )
        for part in parts
    ]


def _rounded(point: Point) -> Point:
    return _round(point[0]), _round(point[1])


def _round(number: float) -> float:
    return round(number, 1)

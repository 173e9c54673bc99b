"""Cities stand on maps where they lie, on land, and nothing of a map is left without its meaning."""

from itertools import pairwise

import pytest

from tourreg.blueprints.maps import FRAMES, HEIGHT, MOST_NAMES, WIDTH, Spot, _Albers, city_map

PLACES = {
    "US": {
        "Seattle": (-122.33, 47.61), "Denver": (-104.99, 39.74), "Dallas": (-96.8, 32.78), "Chicago": (-87.65, 41.88),
        "Nashville": (-86.78, 36.16), "Anchorage": (-149.86, 61.2), "Hilo": (-155.2, 19.6), "Atlanta": (-84.39, 33.75),
    },
    "CN": {
        "Urumqi": (87.62, 43.83), "Harbin": (126.64, 45.76), "Beijing": (116.4, 39.9), "Wuhan": (114.3, 30.6),
        "Haikou": (110.33, 19.95), "Lhasa": (91.11, 29.65), "Yangzhou": (119.42, 32.39),
    },
}  # fmt: skip


def spots(country: str) -> list[Spot]:
    return [Spot(name, f"/{name}", *degrees) for name, degrees in PLACES[country].items()]


def rings(path: str) -> list[list[tuple[float, float]]]:
    """Return the corners of each ring of a path of ours."""
    told = (ring.removesuffix("Z") for ring in path.split("M") if ring)
    return [[(float(x), float(y)) for x, y in (pair.split() for pair in ring.split("L"))] for ring in told]


def is_on(land: str, x: float, y: float) -> bool:
    """Tell by the crossings of a ray to the right whether a point lies on land."""
    crossings = 0
    for ring in rings(land):
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("country", FRAMES)
def test_cities_far_from_the_coast_stand_on_land_within_the_drawing(country: str) -> None:
    drawn = city_map(country, spots(country))

    assert {dot.spot.name for dot in drawn.dots} == set(PLACES[country])
    inland = [dot for dot in drawn.dots if dot.spot.name not in ("Haikou", "Anchorage", "Seattle", "Hilo")]
    assert [dot.spot.name for dot in inland if not is_on(drawn.land, dot.x, dot.y)] == []
    assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in drawn.dots)


def test_east_is_right_and_north_is_above() -> None:
    by_name = {dot.spot.name: dot for country in PLACES for dot in city_map(country, spots(country)).dots}

    assert by_name["Seattle"].x < by_name["Denver"].x < by_name["Chicago"].x < by_name["Atlanta"].x
    assert by_name["Harbin"].y < by_name["Beijing"].y < by_name["Wuhan"].y < by_name["Haikou"].y


def test_equal_areas_of_the_globe_are_equal_on_the_map() -> None:
    projection = _Albers(-96, (29.5, 45.5))

    def area(south: float) -> float:
        corners = [(-100, south), (-99, south), (-99, south + 1), (-100, south + 1)]
        points = [projection.at(corner) for corner in corners]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))) / 2

    # The area of a degree by a degree on a globe of radius one is its width times the difference of the sines.
    globe = {25: 2.7479e-4, 45: 2.1350e-4}
    assert {south: area(south) / told for south, told in globe.items()} == pytest.approx({25: 1, 45: 1}, rel=2e-3)


def test_who_hosted_more_often_has_the_larger_mark() -> None:
    often, once = Spot("Denver", "/d", *PLACES["US"]["Denver"], weight=5), Spot("Dallas", "/x", *PLACES["US"]["Dallas"])

    larger, smaller = city_map("US", [often, once]).dots

    assert larger.radius > smaller.radius


def test_a_city_outside_the_drawing_is_left_out() -> None:
    assert city_map("US", [Spot("Guam", "/g", 144.8, 13.4)]).dots == []


def test_of_many_cities_only_those_that_hosted_most_are_named() -> None:
    many = [Spot(f"City {n}", f"/{n}", -120 + n % 60 * 0.9, 30 + n // 60 * 0.4, weight=n) for n in range(1200)]

    drawn = city_map("US", many)

    named = {label.words for label in drawn.labels}
    assert len(drawn.dots) == len(many)
    assert named <= {f"City {n}" for n in range(1200 - MOST_NAMES, 1200)}

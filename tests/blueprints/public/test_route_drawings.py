"""Routes are drawn where the cities lie, and every name can be read."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.cast import CITIES
from tourreg.blueprints.public import route_drawings
from tourreg.blueprints.public.label_places import overlap
from tourreg.blueprints.public.route_drawings import Drawing, Place


def place(slug: str, language: str = "en", *, optional: bool = False) -> Place:
    name, _region, _country, _zone, latitude, longitude, _population = CITIES[slug]
    return Place(name.in_(language), longitude, latitude, optional)


def summit(language: str) -> tuple[Place, ...]:
    route = ("beijing", "xian", "yangzhou", "hangzhou", "shanghai")
    return tuple(place(slug, language, optional=slug != "yangzhou") for slug in route)


def tour(language: str) -> tuple[Place, ...]:
    return tuple(place(slug, language) for slug in ("fort-collins", "davenport", "charlotte"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("route", [summit, tour])
def test_no_name_on_a_map_covers_another_or_leaves_it(route, language: str) -> None:
    drawing = route_drawings.route_map(route(language))

    assert drawing is not None
    assert {label.words for label in drawing.labels} == {spot.name for spot in route(language)}
    assert_readable(drawing)


@settings(max_examples=60, deadline=None)
@given(
    some.lists(
        some.tuples(some.floats(75, 130), some.floats(20, 48)),
        min_size=1,
        max_size=5,
        unique_by=lambda at: round(at[0]),
    )
)
def test_a_strip_leaves_out_what_cannot_be_read(spots: list[tuple[float, float]]) -> None:
    drawing = route_drawings.strip((tuple(Place(f"Lanzhou {number}", *spot) for number, spot in enumerate(spots)),))

    assert drawing is not None
    assert_readable(drawing)


def test_east_is_right_and_north_is_up() -> None:
    drawing = route_drawings.route_map(summit("en"))

    assert drawing is not None
    beijing, xian, yangzhou, _hangzhou, shanghai = drawing.dots
    assert xian.x < beijing.x < yangzhou.x < shanghai.x
    assert beijing.y < xian.y < yangzhou.y < shanghai.y


def test_the_way_to_america_leads_over_the_pacific() -> None:
    drawing = route_drawings.strip(((place("beijing"), place("fort-collins")),))

    assert drawing is not None
    beijing, fort_collins = drawing.dots
    assert beijing.x < fort_collins.x
    assert "150°W" in {words for _x, _y, words in drawing.degrees}
    highest = min(float(pair.split()[1]) for pair in drawing.legs[0].path[1:].split("L"))
    assert highest < min(beijing.y, fort_collins.y)


def test_a_cover_keeps_its_stops_clear_of_the_slip() -> None:
    for route in (summit("zh"), tour("zh"), (place("yangzhou"),)):
        drawing = route_drawings.cover(route)
        assert drawing is not None
        assert all(dot.x >= 60 or dot.y >= 136 for dot in drawing.dots)
        assert all(0 < dot.x < drawing.width and 0 < dot.y < drawing.height for dot in drawing.dots)


def test_a_city_visited_twice_is_one_dot_with_one_name() -> None:
    drawing = route_drawings.route_map((place("beijing", optional=True), place("xian"), place("beijing")))

    assert drawing is not None
    assert [label.words for label in drawing.labels] == ["Beijing", "Xi’an"]
    assert len(drawing.legs) == 2


def test_an_event_without_stops_has_no_drawing() -> None:
    assert route_drawings.cover(()) is None
    assert route_drawings.route_map(()) is None
    assert route_drawings.strip(((),)) is None


def assert_readable(drawing: Drawing) -> None:
    for one, other in combinations(drawing.labels, 2):
        assert overlap(one.box, other.box) == 0, (one.words, other.words)
    for label in drawing.labels:
        left, top, right, bottom = label.box
        assert left >= 0, label.words
        assert top >= 0, label.words
        assert right <= drawing.width, label.words
        assert bottom <= drawing.height, label.words
        assert not any(
            overlap(label.box, (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius))
            for dot in drawing.dots
        ), label.words

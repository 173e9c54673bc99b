"""Small tours and offers, made up by hypothesis or by hand; and every route through them, found by trying all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import strategies as st

from tourreg.domain.matching.routes import Fixed
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Charge, Leg, Offer, Point, Taken, Weights, Window, distance_km

FIRST = date(2027, 3, 8)  # clocks change on the 14th in the United States, which days do not notice
TODAY = date(2027, 2, 1)
DALLAS = Point(32.78, -96.80, "Dallas")
ALBANY = Point(42.65, -73.75, "Albany")


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def window(first: int, last: int) -> Window:
    return Window(on(first), on(last))


def an_offer(key: str = "a", *, first: int = 0, last: int = 9, **facts: object) -> Offer:
    plain: dict[str, object] = {"city": key, "at": DALLAS, "windows": (window(first, last),), "largest": 20}
    return Offer(key=key, **(plain | facts))  # type: ignore[arg-type]


def a_leg(first: int = 0, last: int = 4, *, nights: int = 2, people: int = 18, **facts: object) -> Leg:
    return Leg(window(first, last), nights, people, **facts)  # type: ignore[arg-type]


spans = st.tuples(st.integers(0, 8), st.integers(0, 4)).map(lambda pair: window(pair[0], pair[0] + pair[1]))
points = st.builds(Point, st.integers(25, 48), st.integers(-120, -75))
topics = st.lists(st.sampled_from(("water", "energy", "parks")), max_size=2, unique=True).map(tuple)
legs = st.builds(
    Leg,
    spans,
    nights=st.integers(0, 3),
    people=st.integers(5, 9),
    topics=topics,
    languages=st.sampled_from(((), ("zh",))),
    near=st.none() | points,
    towards=st.none() | points,
    within_km=st.none() | st.integers(500, 3000),
    homestay=st.booleans(),
    budget_minor=st.none() | st.integers(1, 4000),
)
charges = st.builds(Charge, st.integers(1, 300), st.sampled_from(("group", "person_night")))
offers_at = st.builds(
    Offer,
    key=st.just(""),
    city=st.sampled_from("ABCDE"),
    at=st.just(DALLAS),
    windows=st.lists(spans, max_size=3).map(tuple),
    blackouts=st.frozensets(st.integers(0, 12).map(on), max_size=2),
    notice_days=st.sampled_from((0, 30, 37)),
    smallest=st.integers(1, 6),
    largest=st.integers(6, 12),
    days_most=st.integers(1, 3),
    topics=st.dictionaries(st.sampled_from(("water", "energy", "parks")), st.integers(0, 5), max_size=3),
    spoken=st.frozensets(st.just("zh")),
    homestay_places=st.none() | st.integers(1, 12),
    charges=st.lists(charges, max_size=1).map(tuple),
    hosted=st.integers(0, 3),
    may_share=st.booleans(),
)
PLACES = {city: Point(30 + 3 * number, -120 + 9 * number) for number, city in enumerate("ABCDE")}


def named(offers: list[Offer]) -> list[Offer]:
    """Give each offer its own key, and each city its place."""
    facts = [vars(offer) | {"key": f"{number}", "at": PLACES[offer.city]} for number, offer in enumerate(offers)]
    return [Offer(**each) for each in facts]


def _as_equals(drawn: tuple[list[Offer], list[int]]) -> list[Offer]:
    """Return offers of as many cities, each with all that one of a few has, place included."""
    few, which = drawn
    return [
        Offer(**(vars(few[each % len(few)]) | {"key": f"{number}", "city": "ABCDEF"[number]}))
        for number, each in enumerate(which)
    ]


equal_offers = st.tuples(
    st.lists(offers_at, min_size=1, max_size=2), st.lists(st.integers(0, 1), min_size=2, max_size=6)
).map(_as_equals)
offer_lists = st.lists(offers_at, max_size=7).map(named)
leg_lists = st.lists(legs, min_size=1, max_size=3)
weights = st.builds(Weights, between_100_km=st.integers(0, 9), idle_day=st.integers(0, 12), topic=st.integers(0, 40))


def every_route(
    tour: Sequence[Leg],
    offers: Sequence[Offer],
    weighed: Weights,
    *,
    fixed: Mapping[int, Fixed] | None = None,
    taken: Sequence[Taken] = (),
) -> dict[tuple[str, ...], int]:
    """Return the most points of each row of cities that keeps every rule."""
    found: dict[tuple[str, ...], int] = {}
    for cities, points_of_route in _tried(tour, offers, weighed, fixed or {}, taken):
        found[cities] = max(points_of_route, found.get(cities, points_of_route))
    return found


def _tried(
    tour: Sequence[Leg], offers: Sequence[Offer], weighed: Weights, fixed: Mapping[int, Fixed], taken: Sequence[Taken]
) -> Iterator[tuple[tuple[str, ...], int]]:
    stays = []
    for number, leg in enumerate(tour):
        chosen = fixed.get(number)
        of_leg = scores(leg, offers, weighed, taken=taken, today=TODAY)
        stays.append(
            [
                (score.offer, day, score.points)
                for score in of_leg
                for day in score.starts
                if chosen is None or (chosen.offer == score.offer.key and chosen.start_on in (None, day))
            ]
        )
    for row in product(*stays):
        cities = tuple(offer.city for offer, _, _ in row)
        idle = [
            (later[1] - earlier[1]).days - leg.days for leg, earlier, later in zip(tour, row, row[1:], strict=False)
        ]
        if len(set(cities)) < len(cities) or any(days < 0 for days in idle):
            continue
        lost = sum(
            weighed.between_100_km * distance_km(earlier[0].at, later[0].at) // 100 for earlier, later in pairwise(row)
        )
        yield cities, sum(points for _, _, points in row) - lost - weighed.idle_day * sum(idle)

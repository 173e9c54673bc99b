"""Cities for the legs of a tour: two thousand offers for one leg, and a route over eight legs."""

import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bench.figures import Figure, fastest, seconds
from tourreg.domain.matching.routes import Proposal, propose_routes, within_seconds
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Leg, Offer, Point, Weights, Window

OFFERS, ROUTE_OFFERS, LEGS, MOST_SECONDS, MOST_MEGABYTES = 2_000, 300, 8, 5, 300
FIRST_ON, TODAY = date(2027, 5, 3), date(2027, 1, 4)
YEAR = Window(FIRST_ON, FIRST_ON + timedelta(days=364))
TOPICS = ("water", "energy", "brownfields", "transport", "parks", "budgets")


def figures() -> Iterator[Figure]:
    offers = _offers(OFFERS)
    took = fastest(lambda: scores(_legs()[0], offers, Weights(), today=TODAY), turns=3, clock=time.process_time)
    yield Figure(
        f"scores of {OFFERS:,} offers for one leg, with reasons", f"{took:.2f} s", f"{took / OFFERS * 1e6:.0f} µs each"
    )
    before = _peak_megabytes()
    some = _offers(ROUTE_OFFERS)
    any_day = [replace(offer, windows=(YEAR,)) for offer in some]
    yield _route("", _legs(), some)
    yield _route(", any day of a year", _any_day(), any_day)
    yield _route(", all equal in one place", _legs(), _equal(some, some[0].at))
    yield _route(", all equal in one place, any day of a year", _any_day(), _equal(any_day, some[0].at))
    yield _route(", all equal in other places", _legs(), _equal(some))
    yield _route(", all equal in other places, any day of a year", _any_day(), _equal(any_day))
    peak = _peak_megabytes()
    beside = f"{before:.0f} MB at most before them"
    gate = f"< {MOST_MEGABYTES} MB"
    yield Figure("most memory during these routes", f"{peak:.0f} MB", beside, gate, peak < MOST_MEGABYTES)


def _peak_megabytes() -> float:
    """Return the most that this process ever weighed."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _route(which: str, legs: Sequence[Leg], offers: Sequence[Offer]) -> Figure:
    found: list[Proposal] = []
    go_on = within_seconds(MOST_SECONDS, time.monotonic)
    took = seconds(
        lambda: found.append(propose_routes(legs, offers, Weights(), today=TODAY, go_on=go_on)), time.perf_counter
    )
    (proposal,) = found
    how_good = "the three best, proven" if proposal.is_proven else f"within {proposal.gap} points of the best"
    gate = f"≤ {MOST_SECONDS} s to the best, or to a stated gap"
    kept = bool(proposal.routes) and proposal.gap is not None and took <= MOST_SECONDS + 1
    return Figure(f"route over {LEGS} legs with {ROUTE_OFFERS} offers{which}", f"{took:.2f} s", how_good, gate, kept)


def _legs() -> list[Leg]:
    """Return legs of three nights, each with a week to lie in."""
    windows = (FIRST_ON + timedelta(days=3 * number) for number in range(LEGS))
    return [
        Leg(Window(first_on, first_on + timedelta(days=6)), 3, 18, topics=(TOPICS[number % 3], TOPICS[3]))
        for number, first_on in enumerate(windows)
    ]


def _equal(offers: Sequence[Offer], at: Point | None = None) -> list[Offer]:
    """Return offers that are worth the same on the same days, where they are or all in one place."""
    return [
        replace(offers[0], key=offer.key, city=offer.city, at=at or offer.at, windows=(YEAR,), days_most=3, largest=30)
        for offer in offers
    ]


def _any_day() -> list[Leg]:
    return [replace(leg, window=YEAR) for leg in _legs()]


def _offers(count: int) -> list[Offer]:
    chance = random.Random(27)
    return [_offer(str(number), chance) for number in range(count)]


def _offer(key: str, chance: random.Random) -> Offer:
    first_on = FIRST_ON + timedelta(days=chance.randrange(20))
    return Offer(
        key,
        key,
        Point(chance.uniform(28, 47), chance.uniform(-122, -72)),
        (Window(first_on, first_on + timedelta(days=chance.randrange(5, 30))),),
        notice_days=60,
        largest=chance.randrange(15, 40),
        days_most=chance.randrange(1, 4),
        topics={topic: chance.randrange(1, 4) for topic in chance.sample(TOPICS, 2)},
        hosted=chance.randrange(3),
        asked=2,
        tours=12,
    )

"""Legs of three sample tours, and what cities answered for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import offer_queries, request_answers, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_answers import Given
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import Asking, Span
from tourreg.domain.matching import legs, route_searches, weighing
from tourreg.domain.matching.legs import LegPlan, legs_of, wanted
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.reading import read_offers
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Score
from tourreg.kernel.clock import local_day
from tourreg.tasks.routes import find_routes

PLANNED, ASKED, TO_CHINA = "districts-around-transit", "green-schools-us", "old-quarters-new-uses"
CHICAGO, DENVER, NASHVILLE, ATLANTA = "us-1714000", "us-0820000", "us-4752006", "us-1304000"
HANGZHOU = "cn-3301"
# First and last day of the window counted from the tour's first, nights, and what is wanted.
LEGS: dict[str, tuple[tuple[int, int, int, dict[str, Any]], ...]] = {
    PLANNED: (
        (0, 4, 2, {"topics": ("transit", "planning"), "near": CHICAGO, "within_km": 900, "languages": ("zh",)}),
        (2, 6, 2, {"topics": ("downtown-renewal", "brownfields"), "languages": ("zh",)}),
        (4, 8, 2, {"topics": ("transit", "parks"), "near": CHICAGO, "towards": ATLANTA, "within_km": 600}),
        (6, 10, 2, {"topics": ("energy",), "budget_minor": 60_000}),
        (8, 10, 1, {"near": ATLANTA, "within_km": 800, "homestay": True, "people": 12}),
    ),
    ASKED: (
        (0, 4, 2, {"topics": ("energy", "resilience"), "near": DENVER, "within_km": 1_500, "languages": ("zh",)}),
        (2, 6, 2, {"topics": ("energy",), "languages": ("zh",)}),
        (4, 8, 2, {"topics": ("parks", "energy"), "near": CHICAGO, "within_km": 900}),
        (6, 9, 2, {"topics": ("budgeting",), "near": NASHVILLE, "within_km": 900}),
    ),
    TO_CHINA: (
        (0, 4, 2, {"topics": ("downtown-renewal",), "languages": ("en",), "near": HANGZHOU, "within_km": 1_200}),
        (3, 7, 2, {"topics": ("water", "downtown-renewal"), "languages": ("en",)}),
        (5, 9, 2, {"topics": ("brownfields", "parks")}),
        (8, 9, 1, {"topics": ("budgeting",), "people": 200}),
    ),
}
WORDS = "Sample. They want to see how it was decided, what it cost, and who looks after it now."
PEOPLE = 16
# What the best city for each leg answered, in the order of the legs.
ANSWERS = ("confirmed", "confirmed", "countered", "")
A_MONTH, TEN_DAYS, A_WEEK = timedelta(days=30), timedelta(days=10), timedelta(days=7)


def make_tour_legs(season: Season, now: datetime) -> None:
    """Write the legs down, search routes for two tours, and ask a city for each leg of the third."""
    for key in LEGS:
        _write(season.events[key].public_id, key, now)
    for key in (PLANNED, TO_CHINA):
        _search(season.events[key].public_id, key, now)
    _ask(season.events[ASKED].public_id, now)


def _write(event: str, key: str, now: datetime) -> None:
    with writing():
        tour = _event(event)
        for first, last, nights, wishes in LEGS[key]:
            days = {"first_on": _day(tour, first), "last_on": _day(tour, last)}
            plan = LegPlan(**{"people": PEOPLE, "words": WORDS, "nights": nights, **days, **wishes})
            legs.add_leg(
                tour, plan, today=local_day(now, tour.zone), submission_key=None, now=now, by=programme_officer()
            )


def _search(event: str, key: str, now: datetime) -> None:
    with writing():
        by = programme_officer()
        search = route_searches.begin_search(_event(event), {}, submission_key=f"demo-{key}", now=now, by=by)
        public_id = search.public_id
    find_routes(public_id, now=now)


def _ask(event: str, now: datetime) -> None:
    """Ask the best city that is still free for each leg a month ago; the last of them let its time go by."""
    tour, gone = _event(event), set[str]()
    for (leg, best), answer in zip(_best_of(tour, now), ANSWERS, strict=True):
        score = next((each for each in best if each.offer.city not in gone), None)
        if score is None:
            continue
        gone.add(score.offer.city)
        deadline_on = local_day(now + (A_WEEK if answer else -TEN_DAYS), tour.zone)
        request = _asked(event, leg, score, deadline_on, now - A_MONTH)
        if answer:
            _answer(request, answer, now - TEN_DAYS)
        else:
            with writing():
                requests.lapse(queries.request_to_change(request), now=now)


def _best_of(tour: Event, now: datetime) -> Iterator[tuple[TourLeg, list[Score]]]:
    """Yield each leg with the offers that can be and whose city somebody speaks for, the best first."""
    read, reached = read_offers(tour), queries.names_of_cities_to_ask()
    today = local_day(now - A_MONTH, tour.zone)
    for leg in list(legs_of(tour.id)):
        found = scores(wanted(leg), read.offers, weighing.weights(), today=today)
        yield leg, [each for each in found if each.starts and each.offer.city in reached and _fits(leg, each)]


def _fits(leg: TourLeg, score: Score) -> bool:
    return score.offer.days_most >= wanted(leg).days


def _asked(event: str, leg: TourLeg, score: Score, deadline_on: date, at: datetime) -> str:
    first_on = score.starts[0]
    days = Span(first_on, first_on + timedelta(days=max(1, leg.nights) - 1))
    with writing():
        offer = offer_queries.offer_to_change(score.offer.key)
        asking = Asking(days, leg.people, leg.words, deadline_on)
        made = requests.ask(
            _event(event), offer.city, offer, asking, submission_key=None, now=at, by=programme_officer()
        )
        return made.public_id


def _answer(request: str, answer: str, at: datetime) -> None:
    with writing():
        locked = queries.request_to_change(request)
        later = Span(locked.first_on + A_WEEK, locked.last_on + A_WEEK) if answer == "countered" else None
        words = "Sample: a week later suits us better." if later else ""
        profile = _contact_of(locked)
        given = Given(answer, profile.contact_name, words, later)
        request_answers.answer(locked, given, seen="asked", now=at, by=actor(profile))


def _contact_of(request: HostingRequest) -> HostProfile:
    theirs = select(HostProfile).where(HostProfile.city_id == request.city_id, HostProfile.state == "accepted")
    return db.session.scalars(theirs.order_by(HostProfile.id)).first() or _nobody()


def _nobody() -> HostProfile:
    raise LookupError("nobody speaks for the city")


def _event(public_id: str) -> Event:
    return db.session.scalars(select(Event).where(Event.public_id == public_id)).one()


def _day(tour: Event, place: int) -> date:
    return tour.starts_on + timedelta(days=place)

"""Two sample requests to host cities: one held, one to which the city proposed other dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.hosting import offer_queries, request_answers, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.request_answers import Given
from tourreg.domain.hosting.request_rules import Asking, Span, free_spans
from tourreg.kernel.clock import local_day

EVENT = "energy-efficiency-us"
HELD, COUNTERED = "dubuque", "las-cruces"
PEOPLE = 11
WORDS = (
    "Sample request. City managers and engineers from five cities want to see how a small city pays for its works, "
    "and who decides. A meeting with the council’s staff and one place on the ground would be enough."
)
A_WEEK = timedelta(days=7)


def make_hosting_requests(season: Season, now: datetime) -> None:
    """Let the office ask two cities a week ago, and each of them answer three days ago."""
    for city, kind in ((HELD, "held"), (COUNTERED, "countered")):
        offer = _offer_of(season.cities[city].id)
        if offer is not None:
            _ask(season, offer, kind, now)


def _offer_of(city_id: int) -> HostOffer | None:
    """Return the offer of a visit that the city has."""
    visits = select(HostOffer).where(HostOffer.city_id == city_id, HostOffer.kind == "visit")
    return db.session.scalars(visits.where(HostOffer.state == "offered").order_by(HostOffer.id)).first()


def _first_day(offer: HostOffer, asked_at: datetime) -> date:
    """Return the first day, from Monday to Wednesday, that leaves the notice and has two more free days behind it."""
    bounds = requests.bounds_of(offer)
    since = local_day(asked_at, offer.city.zone) + timedelta(days=bounds.notice_days + 1)
    spans = free_spans(bounds.windows, bounds.blackouts, (), since=since)
    days = (day for span in spans for day in span.days() if span.last_on - day >= timedelta(days=2))
    return next(day for day in days if day.weekday() <= 2)


def _ask(season: Season, offer: HostOffer, kind: str, now: datetime) -> None:
    asked_at, answered_at = now - A_WEEK, now - timedelta(days=3)
    first = _first_day(offer, asked_at)
    asking = Asking(Span(first, first), PEOPLE, WORDS, local_day(now, offer.city.zone) + A_WEEK)
    with writing():
        locked = offer_queries.offer_to_change(offer.public_id)
        event = season.events[EVENT]
        made = requests.ask(
            event, locked.city, locked, asking, submission_key=None, now=asked_at, by=programme_officer()
        )
    with writing():
        profile = db.session.scalars(
            select(HostProfile).where(HostProfile.city_id == offer.city_id, HostProfile.state == "accepted")
        ).one()
        days = Span(first + timedelta(days=2), first + timedelta(days=2)) if kind == "countered" else None
        words = "The council sits on that day; two days later suits us." if days else ""
        given = Given(kind, profile.contact_name, words, days)
        locked_request = queries.request_to_change(made.public_id)
        request_answers.answer(locked_request, given, seen="asked", now=answered_at, by=actor(profile))

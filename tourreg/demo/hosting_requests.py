"""Three sample requests to host cities: one confirmed, one held, one to which the city proposed other dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import offer_queries, request_answers, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.request_answers import Approved, Given
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import Asking, Span, free_spans
from tourreg.kernel.clock import local_day

WRITTEN, PLANNED = "energy-efficiency-us", "districts-around-transit"
CONFIRMED, HELD, COUNTERED = "davenport", "dubuque", "las-cruces"
PEOPLE = 11
WORDS = (
    "Sample request. City managers and engineers from five cities want to see how a small city pays for its works, "
    "and who decides. A meeting with the council’s staff and one place on the ground would be enough."
)
A_WEEK, THREE_DAYS, TWO_DAYS = timedelta(days=7), timedelta(days=3), timedelta(days=2)
LATER_WORDS = "Sample: two days later suits us; the council sits on that day."


def make_hosting_requests(season: Season, now: datetime) -> None:
    """Let the office ask three cities a week ago, and each of them answer three days ago.

    The days of the first are written in the itinerary already, so its yes stands beside them until somebody decides.
    """
    _confirm(season, now)
    for city, kind in ((HELD, "held"), (COUNTERED, "countered")):
        _offered(season, season.cities[city].id, kind, now)


def _confirm(season: Season, now: datetime) -> None:
    """Let a city on the route confirm its days, for which it wrote no offer, once its manager had agreed."""
    event = season.events[WRITTEN]
    stop = next(stop for stop in event.stops if stop.city.slug == CONFIRMED)
    asked = _ask(event, None, stop.city_id, Span(stop.from_on, stop.to_on), now)
    manager = Approved("manager", local_day(now - THREE_DAYS, stop.city.zone), "City Administrator")
    with writing():
        locked = queries.request_to_change(asked)
        request_answers.note_approval(
            locked, manager, submission_key=None, now=now - THREE_DAYS, by=actor(_speaker(locked))
        )
    _answer(asked, Given("confirmed", ""), now)


def _offered(season: Season, city_id: int, kind: str, now: datetime) -> None:
    """Ask a city for the first day of its offer within the programme that leaves the notice, if there is one."""
    event, offer = season.events[PLANNED], _offer_of(city_id, season.events[PLANNED])
    first = _first_day(offer, event, now - A_WEEK) if offer else None
    if offer is None or first is None:
        return
    asked = _ask(event, offer.public_id, city_id, Span(first, first), now)
    later = Span(first + TWO_DAYS, first + TWO_DAYS) if kind == "countered" else None
    _answer(asked, Given(kind, "", LATER_WORDS if later else "", later), now)


def _offer_of(city_id: int, event: Event) -> HostOffer | None:
    """Return the offer of a visit that the city has for the days of a programme."""
    visits = select(HostOffer).where(HostOffer.city_id == city_id, HostOffer.kind == "visit")
    counting = db.session.scalars(visits.where(HostOffer.state == "offered").order_by(HostOffer.id)).all()
    days = Span(event.starts_on, event.ends_on)
    return next((one for one in counting if any(span.meets(days) for span in requests.bounds_of(one).windows)), None)


def _first_day(offer: HostOffer, event: Event, asked_at: datetime) -> date | None:
    """Return the first day of the programme that leaves the notice and has two more free days behind it."""
    bounds = requests.bounds_of(offer)
    notice = local_day(asked_at, offer.city.zone) + timedelta(days=bounds.notice_days + 1)
    spans = free_spans(bounds.windows, bounds.blackouts, (), since=max(notice, event.starts_on))
    days = (day for span in spans for day in span.days() if span.last_on - day >= TWO_DAYS and day <= event.ends_on)
    return next(days, None)


def _ask(event: Event, offer: str | None, city_id: int, days: Span, now: datetime) -> str:
    with writing():
        locked = offer_queries.offer_to_change(offer) if offer else None
        host = _of_city(city_id).city
        assert host is not None, "whoever is accepted speaks for a city"
        asking = Asking(days, PEOPLE, WORDS, local_day(now, host.zone) + A_WEEK)
        made = requests.ask(event, host, locked, asking, submission_key=None, now=now - A_WEEK, by=programme_officer())
        return made.public_id


def _answer(asked: str, given: Given, now: datetime) -> None:
    with writing():
        locked = queries.request_to_change(asked)
        profile = _speaker(locked)
        named = Given(given.answer, profile.contact_name, given.words, given.days)
        request_answers.answer(locked, named, seen="asked", now=now - THREE_DAYS, by=actor(profile))


def _speaker(request: HostingRequest) -> HostProfile:
    return _of_city(request.city_id)


def _of_city(city_id: int) -> HostProfile:
    theirs = select(HostProfile).where(HostProfile.city_id == city_id, HostProfile.state == "accepted")
    return db.session.scalars(theirs.order_by(HostProfile.id)).first() or _nobody()


def _nobody() -> HostProfile:
    raise LookupError("nobody speaks for the city")

"""Requests to host cities for tests: a study tour asks Davenport for two days on water in May."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.cast import a_study_tour, the_city
from tests.host_offers import an_offer
from tests.hosts import MEMBER, a_host
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import offer_queries, request_answers, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.request_answers import Given
from tourreg.domain.hosting.request_models import HostingAnswer, HostingRequest
from tourreg.domain.hosting.request_rules import Asking, Span
from tourreg.kernel.bilingual import Text

CITY = "host:davenport"
DAYS = Span(date(2027, 5, 11), date(2027, 5, 12))
OTHER_DAYS = Span(date(2027, 5, 20), date(2027, 5, 21))
ASKING = Asking(DAYS, 18, "They want to learn how a small city reuses water.", date(2027, 2, 12))
NAME = "Joanne Miller"


def the_host(now: datetime, **changed: Any) -> HostProfile:
    return a_host("accepted", now=now, **changed)


def a_tour(slug: str = "water-2027", **changed: Any) -> Event:
    """Return one of the tours that want to come; each has its own letters before its references."""
    named = {"reference_prefix": slug[:2].upper() + slug[-2:], "title": Text("Water in Cities", "城市水务")}
    return a_study_tour(slug, **{**named, **changed})


def asked(event: Event, offer: HostOffer | None, *, now: datetime, **changed: Any) -> HostingRequest:
    """Return a request to the offer's city, as it stands once its letters are asked for."""
    key, by = changed.pop("submission_key", None), changed.pop("by", MEMBER)
    city: City = changed.pop("city", None) or (offer.city if offer else the_city("davenport"))
    with writing():
        locked = offer_queries.offer_to_change(offer.public_id) if offer else None
        made = requests.ask(
            db.session.merge(event), db.session.merge(city), locked, replace(ASKING, **changed),
            submission_key=key, now=now, by=by,
        )  # fmt: skip
    return found(made.public_id)


def answered(public_id: str, kind: str, *, now: datetime, seen: str = "asked", **changed: Any) -> HostingAnswer:
    """Return what was noted of an answer."""
    by = changed.pop("by", CITY)
    given = Given(**{"answer": kind, "name": NAME, **changed})
    with writing():
        return request_answers.answer(queries.request_to_change(public_id), given, seen=seen, now=now, by=by)


def a_request(state: str = "asked", *, now: datetime, slug: str = "water-2027") -> HostingRequest:
    """Return a saved request of Davenport's offer that went all the way to the state; its host is made, too."""
    the_host(now)
    request = asked(a_tour(slug), an_offer("offered", now=now), now=now)
    if state in ("held", "confirmed"):
        answered(request.public_id, state, now=now)
    if state == "declined":
        answered(request.public_id, state, now=now, words="The works are closed in May.")
    if state == "countered":
        answered(request.public_id, state, now=now, words="A week later suits us.", days=OTHER_DAYS)
    if state == "lapsed":
        with writing():
            requests.lapse(queries.request_to_change(request.public_id), now=request.deadline_at)
    return found(request.public_id)


def found(public_id: str) -> HostingRequest:
    db.session.expire_all()
    known = queries.request_by_public_id(public_id)
    assert known is not None
    return known

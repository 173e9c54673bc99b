"""Requests to host cities, found by programme, by city and by what they wait for, and to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_queries import offer_to_change
from tourreg.domain.hosting.request_models import HostingAnswer, HostingApproval, HostingRequest
from tourreg.domain.hosting.request_rules import ENDED, TAKING, Span


def request_by_public_id(public_id: str) -> HostingRequest | None:
    """Return the request with all that belongs to it."""
    one = select(HostingRequest).where(HostingRequest.public_id == public_id)
    return db.session.scalars(one.options(*_whole())).one_or_none()


def request_of_submission(submission_key: str) -> HostingRequest | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(HostingRequest).where(HostingRequest.submission_key == submission_key))


def request_to_change(public_id: str) -> HostingRequest:
    """Return the request as it stands after every other transaction on it, or on its offer's days, has ended.

    The offer is locked first, by everybody, so that two who want its days wait for each other and never crosswise.
    """
    named = select(HostOffer.public_id).join(HostingRequest, HostingRequest.offer_id == HostOffer.id)
    offer = db.session.scalar(named.where(HostingRequest.public_id == public_id))
    if offer is not None:
        offer_to_change(offer)
    locked = select(HostingRequest).where(HostingRequest.public_id == public_id).with_for_update(of=HostingRequest)
    return db.session.scalars(locked.options(*_whole()).execution_options(populate_existing=True)).one()


def requests_of_event(event_id: int) -> Sequence[HostingRequest]:
    """Return what was asked for a programme with its answers, by the days of the visits."""
    theirs = select(HostingRequest).where(HostingRequest.event_id == event_id)
    ordered = theirs.order_by(HostingRequest.first_on, HostingRequest.id)
    return db.session.scalars(ordered.options(*_listed())).all()


def has_standing_requests(event_id: int) -> bool:
    """Tell whether a city expects the group of a programme, or is asked for it."""
    of_event = select(HostingRequest.id).where(HostingRequest.event_id == event_id)
    standing = of_event.where(HostingRequest.state.not_in((*ENDED, "lapsed"))).limit(1)
    return db.session.scalar(standing) is not None


def requests_of_city(city_id: int) -> Sequence[HostingRequest]:
    """Return what a city was asked, newest first."""
    theirs = select(HostingRequest).where(HostingRequest.city_id == city_id)
    return db.session.scalars(theirs.order_by(HostingRequest.id.desc()).options(*_listed())).all()


def waiting_requests(*, page: int, size: int) -> tuple[Sequence[HostingRequest], int]:
    """Return one page of the requests that wait for a city or for the office, soonest deadline first; and how many.

    page  counts from 1
    """
    total = db.session.scalar(select(func.count()).select_from(_waiting().subquery())) or 0
    ordered = _waiting().order_by(HostingRequest.deadline_at, HostingRequest.id).options(*_listed())
    return db.session.scalars(ordered.offset((page - 1) * size).limit(size)).all(), total


def days_taken(request: HostingRequest) -> list[Span]:
    """Return the days of the request's offer that other requests keep; none where its city lets groups share."""
    if request.offer is None or request.offer.may_share:
        return []
    return [Span(first, last) for first, last in db.session.execute(_taking(request.offer.id, request.id))]


def days_taken_of(offer: HostOffer) -> list[Span]:
    """Return the days of an offer that requests keep; none where its city lets groups share."""
    if offer.may_share:
        return []
    return [Span(first, last) for first, last in db.session.execute(_taking(offer.id, 0))]


def others_there(request: HostingRequest) -> Sequence[HostingRequest]:
    """Return what else the city holds or has confirmed on days of the request, whatever it offered, by first day.

    Nothing for a request that has ended.
    """
    if request.state in ENDED:
        return []
    beside = select(HostingRequest).where(
        HostingRequest.city_id == request.city_id,
        HostingRequest.id != request.id,
        keeps_days(),
        HostingRequest.first_on <= request.last_on,
        HostingRequest.last_on >= request.first_on,
    )
    with_tour = beside.options(joinedload(HostingRequest.event, innerjoin=True))
    return db.session.scalars(with_tour.order_by(HostingRequest.first_on, HostingRequest.id)).all()


def keeps_days() -> ColumnElement[bool]:
    """Tell of a request whether it keeps its days from others: held or confirmed, for a tour that was not cancelled."""
    off = select(Event.id).where(Event.state == "cancelled")
    return and_(HostingRequest.state.in_(TAKING), HostingRequest.event_id.not_in(off))


def contacts_of(city_id: int) -> Sequence[HostProfile]:
    """Return who speaks for a city: the contacts whom the office accepted, first signed up first."""
    theirs = select(HostProfile).where(HostProfile.city_id == city_id, HostProfile.state == "accepted")
    return db.session.scalars(theirs.where(HostProfile.confirmed_at.is_not(None)).order_by(HostProfile.id)).all()


def cities_to_ask() -> set[int]:
    """Return the keys of the cities that have somebody to write to."""
    return {city for city in db.session.scalars(_reached()) if city is not None}


def names_of_cities_to_ask() -> set[str]:
    """Return the public ids of the cities that have somebody to write to."""
    return set(db.session.scalars(select(City.public_id).where(City.id.in_(_reached()))))


def offers_to_ask() -> Sequence[HostOffer]:
    """Return the offers that count with their cities, windows and days, in the order of writing."""
    counting = select(HostOffer).where(HostOffer.state == "offered").order_by(HostOffer.city_id, HostOffer.id)
    whole = (joinedload(HostOffer.city, innerjoin=True), selectinload(HostOffer.windows))
    return db.session.scalars(counting.options(*whole)).all()


def offers_of(city_id: int) -> Sequence[HostOffer]:
    """Return the offers of a city that count, with windows and closed days."""
    counting = select(HostOffer).where(HostOffer.city_id == city_id, HostOffer.state == "offered")
    whole = (selectinload(HostOffer.windows), selectinload(HostOffer.blackouts))
    return db.session.scalars(counting.order_by(HostOffer.id).options(*whole)).all()


def last_answer(request: HostingRequest) -> HostingAnswer | None:
    """Return the last answer that came in time."""
    return next((one for one in reversed(request.answers) if not one.is_late), None)


def late_answers(request: HostingRequest) -> list[HostingAnswer]:
    """Return what came after the deadline, since the request was asked last; nothing once it stands otherwise."""
    return [one for one in request.answers if one.is_late] if request.state == "lapsed" else []


def approval_by_public_id(public_id: str) -> HostingApproval | None:
    return db.session.scalar(select(HostingApproval).where(HostingApproval.public_id == public_id))


def approval_of_submission(submission_key: str) -> HostingApproval | None:
    return db.session.scalar(select(HostingApproval).where(HostingApproval.submission_key == submission_key))


def _reached() -> Select[int | None]:
    return select(HostProfile.city_id).where(
        HostProfile.state == "accepted", HostProfile.confirmed_at.is_not(None), HostProfile.city_id.is_not(None)
    )


def _taking(offer_id: int, but: int) -> Select[date, date]:
    return select(HostingRequest.first_on, HostingRequest.last_on).where(
        HostingRequest.offer_id == offer_id, HostingRequest.id != but, keeps_days()
    )


def _waiting() -> Select[HostingRequest]:
    """Return what has no end yet: asked, held, countered, or lapsed with an answer that came late."""
    late = select(HostingAnswer.request_id).where(HostingAnswer.is_late)
    lapsed = (HostingRequest.state == "lapsed") & HostingRequest.id.in_(late)
    return select(HostingRequest).where(or_(HostingRequest.state.in_(("asked", "held", "countered")), lapsed))


def _listed() -> tuple[ORMOption, ...]:
    return (
        joinedload(HostingRequest.event, innerjoin=True),
        joinedload(HostingRequest.city, innerjoin=True),
        selectinload(HostingRequest.answers),
    )


def _whole() -> tuple[ORMOption, ...]:
    of_offer = selectinload(HostingRequest.offer)
    return (
        *_listed(),
        selectinload(HostingRequest.approvals),
        selectinload(HostingRequest.days),
        of_offer.selectinload(HostOffer.windows),
        of_offer.selectinload(HostOffer.blackouts),
    )

"""The cities that public pages name as hosts: those on the route of an announced programme, or that confirmed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, Subquery, func, select, type_coerce, union

from tourreg.db import db
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.history import TOOK_PLACE, past_visits
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import OfferTopic
from tourreg.domain.hosting.particulars_models import HostParticulars, HostPhoto, HostTopic
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.kernel.bilingual import Text


@dataclass(frozen=True)
class Shown:
    """A city with how many programmes came or come to it, and the last day of the latest."""

    city: City
    programmes: int
    last_on: date


@dataclass(frozen=True)
class Placed:
    """Where a city lies, in degrees, and how many programmes came or come to it."""

    slug: str
    name: Text
    country: str
    longitude: float
    latitude: float
    programmes: int


@dataclass(frozen=True)
class Told:
    """What a city wants anybody to read of it."""

    particulars: HostParticulars
    photos: Sequence[HostPhoto]


@dataclass(frozen=True)
class Wanted:
    """Which cities are looked for; "" and None take all.

    year     in which a visit began
    country  ISO 3166-1, two letters
    region   state or province, its English name
    topic    address of one that the city is good at or offered what it hosted on
    """

    year: int | None = None
    country: str = ""
    region: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Visit:
    """One programme in a city, with its days there."""

    event: Event
    first_on: date
    last_on: date


def shown_cities(wanted: Wanted, *, today: date, page: int, size: int) -> tuple[list[Shown], int]:
    """Return one page of the cities, by their names in English letters, and how many there are in all.

    page  counts from 1
    """
    visits = _visits(today)
    conditions = _conditions(visits, wanted)
    counted = func.count(visits.c.event_id.distinct())
    rows = (
        select(City, counted, func.max(visits.c.last_on))
        .join(visits, visits.c.city_id == City.id)
        .where(*conditions)
        .group_by(City.id)
        .order_by(City.slug)
    )
    shown = db.session.execute(rows.offset((page - 1) * size).limit(size)).all()
    cities = select(func.count(City.id.distinct())).join(visits, visits.c.city_id == City.id).where(*conditions)
    return [Shown(*row) for row in shown], db.session.scalar(cities) or 0


def shown_places(wanted: Wanted, *, today: date) -> Sequence[Placed]:
    """Return where all these cities lie, by their names in English letters, in one statement."""
    visits = _visits(today)
    columns = (City.slug, City.name, City.country, City.longitude, City.latitude)
    places = select(*columns, func.count(visits.c.event_id.distinct()))
    found: Any = places.join(visits, visits.c.city_id == City.id).where(*_conditions(visits, wanted))
    return [Placed(*row) for row in db.session.execute(found.group_by(City.id).order_by(City.slug))]


def years_of_visits(today: date) -> list[int]:
    """Return the years in which visits began, the latest first."""
    visits = _visits(today)
    first, last = db.session.execute(select(func.min(visits.c.first_on), func.max(visits.c.first_on))).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def shown_city(slug: str, *, today: date) -> tuple[City, list[Visit]] | None:
    """Return a city with what came or comes to it, the latest first; None where nothing does."""
    visits = _visits(today)
    city = db.session.scalar(select(City).where(City.slug == slug))
    if city is None:
        return None
    theirs: Select[Any] = select(Event, visits.c.first_on, visits.c.last_on).join(visits, visits.c.event_id == Event.id)
    rows: Sequence[Any] = db.session.execute(
        theirs.where(visits.c.city_id == city.id).order_by(visits.c.first_on.desc(), Event.id)
    ).all()
    return (city, [Visit(*row) for row in rows]) if rows else None


def told_by(city: City) -> Told | None:
    """Return what a city wants anybody to read of it; None while it has not said so."""
    theirs = (
        select(HostParticulars)
        .join(HostProfile, HostProfile.id == HostParticulars.profile_id)
        .where(HostProfile.city_id == city.id, HostProfile.state == "accepted", HostParticulars.published)
    )
    found = db.session.scalars(theirs.order_by(HostParticulars.id).limit(1)).first()
    if found is None:
        return None
    photos = select(HostPhoto).where(HostPhoto.profile_id == found.profile_id)
    return Told(found, db.session.scalars(photos.order_by(HostPhoto.position, HostPhoto.id)).all())


def topics_shown() -> Sequence[Topic]:
    """Return the topics by which the list can be filtered, by their addresses."""
    told = select(Topic).where(Topic.id.in_(select(_topics().c.topic_id)))
    return db.session.scalars(told.order_by(Topic.slug)).all()


def regions_shown(today: date) -> list[Text]:
    """Return the states and provinces of the cities that are named, by their English names."""
    rows = db.session.scalars(select(City.region).where(City.id.in_(select(_visits(today).c.city_id))))
    named = {region.en: region for region in rows}
    return [named[english] for english in sorted(named)]


def shown_slugs(today: date) -> Sequence[str]:
    """Return the slugs of all cities that are named, for search engines."""
    visits = _visits(today)
    return db.session.scalars(select(City.slug).where(City.id.in_(select(visits.c.city_id))).order_by(City.slug)).all()


def _visits(today: date) -> Subquery:
    """Return what was confirmed and is over, and every stop of a route that is announced, each once."""
    over = past_visits(today)
    first, last = func.min(Stop.from_on).label("first_on"), func.max(Stop.to_on).label("last_on")
    routes = select(Stop.city_id, Stop.event_id, first, last).join(Event, Event.id == Stop.event_id)
    announced = routes.where(Event.state.in_(TOOK_PLACE)).group_by(Stop.city_id, Stop.event_id)
    confirmed = select(over.c.city_id, over.c.event_id, over.c.first_on, over.c.last_on)
    both = union(confirmed, announced).subquery()
    days = func.min(both.c.first_on).label("first_on"), func.max(both.c.last_on).label("last_on")
    return select(both.c.city_id, both.c.event_id, *days).group_by(both.c.city_id, both.c.event_id).subquery("visits")


def _conditions(visits: Subquery, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.year:
        conditions.append(visits.c.first_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.country:
        conditions.append(City.country == wanted.country)
    if wanted.region:
        conditions.append(type_coerce(City.region, JSON)["en"].as_string() == wanted.region)
    if wanted.topic:
        told = _topics()
        about = select(told.c.city_id).join(Topic, Topic.id == told.c.topic_id).where(Topic.slug == wanted.topic)
        conditions.append(City.id.in_(about))
    return conditions


def _topics() -> Subquery:
    """Return (city_id, topic_id) of what cities publish and of the offers by which they received programmes."""
    published = (
        select(HostProfile.city_id, HostTopic.topic_id)
        .join(HostParticulars, HostParticulars.profile_id == HostProfile.id)
        .join(HostTopic, HostTopic.particulars_id == HostParticulars.id)
        .where(HostProfile.state == "accepted", HostProfile.city_id.is_not(None), HostParticulars.published)
    )
    received = select(HostingRequest.city_id, OfferTopic.topic_id).join(
        OfferTopic, OfferTopic.offer_id == HostingRequest.offer_id
    )
    return union(published, received.where(HostingRequest.state == "confirmed")).subquery("topics_told")

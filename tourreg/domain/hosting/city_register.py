"""The cities as the office looks through them: who is ready to host, who was asked and what came of it, who hosted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Row, Select, Subquery, case, func, literal, or_, select, type_coerce, union

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.history import past_visits
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer, OfferStep, OfferTopic, OfferWindow
from tourreg.domain.hosting.particulars_models import HostParticulars, HostTopic
from tourreg.domain.hosting.request_models import ANSWERS, HostingAnswer, HostingRequest
from tourreg.kernel.bilingual import Text
from tourreg.kernel.ordering import sort_key

READINESS = ("ready", "steps", "no_offer", "nobody")
ORDERS = ("name", "next", "longest_ago", "population")
STATES_COUNTED = ("declined", "lapsed", "confirmed")


@dataclass(frozen=True)
class WantedCities:
    """Which cities are looked for, and in which order.

    search     a part of the name, in either language
    region     its English name
    topic      slug, of what the city says it is good at or of an offer that counts
    readiness  one of READINESS
    since      counts what was asked and hosted from 1 January of that year on
    last       when it hosted last: "never"; "since-2026", in that year or later; "before-2026", not since, or never
    order      one of ORDERS; "next" begins with those who are ready and were never asked
    """

    search: str = ""
    country: str = ""
    region: str = ""
    topic: str = ""
    readiness: str = ""
    since: int | None = None
    last: str = ""
    order: str = "name"


@dataclass(frozen=True)
class Listed:
    """A city with how ready it is and what came of asking it.

    readiness  "ready": an offer counts, has days ahead and waits for no yes; "steps": each such offer still waits for
               lawyers or the council; "no_offer": somebody speaks for the city; "nobody": not even that
    answered   requests that somebody answered, in time or late
    hosted     visits that are over
    last_on    the last day of the latest visit of all that are over, counted or not
    """

    city: City
    readiness: str
    asked: int
    answered: int
    declined: int
    lapsed: int
    confirmed: int
    hosted: int
    last_on: date | None


@dataclass(frozen=True)
class Register:
    """The statement of all cities with their figures, and the columns that it is filtered and ordered by."""

    rows: Select[Any]
    readiness: ColumnElement[str]
    asked: ColumnElement[int]
    hosted: ColumnElement[int]
    last_on: ColumnElement[Any]


def listed_cities(wanted: WantedCities, *, today: date, page: int, size: int) -> tuple[list[Listed], int]:
    """Return one page of the cities, and how many there are in all; pages count from 1."""
    register = _register(wanted, today)
    conditions = tuple(_conditions(wanted, register))
    rows = register.rows.where(*conditions).order_by(*_order(wanted.order, register))
    total = db.session.scalar(select(func.count()).select_from(register.rows.where(*conditions).subquery())) or 0
    return [_listed(row) for row in db.session.execute(rows.offset((page - 1) * size).limit(size))], total


def every_city(wanted: WantedCities, *, today: date) -> list[Listed]:
    """Return all cities of the list, in one statement, for a file."""
    register = _register(wanted, today)
    rows = register.rows.where(*_conditions(wanted, register)).order_by(*_order(wanted.order, register))
    return [_listed(row) for row in db.session.execute(rows)]


def topics_of_cities(cities: Collection[int]) -> Mapping[int, list[Topic]]:
    """Return what each of these cities is good at or offers now, by its key, topics by their addresses."""
    both = _topics_told().subquery()
    rows = select(both.c.city_id, Topic).join(Topic, Topic.id == both.c.topic_id).where(both.c.city_id.in_(cities))
    found: defaultdict[int, list[Topic]] = defaultdict(list)
    for city, topic in db.session.execute(rows.order_by(Topic.slug)):
        found[city].append(topic)
    return found


def regions_of_cities(country: str = "") -> list[Text]:
    """Return the states and provinces that cities lie in, by their English names."""
    english, chinese = _said(City.region, "en"), _said(City.region, "zh")
    rows = select(english, chinese).distinct()
    if country:
        rows = rows.where(City.country == country)
    named = {english: Text(english, chinese) for english, chinese in db.session.execute(rows)}
    return [named[english] for english in sorted(named, key=sort_key)]


def programmes_hosted_last(cities: Collection[int], *, today: date) -> Mapping[int, Event]:
    """Return the programme that came to each of these cities last, by the city's key, in one statement."""
    visits = past_visits(today)
    rows = select(visits.c.city_id, Event).join(Event, Event.id == visits.c.event_id)
    ordered = rows.where(visits.c.city_id.in_(cities)).order_by(visits.c.last_on, Event.id)
    return dict(iter(db.session.execute(ordered)))


def keys_of_cities(wanted: WantedCities, *, today: date) -> list[int]:
    """Return the keys of all cities of the list, by country and name."""
    register = _register(wanted, today)
    found = register.rows.where(*_conditions(wanted, register)).order_by(City.country, City.slug)
    return list(db.session.scalars(found.with_only_columns(City.id, maintain_column_froms=True)))


def first_year_asked() -> int | None:
    """Return the year in which a city was asked first; None where none ever was."""
    first = db.session.scalar(select(func.min(HostingRequest.asked_at)))
    return first.year if first else None


def _register(wanted: WantedCities, today: date) -> Register:
    asked, visits = _asked(wanted.since), _hosted(wanted.since, today)
    readiness = case(
        (City.id.in_(_with_offer(today, waiting=False)), "ready"),
        (City.id.in_(_with_offer(today, waiting=True)), "steps"),
        (City.id.in_(_spoken_for()), "no_offer"),
        else_="nobody",
    )
    figures = [func.coalesce(asked.c[name], 0).label(name) for name in ("asked", "answered", *STATES_COUNTED)]
    hosted = func.coalesce(visits.c.hosted, 0)
    columns: tuple[Any, ...] = (City, readiness.label("readiness"), *figures, hosted.label("hosted"), visits.c.last_on)
    rows: Any = select(*columns)
    rows = rows.outerjoin(asked, asked.c.city_id == City.id).outerjoin(visits, visits.c.city_id == City.id)
    return Register(rows, readiness, func.coalesce(asked.c.asked, 0), hosted, visits.c.last_on)


def _asked(since: int | None) -> Subquery:
    """Return what each city was asked, and what came of it."""
    answered = select(HostingAnswer.request_id).where(HostingAnswer.answer.in_(ANSWERS))
    states = (func.sum(case((HostingRequest.state == state, 1), else_=0)).label(state) for state in STATES_COUNTED)
    counted: Any = select(
        HostingRequest.city_id,
        func.count().label("asked"),
        func.sum(case((HostingRequest.id.in_(answered), 1), else_=0)).label("answered"),
        *states,
    )
    if since:
        counted = counted.where(HostingRequest.asked_at >= datetime(since, 1, 1, tzinfo=UTC))
    grouped: Subquery = counted.group_by(HostingRequest.city_id).subquery("asked")
    return grouped


def _hosted(since: int | None, today: date) -> Subquery:
    visits = past_visits(today)
    counts = case((visits.c.first_on >= date(since, 1, 1), 1), else_=0) if since else literal(1)
    columns = (visits.c.city_id, func.sum(counts).label("hosted"), func.max(visits.c.last_on).label("last_on"))
    return select(*columns).group_by(visits.c.city_id).subquery("hosted")


def _with_offer(today: date, *, waiting: bool) -> Select[int]:
    """Return the cities with an offer that counts and has days ahead; `waiting` with those that need a yes still."""
    ahead = select(OfferWindow.offer_id).where(OfferWindow.last_on >= today)
    counting = select(HostOffer.city_id).where(HostOffer.state == "offered", HostOffer.id.in_(ahead))
    counting = counting.where(HostOffer.city_id.in_(_spoken_for()))
    open_steps = select(OfferStep.offer_id).where(OfferStep.asked_on.is_not(None), OfferStep.done_on.is_(None))
    return counting if waiting else counting.where(HostOffer.id.not_in(open_steps))


def _spoken_for() -> Select[int | None]:
    return select(HostProfile.city_id).where(
        HostProfile.state == "accepted", HostProfile.confirmed_at.is_not(None), HostProfile.city_id.is_not(None)
    )


def _topics_told() -> Any:
    """Return (city_id, topic_id) of what cities are good at and what their offers that count are about, each once."""
    good_at = (
        select(HostProfile.city_id, HostTopic.topic_id)
        .join(HostParticulars, HostParticulars.profile_id == HostProfile.id)
        .join(HostTopic, HostTopic.particulars_id == HostParticulars.id)
        .where(HostProfile.state == "accepted", HostProfile.city_id.is_not(None))
    )
    offered = select(HostOffer.city_id, OfferTopic.topic_id).join(OfferTopic, OfferTopic.offer_id == HostOffer.id)
    return union(good_at, offered.where(HostOffer.state == "offered"))


def _conditions(wanted: WantedCities, register: Register) -> Iterator[ColumnElement[bool]]:
    if wanted.search:
        yield _named(wanted.search)
    if wanted.country:
        yield City.country == wanted.country
    if wanted.region:
        yield _said(City.region, "en") == wanted.region
    if wanted.readiness:
        yield register.readiness == wanted.readiness
    if wanted.last:
        yield _hosted_last(wanted.last, register.last_on)
    if wanted.topic:
        told = _topics_told().subquery()
        about = select(told.c.city_id).join(Topic, Topic.id == told.c.topic_id).where(Topic.slug == wanted.topic)
        yield City.id.in_(about)


def _hosted_last(said: str, last_on: ColumnElement[Any]) -> ColumnElement[bool]:
    when, _, year = said.partition("-")
    if not year:
        return last_on.is_(None)
    begins = date(int(year), 1, 1)
    return last_on >= begins if when == "since" else or_(last_on.is_(None), last_on < begins)


def _named(search: str) -> ColumnElement[bool]:
    """Find a part of the name in either language; Chinese is found as pinyin where the address is written so."""
    spelled = sort_key(search).replace(" ", "-")
    names = (func.lower(_said(City.name, language)) for language in ("en", "zh"))
    found = [name.contains(search.lower(), autoescape=True) for name in names]
    if spelled:
        found.append(City.slug.contains(spelled, autoescape=True))
    return or_(*found)


def _said(column: Any, language: str) -> ColumnElement[str]:
    """Return one language of a bilingual text."""
    said: ColumnElement[str] = type_coerce(column, JSON)[language].as_string()
    return said


def _order(order: str, register: Register) -> Sequence[Any]:
    if order == "next":
        is_ready, never = register.readiness == "ready", register.asked == 0
        turn = case((is_ready & never, 0), (is_ready, 1), (never, 2), else_=3)
        return turn, register.hosted, register.last_on.is_not(None), register.last_on, register.asked, City.slug
    if order == "longest_ago":
        return register.last_on.is_not(None), register.last_on, City.slug
    if order == "population":
        return City.population.is_(None), City.population.desc(), City.slug
    return City.country, City.slug


def _listed(row: Row[Any]) -> Listed:
    return Listed(*tuple(row))

"""What cities have hosted: the programmes that came to them, when, with how many people, and on which topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Row, Select, Subquery, cast, exists, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.offer_models import OfferTopic
from tourreg.domain.hosting.request_models import HostingRequest

# A programme that was called off, or that nobody has announced, came to nobody.
TOOK_PLACE = ("published", "closed")


@dataclass(frozen=True)
class Hosted:
    """One programme that came to a city.

    people       as many as the city was asked to receive, else the seats that were taken; None where nobody knows
    topics       of the offer that the city had made for it, in their order
    by_request   the city confirmed it; False where only the programme's route tells of it
    """

    city_id: int
    event: Event
    first_on: date
    last_on: date
    people: int | None
    topics: tuple[Topic, ...]
    by_request: bool


def hosted(city: City, *, today: date) -> list[Hosted]:
    """Return the programmes that came to a city and have left it, the latest first."""
    return hosted_by([city.id], today=today)[city.id]


def hosted_by(cities: Collection[int], *, today: date) -> Mapping[int, list[Hosted]]:
    """Return what each of these cities has hosted, the latest first, in three statements; one without any has none.

    cities  their keys
    today   a visit that ended before it is over
    """
    visits = past_visits(today)
    rows = db.session.execute(select(visits).where(visits.c.city_id.in_(cities))).all()
    found: defaultdict[int, list[Hosted]] = defaultdict(list)
    for visit in reversed(_told(rows)):
        found[visit.city_id].append(visit)
    return found


def hosts_of(event: Event) -> list[Hosted]:
    """Return by which cities a programme is received, over or still to come, in the order of the visits."""
    visits = _visits()
    return _told(db.session.execute(select(visits).where(visits.c.event_id == event.id)).all())


def past_visits(today: date) -> Subquery:
    """Return the visits that are over: city_id, event_id, first_on, last_on, people (None by route), by_request (1, 0).

    There is one row for a programme in a city, however often the route comes there. Where the city was asked, only what
    it confirmed counts; where nobody asked it, the programme's route does.
    """
    visits = _visits()
    return select(visits).where(visits.c.last_on < today).subquery("past_visits")


def _visits() -> Subquery:
    return union_all(_by_request(), _by_route()).subquery()


def _told(rows: Sequence[Row[Any]]) -> list[Hosted]:
    """Return the visits in the order of their days, in two statements."""
    events, topics = _events(rows), _topics(rows)
    return [
        _hosted(row, events[row.event_id], topics[row.city_id, row.event_id])
        for row in sorted(rows, key=lambda row: (row.first_on, row.event_id, row.city_id))
    ]


def _hosted(row: Row[Any], event: Event, topics: Sequence[Topic]) -> Hosted:
    people = row.people or event.pool.taken or None
    return Hosted(row.city_id, event, row.first_on, row.last_on, people, tuple(topics), bool(row.by_request))


def _by_request() -> Select[*tuple[Any, ...]]:
    asked = HostingRequest
    columns = (asked.city_id, asked.event_id, func.min(asked.first_on).label("first_on"))
    more = (func.max(asked.last_on).label("last_on"), func.max(asked.people).label("people"))
    by_request = literal(1, Integer).label("by_request")
    confirmed = (
        select(*columns, *more, by_request).join(Event, Event.id == asked.event_id).where(asked.state == "confirmed")
    )
    return confirmed.where(Event.state.in_(TOOK_PLACE)).group_by(asked.city_id, asked.event_id)


def _by_route() -> Select[*tuple[Any, ...]]:
    was_asked = exists().where(HostingRequest.event_id == Stop.event_id, HostingRequest.city_id == Stop.city_id)
    columns = (Stop.city_id, Stop.event_id, func.min(Stop.from_on).label("first_on"))
    more = (func.max(Stop.to_on).label("last_on"), cast(null(), Integer).label("people"))
    by_request = literal(0, Integer).label("by_request")
    routes = select(*columns, *more, by_request).join(Event, Event.id == Stop.event_id).where(~was_asked)
    return routes.where(Event.state.in_(TOOK_PLACE)).group_by(Stop.city_id, Stop.event_id)


def _events(rows: Sequence[Row[Any]]) -> dict[int, Event]:
    wanted = select(Event).where(Event.id.in_({row.event_id for row in rows}))
    return {event.id: event for event in db.session.scalars(wanted.options(joinedload(Event.pool)))}


def _topics(rows: Sequence[Row[Any]]) -> Mapping[tuple[int, int], list[Topic]]:
    """Return what the offers were about by which cities received programmes, by the keys of city and programme."""
    asked = HostingRequest
    of_offers = select(asked.city_id, asked.event_id, Topic).join(OfferTopic, OfferTopic.offer_id == asked.offer_id)
    chosen = of_offers.join(Topic, Topic.id == OfferTopic.topic_id).where(
        asked.state == "confirmed",
        asked.city_id.in_({row.city_id for row in rows}),
        asked.event_id.in_({row.event_id for row in rows}),
    )
    found: defaultdict[tuple[int, int], list[Topic]] = defaultdict(list)
    for city, event, topic in db.session.execute(chosen.order_by(Topic.id)):
        if topic not in found[city, event]:
            found[city, event].append(topic)
    return found

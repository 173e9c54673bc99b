"""The offers of one country's cities as matching asks for them, read in three statements however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from tourreg.db import db
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.offer_models import (
    Homestay,
    HostOffer,
    OfferBlackout,
    OfferCharge,
    OfferLanguage,
    OfferSite,
    OfferTopic,
    OfferWindow,
    Site,
    SiteTopic,
)
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import keeps_days
from tourreg.domain.hosting.request_rules import TAKING
from tourreg.domain.matching.values import Charge, Offer, Point, Taken, Window
from tourreg.kernel.bilingual import Text

COUNTRIES = {"to_us": "US", "to_china": "CN"}
# Of which offers a leg's city is chosen, and which of them count now.
KINDS = ("visit", "homestay")
STATES = ("offered", "paused")
LAST_TOURS = 12


@dataclass(frozen=True)
class Named:
    """What pages call an offer."""

    city: Text
    region: Text
    title: Text
    city_id: str


@dataclass(frozen=True)
class Read:
    """What was read: the offers, the days that other tours hold of them, and by its key what each is called."""

    offers: list[Offer]
    taken: list[Taken]
    named: Mapping[str, Named]


def read_offers(event: Event) -> Read:
    """Return the offers of the country that a tour goes to, of both where it says none.

    Its own requests take nobody's days here, and the fairness is of the last tours beside it.
    """
    chosen = _chosen(event)
    parts = _parts_by_offer(chosen)
    tours = _Tours(event)
    offers, named = [], {}
    for row in db.session.execute(_cores(chosen)):
        offers.append(_offer(row, parts[row.id], tours))
        named[row.public_id] = Named(row.name, row.region, row.title, row.city)
    return Read(offers, tours.taken, named)


def regions_for(event: Event) -> list[Text]:
    """Return the states and provinces whose cities offer to host what a tour looks for, by their English names."""
    rows = db.session.scalars(select(City.region).where(City.id.in_(_hosting(event))))
    return sorted({region.en: region for region in rows}.values(), key=lambda region: region.en)


def _hosting(event: Event) -> Select[int]:
    return select(HostOffer.city_id).where(HostOffer.id.in_(_chosen(event)))


def _chosen(event: Event) -> Select[int]:
    """Return the ids of the offers in question, as a statement: also of those on which the tour has days already."""
    counting = and_(HostOffer.state.in_(STATES), HostOffer.kind.in_(KINDS))
    country = COUNTRIES.get(event.direction)
    if country:
        counting = and_(counting, City.country == country)
    own = select(HostingRequest.offer_id).where(
        HostingRequest.event_id == event.id, HostingRequest.state.in_(TAKING), HostingRequest.offer_id.is_not(None)
    )
    return select(HostOffer.id).join(HostOffer.city).where(or_(counting, HostOffer.id.in_(own)))


def _cores(chosen: Select[int]) -> Select[Any]:
    beds = Homestay.households * Homestay.guests_each
    columns: tuple[Any, ...] = (
        HostOffer.id, HostOffer.public_id, HostOffer.state, HostOffer.title, HostOffer.notice_days, HostOffer.smallest,
        HostOffer.largest, HostOffer.days_most, HostOffer.currency, HostOffer.may_share, beds.label("beds"),
        City.public_id.label("city"), City.name, City.region, City.latitude, City.longitude,
    )  # fmt: skip
    cores: Select[Any] = select(*columns)
    joined = cores.join(HostOffer.city).outerjoin(Homestay, Homestay.offer_id == HostOffer.id)
    return joined.where(HostOffer.id.in_(chosen)).order_by(HostOffer.id)


@dataclass
class _Parts:
    """What belongs to one offer, as it came."""

    window: list[Window]
    blackout: set[date]
    topic: dict[str, int]
    spoken: set[str]
    interpreted: set[str]
    charge: list[Charge]

    def take(self, row: Row[Any]) -> None:
        match row.what:
            case "window":
                self.window.append(Window(date.fromisoformat(row.first), date.fromisoformat(row.last)))
            case "blackout":
                self.blackout.add(date.fromisoformat(row.first))
            case "topic":
                self.topic[row.first] = row.number
            case "charge":
                self.charge.append(Charge(row.number, row.first))
            case means:
                (self.spoken if means == "spoken" else self.interpreted).add(row.first)


def _parts_by_offer(chosen: Select[int]) -> Mapping[int, _Parts]:
    found: defaultdict[int, _Parts] = defaultdict(lambda: _Parts([], set(), {}, set(), set(), []))
    for row in db.session.execute(_parts(chosen)):
        found[row.offer].take(row)
    return found


def _parts(chosen: Select[int]) -> CompoundSelect[Any]:
    """Return everything that belongs to offers as rows of one form: offer, what, two words, a number."""
    nothing, none = literal(""), literal(0)
    shown = and_(OfferSite.site_id == Site.id, Site.state == "open")
    sites = (
        select(OfferSite.offer_id, SiteTopic.topic_id, func.count().label("sites"))
        .join(Site, shown)
        .join(SiteTopic, SiteTopic.site_id == Site.id)
        .group_by(OfferSite.offer_id, SiteTopic.topic_id)
        .subquery()
    )
    of_topic = and_(sites.c.offer_id == OfferTopic.offer_id, sites.c.topic_id == OfferTopic.topic_id)
    topics = _rows(OfferTopic.offer_id, literal("topic"), Topic.slug, nothing, func.coalesce(sites.c.sites, 0), chosen)
    first_on, last_on = cast(OfferWindow.first_on, String), cast(OfferWindow.last_on, String)
    per, language = cast(OfferCharge.per, String), OfferLanguage.language
    return union_all(
        _rows(OfferWindow.offer_id, literal("window"), first_on, last_on, none, chosen),
        _rows(OfferBlackout.offer_id, literal("blackout"), cast(OfferBlackout.day_on, String), nothing, none, chosen),
        topics.join(Topic, Topic.id == OfferTopic.topic_id).outerjoin(sites, of_topic),
        _rows(OfferLanguage.offer_id, cast(OfferLanguage.means, String), language, nothing, none, chosen),
        _rows(OfferCharge.offer_id, literal("charge"), per, nothing, OfferCharge.amount_minor, chosen),
    )


def _rows(offer: Any, what: Any, first: Any, last: Any, number: Any, chosen: Select[int]) -> Select[Any]:
    rows = select(
        offer.label("offer"), what.label("what"), first.label("first"), last.label("last"), number.label("number")
    )
    return rows.select_from(offer.class_).where(offer.in_(chosen))


class _Tours:
    """What the last tours beside one asked of cities, where they came, and which days others hold."""

    def __init__(self, event: Event) -> None:
        self.taken: list[Taken] = []
        self.count = 0
        self.asked: defaultdict[str, set[int]] = defaultdict(set)
        self.hosted: defaultdict[str, set[int]] = defaultdict(set)
        for row in db.session.execute(_of_tours(event)):
            match row.what:
                case "taken":
                    days = Window(date.fromisoformat(row.first), date.fromisoformat(row.last))
                    self.taken.append(Taken(row.name, days))
                case "tour":
                    self.count += 1
                case "hosted":
                    self.hosted[row.name].add(row.event)
                    self.asked[row.name].add(row.event)
                case _:
                    self.asked[row.name].add(row.event)


def _of_tours(event: Event) -> CompoundSelect[Any]:
    """Return rows of one form: what, the name of an offer or a city, two days, a tour."""
    nothing = literal("")
    others = select(Event.id).where(
        Event.kind == "study_tour", Event.direction == event.direction, Event.id != event.id,
        Event.state.in_(("published", "closed")),
    )  # fmt: skip
    last = others.order_by(Event.starts_on.desc(), Event.id.desc()).limit(LAST_TOURS).subquery()
    in_last: ColumnElement[bool] = HostingRequest.event_id.in_(select(last.c.id))
    days = cast(HostingRequest.first_on, String), cast(HostingRequest.last_on, String)
    holding = keeps_days(), HostingRequest.event_id != event.id
    hosts = HostingRequest.state == "confirmed"

    def rows(what: str, name: Any, first: Any, last_on: Any, tour: Any) -> Select[Any]:
        named = literal(what).label("what"), name.label("name")
        return select(*named, first.label("first"), last_on.label("last"), tour.label("event"))

    of_city = rows("asked", City.public_id, nothing, nothing, HostingRequest.event_id).join(
        City, City.id == HostingRequest.city_id
    )
    came = rows("hosted", City.public_id, nothing, nothing, HostingRequest.event_id).join(
        City, City.id == HostingRequest.city_id
    )
    stopped = rows("hosted", City.public_id, nothing, nothing, Stop.event_id).join(City, City.id == Stop.city_id)
    held = rows("taken", HostOffer.public_id, *days, HostingRequest.event_id)
    return union_all(
        held.join(HostOffer, HostOffer.id == HostingRequest.offer_id).where(*holding),
        of_city.where(in_last),
        came.where(in_last, hosts),
        stopped.where(Stop.event_id.in_(select(last.c.id))),
        rows("tour", nothing, nothing, nothing, last.c.id),
    )


def _offer(row: Row[Any], parts: _Parts, tours: _Tours) -> Offer:
    return Offer(
        key=row.public_id,
        city=row.city,
        at=Point(row.latitude, row.longitude),
        windows=tuple(_in_order(parts.window)),
        blackouts=frozenset(parts.blackout),
        notice_days=row.notice_days,
        smallest=row.smallest,
        largest=row.largest,
        days_most=row.days_most,
        topics=parts.topic,
        spoken=frozenset(parts.spoken),
        interpreted=frozenset(parts.interpreted),
        homestay_places=row.beds,
        charges=tuple(parts.charge),
        currency=row.currency,
        region=row.region.en,
        asked=len(tours.asked.get(row.city, ())),
        hosted=len(tours.hosted.get(row.city, ())),
        tours=tours.count,
        may_share=row.may_share,
        is_open=row.state == "offered",
    )


def _in_order(windows: list[Window]) -> Iterator[Window]:
    yield from sorted(windows, key=lambda window: window.first_on)

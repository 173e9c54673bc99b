"""A calendar of what cities offer against what tours need: month by month, one row for each offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.offer_models import HostOffer, OfferTopic, OfferWindow
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import keeps_days
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.reading import KINDS, STATES

MONTHS_SHOWN = 6
MOST_NEEDS = 60
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """Days that a request holds, or that its city confirmed."""

    days: Span
    state: str
    event: Event


@dataclass(frozen=True)
class MonthOfOffer:
    """What an offer says of one month.

    free    days of its windows that nothing closes or keeps
    closed  days within its windows on which it cannot be
    """

    free: tuple[Span, ...]
    closed: tuple[Span, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class Row:
    offer: HostOffer
    months: tuple[MonthOfOffer, ...]


@dataclass(frozen=True)
class Need:
    """A leg of a tour, with its days of each month; None where it does not come."""

    leg: TourLeg
    months: tuple[Span | None, ...]


def months_from(first: date) -> list[Span]:
    """Return the months that are shown, the one of a day first."""
    begun = [first.replace(day=1)]
    for _month in range(MONTHS_SHOWN):
        begun.append((begun[-1] + timedelta(days=31)).replace(day=1))
    return [Span(month, after - ONE_DAY) for month, after in pairwise(begun)]


def offers_by_month(months: Sequence[Span], *, country: str, topic: str, page: int, size: int) -> tuple[list[Row], int]:
    """Return one page of the offers with days in these months, by city, and how many there are in all.

    country, topic  ISO 3166-1 and a slug; "" for all
    page            counts from 1
    """
    shown = Span(months[0].first_on, months[-1].last_on)
    chosen = _offers(shown, country, topic)
    total = db.session.scalar(select(func.count()).select_from(chosen.with_only_columns(HostOffer.id).subquery())) or 0
    whole = (joinedload(HostOffer.city), selectinload(HostOffer.windows), selectinload(HostOffer.blackouts))
    ordered = chosen.order_by(City.country, City.slug, HostOffer.id).options(*whole)
    offers = db.session.scalars(ordered.offset((page - 1) * size).limit(size)).all()
    kept = _kept([offer.id for offer in offers], shown)
    return [Row(offer, tuple(month_of(offer, kept[offer.id], month) for month in months)) for offer in offers], total


def needs_by_month(months: Sequence[Span]) -> list[Need]:
    """Return the legs of tours that lie in these months, the earliest first; MOST_NEEDS at most."""
    shown = Span(months[0].first_on, months[-1].last_on)
    off = select(Event.id).where(Event.state == "cancelled")
    legs = select(TourLeg).where(
        TourLeg.first_on <= shown.last_on, TourLeg.last_on >= shown.first_on, TourLeg.event_id.not_in(off)
    )
    ordered = legs.order_by(TourLeg.first_on, TourLeg.id).limit(MOST_NEEDS).options(joinedload(TourLeg.event))
    return [
        Need(leg, tuple(_within(Span(leg.first_on, leg.last_on), month) for month in months))
        for leg in db.session.scalars(ordered)
    ]


def month_of(offer: HostOffer, kept: Sequence[Kept], month: Span) -> MonthOfOffer:
    """Return what an offer says of a month; a city that lets groups share is free where it has one, too."""
    offered = {day for window in offer.windows for day in _days(_within(Span(window.first_on, window.last_on), month))}
    closed = {blackout.day_on for blackout in offer.blackouts} & offered
    here = tuple(one for one in kept if one.days.meets(month))
    taken: set[date] = set() if offer.may_share else {day for one in here for day in one.days.days()}
    return MonthOfOffer(tuple(_spans(offered - closed - taken)), tuple(_spans(closed)), here)


def _offers(shown: Span, country: str, topic: str) -> Select[HostOffer]:
    windows = select(OfferWindow.offer_id).where(
        OfferWindow.first_on <= shown.last_on, OfferWindow.last_on >= shown.first_on
    )
    chosen = select(HostOffer).join(City, City.id == HostOffer.city_id)
    chosen = chosen.where(HostOffer.state.in_(STATES), HostOffer.kind.in_(KINDS), HostOffer.id.in_(windows))
    if country:
        chosen = chosen.where(City.country == country)
    if topic:
        about = select(OfferTopic.offer_id).join(Topic, Topic.id == OfferTopic.topic_id).where(Topic.slug == topic)
        chosen = chosen.where(HostOffer.id.in_(about))
    return chosen


def _kept(offers: Collection[int], shown: Span) -> Mapping[int, list[Kept]]:
    """Return what requests keep of the days of these offers, by the offer's key."""
    rows: Any = select(HostingRequest).where(
        HostingRequest.offer_id.in_(offers),
        keeps_days(),
        HostingRequest.first_on <= shown.last_on,
        HostingRequest.last_on >= shown.first_on,
    )
    found: defaultdict[int, list[Kept]] = defaultdict(list)
    ordered = rows.order_by(HostingRequest.first_on, HostingRequest.id).options(joinedload(HostingRequest.event))
    for request in db.session.scalars(ordered):
        found[request.offer_id].append(Kept(Span(request.first_on, request.last_on), request.state, request.event))
    return found


def _within(days: Span, month: Span) -> Span | None:
    first, last = max(days.first_on, month.first_on), min(days.last_on, month.last_on)
    return Span(first, last) if first <= last else None


def _days(span: Span | None) -> Iterator[date]:
    return span.days() if span else iter(())


def _spans(days: Collection[date]) -> Iterator[Span]:
    """Yield the runs of days that follow one another."""
    ordered = sorted(days)
    for _start, run in groupby(enumerate(ordered), key=lambda placed: placed[1] - placed[0] * ONE_DAY):
        together = [day for _place, day in run]
        yield Span(together[0], together[-1])

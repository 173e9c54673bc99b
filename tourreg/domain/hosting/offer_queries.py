"""Offers and places, found by their city, by what an organizer looks for, and to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, false, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tourreg.db import db
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting.offer_models import (
    OFFER_MOVES,
    HostOffer,
    OfferSite,
    OfferTopic,
    OfferWindow,
    Site,
    SiteTopic,
)
from tourreg.domain.hosting.rules import search_key


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the offers; None and "" for whatever it may be.

    first_on, last_on  days between which a window has at least one day, each of them open to one side
    """

    search: str = ""
    kind: str | None = None
    topic: str | None = None
    state: str | None = None
    first_on: date | None = None
    last_on: date | None = None


def offer_by_public_id(public_id: str) -> HostOffer | None:
    """Return the offer with all that stands in it."""
    one = select(HostOffer).where(HostOffer.public_id == public_id).options(*_whole())
    return db.session.scalars(one).one_or_none()


def offer_of_submission(submission_key: str) -> HostOffer | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(HostOffer).where(HostOffer.submission_key == submission_key))


def offer_to_change(public_id: str) -> HostOffer:
    """Return the offer as it stands after every other transaction on it has ended."""
    locked = select(HostOffer).where(HostOffer.public_id == public_id).with_for_update(of=HostOffer)
    return db.session.scalars(locked.options(*_whole()).execution_options(populate_existing=True)).one()


def renewal_of(offer: HostOffer) -> HostOffer | None:
    """Return the offer that was made from this one for the year after."""
    return db.session.scalar(select(HostOffer).where(HostOffer.renewed_from_id == offer.id))


def offers_of_city(city_id: int) -> Sequence[HostOffer]:
    """Return a city's offers with their windows and topics: those that count first, then the newest."""
    places = {"offered": 0, "draft": 1, "paused": 2, "expired": 3, "withdrawn": 4}
    order = case(places, value=HostOffer.state, else_=9)
    theirs = select(HostOffer).where(HostOffer.city_id == city_id).order_by(order, HostOffer.id.desc())
    return db.session.scalars(theirs.options(*_listed())).all()


def offers(wanted: Wanted, *, page: int, size: int) -> tuple[Sequence[HostOffer], int]:
    """Return one page of the offers, the newest first, and how many there are in all.

    page  counts from 1
    """
    conditions = _conditions(wanted)
    total = db.session.scalar(select(func.count()).select_from(HostOffer).where(*conditions)) or 0
    rows = select(HostOffer).where(*conditions).order_by(HostOffer.written_at.desc(), HostOffer.id.desc())
    return db.session.scalars(rows.options(*_listed()).offset((page - 1) * size).limit(size)).all(), total


def offers_by_state(wanted: Wanted) -> dict[str, int]:
    """Return how many offers stand in each state, none left out, whatever state is looked for."""
    anywhere = _conditions(Wanted(wanted.search, wanted.kind, wanted.topic, None, wanted.first_on, wanted.last_on))
    counted = select(HostOffer.state, func.count()).where(*anywhere).group_by(HostOffer.state)
    found = {state: int(count) for state, count in db.session.execute(counted)}
    return {**dict.fromkeys(OFFER_MOVES, 0), **found}


def site_by_public_id(public_id: str) -> Site | None:
    """Return the place with its topics."""
    one = select(Site).where(Site.public_id == public_id).options(_topics_of_site(), joinedload(Site.city))
    return db.session.scalars(one).one_or_none()


def site_of_submission(submission_key: str) -> Site | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(Site).where(Site.submission_key == submission_key))


def site_to_change(public_id: str) -> Site:
    """Return the place as it stands after every other transaction on it has ended."""
    locked = select(Site).where(Site.public_id == public_id).with_for_update(of=Site)
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def sites_of(city_id: int) -> Sequence[Site]:
    """Return every place of a city with its topics, the open ones first, in the order of writing."""
    theirs = select(Site).where(Site.city_id == city_id).order_by(Site.state.desc(), Site.id)
    return db.session.scalars(theirs.options(_topics_of_site())).all()


def open_sites(city_id: int) -> Sequence[Site]:
    """Return the places of a city that it shows."""
    theirs = select(Site).where(Site.city_id == city_id, Site.state == "open").order_by(Site.id)
    return db.session.scalars(theirs).all()


def _topics_of_site() -> ORMOption:
    return selectinload(Site.topics).joinedload(SiteTopic.topic, innerjoin=True)


def _whole() -> tuple[ORMOption, ...]:
    rows = (HostOffer.windows, HostOffer.blackouts, HostOffer.languages, HostOffer.charges)
    return (
        joinedload(HostOffer.city, innerjoin=True),
        *(selectinload(each) for each in rows),
        selectinload(HostOffer.topics).joinedload(OfferTopic.topic, innerjoin=True),
        selectinload(HostOffer.sites).joinedload(OfferSite.site, innerjoin=True),
        selectinload(HostOffer.homestay),
        selectinload(HostOffer.steps),
    )


def _listed() -> tuple[ORMOption, ...]:
    return (
        joinedload(HostOffer.city, innerjoin=True),
        selectinload(HostOffer.windows),
        selectinload(HostOffer.topics).joinedload(OfferTopic.topic, innerjoin=True),
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.search:
        part = search_key(wanted.search)
        conditions.append(HostOffer.search_key.contains(part, autoescape=True) if part else false())
    if wanted.kind:
        conditions.append(HostOffer.kind == wanted.kind)
    if wanted.state:
        conditions.append(HostOffer.state == wanted.state)
    if wanted.topic:
        about = select(OfferTopic.offer_id).join(OfferTopic.topic).where(Topic.slug == wanted.topic)
        conditions.append(HostOffer.id.in_(about))
    if wanted.first_on or wanted.last_on:
        conditions.append(HostOffer.id.in_(_with_days(wanted)))
    return conditions


def _with_days(wanted: Wanted) -> Select[int]:
    windows = select(OfferWindow.offer_id)
    if wanted.first_on:
        windows = windows.where(OfferWindow.last_on >= wanted.first_on)
    if wanted.last_on:
        windows = windows.where(OfferWindow.first_on <= wanted.last_on)
    return windows

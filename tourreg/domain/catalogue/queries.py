"""What the public may see of the catalogue: never a draft, and all of it in a bounded number of statements."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from tourreg.db import db
from tourreg.domain.audit.models import Move
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Stop
from tourreg.domain.papers.models import Issuer

PUBLIC_STATES = ("published", "closed", "cancelled")


@dataclass(frozen=True)
class Wish:
    """What a reader of the catalogue wants to see; None is "any".

    month  its first day: events that take place on at least one day of it
    since  events that end on this day or later; a month goes before it
    """

    kind: str | None = None
    direction: str | None = None
    month: date | None = None
    since: date | None = None


def events_on_show(wish: Wish, *, most: int, after: int = 0) -> Sequence[Event]:
    """Return the events with their pool, fees and stops with cities, earliest first, in three statements.

    after  how many are left out, for the pages of a long list
    """
    chosen = select(Event).where(*_conditions(wish)).order_by(Event.starts_on, Event.id).offset(after).limit(most)
    return db.session.scalars(chosen.options(*_for_a_list())).all()


def count_on_show(wish: Wish) -> int:
    """Return how many events the wish names."""
    return db.session.scalar(select(func.count()).select_from(Event).where(*_conditions(wish))) or 0


def months_on_show(since: date) -> list[date]:
    """Return the first day of each month in which a public event begins, for events that end on that day or later."""
    beginnings = select(Event.starts_on).where(*_conditions(Wish(since=since))).distinct()
    return sorted({day.replace(day=1) for day in db.session.scalars(beginnings)})


def public_event(slug: str) -> Event | None:
    """Return the event with pool, issuer, fees, add-ons and stops with cities, in four statements; None for a draft."""
    chosen = select(Event).where(Event.slug == slug, *_conditions(Wish()))
    more = (
        joinedload(Event.issuer),
        joinedload(Event.payment_terms),
        selectinload(Event.add_ons).joinedload(AddOn.pool),
    )
    return db.session.scalars(chosen.options(*_for_a_list(), *more)).one_or_none()


def event_to_book(slug: str) -> Event | None:
    """Return the event with what a booking needs, pool, fees and add-ons, in three statements; None for a draft."""
    chosen = select(Event).where(Event.slug == slug, *_conditions(Wish()))
    whole = (
        joinedload(Event.pool),
        joinedload(Event.payment_terms),
        selectinload(Event.fees).joinedload(Fee.pool),
        selectinload(Event.add_ons).joinedload(AddOn.pool),
    )
    return db.session.scalars(chosen.options(*whole)).one_or_none()


def public_slugs() -> Sequence[str]:
    """Return the slugs of all public events, latest first, for search engines."""
    return db.session.scalars(select(Event.slug).where(*_conditions(Wish())).order_by(Event.starts_on.desc())).all()


def sellers() -> Sequence[Issuer]:
    """Return those who sell at least one public event, in the order in which they joined."""
    selling = select(Event.issuer_id).where(*_conditions(Wish()))
    return db.session.scalars(select(Issuer).where(Issuer.id.in_(selling)).order_by(Issuer.id)).all()


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    conditions = [Event.state.in_(PUBLIC_STATES), ~_cancelled_as_a_draft()]
    if wish.kind:
        conditions.append(Event.kind == wish.kind)
    if wish.direction:
        conditions.append(Event.direction == wish.direction)
    if wish.month:
        conditions += [Event.starts_on <= _last_day(wish.month), Event.ends_on >= wish.month]
    elif wish.since:
        conditions.append(Event.ends_on >= wish.since)
    return conditions


def _cancelled_as_a_draft() -> ColumnElement[bool]:
    """Tell the events that were given up before anybody outside had seen them."""
    return exists().where(Move.subject == Event.public_id, Move.before == "draft", Move.after == "cancelled")


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _for_a_list() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Event.pool),
        selectinload(Event.fees).joinedload(Fee.pool),
        selectinload(Event.stops).joinedload(Stop.city),
    )

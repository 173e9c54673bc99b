"""What the office asks of the catalogue: drafts included, and everything of an event at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from tourreg.db import db
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Stop
from tourreg.domain.papers.models import Issuer


@dataclass(frozen=True)
class Wanted:
    """Which events a member of staff wants to see; None is "any"."""

    state: str | None = None
    kind: str | None = None


def events(wanted: Wanted, *, most: int, after: int = 0) -> Sequence[Event]:
    """Return the events with all their parts, latest first, in four statements; `after` is how many are left out."""
    chosen = select(Event).where(*_conditions(wanted)).order_by(Event.starts_on.desc(), Event.id.desc())
    return db.session.scalars(chosen.offset(after).limit(most).options(*_whole())).all()


def count_by_state(kind: str | None = None) -> dict[str, int]:
    """Return how many events of the kind stand in each state."""
    counted = select(Event.state, func.count()).where(*_conditions(Wanted(kind=kind))).group_by(Event.state)
    return {state: number for state, number in db.session.execute(counted).all()}  # noqa: C416


def event(public_id: str) -> Event | None:
    """Return the event with issuer, pool, fees, add-ons and stops with cities, in four statements."""
    chosen = select(Event).where(Event.public_id == public_id)
    return db.session.scalars(chosen.options(*_whole())).one_or_none()


def event_to_change(public_id: str) -> Event:
    """Return the event as it is now, which nobody else changes until the transaction ends.

    raises  NoResultFound
    """
    # Registrations may go on: what they insert locks only the event's key.
    chosen = select(Event).where(Event.public_id == public_id).options(joinedload(Event.pool))
    locking = chosen.with_for_update(key_share=True, of=Event)
    return db.session.scalars(locking.execution_options(populate_existing=True)).one()


def event_of_submission(submission_key: str) -> Event | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(Event).where(Event.submission_key == submission_key))


def is_slug_free(slug: str, *, but: Event | None = None) -> bool:
    """Tell whether no other event has this address."""
    owner = db.session.scalar(select(Event.id).where(Event.slug == slug))
    return owner is None or (but is not None and owner == but.id)


def free_slug(wanted: str, *, but: Event | None = None) -> str:
    """Return the address, with a number where another event has it already."""
    numbered = (f"{wanted}-{number}" for number in range(2, 1_000))
    return next(slug for slug in (wanted, *numbered) if is_slug_free(slug, but=but))


def issuers() -> Sequence[Issuer]:
    """Return the sellers, in the order in which they joined."""
    return db.session.scalars(select(Issuer).order_by(Issuer.id)).all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(Event.state == wanted.state)
    if wanted.kind:
        conditions.append(Event.kind == wanted.kind)
    return conditions


def _whole() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Event.pool),
        joinedload(Event.issuer),
        joinedload(Event.payment_terms),
        selectinload(Event.fees).options(joinedload(Fee.pool), joinedload(Fee.member_list)),
        selectinload(Event.stops).joinedload(Stop.city),
        selectinload(Event.add_ons).joinedload(AddOn.pool),
    )

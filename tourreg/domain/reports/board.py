"""What the office sees first: how much waits for a person, and how far the coming events are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.models import Task
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.reports import translations
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel.money import Money

SOON_ENDS_ON_BOARD = 12


@dataclass(frozen=True)
class Waiting:
    """How many of each wait for a person.

    orders      purchase orders that finance has to accept while the seats are held
    cases       money that the program will not judge
    refunds     to be paid out by hand
    letters     that could not be sent; tasks: other work that was given up
    hosts       cities that signed up and showed their address to be theirs
    holds       registrations whose places are given back before `holds_until` unless something comes
    cancelling  registrations whose contacts ask the office to cancel
    approvals   people whose fee the office has yet to approve
    texts       that stand in one language only
    """

    orders: int
    cases: int
    refunds: int
    letters: int
    tasks: int
    hosts: int
    holds: int
    cancelling: int
    approvals: int
    texts: int


@dataclass(frozen=True)
class Standing:
    """How far a coming event is: its seats, and what was charged and has come, in its currency."""

    event: Event
    confirmed: int
    held: int
    charged: Money
    received: Money

    @property
    def short(self) -> int:
        """Return how many confirmed seats are missing until the event runs."""
        return max(0, self.event.minimum - self.confirmed)


def waiting(*, holds_until: datetime, today: date) -> Waiting:
    """Count all that waits, in two statements."""
    counts = db.session.execute(
        select(
            _orders().label("orders"),
            _count(DeskCase.id, DeskCase.closed_at.is_(None)).label("cases"),
            _count(Refund.id, Refund.is_to_pay_out).label("refunds"),
            _count(Task.id, Task.given_up_at.is_not(None), Task.kind == SEND_LETTER).label("letters"),
            _count(Task.id, Task.given_up_at.is_not(None), Task.kind != SEND_LETTER).label("tasks"),
            _count(HostProfile.id, HostProfile.state == "address_confirmed").label("hosts"),
            _holds(holds_until).label("holds"),
            _count(Registration.id, Registration.cancellation_state == "asked").label("cancelling"),
            _count(Participant.id, Participant.application_state == "submitted").label("approvals"),
        )
    ).one()
    return Waiting(*counts, texts=translations.count_missing(today))


def coming(today: date) -> list[Standing]:
    """Return the events that have not ended, drafts included, earliest first, in three statements."""
    events = db.session.scalars(
        select(Event)
        .where(Event.ends_on >= today, Event.state != "cancelled")
        .order_by(Event.starts_on, Event.id)
        .limit(SOON_ENDS_ON_BOARD)
        .options(joinedload(Event.pool))
    ).all()
    seats, money = _seats(events), _money(events)
    return [_standing(event, seats[event.pool_id], money) for event in events]


def _count(column: Any, *conditions: Any) -> ScalarSelect[Any]:
    return select(func.count(column)).where(*conditions).scalar_subquery()


def _orders() -> ScalarSelect[Any]:
    held = (
        select(Seat.id)
        .join(Seat.participant)
        .where(Participant.registration_id == Registration.id, Seat.state == "held")
        .exists()
    )
    asked = select(func.count(func.distinct(Registration.folio_id))).join(Registration.folio)
    return asked.where(Folio.credit_state == "asked", held).scalar_subquery()


def _holds(until: datetime) -> ScalarSelect[Any]:
    ending = select(func.count(func.distinct(Participant.registration_id))).join(Participant.seats)
    return ending.where(Seat.state == "held", Seat.held_until < until).scalar_subquery()


def _seats(events: Sequence[Event]) -> Mapping[int | None, Mapping[str, int]]:
    taken = (
        select(Seat.pool_id, Seat.state, func.count())
        .where(Seat.pool_id.in_([event.pool_id for event in events]), Seat.state != "released")
        .group_by(Seat.pool_id, Seat.state)
    )
    by_pool: dict[int | None, dict[str, int]] = defaultdict(dict)
    for pool_id, state, count in db.session.execute(taken):
        by_pool[pool_id][state] = count
    return by_pool


def _money(events: Sequence[Event]) -> Mapping[str, tuple[int, int]]:
    """Return what was charged and what came and stayed in the event's own currency, by its public id."""
    moved = Entry.kind.in_(("payment", "refund", "refund_returned"))
    sums = (
        select(
            Folio.event,
            func.coalesce(func.sum(Entry.amount_minor).filter(~moved), 0),
            func.coalesce(func.sum(Entry.amount_minor).filter(moved), 0),
        )
        .join(Folio.entries)
        .join(Event, Event.public_id == Folio.event)
        .where(Event.id.in_([event.id for event in events]), Folio.currency == Event.currency)
        .group_by(Folio.event)
    )
    return {event: (int(charged), -int(came)) for event, charged, came in db.session.execute(sums)}


def _standing(event: Event, seats: Mapping[str, int], money: Mapping[str, tuple[int, int]]) -> Standing:
    charged, received = money.get(event.public_id, (0, 0))
    return Standing(
        event,
        seats.get("confirmed", 0),
        seats.get("held", 0) + seats.get("offered", 0),
        Money(charged, event.currency),
        Money(received, event.currency),
    )

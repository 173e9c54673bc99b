"""The office's list of registrations: found, ordered and paged in the database, in a bounded number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, func, not_, or_, select
from sqlalchemy.orm import aliased, contains_eager

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.overdue import overdue_bills
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.registrations.models import ENDED_APPLICATIONS, Participant, Registration, Seat
from tourreg.domain.registrations.states import State, state_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import read_reference
from tourreg.kernel.ordering import sort_key

SeatState = Literal["held", "confirmed", "released", "cancelling", "review"]
MoneyState = Literal["open", "late", "settled", "credit", "asked"]
PaysBy = Literal["card", "invoice"]
Order = Literal["contact", "reference", "event", "people", "open", "registered"]
SEAT_STATES: tuple[SeatState, ...] = ("held", "confirmed", "released", "cancelling", "review")
MONEY_STATES: tuple[MoneyState, ...] = ("open", "late", "settled", "credit", "asked")
ORDERS: tuple[Order, ...] = ("contact", "reference", "event", "people", "open", "registered")
_MOST_WORDS = 6


@dataclass(frozen=True)
class Wanted:
    """Which registrations somebody looks for; what is empty does not narrow.

    text   every word must stand in the name of the contact or of a participant, in Latin letters, Chinese or pinyin, or
           in an organisation, the payer, the PO number, an e-mail address or the reference
    event  its slug
    money  open: something is owed; late: after the due date of an instalment or invoice; settled; credit: more came
           than was charged; asked: finance has not yet accepted the purchase order, and the seats are held for it
    """

    text: str = ""
    event: str = ""
    seats: SeatState | None = None
    money: MoneyState | None = None
    pays_by: PaysBy | None = None


@dataclass(frozen=True)
class Listed:
    """One line of the list.

    open     what is owed on its main bill; negative when more came than was charged
    stands_for  how many registrations have that bill as their main one
    late_on  the earliest due date that has passed while something is owed
    cancelling  whether the contact asks the office to cancel
    """

    public_id: str
    reference: str
    contact: str
    organisation: str
    event: Text
    cover: str
    people: int
    state: State
    open: Money
    stands_for: int
    late_on: date | None
    registered_at: datetime
    zone: str
    cancelling: bool


def count(wanted: Wanted, *, today: date) -> int:
    """Return how many registrations are looked for."""
    return db.session.scalar(_chosen(select(func.count()).select_from(Registration), wanted, today)) or 0


def listed(wanted: Wanted, order: Order, *, falling: bool, first: int, most: int, today: date) -> list[Listed]:
    """Return one page of the list, in five statements however long it is.

    first  counts from 0
    """
    ids = ids_in_order(wanted, order, falling=falling, today=today, first=first, most=most)
    rows = {row.id: row for row in db.session.execute(_rows(ids))}
    seats, balances = _seats(ids), _balances([row.folio_id for row in rows.values()])
    due = _due([row.folio_id for row in rows.values()], today)
    return [_line(rows[number], seats[number], balances, due) for number in ids if number in rows]


def ids_in_order(
    wanted: Wanted, order: Order, *, falling: bool, today: date, first: int = 0, most: int | None = None
) -> Sequence[int]:
    """Return what is looked for, as ids; registrations that are alike in the order stand in that of registering."""
    by = _ordering(order)
    chosen = _chosen(select(Registration.id), wanted, today)
    if order == "event":
        chosen = chosen.join(Event, Event.id == Registration.event_id)
    ordered = chosen.order_by(*((part.desc() if falling else part.asc()) for part in (*by, Registration.id)))
    return db.session.scalars(ordered.offset(first).limit(most)).all()


def events_with_registrations() -> Sequence[tuple[str, Text]]:
    """Return the slug and title of each event that somebody registered for, latest first."""
    registered_for = select(Registration.event_id).distinct()
    chosen = select(Event.slug, Event.title).where(Event.id.in_(registered_for)).order_by(Event.starts_on.desc())
    return db.session.execute(chosen).all()


def _chosen(statement: Select[Any], wanted: Wanted, today: date) -> Select[Any]:
    return statement.where(*_conditions(wanted, today))


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions = _said(wanted.text)
    if wanted.event:
        slug_is = select(Event.id).where(Event.slug == wanted.event).scalar_subquery()
        conditions.append(Registration.event_id == slug_is)
    if wanted.seats:
        conditions.append(_seated(wanted.seats))
    if wanted.money:
        conditions.append(_paid(wanted.money, today))
    if wanted.pays_by:
        conditions.append(Registration.pays_by == wanted.pays_by)
    return conditions


def _said(text: str) -> list[ColumnElement[bool]]:
    reference = read_reference(text)
    if reference is not None:
        return [Registration.reference == reference]
    return [_holds(word) for word in text.split()[:_MOST_WORDS]]


def _holds(word: str) -> ColumnElement[bool]:
    spelled = sort_key(word) or word
    spelled_so = Participant.sort_key.contains(spelled, autoescape=True)
    person = (Participant.surname, Participant.given, Participant.native, Participant.organisation, Participant.email)
    people = select(Participant.registration_id).where(
        or_(
            *(column.icontains(word, autoescape=True) for column in person),
            spelled_so,
        )
    )
    payer = (Folio.po_number, Folio.payer_name, Folio.payer_email)
    folios = select(Folio.id).where(or_(*(column.icontains(word, autoescape=True) for column in payer)))
    own = (
        Registration.contact_name,
        Registration.organisation,
        Registration.contact_email,
        Registration.reference,
    )
    return or_(
        *(column.icontains(word, autoescape=True) for column in own),
        Registration.sort_key.contains(spelled, autoescape=True),
        Registration.id.in_(people),
        Registration.folio_id.in_(folios),
    )


def _seated(state: SeatState) -> ColumnElement[bool]:
    """Narrow to held: at least one seat still waits; confirmed: none waits and some are sure; released: none is left;
    cancelling: the contact asks the office to give them back; review: the office has yet to approve a fee.
    """
    if state == "cancelling":
        return Registration.cancellation_state == "asked"
    if state == "review":
        return and_(_in_review(), _with_a_seat("held", "offered"))
    waiting, sure = _with_a_seat("held", "offered"), _with_a_seat("confirmed")
    if state == "held":
        return waiting
    return and_(not_(waiting), sure if state == "confirmed" else not_(sure))


def _in_review() -> ColumnElement[bool]:
    waiting = select(Participant.registration_id).where(Participant.application_state == "submitted")
    return Registration.id.in_(waiting)


def _with_a_seat(*states: str) -> ColumnElement[bool]:
    seated = select(Participant.registration_id).join(Participant.seats).where(Seat.state.in_(states))
    return Registration.id.in_(seated)


def _paid(state: MoneyState, today: date) -> ColumnElement[bool]:
    if state == "asked":
        asked = select(Folio.id).where(Folio.credit_state == "asked")
        return and_(Registration.folio_id.in_(asked), _with_a_seat("held"))
    owed = select(Entry.folio_id).group_by(Entry.folio_id)
    summed = func.sum(Entry.amount_minor)
    if state == "settled":
        return not_(Registration.folio_id.in_(owed.having(summed != 0)))
    if state == "credit":
        return Registration.folio_id.in_(owed.having(summed < 0))
    still_open = Registration.folio_id.in_(owed.having(summed > 0))
    if state == "open":
        return still_open
    return Registration.folio_id.in_(select(overdue_bills(today).c.folio_id))


def _ordering(order: Order) -> tuple[ColumnElement[Any], ...]:
    """Return what an order goes by; people and open sum up every registration and so cost more than the others."""
    people = select(func.count(Participant.id)).where(Participant.registration_id == Registration.id)
    owed = select(func.coalesce(func.sum(Entry.amount_minor), 0)).where(Entry.folio_id == Registration.folio_id)
    orders: Mapping[Order, tuple[ColumnElement[Any], ...]] = {
        "contact": (Registration.sort_key.expression,),
        "reference": (Registration.reference.expression,),
        "event": (Event.starts_on.expression, Event.id.expression),
        "people": (people.correlate(Registration).scalar_subquery(),),
        "open": (owed.correlate(Registration).scalar_subquery(),),
        "registered": (Registration.registered_at.expression,),
    }
    return orders[order]


def _rows(ids: Sequence[int]) -> Any:
    sharing = aliased(Registration)
    stands_for = select(func.count()).select_from(sharing).where(sharing.folio_id == Registration.folio_id)
    return (
        select(
            Registration.id,
            Registration.public_id,
            Registration.reference,
            Registration.contact_name,
            Registration.organisation,
            Registration.registered_at,
            Registration.folio_id,
            Registration.cancellation_state,
            Folio.currency,
            Folio.credit_state,
            Event.title,
            Event.cover,
            Event.zone,
            stands_for.correlate(Registration).scalar_subquery().label("stands_for"),
        )
        .join(Registration.folio)
        .join(Registration.event)
        .where(Registration.id.in_(ids))
    )


def _seats(ids: Sequence[int]) -> Mapping[int, list[Any]]:
    """Return the seats of each registration, with the participant's id and application."""
    taken = (
        select(
            Participant.registration_id,
            Participant.id,
            Participant.application_state,
            Seat.state,
            Seat.held_until,
            Seat.released_at,
        )
        .join(Participant.seats)
        .where(Participant.registration_id.in_(ids))
    )
    by_registration: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(taken):
        by_registration[row.registration_id].append(row)
    return by_registration


def _balances(folio_ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """Return for each folio what is owed and what was received."""
    received = func.sum(Entry.amount_minor).filter(Entry.kind == "payment")
    summed = select(Entry.folio_id, func.sum(Entry.amount_minor), received).where(Entry.folio_id.in_(folio_ids))
    rows = db.session.execute(summed.group_by(Entry.folio_id))
    return {folio_id: (int(owed), -int(came or 0)) for folio_id, owed, came in rows}


def _due(folio_ids: Sequence[int], today: date) -> Mapping[int, date | None]:
    overdue = overdue_bills(today)
    found = db.session.execute(select(overdue.c.folio_id, overdue.c.due_on).where(overdue.c.folio_id.in_(folio_ids)))
    return {row.folio_id: row.due_on for row in found}


def _line(
    row: Row[Any],
    seats: list[Any],
    balances: Mapping[int, tuple[int, int]],
    due: Mapping[int, date | None],
) -> Listed:
    owed_minor, received_minor = balances.get(row.folio_id, (0, 0))
    owed, received = Money(owed_minor, row.currency), Money(received_minor, row.currency)
    withdrawn = all(seat.application_state in ENDED_APPLICATIONS for seat in seats)
    in_review = any(seat.application_state == "submitted" for seat in seats)
    return Listed(
        public_id=row.public_id,
        reference=row.reference,
        contact=row.contact_name,
        organisation=row.organisation,
        event=row.title,
        cover=row.cover,
        people=len({seat.id for seat in seats}),
        state=state_of(
            seats,
            owed,
            received=received,
            credit_state=row.credit_state,
            withdrawn=withdrawn,
            in_review=in_review,
        ),
        open=owed,
        stands_for=row.stands_for,
        late_on=due.get(row.folio_id) if owed.minor > 0 else None,
        registered_at=row.registered_at,
        zone=row.zone,
        cancelling=row.cancellation_state == "asked",
    )


def participants_of(event: Event) -> Sequence[Participant]:
    """Return who takes part in the event, each with the registration, in protocol order, in one statement.

    Those who registered first come first, and within a registration its own order counts.
    """
    taking_part = (
        select(Participant)
        .join(Participant.registration)
        .join(Participant.seats)
        .where(Seat.pool_id == event.pool_id, Seat.add_on_id.is_(None), Seat.state == "confirmed")
        .order_by(Registration.registered_at, Registration.id, Participant.position)
    )
    return db.session.scalars(taking_part.options(contains_eager(Participant.registration))).all()


def tours_taken(event: Event) -> dict[int, list[str]]:
    """Return the kinds of tours with a confirmed place, by the participant's id, in one statement."""
    taken = (
        select(Seat.participant_id, AddOn.kind)
        .join(Seat.add_on)
        .where(AddOn.event_id == event.id, AddOn.kind.in_(("pre_tour", "post_tour")), Seat.state == "confirmed")
    )
    tours: dict[int, list[str]] = defaultdict(list)
    for participant_id, kind in db.session.execute(taken):
        tours[participant_id].append(kind)
    return tours


def parts_taken(event: Event) -> dict[str, list[str]]:
    """Return the public ids of the add-ons with a confirmed place, by the participant's, in one statement.

    The programme itself, "", stands before them for everybody who has a confirmed place at it.
    """
    taken = (
        select(Participant.public_id, AddOn.public_id)
        .join(Participant.seats)
        .join(Participant.registration)
        .outerjoin(Seat.add_on)
        .where(Registration.event_id == event.id, Seat.state == "confirmed")
        .order_by(Seat.id)
    )
    parts: dict[str, list[str]] = defaultdict(list)
    for participant, add_on in db.session.execute(taken):
        if (add_on or "") not in parts[participant]:
            parts[participant].append(add_on or "")
    return parts

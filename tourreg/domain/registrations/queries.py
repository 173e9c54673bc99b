"""Registrations, found by what people and papers know of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.payers import BillTo, bill_to_of
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.registrations import states
from tourreg.domain.registrations.models import FurtherFolio, Participant, Registration, Seat
from tourreg.domain.registrations.states import State
from tourreg.kernel.money import total
from tourreg.kernel.numbers import new_reference


def by_public_id(public_id: str) -> Registration | None:
    """Return the registration with event, folio, people, fees and seats, in three statements."""
    return _one(Registration.public_id == public_id)


def of_folio(folio_id: int) -> Registration | None:
    """Return the registration that a folio is the bill of, loaded alike; the first where it bills several."""
    return _one(Registration.id == select(func.min(Registration.id)).where(_on(folio_id)).scalar_subquery())


def billed_on(*folio_ids: int) -> Sequence[int]:
    """Return the ids of the registrations with lines on any of the folios, now or before, in the order of locking."""
    return db.session.scalars(select(Registration.id).where(_on(*folio_ids)).order_by(Registration.id)).all()


def on_folios(*folio_ids: int, with_routes: bool = False) -> Sequence[Registration]:
    """Return the registrations with lines on any of the folios, with people, seats and further folios, alike.

    with_routes  also with their events and the cities on their routes
    """
    with_seats = selectinload(Registration.participants).selectinload(Participant.seats)
    on_it = select(Registration).where(_on(*folio_ids)).options(with_seats, selectinload(Registration.further_folios))
    if with_routes:
        stops = joinedload(Registration.event).selectinload(Event.stops).joinedload(Stop.city)
        on_it = on_it.options(stops)
    return db.session.scalars(on_it.order_by(Registration.id)).all()


def others_to_bill_with(registration: Registration, text: str, *, most: int) -> Sequence[Registration]:
    """Return other registrations of the event that have seats and another bill; those of the same house first.

    text  a part of the contact's name or address, of the house, or of the reference; all where it is empty
    """
    live = exists().where(
        Participant.registration_id == Registration.id, Seat.participant_id == Participant.id, Seat.state != "released"
    )
    found = select(Registration).where(
        Registration.event_id == registration.event_id, Registration.folio_id != registration.folio_id, live
    )
    columns = (Registration.contact_name, Registration.contact_email, Registration.organisation, Registration.reference)
    for word in text.split()[:5]:
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    same_house = Registration.organisation == (registration.organisation or None)
    ordered = found.order_by(same_house.desc().nulls_last(), Registration.sort_key, Registration.id)
    return db.session.scalars(ordered.options(joinedload(Registration.folio)).limit(most)).all()


def with_main_folio(folio_id: int) -> Sequence[Registration]:
    """Return the registrations whose main bill a folio is, without their people."""
    sharing = select(Registration).where(Registration.folio_id == folio_id).order_by(Registration.id)
    return db.session.scalars(sharing).all()


def main_folio_of(registration_id: int) -> int:
    """Return the id of a registration's main bill, as the database has it now."""
    return db.session.scalars(select(Registration.folio_id).where(Registration.id == registration_id)).one()


def by_submission_key(submission_key: str) -> Registration | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(Registration).where(Registration.submission_key == submission_key))


def is_contact(email: str) -> bool:
    """Tell whether anybody registered with this address."""
    return db.session.scalar(select(Registration.id).where(_made_with(email)).limit(1)) is not None


def of_contact(email: str) -> Sequence[Registration]:
    """Return the registrations made with this address and their events, newest first."""
    theirs = select(Registration).where(_made_with(email)).options(joinedload(Registration.event))
    return db.session.scalars(theirs.order_by(Registration.registered_at.desc(), Registration.id.desc())).all()


def last_payer(email: str) -> BillTo | None:
    """Return who paid by invoice for what was last registered with this address; not who pays for other contacts too.

    The address for bills is empty where it is the contact's own.
    """
    other = aliased(Registration)
    shared = exists().where(other.folio_id == Registration.folio_id, other.id != Registration.id)
    theirs = select(Registration).where(_made_with(email), Registration.pays_by == "invoice", ~shared)
    latest = theirs.order_by(Registration.registered_at.desc(), Registration.id.desc()).limit(1)
    found = db.session.scalar(latest.options(joinedload(Registration.folio)))
    payer = bill_to_of(found.folio) if found else None
    return replace(payer, email="") if payer and payer.email.lower() == email.lower() else payer


def live_from_form(ending: str, public_ids: Iterable[str]) -> Registration | None:
    """Return the newest of these registrations whose submission key ends so, and whose places are not given back."""
    live = exists().where(
        Participant.registration_id == Registration.id, Seat.participant_id == Participant.id, Seat.state != "released"
    )
    alike = Registration.submission_key.endswith(ending, autoescape=True)
    found = select(Registration).where(Registration.public_id.in_(list(public_ids)), alike, live)
    return db.session.scalar(found.order_by(Registration.id.desc()).limit(1))


def named(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the references of registrations by their public ids."""
    known = select(Registration.public_id, Registration.reference).where(Registration.public_id.in_(list(public_ids)))
    return {public_id: reference for public_id, reference in db.session.execute(known)}  # noqa: C416


def is_reference_free(reference: str) -> bool:
    """Tell whether neither a registration nor a bill has the reference."""
    known = select(Registration.reference).where(Registration.reference == reference)
    return db.session.scalar(known.union(select(Folio.reference).where(Folio.reference == reference))) is None


def free_reference(prefix: str) -> str:
    """Return a reference that neither a registration nor a bill has."""
    reference = new_reference(prefix)
    while not is_reference_free(reference):
        reference = new_reference(prefix)
    return reference


def add_on_of(first_reference: str) -> str:
    """Return the public id of the add-on that a line was first charged for; "" for a fee, or for nothing bookable.

    first_reference  as `register` gave it to the posting, or `options.choose`
    """
    return first_reference.split(":")[2] if first_reference.startswith("add_on:") else ""


def state_of(registration: Registration) -> State:
    """Return where a registration stands, in one word, from its seats and its bills."""
    seats = [seat for participant in registration.participants for seat in participant.seats]
    standings = [billing.standing(folio) for folio in registration.folios]
    currency = registration.folio.currency
    credit_state = registration.folio.credit_state
    return states.state_of(
        seats,
        total((one.balance for one in standings), currency),
        received=total((one.received for one in standings), currency),
        credit_state=credit_state,
        withdrawn=registration.is_withdrawn,
        in_review=registration.awaits_approval,
    )


def _on(*folio_ids: int) -> ColumnElement[bool]:
    further = select(FurtherFolio.registration_id).where(FurtherFolio.folio_id.in_(folio_ids))
    return or_(Registration.folio_id.in_(folio_ids), Registration.id.in_(further))


def _one(condition: ColumnElement[bool]) -> Registration | None:
    people = selectinload(Registration.participants)
    seats = people.selectinload(Participant.seats)
    whole = (
        select(Registration)
        .where(condition)
        .options(
            joinedload(Registration.event),
            joinedload(Registration.folio),
            people.joinedload(Participant.fee),
            seats.joinedload(Seat.add_on),
            seats.joinedload(Seat.pool),
        )
    )
    return db.session.scalars(whole).one_or_none()


def _made_with(email: str) -> ColumnElement[bool]:
    return func.lower(Registration.contact_email) == email.lower()

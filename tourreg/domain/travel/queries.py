"""Journeys, hotels and rooms, found by what pages and papers know of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tourreg.db import db
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.consents.queries import subjects_agreeing
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.travel.models import Bed, Room, Stay, TravelCall, Traveller

KIND = "travel"


def call_of(event: Event) -> TravelCall | None:
    """Return that the event asks for travel details, if it does."""
    return db.session.scalar(select(TravelCall).where(TravelCall.event_id == event.id))


def traveller_of(participant: Participant) -> Traveller | None:
    """Return what a participant told, while their consent counts."""
    return travellers_of([participant]).get(participant.id)


def travellers_of(participants: Collection[Participant]) -> dict[int, Traveller]:
    """Return what people told whose consent counts, with their legs, by the participant's id; in three statements."""
    by_subject = {one.public_id: one.id for one in participants}
    agreeing = [by_subject[subject] for subject in subjects_agreeing(by_subject, KIND)]
    told = select(Traveller).where(Traveller.participant_id.in_(agreeing)).options(selectinload(Traveller.legs))
    return {each.participant_id: each for each in db.session.scalars(told)} if agreeing else {}


def people_of(event: Event) -> Sequence[Participant]:
    """Return who has a confirmed place at the event, each with the registration, in protocol order."""
    return db.session.scalars(_seated(event)).all()


def registrations_lacking(event: Event) -> list[Registration]:
    """Return the registrations of an event with somebody who has not told of their journey, in protocol order."""
    people = people_of(event)
    told = travellers_of(people)
    return list(dict.fromkeys(one.registration for one in people if one.id not in told))


def stays_of(event: Event) -> Sequence[Stay]:
    """Return the event's hotels in the order of their nights, each with its types of rooms."""
    return db.session.scalars(_whole(select(Stay).where(Stay.event_id == event.id))).all()


def hotels_of(event: Event) -> Sequence[Stay]:
    """Return the event's hotels alone, in the order of their nights, for lists that need no more than their names."""
    return db.session.scalars(select(Stay).where(Stay.event_id == event.id).order_by(Stay.check_in_on, Stay.id)).all()


def stay_by_public_id(public_id: str) -> Stay | None:
    """Return a hotel with event, types of rooms, rooms and who sleeps in them."""
    return db.session.scalars(_whole(select(Stay).where(Stay.public_id == public_id))).one_or_none()


def stay_of_submission(submission_key: str) -> Stay | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(Stay).where(Stay.submission_key == submission_key))


def stay_to_change(public_id: str) -> Stay:
    """Return the hotel and its rooms as they are now, which nobody else changes until the transaction ends.

    raises  NoResultFound
    """
    locked = select(Stay).where(Stay.public_id == public_id).with_for_update(of=Stay)
    db.session.scalars(locked.execution_options(populate_existing=True)).one()
    fresh = _whole(select(Stay).where(Stay.public_id == public_id))
    return db.session.scalars(fresh.execution_options(populate_existing=True)).one()


def parts_taken(event: Event, people: Iterable[Participant]) -> dict[int, set[int]]:
    """Return the ids of the add-ons that people have a place at, be it held or confirmed, by the participant's id."""
    taken = (
        select(Seat.participant_id, Seat.add_on_id)
        .join(Seat.add_on)
        .where(AddOn.event_id == event.id, Seat.state.in_(("held", "confirmed")))
        .where(Seat.participant_id.in_([one.id for one in people]))
    )
    parts: dict[int, set[int]] = defaultdict(set)
    for participant_id, add_on_id in db.session.execute(taken):
        if add_on_id is not None:
            parts[participant_id].add(add_on_id)
    return parts


def rooms_slept_in(event: Event) -> dict[int, list[tuple[str, int]]]:
    """Return the public id of each hotel and the room's number there, by the participant's id, in one statement."""
    slept = (
        select(Bed.participant_id, Stay.public_id, Room.number)
        .join(Bed.room)
        .join(Room.stay)
        .where(Stay.event_id == event.id)
        .order_by(Stay.check_in_on, Stay.id, Room.number)
    )
    rooms: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for participant_id, stay, number in db.session.execute(slept):
        rooms[participant_id].append((stay, number))
    return rooms


def _seated(event: Event) -> Select[Participant]:
    return (
        select(Participant)
        .join(Participant.registration)
        .join(Participant.seats)
        .where(Seat.pool_id == event.pool_id, Seat.add_on_id.is_(None), Seat.state == "confirmed")
        .order_by(Registration.registered_at, Registration.id, Participant.position)
        .options(contains_eager(Participant.registration))
    )


def _whole(chosen: Select[Stay]) -> Select[Stay]:
    beds = selectinload(Stay.rooms).selectinload(Room.beds).joinedload(Bed.participant)
    return chosen.order_by(Stay.check_in_on, Stay.id).options(
        joinedload(Stay.event), joinedload(Stay.add_on), selectinload(Stay.room_types), beds
    )

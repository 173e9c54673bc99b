"""What one participant sees of the own journey: the way there and back, and where they sleep with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel.legs import LegPlan
from tourreg.domain.travel.models import Bed, Room
from tourreg.domain.travel.plans import plan_of_leg
from tourreg.domain.travel.queries import traveller_of
from tourreg.kernel.bilingual import Text


@dataclass(frozen=True)
class Night:
    """Somebody's bed in a hotel.

    from_on, to_on  the first night, and the morning after the last
    mates           with whom they share the room, as Latin names
    """

    hotel: Text
    address: Text
    phone: str
    from_on: date
    to_on: date
    room: Text
    mates: list[str]


@dataclass(frozen=True)
class Journey:
    """Flights and trains in their order while consent to keep them counts, and the nights in hotels.

    agreed  whether the person has told of the journey behind a consent that counts
    """

    legs: list[LegPlan]
    nights: list[Night]
    agreed: bool = False


def journey_of(participant: Participant) -> Journey:
    """Return what is known of somebody's own journey, in a bounded number of statements."""
    told = traveller_of(participant)
    legs = [plan_of_leg(leg) for leg in told.legs] if told else []
    return Journey(legs, _nights(participant), agreed=told is not None)


def _nights(participant: Participant) -> list[Night]:
    shared = joinedload(Bed.room)
    slept = (
        select(Bed)
        .where(Bed.participant_id == participant.id)
        .order_by(Bed.from_on, Bed.id)
        .options(
            shared.joinedload(Room.room_type),
            shared.joinedload(Room.stay),
            shared.selectinload(Room.beds).joinedload(Bed.participant),
        )
    )
    return [_night(bed) for bed in db.session.scalars(slept)]


def _night(bed: Bed) -> Night:
    stay = bed.room.stay
    others = [one for one in bed.room.beds if one.participant_id != bed.participant_id and _meet(one, bed)]
    mates = [one.participant.name.latin() for one in others]
    return Night(stay.hotel, stay.address, stay.phone, bed.from_on, bed.to_on, bed.room.room_type.label, mates)


def _meet(one: Bed, other: Bed) -> bool:
    return one.from_on < other.to_on and other.from_on < one.to_on

"""Who has chosen what of an event's optional items."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tourreg.db import db
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.itineraries.options import Option, options_of
from tourreg.domain.registrations.models import Participant, Registration, Seat


@dataclass(frozen=True)
class Chosen:
    """An optional item and who takes part, in protocol order; without an option it is no longer offered."""

    add_on: AddOn
    option: Option | None
    people: list[Participant]


def chosen_options(event: Event) -> list[Chosen]:
    """Return what is offered, in the order in which it happens, then what is not any more and somebody has still.

    In three statements, however many chose.
    """
    people = _people(event)
    offered = options_of(event)
    found = [Chosen(option.add_on, option, people.pop(option.add_on, [])) for option in offered]
    return [*found, *(Chosen(add_on, None, theirs) for add_on, theirs in people.items())]


def _people(event: Event) -> dict[AddOn, list[Participant]]:
    taken = (
        select(AddOn, Participant)
        .join(Seat, Seat.add_on_id == AddOn.id)
        .join(Participant, Participant.id == Seat.participant_id)
        .join(Participant.registration)
        .where(AddOn.event_id == event.id, AddOn.is_option, Seat.state != "released")
        .order_by(AddOn.id, Registration.registered_at, Registration.id, Participant.position)
        .options(contains_eager(Participant.registration))
    )
    people: dict[AddOn, list[Participant]] = defaultdict(list)
    for add_on, participant in db.session.execute(taken):
        people[add_on].append(participant)
    return people

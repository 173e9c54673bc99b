"""Putting people into rooms: proposed all at once, and changed one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel.lodging import Lodging, filled_rooms
from tourreg.domain.travel.models import Bed, Room, RoomType, Stay
from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.proposals import ProposedRoom, best_type, proposal_for
from tourreg.domain.travel.rooming import most_at_once
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

MOST_ROOMS = 2_000


class NoRoomTypes(Refusal):
    """The hotel has no types of rooms yet, so nobody can be put into one."""


class ProposalChanged(Refusal):
    """What the rules propose now is not what the editor saw."""


class RoomsEditedMeanwhile(Refusal):
    """Somebody else moved the same people, or changed the same rooms, meanwhile.

    facts: people (where they are now, by public id; "" nowhere), rooms (numbers), by, at
    """


class RoomIsFull(Refusal):
    """More people would sleep in a room than it has beds for; facts: room, most, people (public ids)."""


@dataclass(frozen=True)
class Placement:
    """Where somebody shall sleep.

    room    its number, be it there already or not; None where they shall have no bed
    was     where the editor saw them, as `mark_of` writes it
    """

    person: str
    room: int | None
    nights: Nights
    was: str = ""

    @property
    def mark(self) -> str:
        return _mark(self.room, self.nights) if self.room else ""


@dataclass(frozen=True)
class RoomEdit:
    """What a room shall be; `was` is how the editor saw it, as `mark_of_room` writes it."""

    number: int
    type: str
    remarks: str
    was: str = ""

    @property
    def mark(self) -> str:
        return f"{self.type} {self.remarks}"


def propose(lodging: Lodging, *, seen: str = "", now: datetime, by: str) -> int:
    """Give a room to everybody who has none, in the pairs that the rules propose, and say to how many.

    lodging  of a stay from `queries.stay_to_change`; who has a room keeps it
    seen     the proposal that the editor accepts; any where it is empty
    raises   NoRoomTypes, ProposalChanged
    """
    stay, proposal = lodging.stay, proposal_for(lodging)
    _require_types(stay)
    if seen not in ("", proposal.seen):
        raise ProposalChanged
    before = marks_of(stay)
    for room in proposal.rooms:
        _give_room(stay, room, lodging.people)
    db.session.flush()
    note_change(stay.public_id, "rooming", before, marks_of(stay), now=now, by=by)
    return len(marks_of(stay)) - len(before)


def rearrange(
    lodging: Lodging, placements: Sequence[Placement], rooms: Sequence[RoomEdit], *, now: datetime, by: str
) -> None:
    """Move people, and change rooms, as an editor wrote it on one sheet; what they did not touch stays.

    lodging  of a stay from `queries.stay_to_change`
    raises   NoRoomTypes, RoomsEditedMeanwhile, RoomIsFull; nothing is written then

    A room with nobody in it is given up, unless something is remarked of it.
    """
    stay, before = lodging.stay, marks_of(lodging.stay)
    moved = [each for each in placements if each.mark != each.was and each.person in lodging.people]
    changed = [each for each in rooms if each.mark != each.was]
    _require_unmoved(stay, moved, changed, before)
    if moved:
        _require_types(stay)
    for edit in changed:
        _change(stay, edit)
    for placement in moved:
        _take_out(stay, placement.person)
    db.session.flush()
    _open_rooms(lodging, moved)
    for placement in moved:
        _put(lodging, placement)
    _require_beds(lodging, {each.room for each in moved} | {each.number for each in changed})
    _give_up_empty(stay)
    db.session.flush()
    note_change(stay.public_id, "rooming", before, marks_of(stay), now=now, by=by)


def clear(lodging: Lodging, *, now: datetime, by: str) -> int:
    """Take everybody out of their rooms, and say how many; the rooms go too.

    lodging  of a stay from `queries.stay_to_change`
    """
    stay = lodging.stay
    before = marks_of(stay)
    stay.rooms.clear()
    db.session.flush()
    note_change(stay.public_id, "rooming", before, dict.fromkeys(before, ""), now=now, by=by)
    return len(before)


def marks_of(stay: Stay) -> dict[str, str]:
    """Return where everybody sleeps, by public id."""
    return {bed.participant.public_id: mark_of(bed) for room in stay.rooms for bed in room.beds}


def mark_of(bed: Bed) -> str:
    """Return room and nights of a bed in one word."""
    return _mark(bed.room.number, Nights(bed.from_on, bed.to_on))


def mark_of_room(room: Room) -> str:
    """Return type and remarks of a room in one word."""
    return f"{room.room_type.public_id} {room.remarks}"


def _mark(number: int | None, nights: Nights) -> str:
    return f"{number} {nights.from_on.isoformat()} {nights.to_on.isoformat()}"


def _require_types(stay: Stay) -> None:
    if not stay.room_types:
        raise NoRoomTypes


def _require_unmoved(
    stay: Stay, moved: Sequence[Placement], changed: Sequence[RoomEdit], marks: Mapping[str, str]
) -> None:
    people = {
        each.person: marks.get(each.person, "")
        for each in moved
        if marks.get(each.person, "") not in (each.was, each.mark)
    }
    known = {room.number: mark_of_room(room) for room in stay.rooms}
    rooms = [each.number for each in changed if known.get(each.number, "") not in (each.was, each.mark)]
    if people or rooms:
        change = last_change(stay.public_id)
        raise RoomsEditedMeanwhile(
            people=people, rooms=rooms, by=change.by if change else "", at=change.at if change else None
        )


def _require_beds(lodging: Lodging, numbers: set[int | None]) -> None:
    heads = {sleeper.id: sleeper.heads for sleeper in lodging.sleepers}
    for room in filled_rooms(lodging.stay, heads):
        if room.number in numbers and most_at_once(room.people) > room.sleeps:
            raise RoomIsFull(room=room.number, most=room.sleeps, people=[one.id for one in room.people])


def _give_room(stay: Stay, proposed: ProposedRoom, known: Mapping[str, Participant]) -> None:
    room_type = next(each for each in stay.room_types if each.public_id == proposed.type)
    room = _new_room(stay, proposed.number, room_type)
    for sleeper in proposed.people:
        _add_bed(stay, room, known[sleeper.id], sleeper.nights)


def _change(stay: Stay, edit: RoomEdit) -> None:
    room = next((each for each in stay.rooms if each.number == edit.number), None)
    room_type = next((each for each in stay.room_types if each.public_id == edit.type), None)
    if room is not None and room_type is not None:
        room.room_type, room.remarks = room_type, edit.remarks


def _take_out(stay: Stay, person: str) -> None:
    for room in stay.rooms:
        room.beds[:] = [bed for bed in room.beds if bed.participant.public_id != person]


def _open_rooms(lodging: Lodging, moved: Sequence[Placement]) -> None:
    """Make the rooms that are not there yet, each of a type for all who come into it."""
    stay = lodging.stay
    known = {room.number for room in stay.rooms}
    for number in sorted({each.room for each in moved if each.room and each.room not in known}):
        coming = {each.person for each in moved if each.room == number}
        used = Counter(room.room_type.public_id for room in stay.rooms)
        sleepers = [each for each in lodging.sleepers if each.id in coming]
        _new_room(stay, number, best_type(stay.room_types, used, sleepers))


def _put(lodging: Lodging, placement: Placement) -> None:
    room = next((each for each in lodging.stay.rooms if each.number == placement.room), None)
    if room is not None:
        _add_bed(lodging.stay, room, lodging.people[placement.person], placement.nights)


def _new_room(stay: Stay, number: int, room_type: RoomType) -> Room:
    room = Room(public_id=new_public_id(), number=number, room_type=room_type, remarks="")
    stay.rooms.append(room)
    return room


def _add_bed(stay: Stay, room: Room, participant: Participant, nights: Nights) -> None:
    room.beds.append(Bed(stay_id=stay.id, participant=participant, from_on=nights.from_on, to_on=nights.to_on))
    db.session.flush()


def _give_up_empty(stay: Stay) -> None:
    stay.rooms[:] = [room for room in stay.rooms if room.beds or room.remarks]

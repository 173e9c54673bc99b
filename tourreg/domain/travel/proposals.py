"""Which rooms would be given to those who have none: shown before anybody is put into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tourreg.domain.travel.lodging import Lodging
from tourreg.domain.travel.models import RoomType
from tourreg.domain.travel.pairing import Sleeper, Why, pairs, why_together
from tourreg.domain.travel.rooming import Type, type_for
from tourreg.kernel.plans import fingerprint


@dataclass(frozen=True)
class ProposedRoom:
    """A room that is not there yet; `type` is the public id of its type."""

    number: int
    type: str
    people: tuple[Sleeper, ...]
    why: Why


@dataclass(frozen=True)
class Proposal:
    """The rooms of everybody who has none, in the order of their first people."""

    rooms: tuple[ProposedRoom, ...] = ()

    @property
    def seen(self) -> str:
        """Return what tells this proposal from others."""
        return fingerprint(self)

    @property
    def heads(self) -> int:
        return sum(len(room.people) for room in self.rooms)


def proposal_for(lodging: Lodging) -> Proposal:
    """Return the rooms that the rules propose; none while the hotel has no types of rooms."""
    stay = lodging.stay
    if not stay.room_types:
        return Proposal()
    used = Counter(room.room_type.public_id for room in stay.rooms)
    number = max((room.number for room in stay.rooms), default=0)
    rooms = []
    for place, people in enumerate(pairs(lodging.without_room), start=1):
        room_type = best_type(stay.room_types, used, people)
        used[room_type.public_id] += 1
        rooms.append(ProposedRoom(number + place, room_type.public_id, people, why_together(people)))
    return Proposal(tuple(rooms))


def best_type(room_types: Sequence[RoomType], used: Mapping[str, int], people: Sequence[Sleeper]) -> RoomType:
    """Return the type that suits these people best, among those that are left; the first where nobody is known.

    used  how many rooms of each type there are already, by its public id
    """
    known = {each.public_id: each for each in room_types}
    types = [
        Type(each.public_id, each.kind, each.sleeps, each.contracted - used.get(each.public_id, 0))
        for each in room_types
    ]
    best = type_for(people, types) if people else None
    return known[best.id] if best else room_types[0]

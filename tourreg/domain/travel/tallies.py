"""How many rooms and beds of a hotel are slept in, night by night."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tourreg.domain.travel.lodging import Lodging, nights_of
from tourreg.domain.travel.models import RoomType
from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.rooming import rooms_by_night


@dataclass(frozen=True)
class TypeTally:
    """The rooms of one type that are slept in, in the order of the nights."""

    type: RoomType
    rooms: Sequence[int]

    @property
    def room_nights(self) -> int:
        return sum(self.rooms)


@dataclass(frozen=True)
class Tally:
    """A hotel counted up: all nights from the first to the last, and what is slept in on each."""

    nights: Sequence[date]
    types: Sequence[TypeTally]
    people: Sequence[int]

    @property
    def breakfasts(self) -> list[tuple[date, int]]:
        """Return how many people have breakfast, on the mornings after the nights."""
        return [
            (night + timedelta(days=1), count) for night, count in zip(self.nights, self.people, strict=True) if count
        ]


def tally_of(lodging: Lodging) -> Tally:
    """Return what is slept in, also in nights before and after the contract where somebody has a bed then."""
    rooms = lodging.rooming.rooms
    spans = [nights_of(lodging.stay), *(one.nights for room in rooms for one in room.people)]
    nights = Nights(min(each.from_on for each in spans), max(each.to_on for each in spans)).days()
    used = defaultdict(Counter, rooms_by_night(rooms))
    return Tally(
        nights,
        [TypeTally(each, [used[each.public_id][night] for night in nights]) for each in lodging.stay.room_types],
        [sum(one.heads for room in rooms for one in room.people if night in one.nights) for night in nights],
    )

"""Who might share a room with whom: proposals, which the office then changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tourreg.domain.travel.nights import Nights
from tourreg.kernel.names import PersonName

Sex = Literal["", "female", "male"]
# Why people are proposed for one room, or somebody for a room alone.
Why = Literal["both_wish", "one_wishes", "one_house", "one_sex", "bought", "guest", "nobody"]


@dataclass(frozen=True)
class Sleeper:
    """Somebody who needs a bed.

    name    as lists print it
    wish    whom they want to share with, by id; "" where they named nobody, or nobody who can be told
    wishes  whether they named somebody, be it known whom or not
    alone   whether they pay for a room of their own
    guest   whom they bring, who sleeps in their room
    sex     as given by the person, and only if it may be used for rooms; else ""
    likes   the kind of room that they prefer, or ""
    typed   the wish in their own words
    """

    id: str
    name: str
    nights: Nights
    organisation: str = ""
    wish: str = ""
    wishes: bool = False
    alone: bool = False
    guest: str = ""
    sex: Sex = ""
    likes: str = ""
    typed: str = ""

    @property
    def heads(self) -> int:
        return 2 if self.guest else 1

    @property
    def shares(self) -> bool:
        """Tell whether somebody else may be put into their room."""
        return not self.alone and not self.guest


def wished(typed: str, people: Iterable[tuple[str, PersonName]], *, by: str) -> str:
    """Return the id of the one whom a wish means, or "" where it fits nobody or several.

    typed  a name in any order and script
    by     the id of who wishes, who does not mean themselves
    """
    wanted = _folded(typed)
    if not wanted:
        return ""
    found = {person for person, name in people if person != by and wanted in _ways_to_write(name)}
    return found.pop() if len(found) == 1 else ""


def pairs(sleepers: Sequence[Sleeper]) -> list[tuple[Sleeper, ...]]:
    """Return who sleeps together, two by two or alone, in the order in which the first of each was given.

    First those who wish each other, then those whom somebody wishes who has no wish of their own. Of the others only
    people who gave the same sex, and allowed us to use it, are put together: of the same organisation first, and those
    of the same nights before others. Whoever pays for a room of their own, or brings a guest, shares with nobody.
    """
    mates: dict[str, Sleeper] = {}
    for step in (_wish_each_other, _wished_by_one, _of_one_house, _of_one_sex):
        for one in sleepers:
            if one.shares and one.id not in mates:
                fitting = [
                    other
                    for other in sleepers
                    if other.id != one.id and other.id not in mates and _could_share(one, other) and step(one, other)
                ]
                if fitting:
                    mate = max(fitting, key=lambda other: one.nights.meets(other.nights))
                    mates[one.id], mates[mate.id] = mate, one
    return _rooms(sleepers, mates)


def why_together(people: Sequence[Sleeper]) -> Why:
    """Return why `pairs` put these people into one room."""
    one = people[0]
    if len(people) == 1:
        return "guest" if one.guest else "bought" if one.alone else "nobody"
    other = people[1]
    if _wish_each_other(one, other):
        return "both_wish"
    if _wished_by_one(one, other) or _wished_by_one(other, one):
        return "one_wishes"
    return "one_house" if _of_one_house(one, other) else "one_sex"


def _rooms(sleepers: Sequence[Sleeper], mates: dict[str, Sleeper]) -> list[tuple[Sleeper, ...]]:
    done: set[str] = set()
    rooms: list[tuple[Sleeper, ...]] = []
    for one in sleepers:
        if one.id not in done:
            room = (one, mates[one.id]) if one.id in mates else (one,)
            done |= {each.id for each in room}
            rooms.append(room)
    return rooms


def _could_share(one: Sleeper, other: Sleeper) -> bool:
    return other.shares and one.nights.meets(other.nights) > 0


def _wish_each_other(one: Sleeper, other: Sleeper) -> bool:
    return one.wish == other.id and other.wish == one.id


def _wished_by_one(one: Sleeper, other: Sleeper) -> bool:
    known_to_differ = one.sex and other.sex and one.sex != other.sex
    return one.wish == other.id and not other.wishes and not known_to_differ


def _of_one_house(one: Sleeper, other: Sleeper) -> bool:
    return bool(one.organisation) and one.organisation == other.organisation and _of_one_sex(one, other)


def _of_one_sex(one: Sleeper, other: Sleeper) -> bool:
    return bool(one.sex) and one.sex == other.sex


def _ways_to_write(name: PersonName) -> set[str]:
    orders = (f"{name.surname} {name.given}", f"{name.given} {name.surname}", name.native, name.badge)
    return {_folded(each) for each in orders} - {""}


def _folded(text: str) -> str:
    """Return a name without what people leave out or add: case, spaces, hyphens, commas, dots and apostrophes."""
    return "".join(sign for sign in text.casefold() if sign.isalpha())

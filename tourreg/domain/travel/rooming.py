"""Rooms for people: which kind each gets, and what does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.pairing import Sleeper

SnagKind = Literal[
    "no_room",
    "two_rooms",
    "gone",
    "nights_differ",
    "outside",
    "wish_not_met",
    "single_shared",
    "too_many",
    "over_contract",
]
# Which kinds of room suit two who share, one who brings a guest, and one alone, the best first.
SUITS = {
    "pair": ("twin", "other", "suite", "double"),
    "couple": ("double", "suite", "twin", "other"),
    "alone": ("single", "double", "twin", "other", "suite"),
}


@dataclass(frozen=True)
class Type:
    """A type of room in a stay; `left` is how many of those contracted are not in use."""

    id: str
    kind: str
    sleeps: int
    left: int = 0


@dataclass(frozen=True)
class Sleeping:
    """Somebody in a room for some nights."""

    id: str
    nights: Nights
    heads: int = 1


@dataclass(frozen=True)
class FilledRoom:
    """A room as it is; sleeps tells for how many it is made."""

    number: int
    type: str
    sleeps: int
    people: tuple[Sleeping, ...] = ()


@dataclass(frozen=True)
class Snag:
    """What does not add up.

    people  ids of whom it speaks
    room    the number of the room, or None
    type, night, count, most  of too many rooms or people, else empty
    """

    kind: SnagKind
    people: tuple[str, ...] = ()
    room: int | None = None
    type: str = ""
    night: date | None = None
    count: int = 0
    most: int = 0


@dataclass(frozen=True)
class Rooming:
    """All that is to be compared in one stay.

    needing    who needs a bed, and when
    elsewhere  the nights that people have beds for in other stays of the event, by id
    """

    nights: Nights
    contracted: Mapping[str, int]
    rooms: Sequence[FilledRoom]
    needing: Sequence[Sleeper]
    elsewhere: Mapping[str, Sequence[Nights]] = field(default_factory=dict)


def type_for(people: Sequence[Sleeper], types: Sequence[Type]) -> Type | None:
    """Return the type of room that suits people best: of those large enough, one that is left before one that is not.

    Where none is large enough it is the largest.
    """
    heads = sum(person.heads for person in people)
    wanted = SUITS["pair" if len(people) > 1 else "couple" if heads > 1 else "alone"]
    likes = people[0].likes if len(people) == 1 else ""
    fitting = [each for each in types if each.sleeps >= heads]
    if not fitting:
        return max(types, key=lambda each: each.sleeps, default=None)
    return min(
        fitting, key=lambda each: (each.left <= 0, each.kind != likes, wanted.index(each.kind), each.sleeps, each.id)
    )


def most_at_once(people: Sequence[Sleeping]) -> int:
    """Return how many people sleep there in the fullest night."""
    by_night = Counter({night: 0 for one in people for night in one.nights.days()})
    for one in people:
        by_night.update(dict.fromkeys(one.nights.days(), one.heads))
    return max(by_night.values(), default=0)


def rooms_by_night(rooms: Sequence[FilledRoom]) -> dict[str, Counter[date]]:
    """Return how many rooms of each type are slept in, night by night."""
    used: dict[str, Counter[date]] = {}
    for room in rooms:
        nights = {night for one in room.people for night in one.nights.days()}
        used.setdefault(room.type, Counter()).update(nights)
    return used


def snags(rooming: Rooming) -> list[Snag]:
    """Return what does not add up, person by person as they were given, then room by room, then by type and night."""
    needing = {sleeper.id: sleeper for sleeper in rooming.needing}
    slept = {one.id: (room, one) for room in rooming.rooms for one in room.people}
    found: list[Snag] = []
    for sleeper in rooming.needing:
        found += _of_person(sleeper, slept, needing, rooming)
    for room in rooming.rooms:
        found += _of_room(room, needing)
    return [*found, *_over_contract(rooming)]


def _of_person(
    sleeper: Sleeper,
    slept: Mapping[str, tuple[FilledRoom, Sleeping]],
    needing: Mapping[str, Sleeper],
    rooming: Rooming,
) -> list[Snag]:
    if sleeper.id not in slept:
        return [Snag("no_room", (sleeper.id,))]
    room, one = slept[sleeper.id]
    found = []
    if any(one.nights.meets(other) for other in rooming.elsewhere.get(sleeper.id, ())):
        found.append(Snag("two_rooms", (sleeper.id,), room.number))
    if one.nights != sleeper.nights:
        found.append(Snag("nights_differ", (sleeper.id,), room.number))
    if one.nights.from_on < rooming.nights.from_on or one.nights.to_on > rooming.nights.to_on:
        found.append(Snag("outside", (sleeper.id,), room.number))
    beside = {each.id for each in room.people} - {sleeper.id}
    if sleeper.wishes and sleeper.shares and (not sleeper.wish or sleeper.wish not in beside):
        wanted = (sleeper.wish,) if sleeper.wish in needing else ()
        found.append(Snag("wish_not_met", (sleeper.id, *wanted), room.number))
    return found


def _of_room(room: FilledRoom, needing: Mapping[str, Sleeper]) -> list[Snag]:
    found = [Snag("gone", (one.id,), room.number) for one in room.people if one.id not in needing]
    alone = [one.id for one in room.people if one.id in needing and not needing[one.id].shares]
    if alone and len(room.people) > 1:
        found.append(Snag("single_shared", tuple(alone), room.number))
    heads = most_at_once(room.people)
    if heads > room.sleeps:
        found.append(Snag("too_many", (), room.number, count=heads, most=room.sleeps))
    return found


def _over_contract(rooming: Rooming) -> list[Snag]:
    """Return each type of which more rooms are slept in than are contracted, with the worst night of it."""
    found = []
    for kind, nights in rooms_by_night(rooming.rooms).items():
        worst = max(nights, key=lambda night: (nights[night], -night.toordinal()), default=None)
        most = rooming.contracted.get(kind, 0)
        if worst is not None and nights[worst] > most:
            found.append(Snag("over_contract", type=kind, night=worst, count=nights[worst], most=most))
    return found

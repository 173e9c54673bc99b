"""What the bus list of a day is made from: who rides on which of its ways, and nothing else of anybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.rides import Ride, rides_of
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item
from tourreg.domain.registrations.models import Participant
from tourreg.kernel.bilingual import EMPTY

KIND = "bus_list"


class RideOfList(Ride):
    """One way of a vehicle; group as the programme has it ("all", "a", "b" …), heads with the guests of people."""

    group: str
    heads: int


class Rider(TypedDict):
    """Somebody on a vehicle of the day; `rides` tells of each way whether they are on it."""

    latin: str
    native: str
    guest: str
    rides: list[bool]


class BusListSheet(Head):
    """The bus list of one day."""

    programme_version: int | None
    title: Bilingual
    part: Bilingual
    on: str
    city: Bilingual
    rides: list[RideOfList]
    riders: list[Rider]


def bus_list_sheet(
    event: Event,
    day: Day | None,
    people: Sequence[Participant],
    parts: Mapping[str, Collection[str]],
    *,
    version: int | None,
    now: datetime,
) -> BusListSheet:
    """Return who rides on the ways of a day: of a tour those who take it, to an optional item those who chose it.

    day    None where what is printed does not have the day: the list then has no ways
    parts  as `queries.parts_taken` returns it
    """
    ways = list(rides_of(day)) if day else []
    part = day.get("add_on", "") if day else ""
    riders = [_rider(one, part, [item for item, _ in ways], parts.get(one.public_id, ())) for one in people]
    riders = [rider for rider in riders if any(rider["rides"])]
    return {
        **head(KIND, event.issuer, made_at=now),
        "programme_version": version,
        "title": both(event.title),
        "part": day["part"] if day else both(EMPTY),
        "on": day["on"] if day else "",
        "city": day["city"] if day else both(EMPTY),
        "rides": [
            {**ride, "group": item.get("group", "all"), "heads": _heads(riders, place)}
            for place, (item, ride) in enumerate(ways)
        ],
        "riders": riders,
    }


def _rider(person: Participant, part: str, items: Sequence[Item], parts: Collection[str]) -> Rider:
    here = part in parts
    return {
        "latin": person.name.formal(),
        "native": person.name.printed_native,
        "guest": person.guest,
        "rides": [here and (not item.get("optional") or item.get("id") in parts) for item in items],
    }


def _heads(riders: Sequence[Rider], place: int) -> int:
    return sum(1 + bool(rider["guest"]) for rider in riders if rider["rides"][place])

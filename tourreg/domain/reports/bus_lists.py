"""What the bus list of a day is made from: who rides on which of its ways, and nothing else of anybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.groups import goes, guest_goes
from tourreg.domain.itineraries.rides import Ride, rides_of
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item
from tourreg.domain.registrations.models import Participant
from tourreg.kernel.bilingual import EMPTY

KIND = "bus_list"


# In which order lists have those who were put into groups.
ORDER = ("a", "b", "guests", "")


class RideOfList(Ride):
    """One way of a vehicle; heads with the guests of people."""

    heads: int


class Rider(TypedDict):
    """Somebody on a vehicle of the day.

    group        into which they were put, or ""
    rides        of each way, whether they are on it
    guest_rides  of each way, whether their guest is
    """

    latin: str
    native: str
    guest: str
    group: NotRequired[str]
    rides: list[bool]
    guest_rides: NotRequired[list[bool]]


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

    Where people were put into groups, those of A stand first, then those of B.

    day    None where what is printed does not have the day: the list then has no ways
    parts  as `queries.parts_taken` returns it
    """
    ways = list(rides_of(day)) if day else []
    riders = _riders(day, people, parts) if day else []
    return {
        **head(KIND, event.issuer, made_at=now),
        "programme_version": version,
        "title": both(event.title),
        "part": day["part"] if day else both(EMPTY),
        "on": day["on"] if day else "",
        "city": day["city"] if day else both(EMPTY),
        "rides": [{**ride, "heads": _heads(riders, place)} for place, (_item, ride) in enumerate(ways)],
        "riders": riders,
    }


def heads_of(day: Day | None, people: Sequence[Participant], parts: Mapping[str, Collection[str]]) -> list[int]:
    """Return how many ride on each way of a day, guests included; nothing where it has no ways."""
    if day is None:
        return []
    riders = _riders(day, people, parts)
    return [_heads(riders, place) for place, _ in enumerate(rides_of(day))]


def _riders(day: Day, people: Sequence[Participant], parts: Mapping[str, Collection[str]]) -> list[Rider]:
    items = [item for item, _ in rides_of(day)]
    here = [one for one in people if day.get("add_on", "") in parts.get(one.public_id, ())]
    riders = [_rider(one, day, items, parts[one.public_id]) for one in here]
    riding = [rider for rider in riders if any((*rider["rides"], *rider["guest_rides"]))]
    return sorted(riding, key=lambda rider: ORDER.index(rider["group"]))


def _rider(person: Participant, day: Day, items: Sequence[Item], parts: Collection[str]) -> Rider:
    return {
        "latin": person.name.formal(),
        "native": person.name.printed_native,
        "guest": person.guest,
        "group": person.group,
        "rides": [goes(item, parts, person.group) for item in items],
        "guest_rides": [bool(person.guest) and guest_goes(item, day["items"], parts, person.group) for item in items],
    }


def _heads(riders: Sequence[Rider], place: int) -> int:
    return sum(rider["rides"][place] + rider["guest_rides"][place] for rider in riders)

"""What the list of arrivals and departures is made from: names and ways there and back, and nothing else of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Head, Words
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel.legs import LegPlan, Way, in_order
from tourreg.domain.travel.models import Traveller
from tourreg.domain.travel.plans import plan_of_leg
from tourreg.domain.travel.telling import KEPT_DAYS

KIND = "arrivals"
# Whoever comes to a place within so long of somebody else can wait for the same vehicle.
WAIT = timedelta(minutes=60)


class LegOfList(TypedDict):
    """A flight or train; each end on the clocks of its own place, with the minutes that really pass between them.

    shift  by how many dates the arrival stands behind the departure; below zero across the day line
    """

    carrier: str
    number: str
    from_place: str
    departs_on: str
    departs: str
    departs_zone: str
    to_place: str
    arrives_on: str
    arrives: str
    arrives_zone: str
    minutes: int
    shift: int


class Passenger(TypedDict):
    """Somebody on a flight, with the guest whom they bring, or ""."""

    latin: str
    native: str
    organisation: Words
    guest: str


class Party(TypedDict):
    """Those on a flight who have the same other legs of that way, in their order."""

    further: list[LegOfList]
    people: list[Passenger]


class Journey(LegOfList):
    """The flight that a group is met at or taken to, with who is on it; heads counts their guests too."""

    parties: list[Party]
    heads: int


class DayOfJourneys(TypedDict):
    """The journeys of one local date, by instant."""

    on: str
    heads: int
    journeys: list[Journey]


class Wave(TypedDict):
    """Who can share a vehicle to or from a place: no more than WAIT lies between one journey and the next."""

    on: str
    place: str
    zone: str
    first: str
    last: str
    heads: int
    journeys: int


class NameOfList(TypedDict):
    latin: str
    native: str


class ArrivalsSheet(Head):
    """The manifest of an event.

    destroy_on  the day after which nobody needs it
    people      how many take part
    without     who has not told of a way there
    """

    title: Bilingual
    destroy_on: str
    people: int
    arrivals: list[DayOfJourneys]
    departures: list[DayOfJourneys]
    waves: list[Wave]
    leaving: list[Wave]
    without: list[NameOfList]


@dataclass(frozen=True)
class _Trip:
    """One person's way there or back: the leg that the group meets, and the others of that way in their order."""

    person: Participant
    leg: LegPlan
    further: tuple[LegPlan, ...]

    @property
    def at(self) -> datetime:
        return self.leg.arrives_at if self.leg.way == "arrival" else self.leg.departs_at

    @property
    def place(self) -> str:
        return self.leg.to_place if self.leg.way == "arrival" else self.leg.from_place

    @property
    def heads(self) -> int:
        return 2 if self.person.guest else 1

    @property
    def same(self) -> tuple[datetime, str, str]:
        """Return what two people have alike who sit in the same train, however they typed its name."""
        return self.at, _squeezed(self.leg.number or self.leg.carrier), _squeezed(self.place)


def arrivals_sheet(
    event: Event, people: Sequence[Participant], told: Mapping[int, Traveller], *, now: datetime
) -> ArrivalsSheet:
    """Return the sheet of the manifest.

    told  as `queries.travellers_of` returns it: of those whose consent counts
    """
    there, back = _trips(people, told, "arrival"), _trips(people, told, "departure")
    coming = {trip.person.id for trip in there}
    return {
        **head(KIND, event.issuer, made_at=now),
        "title": both(event.title),
        "destroy_on": destroy_on(event),
        "people": len(people),
        "arrivals": _days(there),
        "departures": _days(back),
        "waves": _waves(there),
        "leaving": _waves(back),
        "without": [name_of(one) for one in people if one.id not in coming],
    }


def destroy_on(event: Event) -> str:
    """Return the day on which what people told is deleted here, and papers that say it shall be gone too."""
    return (event.ends_on + timedelta(days=KEPT_DAYS)).isoformat()


def name_of(person: Participant) -> NameOfList:
    return {"latin": person.name.formal(), "native": person.name.printed_native}


def meeting_leg(legs: Iterable[LegPlan], way: Way) -> LegPlan | None:
    """Return the leg at whose end somebody is met, or to whose beginning they are taken; None where none is told."""
    ordered = [leg for leg in in_order(legs) if leg.way == way]
    return (ordered[-1] if way == "arrival" else ordered[0]) if ordered else None


def leg_of_list(leg: LegPlan) -> LegOfList:
    """Return a leg as papers tell it."""
    return {
        "carrier": leg.carrier,
        "number": leg.number,
        "from_place": leg.from_place,
        "departs_on": leg.departs_on.isoformat(),
        "departs": f"{leg.departs:%H:%M}",
        "departs_zone": leg.departs_zone,
        "to_place": leg.to_place,
        "arrives_on": leg.arrives_on.isoformat(),
        "arrives": f"{leg.arrives:%H:%M}",
        "arrives_zone": leg.arrives_zone,
        "minutes": int((leg.arrives_at - leg.departs_at) / timedelta(minutes=1)),
        "shift": (leg.arrives_on - leg.departs_on).days,
    }


def _trips(people: Sequence[Participant], told: Mapping[int, Traveller], way: Way) -> list[_Trip]:
    """Return who told of a way, by the instant at which they are met or leave; else in protocol order."""
    trips = []
    for person in people:
        legs = in_order(plan_of_leg(leg) for leg in told[person.id].legs) if person.id in told else ()
        met = meeting_leg(legs, way)
        if met is not None:
            trips.append(_Trip(person, met, tuple(leg for leg in legs if leg.way == way and leg is not met)))
    return sorted(trips, key=lambda trip: trip.at)


def _days(trips: Sequence[_Trip]) -> list[DayOfJourneys]:
    together: dict[tuple[datetime, str, str], list[_Trip]] = defaultdict(list)
    for trip in trips:
        together[trip.same].append(trip)
    journeys = [(_day(of_one[0]), _journey(of_one)) for of_one in together.values()]
    return [_of_day(on, [journey for _, journey in each]) for on, each in groupby(journeys, key=lambda pair: pair[0])]


def _of_day(on: str, journeys: list[Journey]) -> DayOfJourneys:
    return {"on": on, "heads": sum(journey["heads"] for journey in journeys), "journeys": journeys}


def _day(trip: _Trip) -> str:
    leg = leg_of_list(trip.leg)
    return leg["arrives_on"] if trip.leg.way == "arrival" else leg["departs_on"]


def _clock(trip: _Trip) -> str:
    leg = leg_of_list(trip.leg)
    return leg["arrives"] if trip.leg.way == "arrival" else leg["departs"]


def _journey(trips: Sequence[_Trip]) -> Journey:
    parties: dict[tuple[LegPlan, ...], list[_Trip]] = defaultdict(list)
    for trip in sorted(trips, key=lambda trip: len(trip.further)):
        parties[trip.further].append(trip)
    return {
        **leg_of_list(trips[0].leg),
        "parties": [_party(further, party) for further, party in parties.items()],
        "heads": sum(trip.heads for trip in trips),
    }


def _party(further: Sequence[LegPlan], trips: Sequence[_Trip]) -> Party:
    return {"further": [leg_of_list(leg) for leg in further], "people": [_passenger(trip.person) for trip in trips]}


def _passenger(person: Participant) -> Passenger:
    organisation = person.organisation or person.registration.organisation
    return {**name_of(person), "organisation": organisation, "guest": person.guest}


def _waves(trips: Sequence[_Trip]) -> list[Wave]:
    """Return the waves at each place, in the order in which they begin."""
    places: dict[str, list[list[_Trip]]] = defaultdict(list)
    for trip in trips:
        waves = places[_squeezed(trip.place)]
        if waves and trip.at - waves[-1][-1].at <= WAIT:
            waves[-1].append(trip)
        else:
            waves.append([trip])
    return [_wave(wave) for wave in sorted(chain(*places.values()), key=lambda wave: wave[0].at)]


def _wave(trips: Sequence[_Trip]) -> Wave:
    first, leg = trips[0], trips[0].leg
    return {
        "on": _day(first),
        "place": first.place,
        "zone": leg.arrives_zone if leg.way == "arrival" else leg.departs_zone,
        "first": _clock(first),
        "last": _clock(trips[-1]),
        "heads": sum(trip.heads for trip in trips),
        "journeys": len({trip.same for trip in trips}),
    }


def _squeezed(words: str) -> str:
    return "".join(words.split()).casefold()

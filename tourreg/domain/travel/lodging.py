"""Who needs a bed in which hotel of an event, and what does not add up there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel import queries
from tourreg.domain.travel.legs import LegPlan, first_night, last_morning
from tourreg.domain.travel.models import Bed, Room, Stay, Traveller
from tourreg.domain.travel.nights import Nights, nights_needed
from tourreg.domain.travel.pairing import Sex, Sleeper, wished
from tourreg.domain.travel.plans import plan_of_leg
from tourreg.domain.travel.rooming import FilledRoom, Rooming, Sleeping, Snag, snags

OWN_ROOM, GUEST = "single_room", "guest"


@dataclass(frozen=True)
class Lodging:
    """One hotel with all that is known of its nights.

    people   who takes part in the event, by public id, with those whose beds are left over
    sleepers who needs a bed here, in protocol order
    """

    stay: Stay
    people: Mapping[str, Participant]
    sleepers: Sequence[Sleeper]
    rooming: Rooming

    @property
    def snags(self) -> list[Snag]:
        return snags(self.rooming)

    @property
    def without_room(self) -> list[Sleeper]:
        slept = {one.id for room in self.rooming.rooms for one in room.people}
        return [sleeper for sleeper in self.sleepers if sleeper.id not in slept]


def lodgings_of(event: Event) -> list[Lodging]:
    """Return the event's hotels with who needs and who has a bed, in a bounded number of statements."""
    stays, people = queries.stays_of(event), queries.people_of(event)
    told, parts = queries.travellers_of(people), queries.parts_taken(event, people)
    staying = {stay: [one for one in people if _stays(one, stay, parts)] for stay in stays}
    ordered = {one.id: [stay for stay in stays if one in staying[stay]] for one in people}
    bought = _bought(event, parts)
    known = {one.public_id: one for one in people}
    lodgings = []
    for stay in stays:
        sleepers = _sleepers(stay, staying[stay], told, ordered, bought)
        left_over = {bed.participant.public_id: bed.participant for room in stay.rooms for bed in room.beds}
        rooming = _rooming(stay, sleepers, [other for other in stays if other is not stay])
        lodgings.append(Lodging(stay, {**left_over, **known}, sleepers, rooming))
    return lodgings


def lodging_of(stay: Stay) -> Lodging:
    """Return one hotel alike; the others of its event count where people have beds in two."""
    return next(lodging for lodging in lodgings_of(stay.event) if lodging.stay.id == stay.id)


def nights_of(stay: Stay) -> Nights:
    return Nights(stay.check_in_on, stay.check_out_on)


def filled_rooms(stay: Stay, heads: Mapping[str, int]) -> list[FilledRoom]:
    """Return the rooms of a hotel as rules know them.

    heads  how many people come with somebody, by public id, where it is more than themselves
    """
    return [
        FilledRoom(
            room.number,
            room.room_type.public_id,
            room.room_type.sleeps,
            tuple(_sleeping(bed, heads) for bed in _in_order(room)),
        )
        for room in stay.rooms
    ]


def _in_order(room: Room) -> list[Bed]:
    return sorted(room.beds, key=lambda bed: bed.id)


def _sleeping(bed: Bed, heads: Mapping[str, int]) -> Sleeping:
    person = bed.participant.public_id
    return Sleeping(person, Nights(bed.from_on, bed.to_on), heads.get(person, 1))


def _stays(one: Participant, stay: Stay, parts: Mapping[int, set[int]]) -> bool:
    return stay.add_on_id is None or stay.add_on_id in parts.get(one.id, ())


def _bought(event: Event, parts: Mapping[int, set[int]]) -> dict[int, set[str]]:
    """Return the kinds of add-ons that people have, by the participant's id."""
    kinds = {add_on.id: add_on.kind for add_on in event.add_ons}
    return {one: {kinds[add_on] for add_on in taken if add_on in kinds} for one, taken in parts.items()}


def _sleepers(
    stay: Stay,
    people: Sequence[Participant],
    told: Mapping[int, Traveller],
    ordered: Mapping[int, Sequence[Stay]],
    bought: Mapping[int, set[str]],
) -> list[Sleeper]:
    names = [(one.public_id, one.name) for one in people]
    sleepers = []
    for one in people:
        traveller, kinds = told.get(one.id), bought.get(one.id, set())
        legs = [plan_of_leg(leg) for leg in traveller.legs] if traveller else []
        nights = _nights(stay, legs, ordered[one.id])
        if nights is not None:
            wish = wished(traveller.mate, names, by=one.public_id) if traveller else ""
            sleepers.append(_sleeper(one, nights, traveller, wish, kinds))
    return sleepers


def _nights(stay: Stay, legs: Sequence[LegPlan], stays: Sequence[Stay]) -> Nights | None:
    return nights_needed(
        nights_of(stay),
        first_night=first_night(legs),
        last_morning=last_morning(legs),
        is_first=stay is stays[0],
        is_last=stay is stays[-1],
    )


def _sleeper(one: Participant, nights: Nights, traveller: Traveller | None, wish: str, kinds: Iterable[str]) -> Sleeper:
    sex: Sex = traveller.sex if traveller and traveller.sex_for_rooms else ""  # type: ignore[assignment]
    return Sleeper(
        id=one.public_id,
        name=one.name.formal(),
        nights=nights,
        organisation=one.organisation or one.registration.organisation,
        wish=wish,
        wishes=bool(traveller and traveller.mate.strip()),
        alone=OWN_ROOM in kinds,
        guest=one.guest if GUEST in kinds else "",
        sex=sex,
        likes=traveller.room_kind if traveller else "",
        typed=traveller.mate.strip() if traveller else "",
    )


def _rooming(stay: Stay, sleepers: Sequence[Sleeper], others: Sequence[Stay]) -> Rooming:
    heads = {sleeper.id: sleeper.heads for sleeper in sleepers}
    elsewhere: dict[str, list[Nights]] = defaultdict(list)
    for bed in (bed for other in others for room in other.rooms for bed in room.beds):
        elsewhere[bed.participant.public_id].append(Nights(bed.from_on, bed.to_on))
    contracted = {each.public_id: each.contracted for each in stay.room_types}
    return Rooming(nights_of(stay), contracted, filled_rooms(stay, heads), sleepers, elsewhere)

"""What the rooming list of a hotel is made from: names, nights and types of rooms, and nothing else of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.queries import newest_sheets
from tourreg.domain.papers.sheets import Amount, Bilingual, Head
from tourreg.domain.travel.lodging import Lodging
from tourreg.domain.travel.models import Bed, Room, Stay
from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.tallies import Tally, tally_of
from tourreg.kernel.bilingual import EMPTY

KIND = "rooming_list"


class Occupant(TypedDict):
    """Somebody in a room; `nights` tells of each night of the list whether they sleep there."""

    latin: str
    native: str
    from_on: str
    to_on: str
    nights: list[bool]


class RoomOfList(TypedDict):
    """One room; `changed` since the list that the hotel has, `single_use` where one person has a room for more."""

    number: int
    type: Bilingual
    beds: Bilingual
    remarks: str
    rate: Amount
    single_use: bool
    changed: bool
    occupants: list[Occupant]


class TypeOfList(TypedDict):
    """How many rooms of a type are slept in, night by night."""

    type: Bilingual
    contracted: int
    rooms: list[int]
    room_nights: int


class Breakfasts(TypedDict):
    on: str
    count: int


class ContractSheet(Head):
    """What was contracted with a hotel.

    part     of which tour the people are, if not of all of it
    billing  "master" or "own"
    """

    title: Bilingual
    part: Bilingual
    hotel: Bilingual
    address: Bilingual
    phone: str
    contact: str
    check_in_on: str
    check_out_on: str
    contract: str
    cut_off_on: str
    billing: str
    billing_note: Bilingual
    breakfast: bool
    comps: int
    currency: str


class RoomingListSheet(ContractSheet):
    """A hotel's rooming list.

    without   how many people need a bed and have no room yet
    since     the number of the list against which rooms are marked as changed, or "", and since_at its instant
    gone      the rooms of that list that are needed no more
    """

    nights: list[str]
    rooms: list[RoomOfList]
    types: list[TypeOfList]
    people: list[int]
    heads: int
    breakfasts: list[Breakfasts]
    without: int
    since: str
    since_at: str
    gone: list[int]


def rooming_list_sheet(lodging: Lodging, *, now: datetime) -> RoomingListSheet:
    """Return the sheet of a hotel's list, with what changed since the one that was issued before."""
    stay, tally = lodging.stay, tally_of(lodging)
    rooms = [_room(room, lodging, tally.nights) for room in stay.rooms if room.beds]
    since, since_at, gone = _mark_changes(stay, rooms)
    return {
        **_contract(stay, now),
        "nights": [night.isoformat() for night in tally.nights],
        "rooms": rooms,
        "types": _types(tally),
        "people": list(tally.people),
        "heads": sum(len(room["occupants"]) for room in rooms),
        "breakfasts": [{"on": on.isoformat(), "count": count} for on, count in tally.breakfasts],
        "without": len(lodging.without_room),
        "since": since,
        "since_at": since_at,
        "gone": gone,
    }


def _contract(stay: Stay, now: datetime) -> ContractSheet:
    return {
        **head(KIND, stay.event.issuer, made_at=now),
        "title": both(stay.event.title),
        "part": both(stay.add_on.label if stay.add_on else EMPTY),
        "hotel": both(stay.hotel),
        "address": both(stay.address),
        "phone": stay.phone,
        "contact": stay.contact,
        "check_in_on": stay.check_in_on.isoformat(),
        "check_out_on": stay.check_out_on.isoformat(),
        "contract": stay.contract,
        "cut_off_on": stay.cut_off_on.isoformat() if stay.cut_off_on else "",
        "billing": stay.billing,
        "billing_note": both(stay.billing_note),
        "breakfast": stay.breakfast,
        "comps": stay.comps,
        "currency": stay.currency,
    }


def _types(tally: Tally) -> list[TypeOfList]:
    return [
        {
            "type": both(each.type.label),
            "contracted": each.type.contracted,
            "rooms": list(each.rooms),
            "room_nights": each.room_nights,
        }
        for each in tally.types
        if each.room_nights or each.type.contracted
    ]


def _room(room: Room, lodging: Lodging, nights: Sequence[date]) -> RoomOfList:
    beds = sorted(room.beds, key=lambda bed: bed.id)
    guests = {sleeper.id: sleeper.guest for sleeper in lodging.sleepers if sleeper.guest}
    occupants = [one for bed in beds for one in _occupants(bed, guests, nights)]
    return {
        "number": room.number,
        "type": both(room.room_type.label),
        "beds": both(room.room_type.beds),
        "remarks": room.remarks,
        "rate": {"minor": room.room_type.rate_minor, "currency": lodging.stay.currency},
        "single_use": len(occupants) == 1 and room.room_type.sleeps > 1,
        "changed": False,
        "occupants": occupants,
    }


def _occupants(bed: Bed, guests: Mapping[str, str], nights: Sequence[date]) -> Iterable[Occupant]:
    """Return who sleeps there: the participant, and the guest whom they bring."""
    person, span = bed.participant, Nights(bed.from_on, bed.to_on)
    yield _occupant(person.name.formal(), person.name.printed_native, span, nights)
    if guest := guests.get(person.public_id):
        yield _occupant(guest, "", span, nights)


def _occupant(latin: str, native: str, span: Nights, nights: Sequence[date]) -> Occupant:
    return {
        "latin": latin,
        "native": native,
        "from_on": span.from_on.isoformat(),
        "to_on": span.to_on.isoformat(),
        "nights": [night in span for night in nights],
    }


def _mark_changes(stay: Stay, rooms: Sequence[RoomOfList]) -> tuple[str, str, list[int]]:
    """Mark the rooms that the newest other list has otherwise; return its number and instant, and what it had more.

    One that was issued in two languages is the same list twice, and so marks the same rooms.
    """
    mine = {room["number"]: _told(room) for room in rooms}
    for number, issued_at, sheet in newest_sheets(stay.event.public_id, KIND, subject=stay.public_id):
        theirs = {room["number"]: _told(room) for room in sheet["rooms"]}
        if theirs != mine:
            for room in rooms:
                room["changed"] = theirs.get(room["number"]) != mine[room["number"]]
            return number, issued_at.isoformat(), sorted(theirs.keys() - mine.keys())
    return "", "", []


def _told(room: Mapping[str, Any]) -> list[Any]:
    """Return what a hotel does otherwise if it changes: type, remarks, who, and when."""
    people = [[one[name] for name in ("latin", "from_on", "to_on")] for one in room["occupants"]]
    return [room["type"], room["remarks"], people]

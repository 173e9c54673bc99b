"""What the office's own roster is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from string import ascii_uppercase
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Head, Words
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.documents import TOURS
from tourreg.domain.reports.queries import tours_taken
from tourreg.domain.travel.legs import Way
from tourreg.domain.travel.manifests import LegOfList, destroy_on, leg_of_list, meeting_leg
from tourreg.domain.travel.models import Traveller
from tourreg.domain.travel.plans import plan_of_leg
from tourreg.domain.travel.queries import hotels_of, rooms_slept_in, travellers_of
from tourreg.kernel.bilingual import Text


class RoomOfRow(TypedDict):
    """A room by the letter of its hotel and its number on the rooming list."""

    hotel: str
    number: int


class Told(TypedDict):
    """What somebody told for the journey; "" or None of what they did not."""

    phone: str
    wechat: str
    emergency_name: str
    emergency_relation: str
    emergency_phone: str
    diet: str
    access: str
    arrival: LegOfList | None
    departure: LegOfList | None


class Who(TypedDict):
    """A person as registered; contact is whom to call about the registration."""

    latin: str
    native: str
    title: Words
    organisation: Words
    email: str
    contact: str
    contact_phone: str
    contact_email: str
    guest: str
    group: NotRequired[str]
    tours: Bilingual


class OfficeRow(Who):
    """A person with all that the office needs on the way."""

    told: Told | None
    rooms: list[RoomOfRow]


class HotelOfRoster(TypedDict):
    letter: str
    name: Bilingual


class OfficeRosterSheet(Head):
    """Roster cut C, for the office and its escorts alone.

    destroy_on  the day after which nobody needs it
    """

    title: Bilingual
    destroy_on: str
    hotels: list[HotelOfRoster]
    rows: list[OfficeRow]


def office_roster_sheet(event: Event, people: Sequence[Participant], *, now: datetime) -> OfficeRosterSheet:
    """Return the sheet of roster cut C, in five statements; only those whose consent counts tell of their journey."""
    tours, told = tours_taken(event), travellers_of(people)
    hotels = {stay.public_id: (_letter(place), stay.hotel) for place, stay in enumerate(hotels_of(event))}
    letters = {public_id: letter for public_id, (letter, _) in hotels.items()}
    rooms = rooms_slept_in(event)
    return {
        **head("roster_operations", event.issuer, made_at=now),
        "title": both(event.title),
        "destroy_on": destroy_on(event),
        "hotels": [{"letter": letter, "name": both(name)} for letter, name in hotels.values()],
        "rows": [
            {
                **_office_row(person, tours.get(person.id, ())),
                "told": _told(told.get(person.id)),
                "rooms": _rooms(rooms.get(person.id, ()), letters),
            }
            for person in people
        ],
    }


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)


def _rooms(rooms: Sequence[tuple[str, int]], letters: Mapping[str, str]) -> list[RoomOfRow]:
    return [{"hotel": letters[stay], "number": number} for stay, number in rooms]


def _told(traveller: Traveller | None) -> Told | None:
    if traveller is None:
        return None
    return {
        "phone": traveller.phone,
        "wechat": traveller.wechat,
        "emergency_name": traveller.emergency_name,
        "emergency_relation": traveller.emergency_relation,
        "emergency_phone": traveller.emergency_phone,
        "diet": traveller.diet,
        "access": traveller.access,
        "arrival": _meeting(traveller, "arrival"),
        "departure": _meeting(traveller, "departure"),
    }


def _meeting(traveller: Traveller, way: Way) -> LegOfList | None:
    leg = meeting_leg((plan_of_leg(each) for each in traveller.legs), way)
    return leg_of_list(leg) if leg else None


def _office_row(person: Participant, tours: Sequence[str]) -> Who:
    registration = person.registration
    taken = [TOURS[kind] for kind in TOURS if kind in tours]
    return {
        "latin": person.name.formal(),
        "native": person.name.printed_native,
        "title": person.post,
        "organisation": person.organisation or registration.organisation,
        "email": person.email,
        "contact": registration.contact_name,
        "contact_phone": registration.contact_phone,
        "contact_email": registration.contact_email,
        "guest": person.guest,
        "group": person.group,
        "tours": both(Text(", ".join(tour.en for tour in taken), "、".join(tour.zh for tour in taken))),
    }

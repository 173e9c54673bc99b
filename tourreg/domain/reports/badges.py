"""What name badges and table name plates are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Speaker
from tourreg.domain.itineraries.queries import speakers_of
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Words
from tourreg.domain.registrations.models import Participant
from tourreg.kernel.bilingual import EMPTY

# A badge has room for so many things on its back.
MOST_ON_BACK = 9


class Badge(TypedDict):
    """One person: the name in parts, since each is set as large as fits; native is "" where papers cannot print it.

    native_first  the reader of the badge looks for the native name: it is the large one
    group         of a divided programme, or ""
    """

    given: str
    family: str
    family_first: bool
    native: str
    native_first: bool
    title: Words
    organisation: Words
    country: str
    role: str
    group: NotRequired[str]


class Appointment(TypedDict):
    """One line on the back."""

    on: str
    starts: str
    title: Bilingual


class BadgesSheet(Head):
    """Badges four to a page, each with its back on the next, mirrored for printing on both sides.

    hotel  name, address and telephone for the driver, or nothing
    appointments_of  what those of a group have on their backs instead, by the group
    """

    title: Bilingual
    first_on: str
    last_on: str
    badges: list[Badge]
    appointments: list[Appointment]
    appointments_of: NotRequired[dict[str, list[Appointment]]]
    hotel: Bilingual
    hotel_address: Bilingual


def badges_sheet(
    kind: str, event: Event, participants: Sequence[Participant], days: Sequence[Day], *, now: datetime
) -> BadgesSheet:
    """Return the sheet of badges or of name plates, in the order that is given.

    days  of the programme, of which the official items stand on the back of a badge
    """
    main = [day for day in days if not day.get("add_on")]
    hotel = next((item for day in main for item in day["items"] if item["kind"] == "hotel"), None)
    nothing = both(EMPTY)
    return {
        **head(kind, event.issuer, made_at=now),
        "title": both(event.title),
        "first_on": event.starts_on.isoformat(),
        "last_on": event.ends_on.isoformat(),
        "badges": [*map(_badge, participants), *_guests(kind, participants), *map(_speaker, speakers_of(event))],
        "appointments": _appointments(main, "all"),
        "appointments_of": {group: _appointments(main, "all", group) for group in ("a", "b", "guests")},
        "hotel": (hotel["place"] if any(hotel["place"].values()) else hotel["title"]) if hotel else nothing,
        "hotel_address": hotel["address"] if hotel else nothing,
    }


def _badge(participant: Participant) -> Badge:
    name = participant.name
    return {
        "given": name.given,
        "family": name.surname,
        "family_first": name.family_first,
        "native": name.printed_native,
        "native_first": name.family_first and bool(name.printed_native),
        "title": participant.post,
        "organisation": participant.organisation or participant.registration.organisation,
        "country": participant.country,
        "role": "guest" if participant.group == "guests" else "delegate",
        "group": participant.group,
    }


def _guests(kind: str, participants: Sequence[Participant]) -> list[Badge]:
    """Return the badges of guests, who sit at no table of their own."""
    bringing = [person for person in participants if person.guest and kind == "badges"]
    return [
        {**_named(person.guest, "guest"), "organisation": person.name.formal(), "group": "guests"}
        for person in bringing
    ]


def _speaker(speaker: Speaker) -> Badge:
    name = speaker.name
    badge = _named(name.en or name.zh, "speaker")
    native = name.zh if name.en else ""
    return {**badge, "native": native, "title": both(speaker.title), "organisation": both(speaker.organisation)}


def _named(name: str, role: str) -> Badge:
    """Return the badge of somebody whose name was written in one piece."""
    return {
        "given": "",
        "family": name,
        "family_first": False,
        "native": "",
        "native_first": False,
        "title": "",
        "organisation": "",
        "country": "",
        "role": role,
    }


def _appointments(days: Sequence[Day], *groups: str) -> list[Appointment]:
    kinds = ("meeting", "lecture", "site_visit", "cultural")
    found: list[Appointment] = [
        {"on": day["on"], "starts": item["starts"], "title": item["title"]}
        for day in days
        for item in day["items"]
        if item["kind"] in kinds and item.get("group", "all") in groups and not item.get("optional")
    ]
    return found[:MOST_ON_BACK]

"""What letters of thanks to a city's mayor and to its council, or a Chinese city's government, are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.certificates.queries import standing_of
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.officials import officials_of
from tourreg.domain.hosting.reports import given_for
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.sheets import Amount, Bilingual
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.host_letters import HostLetterSheet, host_letter_sheet

ThanksKind = Literal["thanks_mayor", "thanks_council"]


class GivenInKind(TypedDict):
    """What a city gave by its own report: minutes of work, and what it is worth, one sum for each currency."""

    minutes: int
    worth: list[Amount]


class ThanksSheet(HostLetterSheet):
    """A letter of thanks to those who answer for a city in public.

    official     name of the mayor, or of the council (in China, the government); empty where nobody knows
    office       title of the mayor; empty for a council, and where the city has not told
    country      of the city: a Chinese one is thanked through its foreign affairs office
    certificate  number of the certificate that comes with it, or ""
    given        what the city says that it gave in kind; nothing while it has reported nothing
    """

    official: Bilingual
    office: Bilingual
    country: str
    certificate: str
    given: GivenInKind


def thanks_sheet(
    kind: ThanksKind, event: Event, city: City, people: Sequence[Participant], printed: Printed, *, now: datetime
) -> ThanksSheet:
    """Return the sheet of thanks to a city's mayor, or to its council; in China, to its people's government."""
    officials, certificate = officials_of(city), standing_of(event, city)
    letter = host_letter_sheet("host_thanks", event, city, people, printed, now=now)
    to_mayor = kind == "thanks_mayor"
    return {
        **letter,
        "kind": kind,
        "addressee": "",
        "position": "",
        "official": both(officials.mayor if to_mayor else officials.council),
        "office": both(officials.mayor_title) if to_mayor else {"en": "", "zh": ""},
        "country": city.country,
        "certificate": certificate.paper.number if certificate else "",
        "given": _given(event, city),
        "signed": signed(kind, event.issuer),
    }


def _given(event: Event, city: City) -> GivenInKind:
    given = given_for(event, city)
    return {
        "minutes": given.minutes,
        "worth": [{"minor": value.minor, "currency": value.currency} for value in given.values],
    }

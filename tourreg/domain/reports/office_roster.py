"""What the office's own roster is made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Head, Words
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.documents import TOURS
from tourreg.domain.reports.queries import tours_taken
from tourreg.kernel.bilingual import Text


class OfficeRow(TypedDict):
    """A person with all that the office needs on the way; contact is whom to call about the registration."""

    latin: str
    native: str
    title: Words
    organisation: Words
    email: str
    contact: str
    contact_phone: str
    contact_email: str
    guest: str
    tours: Bilingual


class OfficeRosterSheet(Head):
    """Roster cut C, for the office and its escorts alone."""

    title: Bilingual
    rows: list[OfficeRow]


def office_roster_sheet(event: Event, people: Sequence[Participant], *, now: datetime) -> OfficeRosterSheet:
    """Return the sheet of roster cut C."""
    tours = tours_taken(event)
    return {
        **head("roster_operations", event.issuer, made_at=now),
        "title": both(event.title),
        "rows": [_office_row(person, tours.get(person.id, ())) for person in people],
    }


def _office_row(person: Participant, tours: Sequence[str]) -> OfficeRow:
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
        "tours": both(Text(", ".join(tour.en for tour in taken), "、".join(tour.zh for tour in taken))),
    }

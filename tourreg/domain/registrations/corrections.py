"""Putting right what was typed into a registration; every correction stands in its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tourreg.domain.audit.commands import note_change
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel.names import PersonName
from tourreg.kernel.ordering import name_sort_key, sort_key

_LONGEST_KEY = 200


@dataclass(frozen=True)
class Person:
    """Who a participant is."""

    name: PersonName
    email: str = ""
    post: str = ""
    organisation: str = ""
    country: str = ""


@dataclass(frozen=True)
class Contact:
    """Who is written to about a registration; whoever has the address may open the registration."""

    name: str
    email: str
    phone: str = ""
    organisation: str = ""


def correct_person(participant: Participant, person: Person, *, now: datetime, by: str) -> None:
    """Replace who a participant is; papers that were issued keep the name they were issued to."""
    name = person.name
    after = {
        "surname": name.surname,
        "given": name.given,
        "native": name.native,
        "badge": name.badge,
        "salutation": name.salutation,
        "email": person.email,
        "post": person.post,
        "organisation": person.organisation,
        "country": person.country,
    }
    _correct(participant, "participant", after, now=now, by=by)
    participant.sort_key = sort_key(f"{name.surname} {name.given}")[:_LONGEST_KEY]


def correct_contact(registration: Registration, contact: Contact, *, now: datetime, by: str) -> None:
    """Replace whom letters go to from now on; those that wait keep their address."""
    after = {
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
        "organisation": contact.organisation,
    }
    _correct(registration, "contact", after, now=now, by=by)
    registration.sort_key = name_sort_key(contact.name)[:_LONGEST_KEY]


def _correct(record: Participant | Registration, what: str, after: dict[str, Any], *, now: datetime, by: str) -> None:
    before = {name: getattr(record, name) for name in after}
    for name, value in after.items():
        setattr(record, name, value)
    note_change(record.public_id, what, before, after, now=now, by=by)

"""Putting right what was typed into a registration; every correction stands in its history."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from tourreg.domain.accounts.links import revoke_links
from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing.payers import bill_to_of, change_bill_to
from tourreg.domain.outbox.commands import readdress, send_letter
from tourreg.domain.registrations import mails
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel.names import PersonName
from tourreg.kernel.ordering import name_sort_key, sort_key

_LONGEST_KEY = 200


@dataclass(frozen=True)
class Introduction:
    """What a participant tells host cities: who they are, and what they want to learn."""

    about: str = ""
    goals: str = ""


@dataclass(frozen=True)
class Person:
    """Who a participant is.

    guest         whom they bring; None leaves it as it is
    introduction  what host cities read of them; None leaves it as it is
    """

    name: PersonName
    email: str = ""
    post: str = ""
    organisation: str = ""
    country: str = ""
    guest: str | None = None
    introduction: Introduction | None = None


@dataclass(frozen=True)
class Contact:
    """Who is written to about a registration; whoever has the address may open the registration."""

    name: str
    email: str
    phone: str = ""
    organisation: str = ""


def person_of(participant: Participant) -> Person:
    """Return who a participant is now."""
    post, organisation = participant.post, participant.organisation
    return Person(participant.name, participant.email, post, organisation, participant.country)


def introduction_of(participant: Participant) -> Introduction:
    return Introduction(participant.about, participant.goals)


def contact_of(registration: Registration) -> Contact:
    """Return whom letters go to now."""
    name, email = registration.contact_name, registration.contact_email
    return Contact(name, email, registration.contact_phone, registration.organisation)


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
        **({} if person.guest is None else {"guest": person.guest}),
        **({} if person.introduction is None else asdict(person.introduction)),
    }
    _correct(participant, "participant", after, now=now, by=by)
    participant.sort_key = sort_key(f"{name.surname} {name.given}")[:_LONGEST_KEY]


def correct_contact(registration: Registration, contact: Contact, *, now: datetime, by: str) -> None:
    """Replace whom letters go to from now on, also those that wait to be sent.

    With another address the links that went to the old one stop working, and both addresses are told.
    """
    before = contact_of(registration)
    after = {
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
        "organisation": contact.organisation,
    }
    _correct(registration, "contact", after, now=now, by=by)
    registration.sort_key = name_sort_key(contact.name)[:_LONGEST_KEY]
    if contact.email.casefold() != before.email.casefold():
        _leave_address(registration, before, now=now, by=by)


def _leave_address(registration: Registration, before: Contact, *, now: datetime, by: str) -> None:
    """Take back what the old address can open, send papers no longer there, and write to both addresses."""
    folio, address = registration.folio, registration.contact_email
    revoke_links(registration.public_id, now=now, by=by)
    readdress(registration.public_id, before.email, address)
    if folio.payer_email.casefold() == before.email.casefold():
        note_change(folio.public_id, "payer", {"payer_email": before.email}, {"payer_email": address}, now=now, by=by)
        change_bill_to(folio, replace(bill_to_of(folio), email=address))
        revoke_links(folio.public_id, now=now, by=by)
    for reader in (before, contact_of(registration)):
        is_old = reader is before
        send_letter(
            "address_changed",
            {**mails.facts(registration), "name": reader.name, "address": address, "is_old": is_old},
            to=reader.email,
            language=registration.language,
            about=registration.public_id,
            key=f"address_changed:{registration.public_id}:{now.isoformat()}:{'old' if is_old else 'new'}",
            now=now,
        )


def _correct(record: Participant | Registration, what: str, after: dict[str, Any], *, now: datetime, by: str) -> None:
    before = {name: getattr(record, name) for name in after}
    for name, value in after.items():
        setattr(record, name, value)
    note_change(record.public_id, what, before, after, now=now, by=by)

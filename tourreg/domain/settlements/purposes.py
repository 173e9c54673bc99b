"""What a registration's papers are for: billing's `Purpose`, made from the registration."""

from dataclasses import replace

from tourreg.domain.billing.documents import Purpose
from tourreg.domain.billing.queries import entries_of
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.itineraries.documents import included_days
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.sheets import Attendee
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.settlements.bills import PayersBill
from tourreg.kernel.bilingual import Text


def purpose_of(bill: PayersBill) -> Purpose:
    """Return programme, dates, place, people and reference, as invoices and receipts name them."""
    event = bill.lead.event
    people = [person for registration in bill.registrations for person in registration.participants]
    return Purpose(
        title=event.title,
        first_on=event.starts_on,
        last_on=event.ends_on,
        place=place_of(bill.lead),
        registration=bill.folio.reference,
        participants=tuple(_attendee(participant) for participant in _billed(bill, people)),
        names={participant.public_id: _name(participant) for participant in people},
    )


def travel_purpose_of(bill: PayersBill) -> Purpose:
    """Return the purpose with the nights and meals that this payer pays for, for receipts; none without seats."""
    seats = bill.live_seats
    parts = {seat.add_on_id for seat in seats}
    days = [day for day in days_of(bill.lead.event) if day.add_on_id in parts]
    return replace(purpose_of(bill), included=tuple(included_days(days)) if seats else ())


def _billed(bill: PayersBill, people: list[Participant]) -> list[Participant]:
    """Return the people that the bill is for: on one that is split or joint, those with a line that stands."""
    if not bill.is_joint and not bill.lead.further_folios:
        return people
    subjects = {line.subject for line in standing_lines(entries_of(bill.folio))}
    return [person for person in people if person.public_id in subjects] or people


def place_of(registration: Registration) -> Text:
    """Return the cities of the event's main part, in the order of its route; its venue where it has no route."""
    cities = [stop.city.name for stop in registration.event.stops if stop.part == "main"]
    if not cities:
        return registration.event.venue
    return Text(", ".join(city.in_("en") for city in cities), "、".join(city.in_("zh") for city in cities))


def _attendee(participant: Participant) -> Attendee:
    return {"latin": participant.name.formal(), "native": _native(participant), "title": participant.post}


def _name(participant: Participant) -> str:
    return f"{participant.name.formal()} {_native(participant)}".strip()


def _native(participant: Participant) -> str:
    """Return the native name as bills add it to the Latin one: where the family name stands first."""
    name = participant.name
    return name.printed_native if name.family_first else ""

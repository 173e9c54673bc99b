"""What a registration's papers are for: billing's `Purpose`, made from the registration."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tourreg.domain.billing.documents import Purpose
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.queries import entries_of
from tourreg.domain.billing.rates import Rate
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import included_days
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.sheets import Attendee
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.settlements.bills import PayersBill
from tourreg.domain.settlements.terms_notes import terms_notes
from tourreg.kernel.bilingual import Text


def purpose_of(bill: PayersBill, entries: Sequence[Entry] | None = None) -> Purpose:
    """Return programme, dates, place, people and reference, as invoices and receipts name them.

    entries  of the bill, where they are read already
    """
    event = bill.lead.event
    people = [person for registration in bill.registrations for person in registration.participants]
    return Purpose(
        title=event.title,
        first_on=event.starts_on,
        last_on=event.ends_on,
        place=place_of(bill.lead),
        registration=bill.folio.reference,
        participants=tuple(_attendee(participant) for participant in _billed(bill, people, entries)),
        names={participant.public_id: _name(participant) for participant in people},
        terms=terms_notes(bill.lead),
        rate=rate_of(event),
    )


def rate_of(event: Event) -> Rate | None:
    """Return the rate that the office gave for information, if it did."""
    if not event.rate or not event.rate_currency or event.rate_on is None:
        return None
    return Rate(event.currency, event.rate_currency, event.rate, event.rate_on)


def travel_purpose_of(bill: PayersBill) -> Purpose:
    """Return the purpose with the nights and meals that this payer pays for, for receipts; none without seats."""
    return with_days(purpose_of(bill), bill, days_of(bill.lead.event))


def with_days(purpose: Purpose, bill: PayersBill, days: Iterable[Day]) -> Purpose:
    """Return the purpose with the nights and meals that its payer pays for; none without seats.

    days  of the bill's event, as `itineraries.queries` returns them
    """
    parts = {seat.add_on_id for seat in bill.live_seats}
    taken = [day for day in days if day.add_on_id in parts]
    return replace(purpose, included=tuple(included_days(taken)))


def _billed(bill: PayersBill, people: list[Participant], entries: Sequence[Entry] | None) -> list[Participant]:
    """Return the people that the bill is for: those who still take part, or everybody once nobody does.

    On one that is split or joint it is those with a line that stands.
    """
    if not bill.is_joint and not bill.lead.further_folios:
        return taking_part(bill.lead) or people
    posted = entries_of(bill.folio) if entries is None else entries
    subjects = {line.subject for line in standing_lines(posted)}
    return [person for person in people if person.public_id in subjects] or people


def place_of(registration: Registration) -> Text:
    """Return where a registration's event takes place."""
    return route_of(registration.event)


def route_of(event: Event) -> Text:
    """Return the cities of the event's main part, in the order of its route; its venue where it has no route."""
    cities = [stop.city.name for stop in event.stops if stop.part == "main"]
    if not cities:
        return event.venue
    return Text(", ".join(city.in_("en") for city in cities), "、".join(city.in_("zh") for city in cities))


def _attendee(participant: Participant) -> Attendee:
    return {"latin": participant.name.formal(), "native": _native(participant), "title": participant.post}


def _name(participant: Participant) -> str:
    return f"{participant.name.formal()} {_native(participant)}".strip()


def _native(participant: Participant) -> str:
    """Return the native name as bills add it to the Latin one: where the family name stands first."""
    name = participant.name
    return name.printed_native if name.family_first else ""

"""What a registration's papers are for: billing's `Purpose`, made from the registration."""

from dataclasses import replace

from tourreg.domain.billing.documents import Purpose
from tourreg.domain.itineraries.documents import included_days
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.sheets import Attendee
from tourreg.domain.registrations.holds import live_seats
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel.bilingual import Text


def purpose_of(registration: Registration) -> Purpose:
    """Return programme, dates, place, people and reference, as invoices and receipts name them."""
    event = registration.event
    return Purpose(
        title=event.title,
        first_on=event.starts_on,
        last_on=event.ends_on,
        place=place_of(registration),
        registration=registration.reference,
        participants=tuple(_attendee(participant) for participant in registration.participants),
        names={participant.public_id: _name(participant) for participant in registration.participants},
    )


def travel_purpose_of(registration: Registration) -> Purpose:
    """Return the purpose with the nights and meals that the people have, for receipts; none without seats."""
    seats = live_seats(registration)
    tours = {seat.add_on_id for seat in seats if seat.add_on_id}
    days = [day for day in days_of(registration.event) if day.add_on_id is None or day.add_on_id in tours]
    return replace(purpose_of(registration), included=tuple(included_days(days)) if seats else ())


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

"""What letters to host cities are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NotRequired

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_queries import requests_of_event
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.itineraries.visited import days_in, official
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Signed, Words
from tourreg.domain.registrations.models import Participant

MOST_LISTED = 8

LetterKind = Literal["host_request", "host_thanks"]


class HostLetterSheet(Head):
    """A letter to a host city before or after a visit.

    addressee      name and position of the city's contact, each "" where nobody is known
    organisations  of those who come, with how many come from each, most first
    visits, topics what the programme plans in the city, and what the group wants to learn there
    """

    title: Bilingual
    city: Bilingual
    addressee: str
    position: Words
    first_on: str
    last_on: str
    people: int
    organisations: list[str]
    visits: list[Bilingual]
    topics: list[Bilingual]
    signed: NotRequired[Signed]


def host_letter_sheet(
    kind: LetterKind, event: Event, city: City, people: Sequence[Participant], printed: Printed, *, now: datetime
) -> HostLetterSheet:
    """Return the sheet of a request to a host city, or of our thanks to it."""
    days = days_in(printed.days, city.public_id)
    first, last = _dates(event, city, days)
    contact = _contact(city)
    seen = official(days)
    topics = [item.get("details", {}).get("topics") for item in seen]
    return {
        **head(kind, event.issuer, made_at=now),
        "title": both(event.title),
        "city": both(city.name),
        "addressee": contact.contact_name if contact else "",
        "position": contact.contact_position if contact else "",
        "first_on": first,
        "last_on": last,
        "people": len(people),
        "organisations": organisations(people),
        "visits": [item["title"] for item in seen][:MOST_LISTED],
        "topics": [topic for topic in topics if topic and any(topic.values())][:MOST_LISTED],
        "signed": signed(kind, event.issuer),
    }


def _dates(event: Event, city: City, days: Sequence[Day]) -> tuple[str, str]:
    """Return the first and the last day in the city: of the itinerary, else confirmed by it or of the route."""
    dates = [day["on"] for day in days]
    if not dates:
        spans = [(stop.from_on, stop.to_on) for stop in event.stops if stop.city_id == city.id]
        asked = [one for one in requests_of_event(event.id) if one.city_id == city.id and one.state == "confirmed"]
        told = [(one.first_on, one.last_on) for one in asked] or spans
        dates = [day.isoformat() for span in told for day in span]
    return min(dates, default=event.starts_on.isoformat()), max(dates, default=event.ends_on.isoformat())


def _contact(city: City) -> HostProfile | None:
    accepted = select(HostProfile).where(HostProfile.city_id == city.id, HostProfile.state == "accepted")
    return db.session.scalars(accepted.order_by(HostProfile.id)).first()


def organisations(people: Sequence[Participant]) -> list[str]:
    """Return where those who come are from, each with how many come from there if several; most first."""
    named = Counter(person.organisation or person.registration.organisation for person in people)
    told = [(name, count) for name, count in named.most_common() if name]
    return [f"{name} ({count})" if count > 1 else name for name, count in told][:MOST_LISTED]

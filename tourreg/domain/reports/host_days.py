"""The day sheets of a host city: its own days, who leads the group, and whom to call."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.book import book_of
from tourreg.domain.itineraries.cuts import CutSheet, host_day_sheet
from tourreg.domain.itineraries.groups import heads_by_group
from tourreg.domain.itineraries.versions import Printed, days_for_print
from tourreg.domain.itineraries.visited import days_in
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.sheets import Attendee, Contact
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.city_people import is_shown, people_coming
from tourreg.kernel.bilingual import Text

MOST_LEADING = 3


class CityDaysSheet(CutSheet):
    """A host city's own days, one sheet a day.

    people   how many come to anything there
    leading  the first of them in protocol order; nobody once the city sees no longer who came
    escort   who of the office goes with the group, name and telephone, each empty where nobody is named
    """

    leading: list[Attendee]
    escort: Contact


def city_days_sheet(event: Event, printed: Printed, *, city: str, reader: Text, now: datetime) -> CityDaysSheet:
    """Return the sheets of a city's days; no days where none of those printed is in it.

    city    its public id
    reader  its name
    """
    people = people_coming(event, days_in(printed.days, city))
    heads = heads_by_group((person.group, bool(person.guest)) for person in people)
    sheet = host_day_sheet(event, printed, city=city, reader=reader, people=len(people), heads=heads, now=now)
    leading = people[:MOST_LEADING] if is_shown(event, now.date()) else []
    return {**sheet, "leading": [_attendee(person) for person in leading], "escort": _escort(event)}


def days_to_print(event: Event, city: str) -> Printed:
    """Return the days of the latest version, or the draft while no version has a day in the city."""
    issued = days_for_print(event, issued=True)
    if days_in(issued.days, city):
        return issued
    return days_for_print(event, issued=False)


def _attendee(person: Participant) -> Attendee:
    return {"latin": person.name.formal(), "native": person.name.printed_native, "title": person.post}


def _escort(event: Event) -> Contact:
    book = book_of(event)
    return {"name": both(book.escort_name), "phone": book.escort_phone, "email": ""}

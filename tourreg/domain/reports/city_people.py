"""Who comes to one host city: roster cut B of those who have something to do there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.security_desks import cities_asking
from tourreg.domain.itineraries.groups import goes
from tourreg.domain.papers.sheets import Day, Item, RosterSheet
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.documents import roster_sheet
from tourreg.domain.reports.queries import participants_of, parts_taken
from tourreg.domain.travel.telling import KEPT_DAYS

ON_THE_WAY = ("flight", "train", "transfer")


def people_coming(event: Event, days: Sequence[Day]) -> list[Participant]:
    """Return those who go to anything on a city's days, in protocol order; everybody while nothing is planned.

    days  as `days_in` returns them
    """
    people, parts = participants_of(event), parts_taken(event)
    items = [item for day in days for item in day["items"]]
    if not items:
        return list(people)
    return [one for one in people if any(goes(item, parts.get(one.public_id, ()), one.group) for item in items)]


def city_roster(event: Event, city: City, people: Sequence[Participant], *, now: datetime) -> RosterSheet:
    """Return the roster that a city gets, with nationality where its security desk's request is noted, else without.

    A person's own flights stand on no roster of a city, whoever asks: those who told of them agreed to other readers.

    people  from `people_coming`
    """
    asking = city.public_id in cities_asking(event.public_id)
    roster = roster_sheet(event, people, now=now, receiver=city.name, show_country=asking)
    if not asking:
        return roster
    # Its table has no room for groups beside the nationality.
    return {**roster, "kind": "roster_security", "rows": [{**row, "group": ""} for row in roster["rows"]]}


def ways_of(days: Sequence[Day]) -> list[tuple[str, Item]]:
    """Return how the group comes to a city, moves in it and leaves it: flights, trains and transfers by their dates."""
    return [(day["on"], item) for day in days for item in day["items"] if item["kind"] in ON_THE_WAY]


def is_shown(event: Event, today: date) -> bool:
    """Tell whether a city still sees who comes: until a month after the programme, as long as journeys are kept."""
    return today <= event.ends_on + timedelta(days=KEPT_DAYS)

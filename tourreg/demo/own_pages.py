"""Addresses of own pages and calendars, for the people of the sample season of whose journeys most is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.demo.programme import Season
from tourreg.domain.accounts import links
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import openings
from tourreg.domain.itineraries.versions import latest_version
from tourreg.domain.registrations.access_terms import access_ends_at
from tourreg.domain.registrations.models import Participant
from tourreg.domain.registrations.options import had
from tourreg.domain.travel.journeys import journey_of
from tourreg.domain.travel.queries import people_of

EVENTS = ("eco-urbanization-yangzhou", "energy-efficiency-us")
MOST = 3
READ_BEFORE = timedelta(hours=1)


def make_own_pages(season: Season, now: datetime) -> None:
    """Make both addresses for some people of two events, and let all but the first have read the latest version."""
    for key in EVENTS:
        event = season.events[key]
        people = fullest(people_of(event))[:MOST]
        _open(event, people, now)
        _read(event, people[1:], now - READ_BEFORE)


def fullest(people: Iterable[Participant]) -> list[Participant]:
    """Return the people in the order of how much their own page tells: ways, beds, room-mates and choices."""

    def told(person: Participant) -> tuple[int, int]:
        journey = journey_of(person)
        mates = any(night.mates for night in journey.nights)
        return sum(map(bool, (journey.legs, journey.nights, mates, had(person)))), len(journey.legs)

    return sorted(people, key=told, reverse=True)


def _open(event: Event, people: Iterable[Participant], now: datetime) -> None:
    secret, ends_at = settings().secret_key, access_ends_at(event, now)
    subjects = [person.public_id for person in people]
    with writing():
        for subject in subjects:
            for purpose in ("itinerary", "calendar"):
                links.standing_link(purpose, subject, expires_at=ends_at, now=now, secret=secret)


def _read(event: Event, people: Iterable[Participant], at: datetime) -> None:
    version = latest_version(event)
    if version is None:
        return
    number, event_id, readers = version.number, event.id, [person.public_id for person in people]
    with writing():
        for reader in readers:
            openings.note_opening(event_id, number, reader, now=at)

"""Host profiles, found by what people and the office know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.cities_named import city_of_sign_up, place_named, region_spellings
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import STATES, search_key

MOST_OTHERS = 20


def by_public_id(public_id: str) -> HostProfile | None:
    """Return the profile with its city."""
    one = select(HostProfile).where(HostProfile.public_id == public_id).options(joinedload(HostProfile.city))
    return db.session.scalars(one).one_or_none()


def by_submission_key(submission_key: str) -> HostProfile | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(HostProfile).where(HostProfile.submission_key == submission_key))


def of_address(email: str) -> list[HostProfile]:
    """Return the profiles whose contact has this address, shown to be their own, or that it shares; newest first."""
    shared = select(HostContact.profile_id).where(
        func.lower(HostContact.email) == email.lower(), HostContact.state == "active"
    )
    theirs = (func.lower(HostProfile.contact_email) == email.lower()) | HostProfile.id.in_(shared)
    confirmed = select(HostProfile).where(theirs, HostProfile.confirmed_at.is_not(None))
    return list(db.session.scalars(confirmed.order_by(HostProfile.signed_up_at.desc(), HostProfile.id.desc())))


def has_signed_up(city: str, region: str, country: str, place_key: str = "") -> bool:
    """Tell whether somebody has signed the city up already; see `signed_up`."""
    return signed_up(city, region, country, place_key) is not None


def signed_up(city: str, region: str, country: str, place_key: str = "") -> HostProfile | None:
    """Return the first profile of a city whose contact's address is confirmed and that was not declined.

    place_key  that of the city in the list of places, where it was chosen there
    """
    alike, place = _named(city, region, country), place_key or place_named(city, region, country)
    same = alike | (HostProfile.place_key == place) if place else alike
    stands = select(HostProfile).where(same, HostProfile.state.in_(("address_confirmed", "accepted")))
    return db.session.scalars(stands.order_by(HostProfile.id).limit(1)).one_or_none()


def others_of_city(profile: HostProfile) -> Sequence[HostProfile]:
    """Return the other profiles of the same city that are not declined, first signed up first."""
    alike = _named(profile.city_name, profile.region, profile.country)
    same = alike | (HostProfile.place_key == profile.place_key) if profile.place_key else alike
    others = select(HostProfile).where(same, HostProfile.id != profile.id, HostProfile.state != "declined")
    return db.session.scalars(others.order_by(HostProfile.signed_up_at, HostProfile.id).limit(MOST_OTHERS)).all()


def profiles(state: str | None, search: str, *, page: int, size: int) -> tuple[Sequence[HostProfile], int]:
    """Return one page of the profiles, newest first, and how many there are in all.

    state   None for every state
    search  a part of the city, region, contact or address, in any script; empty for all
    page    counts from 1
    """
    conditions = _conditions(state, search)
    total = db.session.scalar(select(func.count()).select_from(HostProfile).where(*conditions)) or 0
    newest_first = (
        select(HostProfile).where(*conditions).order_by(HostProfile.signed_up_at.desc(), HostProfile.id.desc())
    )
    rows = newest_first.options(joinedload(HostProfile.city)).offset((page - 1) * size).limit(size)
    return db.session.scalars(rows).all(), total


def counts_by_state() -> dict[str, int]:
    """Return how many profiles stand in each state, none left out."""
    counted = select(HostProfile.state, func.count()).group_by(HostProfile.state)
    found = {state: int(count) for state, count in db.session.execute(counted)}
    return {**dict.fromkeys(STATES, 0), **found}


def likely_zone(profile: HostProfile) -> str | None:
    """Return the zone of the profile's city: of the one chosen by the office, else of the one that it names."""
    city = city_of_sign_up(profile)
    return city.zone if city else None


def programmes_in(city: City, today: date) -> list[tuple[Event, Stop]]:
    """Return the published programmes that come to a city and have not ended, each with its stop there, by date."""
    coming = (
        select(Event, Stop)
        .join(Stop, Stop.event_id == Event.id)
        .where(Stop.city_id == city.id, Event.state.in_(("published", "closed")), Event.ends_on >= today)
        .order_by(Stop.from_on, Event.id)
    )
    return [(event, stop) for event, stop in db.session.execute(coming)]


def _named(city: str, region: str, country: str) -> ColumnElement[bool]:
    """Tell of a profile whether it names this city, however its state or province is written."""
    keys = {f"{search_key(city, spelling)}/" for spelling in region_spellings(region, country)}
    return (HostProfile.country == country) & or_(*map(_begins_with, sorted(keys)))


def _begins_with(key: str) -> ColumnElement[bool]:
    return HostProfile.search_key.startswith(key, autoescape=True)


def _conditions(state: str | None, search: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if state is not None:
        conditions.append(HostProfile.state == state)
    if search:
        part = search_key(search)
        conditions.append(HostProfile.search_key.contains(part) if part else false())
    return conditions

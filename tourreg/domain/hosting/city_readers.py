"""Who reads letters to cities: contacts of their pages, and where a city has no page, whom the office knows there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Row, exists, literal, select

from tourreg.db import db
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_contact_models import CityContact
from tourreg.domain.hosting.city_letter_rules import Reader, wanted_of
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.models import HostProfile

_ACCEPTED = HostProfile.state == "accepted", HostProfile.confirmed_at.is_not(None)


def readers_of_cities(cities: Collection[int], roles: tuple[str, ...]) -> Mapping[int, list[Reader]]:
    """Return whom a letter reaches by the keys of their cities; a city without anybody is left out. Three statements.

    An address stands once for a city, however many of its contacts have it; in each city for itself, because each
    letter leads to that city's own page or sign-up.
    """
    found: defaultdict[int, dict[str, Reader]] = defaultdict(dict)
    for reader in (*_first(cities, roles), *_further(cities, roles), *_known(cities, roles)):
        found[reader.city_id].setdefault(reader.email.casefold(), reader)
    return {city: list(readers.values()) for city, readers in found.items()}


def _first(cities: Collection[int], roles: tuple[str, ...]) -> Iterator[Reader]:
    """Return the contacts who signed their cities up, whom the office accepted."""
    told = (HostProfile.contact_name, HostProfile.contact_email, HostProfile.language, HostProfile.public_id)
    rows = select(City.id, City.name, *told).join(HostProfile, HostProfile.city_id == City.id)
    if wanted_of([], roles):
        yield from _read(db.session.execute(_standing(rows, cities).order_by(HostProfile.id)))


def _further(cities: Collection[int], roles: tuple[str, ...]) -> Iterator[Reader]:
    """Return who shares the pages of these cities now."""
    told = (HostContact.name, HostContact.email, HostContact.language, HostProfile.public_id, HostContact.public_id)
    rows = select(HostContact.roles, City.id, City.name, *told).join(HostProfile, HostProfile.city_id == City.id)
    rows = rows.join(HostContact, HostContact.profile_id == HostProfile.id)
    sharing = _standing(rows, cities).where(HostContact.state == "active").order_by(HostContact.id)
    yield from _read(row[1:] for row in db.session.execute(sharing) if wanted_of(row.roles, roles))


def _known(cities: Collection[int], roles: tuple[str, ...]) -> Iterator[Reader]:
    """Return whom the office knows at those cities that have no page, whoever shares one."""
    has_page = exists().where(HostProfile.city_id == City.id, *_ACCEPTED)
    no_page, told = literal(""), (CityContact.name, CityContact.email, CityContact.language)
    rows = select(CityContact.roles, City.id, City.name, *told, no_page, no_page, CityContact.public_id)
    rows = rows.join(City, City.id == CityContact.city_id).where(City.id.in_(cities), ~has_page)
    found = db.session.execute(rows.order_by(CityContact.id))
    yield from _read(row[1:] for row in found if wanted_of(row.roles, roles))


def _standing(rows: Any, cities: Collection[int]) -> Any:
    return rows.where(City.id.in_(cities), *_ACCEPTED)


def _read(rows: Iterable[Row[Any] | tuple[Any, ...]]) -> Iterator[Reader]:
    return (Reader(*row) for row in rows)

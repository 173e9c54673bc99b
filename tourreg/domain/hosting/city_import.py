"""A file of cities and of those whom the office knows there: what would come of it, without writing anything.

However many rows there are, the database is asked a fixed number of times.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.cities import places
from tourreg.domain.cities.commands import plan_of
from tourreg.domain.cities.models import City
from tourreg.domain.cities.places import Place, plain_name
from tourreg.domain.hosting import city_matching as matching
from tourreg.domain.hosting.city_matching import Candidate, Regions, RowRefused, Sought, is_called
from tourreg.domain.hosting.city_merging import NEEDED, flat, is_empty, joined
from tourreg.domain.hosting.city_outcomes import CityOutcome, ContactOutcome, Fault, FileRow, Look, RowOutcome
from tourreg.domain.hosting.city_people import People, key_of, people_of


@dataclass(frozen=True)
class Known:
    """What is known before the rows are looked at.

    cities, places  those that are here and those of the list, by their keys
    named           all of them by what `plain_name` makes of their names
    names           of people in the file, by their addresses
    """

    cities: Mapping[str, City]
    places: Mapping[str, Place]
    named: Mapping[str, Collection[Candidate]]
    regions: Regions
    people: People
    names: Mapping[str, str]


def look(rows: Sequence[FileRow], choices: Mapping[int, str], *, lock: bool = False) -> Look:
    """Return what would come of the rows.

    choices  keys of cities that somebody chose where several may be meant, by the row
    lock     nobody else changes the cities and contacts until the transaction ends
    """
    known = _known(rows, lock)
    found, met = Look(), set[str]()
    for row in rows:
        try:
            city = _city_of(row, known, found, choices.get(row.number, ""), met)
            contact = _contact_of(row, city, known) if row.contact else None
        except RowRefused as refused:
            found.faults.append(Fault(row.number, refused.column, refused.kind, refused.facts))
        else:
            _join(found, row.number, city, contact)
    for at_city, outcome in found.contacts.items():
        outcome.elsewhere = [name for key, name in known.people.cities[at_city[1]].items() if key != at_city[0]]
    found.seen = _seen(found, [known.cities[key] for key in sorted(met)])
    return found


def _known(rows: Sequence[FileRow], lock: bool) -> Known:
    every = select(City).order_by(City.id).execution_options(populate_existing=lock)
    cities = {
        key_of(city): city for city in db.session.scalars(every.with_for_update(key_share=True) if lock else every)
    }
    names = {name for row in rows for name in _names_of(row)}
    listed = {f"place:{place.key}": place for of_name in places.places_named(names).values() for place in of_name}
    here = [Candidate(key, city.name, city.region, city.country) for key, city in cities.items()]
    there = [_candidate(key, place) for key, place in listed.items()]
    contacts = [row.contact for row in rows if row.contact.get("email")]
    return Known(
        cities,
        listed,
        _by_name([*here, *there]),
        matching.regions_known(places.regions(), here),
        people_of({contact["email"].lower() for contact in contacts}, lock=lock),
        {contact["email"].lower(): contact["name"] for contact in reversed(contacts) if contact.get("name")},
    )


def _by_name(every: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    named: dict[str, dict[str, Candidate]] = {}
    for each in every:
        for name in filter(None, (each.name.en, each.name.zh)):
            named.setdefault(plain_name(name), {})[each.key] = each
    return {name: list(found.values()) for name, found in named.items()}


def _names_of(row: FileRow) -> Iterator[str]:
    for name in filter(None, (row.city.get("name_en"), row.city.get("name_zh"))):
        yield from matching.spellings(name)
        yield from matching.spellings(name.rsplit(",", 1)[0].strip())


def _candidate(key: str, place: Place) -> Candidate:
    return Candidate(key, place.name, place.region, place.country, place.kind, place.population or 0)


def _city_of(row: FileRow, known: Known, found: Look, chosen: str, met: set[str]) -> CityOutcome:
    """Return what the row by itself says of its city; `met` gains the cities that are here and may be meant."""
    wanted = matching.sought(row.city, known.regions)
    may_be_meant = matching.candidates(wanted, known.named)
    met |= {each.key for each in may_be_meant if each.is_here}
    candidate = matching.decide(wanted, may_be_meant, chosen)
    said = {name: value for name, value in row.city.items() if not is_empty(value)}
    key = candidate.key if candidate else _typed_key(wanted)
    if candidate:
        names = {f"name_{code}" for code in ("en", "zh") if getattr(candidate.name, code)}
        said = {name: value for name, value in said.items() if name not in names or not is_called(candidate, value)}
    if earlier := found.cities.get(key):
        return CityOutcome(key, earlier.city, earlier.before, said, [])
    if candidate is None:
        fields = _typed(wanted, said, known)
        return CityOutcome(key, None, fields, dict(fields), [])
    city = known.cities.get(key)
    before = flat(plan_of(city)) if city else _of_place(known.places[key], said)
    return CityOutcome(key, city, before, said, [])


def _of_place(place: Place, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the list says of a place; a figure of the file comes with its own source.

    raises  RowRefused, where neither the list nor the row has a Chinese name
    """
    if not place.name.zh and not said.get("name_zh"):
        raise RowRefused("name_zh", "needs_chinese")
    fields: dict[str, Any] = {
        "name_en": place.name.en, "name_zh": place.name.zh, "region_en": place.region.en, "region_zh": place.region.zh,
        "country": place.country, "zone": place.zone, "latitude": place.latitude, "longitude": place.longitude,
    }  # fmt: skip
    if place.population and not said.get("population"):
        source = places.POPULATION_SOURCE
        fields |= {"population": place.population, "population_source_en": source.en, "population_source_zh": source.zh}
    return fields


def _typed_key(wanted: Sought) -> str:
    name = "/".join(sorted(plain_name(name) for name in wanted.names[:1]))
    return f"typed:{wanted.country}/{matching.plain_region(wanted.region.in_('en'))}/{name}"


def _typed(wanted: Sought, said: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return the fields of a city that no list has, where the row says all that a city needs.

    raises  RowRefused
    """
    fields = {
        **said,
        "region_en": wanted.region.en,
        "region_zh": wanted.region.zh or said.get("region_zh", ""),
        "country": wanted.country,
    }
    if said.get("name_en"):
        fields["name_en"] = wanted.names[0]
    missing = [name for name in NEEDED if is_empty(fields.get(name))]
    if missing:
        elsewhere = matching.candidates(Sought(wanted.names, country=wanted.country), known.named)
        raise RowRefused("name_en", "not_listed", missing=missing, elsewhere=elsewhere[: matching.MOST_CHOICES])
    return fields


def _contact_of(row: FileRow, city: CityOutcome, known: Known) -> ContactOutcome:
    """Return what the row by itself says of somebody.

    raises  RowRefused without an address, by which people are told apart, and without a name of somebody new
    """
    if not row.contact.get("email"):
        raise RowRefused("email", "no_email")
    email = row.contact["email"].lower()
    at_city = (city.key, email)
    said = {name: value for name, value in row.contact.items() if not is_empty(value)} | {"email": email}
    if not known.people.is_known(at_city) and not said.get("name"):
        if email not in known.names:
            raise RowRefused("contact_name", "no_contact_name")
        said["name"] = known.names[email]
    known.people.note(at_city, city.name)
    return ContactOutcome(at_city, known.people.known.get(at_city), at_city in known.people.sharing, said, [])


def _join(found: Look, number: int, city: CityOutcome, contact: ContactOutcome | None) -> None:
    """Put a row beside the earlier ones of the same city and of the same contact."""
    first = found.cities.setdefault(city.key, city)
    _add(found, number, first, city)
    person = None
    if contact:
        person = found.contacts.setdefault(contact.key, contact)
        _add(found, number, person, contact)
    found.rows.append(RowOutcome(number, first, person))


def _add(found: Look, number: int, first: Any, later: Any) -> None:
    if first is not later:
        first.said, differing = joined(first.said, later.said)
        columns = {"name": "contact_name"}
        facts = {"first": first.rows[0]}
        found.notes += [Fault(number, columns.get(name, name), "said_otherwise", facts) for name in differing]
    first.rows.append(number)


def _seen(found: Look, cities: Sequence[City]) -> str:
    known = [contact.known for contact in found.contacts.values() if contact.known]
    people = sorted([one.public_id, one.name, one.position, one.phone, one.language, one.roles] for one in known)
    sharing = sorted(key for key, contact in found.contacts.items() if contact.shares)
    state = [[[city.public_id, flat(plan_of(city))] for city in cities], people, sharing]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32]

"""Which city that is here a name means: one of the same name in another state is another city."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tourreg.domain.cities import places
from tourreg.domain.cities.commands import CityPlan
from tourreg.domain.cities.models import City
from tourreg.domain.cities.places import plain_name
from tourreg.domain.cities.queries import all_cities, cities_of_region
from tourreg.domain.hosting.city_matching import (
    Candidate,
    RowRefused,
    candidates,
    names_of,
    plain_region,
    regions_known,
    sought,
    spellings,
)
from tourreg.domain.hosting.models import HostProfile


def city_of_sign_up(profile: HostProfile) -> City | None:
    """Return the city that the office chose for a sign-up, else the only one that the sign-up names, if it is here."""
    return profile.city or city_named(profile.city_name, profile.region, profile.country)


def same_city(plan: CityPlan) -> City | None:
    """Return the city that is here already of those that would be entered; in China the name in Chinese tells."""
    known = city_named(plan.name.en, plan.region.en, plan.country)
    is_other = known is not None and plan.country == "CN" and plain_name(known.name.zh) != plain_name(plan.name.zh)
    return None if is_other else known


def city_named(name: str, region: str, country: str) -> City | None:
    """Return the only city of this name in the state or province, each in either language or by its letters."""
    cities = {f"city:{one.public_id}": one for one in _cities_in(region, country)}
    here = [Candidate(key, one.name, one.region, one.country) for key, one in cities.items()]
    said = {"name_en": name, "region_en": region, "country": country}
    try:
        wanted = sought(said, regions_known(places.regions(), here))
    except RowRefused:
        return None
    found = candidates(wanted, _by_plain_name(here))
    return cities[found[0].key] if len(found) == 1 else None


def cities_likely(profile: HostProfile) -> Sequence[City]:
    """Return the cities in the state or province that a sign-up names; every city where none is known there."""
    return _cities_in(profile.region, profile.country) or all_cities()


def _cities_in(region: str, country: str) -> Sequence[City]:
    return cities_of_region(country, region_spellings(region, country))


def place_named(name: str, region: str, country: str) -> str:
    """Return the key of the only place of the list that is meant, with "City of" or without; "" for none or several."""
    said = {"name_en": name, "region_en": region, "country": country}
    listed = {place.key: place for found in places.places_named(spellings(name)).values() for place in found}
    there = [Candidate(key, one.name, one.region, one.country) for key, one in listed.items()]
    try:
        wanted = sought(said, regions_known(places.regions(), ()))
    except RowRefused:
        return ""
    found = candidates(wanted, _by_plain_name(there))
    return found[0].key if len(found) == 1 else ""


def _by_plain_name(every: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    named: dict[str, list[Candidate]] = {}
    for one in every:
        for plain in names_of(one):
            named.setdefault(plain, []).append(one)
    return named


def region_spellings(region: str, country: str) -> set[str]:
    """Return how people write a state or province: as here, by its letters, and in either language, short or whole."""
    plain, spellings = plain_region(region), {region}
    for letters, name in places.regions().get(country, ()):
        if plain in {plain_region(one) for one in (letters, name.en, name.zh) if one}:
            spellings |= {letters, name.en, f"{name.en} Province", name.zh, plain_region(name.zh)} - {""}
    return spellings

"""Entering a city, and what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change, note_new
from tourreg.domain.audit.queries import last_change
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.clock import zones
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.ordering import sort_key
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

LONGEST_SLUG = 70


class CityIsIncomplete(Refusal):
    """A city needs its name and region in both languages, a known zone and a place on the globe; facts: fields."""


class CityEditedMeanwhile(Refusal):
    """Somebody changed the city after the editor had read it; facts: now (its plan as it is), by, at."""


@dataclass(frozen=True)
class CityPlan:
    """What is written down about a city, as `models.City` describes it; its address stays what it was first."""

    name: Text
    region: Text
    country: str
    zone: str
    latitude: float
    longitude: float
    population: int | None = None
    population_source: Text = EMPTY
    government: Text = EMPTY
    summary: Text = EMPTY


def plan_of(city: City) -> CityPlan:
    """Return what is written down about a city now."""
    return CityPlan(**{name: getattr(city, name) for name in CityPlan.__dataclass_fields__})


def add_city(name: Text, region: Text, *, country: str, zone: str, latitude: float, longitude: float) -> City:
    """Return a new city; its figures and words come later.

    latitude, longitude  degrees, north and east positive
    raises  CityIsIncomplete
    """
    _require_complete(name, region, zone, latitude, longitude)
    city = City(
        public_id=new_public_id(), slug=_free_slug(name.en), name=name, region=region, country=country, zone=zone,
        latitude=latitude, longitude=longitude,
    )  # fmt: skip
    db.session.add(city)
    db.session.flush()
    return city


def write_city(plan: CityPlan, *, submission_key: str, now: datetime, by: str) -> City:
    """Return a new city with everything that is known of it.

    raises  CityIsIncomplete
    """
    city = add_city(
        plan.name,
        plan.region,
        country=plan.country,
        zone=plan.zone,
        latitude=plan.latitude,
        longitude=plan.longitude,
    )
    city.submission_key = submission_key
    _write(city, plan)
    note_change(city.public_id, "city", {}, plain(plan), now=now, by=by)
    return city


def write_cities(plans: Sequence[CityPlan], *, now: datetime, by: str) -> list[City]:
    """Return new cities with everything that is known of them, in the order of the plans; however many, in a few
    statements.

    raises  CityIsIncomplete
    """
    if not plans:
        return []
    taken, rows = set(db.session.scalars(select(City.slug))), {}
    for plan in plans:
        _require_complete(plan.name, plan.region, plan.zone, plan.latitude, plan.longitude)
        slug, public_id = _slug_beside(plan.name.en, taken), new_public_id()
        taken.add(slug)
        rows[public_id] = {"public_id": public_id, "slug": slug, **_fields(plan)}
    db.session.execute(insert(City), list(rows.values()))
    note_new("city", {key: plain(plan) for key, plan in zip(rows, plans, strict=True)}, now=now, by=by)
    written = {city.public_id: city for city in db.session.scalars(select(City).where(City.public_id.in_(rows)))}
    return [written[public_id] for public_id in rows]


def revise_city(city: City, plan: CityPlan, *, now: datetime, by: str, seen: str = "") -> None:
    """Write down what was changed of a city.

    seen    fingerprint of the plan that the editor began from; without it nobody is asked
    raises  CityEditedMeanwhile, CityIsIncomplete
    """
    before = plan_of(city)
    if seen and fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(city.public_id)
        raise CityEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    _require_complete(plan.name, plan.region, plan.zone, plan.latitude, plan.longitude)
    _write(city, plan)
    note_change(city.public_id, "city", plain(before), plain(plan), now=now, by=by)


def _write(city: City, plan: CityPlan) -> None:
    for name, value in _fields(plan).items():
        setattr(city, name, value)


def _fields(plan: CityPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in CityPlan.__dataclass_fields__}


def _require_complete(name: Text, region: Text, zone: str, latitude: float, longitude: float) -> None:
    faults = {
        "name_en": not name.en, "name_zh": not name.zh, "region_en": not region.en, "region_zh": not region.zh,
        "zone": zone not in zones(),
        "latitude": not -90 <= latitude <= 90, "longitude": not -180 <= longitude <= 180,
    }  # fmt: skip
    if any(faults.values()):
        raise CityIsIncomplete(fields=[field for field, faulty in faults.items() if faulty])


def _free_slug(name: str) -> str:
    """Return the name as addresses write it, with a number where another city has it already."""
    plain = _plain_slug(name)
    taken = set(db.session.scalars(select(City.slug).where(City.slug.startswith(plain, autoescape=True))))
    return _slug_beside(name, taken)


def _slug_beside(name: str, taken: Collection[str]) -> str:
    plain = _plain_slug(name)
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (plain, *numbered) if slug not in taken)


def _plain_slug(name: str) -> str:
    return sort_key(name).replace(" ", "-")[:LONGEST_SLUG] or "city"

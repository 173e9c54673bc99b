"""Entering a city."""

from zoneinfo import available_timezones

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.ordering import sort_key
from tourreg.kernel.refusals import Refusal

LONGEST_SLUG = 70


class CityIsIncomplete(Refusal):
    """A city needs its name and region in both languages, a known zone and a place on the globe; facts: fields."""


def add_city(name: Text, region: Text, *, country: str, zone: str, latitude: float, longitude: float) -> City:
    """Return a new city; its figures and words come later.

    latitude, longitude  degrees, north and east positive
    raises  CityIsIncomplete
    """
    faults = {
        "name_en": not name.en, "name_zh": not name.zh, "region_en": not region.en, "region_zh": not region.zh,
        "zone": zone not in available_timezones(),
        "latitude": not -90 <= latitude <= 90, "longitude": not -180 <= longitude <= 180,
    }  # fmt: skip
    if any(faults.values()):
        raise CityIsIncomplete(fields=[field for field, faulty in faults.items() if faulty])
    city = City(
        public_id=new_public_id(), slug=_free_slug(name.en), name=name, region=region, country=country, zone=zone,
        latitude=latitude, longitude=longitude,
    )  # fmt: skip
    db.session.add(city)
    db.session.flush()
    return city


def _free_slug(name: str) -> str:
    """Return the name as addresses write it, with a number where another city has it already."""
    plain = sort_key(name).replace(" ", "-")[:LONGEST_SLUG] or "city"
    taken = set(db.session.scalars(select(City.slug).where(City.slug.startswith(plain, autoescape=True))))
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (plain, *numbered) if slug not in taken)

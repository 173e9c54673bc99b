"""Cities, found and listed."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import JSON, or_, select, type_coerce

from tourreg.db import db
from tourreg.domain.cities.models import City


def by_public_id(public_id: str) -> City | None:
    return db.session.scalar(select(City).where(City.public_id == public_id))


def cities_by_id(ids: Iterable[int]) -> dict[int, City]:
    """Return cities by their keys."""
    return {city.id: city for city in db.session.scalars(select(City).where(City.id.in_(set(ids))))}


def keys_of(public_ids: Collection[str]) -> list[int]:
    """Return the keys of the cities with these public ids, by country and name; others are left out."""
    rows = select(City.id).where(City.public_id.in_(public_ids)).order_by(City.country, City.slug)
    return list(db.session.scalars(rows))


def city_to_change(public_id: str) -> City:
    """Return the city as it is now, which nobody else changes until the transaction ends.

    raises  NoResultFound
    """
    chosen = select(City).where(City.public_id == public_id).with_for_update(key_share=True)
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one()


def city_of_submission(submission_key: str) -> City | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(City).where(City.submission_key == submission_key))


def cities_of_region(country: str, spellings: Collection[str]) -> Sequence[City]:
    """Return the cities of a country whose state or province is spelled so in either language, by their addresses."""
    region = type_coerce(City.region, JSON)
    is_there = or_(*(region[code].as_string().in_(spellings) for code in ("en", "zh")))
    return db.session.scalars(select(City).where(City.country == country, is_there).order_by(City.slug)).all()


def all_cities() -> Sequence[City]:
    """Return every city by country, then by its address in English letters."""
    return db.session.scalars(select(City).order_by(City.country, City.slug)).all()

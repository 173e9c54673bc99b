"""Cities, found and listed."""

from collections.abc import Sequence

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.cities.models import City


def by_public_id(public_id: str) -> City | None:
    return db.session.scalar(select(City).where(City.public_id == public_id))


def all_cities() -> Sequence[City]:
    """Return every city by country, then by its address in English letters."""
    return db.session.scalars(select(City).order_by(City.country, City.slug)).all()

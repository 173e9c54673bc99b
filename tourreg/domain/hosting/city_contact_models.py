"""Whom the office knows at a city, and the files by which it came to know them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, PublicId, choice
from tourreg.db import Base
from tourreg.domain.cities.models import City


class CityContact(Base):
    """Somebody whom the office knows at a city, whether or not they share the city's page.

    One person may be known at several cities, with a row for each.
    email  in small letters
    roles  what they do for the city, of contact_models.ROLES
    """

    __tablename__ = "city_contacts"
    __table_args__ = (UniqueConstraint("city_id", "email"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    roles: Mapped[list[str]] = mapped_column(JSON)
    added_at: Mapped[Instant]

    city: Mapped[City] = relationship()


class CityImport(Base):
    """A file of cities that was taken over.

    file    where it was kept, so that it is taken over once
    counts  rows by what became of them
    rows    what became of each: number, city, its public id, and what happened to it and to its contact
    """

    __tablename__ = "city_imports"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    file: Mapped[str] = mapped_column(String(64), unique=True)
    done_at: Mapped[Instant]
    done_by: Mapped[str] = mapped_column(String(80))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    rows: Mapped[list[list[Any]]] = mapped_column(JSON)

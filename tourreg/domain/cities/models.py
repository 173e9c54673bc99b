"""Cities of both countries, with their figures and where those come from, and the topics they are good at."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Bilingual, Key, OnPublicPages, PublicId
from tourreg.db import Base


class City(OnPublicPages, Base):
    """A city that is visited or that hosts.

    country     ISO 3166-1, two letters
    zone        IANA name
    population  people, as `population_source` counted them
    """

    __tablename__ = "cities"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[Bilingual]
    region: Mapped[Bilingual]
    country: Mapped[str] = mapped_column(String(2))
    zone: Mapped[str] = mapped_column(String(64))
    latitude: Mapped[float]
    longitude: Mapped[float]
    population: Mapped[int | None]
    population_source: Mapped[Bilingual]
    government: Mapped[Bilingual]
    summary: Mapped[Bilingual]


class Topic(Base):
    """Something that cities show and study tours ask for, from a list that the office keeps.

    slug    what addresses and files call it; it never changes
    active  False once it is retired: whoever has it keeps it, nobody chooses it anew
    """

    __tablename__ = "topics"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Bilingual]
    active: Mapped[bool] = mapped_column(default=True)

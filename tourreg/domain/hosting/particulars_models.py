"""What a host city tells of itself over time, and its photographs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Instant, Key, OnPublicPages, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.cities.models import Topic

GOVERNMENTS = (
    "council_manager", "mayor_council", "commission", "town_meeting", "county_board",
    "cn_municipality", "cn_prefecture", "cn_district", "cn_county", "other",
)  # fmt: skip


class HostTopic(Base):
    """A topic that a city is good at."""

    __tablename__ = "host_topics"

    particulars_id: Mapped[int] = mapped_column(ForeignKey("host_particulars.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True)


class HostParticulars(OnPublicPages, Base):
    """What a city tells of itself; nothing of it is needed, and what is missing is said.

    latitude, longitude, zone, population  taken from the list of places, unless the city was typed
    staff       people whom the city's government employs
    budget_minor, budget_currency, budget_year  what it spends in that year
    languages   in which it can receive guests, as their codes: "en", "zh", "es"
    sisters     sister and partner cities, one a line
    published   the city wants this and its photographs on its public page; taken back, they stand there no more
    mayor, mayor_title, council  to whom thanks are addressed: the head of the city, and what its council is called
    """

    __tablename__ = "host_particulars"

    id: Mapped[Key]
    profile_id: Mapped[int] = mapped_column(ForeignKey("host_profiles.id"), unique=True)
    name: Mapped[Bilingual]
    region: Mapped[Bilingual]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    zone: Mapped[str | None] = mapped_column(String(64))
    population: Mapped[int | None]
    population_source: Mapped[Bilingual]
    government: Mapped[str | None] = mapped_column(choice(*GOVERNMENTS, name="government"))
    staff: Mapped[int | None]
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    budget_currency: Mapped[str | None] = mapped_column(String(3))
    budget_year: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(JSON)
    sisters: Mapped[Bilingual]
    why: Mapped[Bilingual]
    mayor: Mapped[Bilingual]
    mayor_title: Mapped[Bilingual]
    council: Mapped[Bilingual]
    published: Mapped[bool] = mapped_column(default=False, server_default=false())
    revised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    topics: Mapped[list[Topic]] = relationship(secondary=HostTopic.__table__, lazy="selectin", order_by=Topic.slug)


class HostPhoto(OnPublicPages, Base):
    """A photograph of a host city, made anew from its pixels, so that no place and no camera is in it.

    sha256   of the JPEG among the files
    caption  what it shows, for those who see it and those who do not
    """

    __tablename__ = "host_photos"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    profile_id: Mapped[int] = mapped_column(ForeignKey("host_profiles.id"), index=True)
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    caption: Mapped[Bilingual]
    added_at: Mapped[Instant]
    added_by: Mapped[str] = mapped_column(String(80))

"""The days of an event and what happens on each."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Instant, Key, OnPublicPages, PublicId, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.details import NOTHING, Details, DetailsColumn

ITEM_KINDS = (
    "meeting",
    "site_visit",
    "lecture",
    "meal",
    "transfer",
    "flight",
    "train",
    "cultural",
    "free_time",
    "hotel",
)
# What an approving office asks: whether it is official, culture, or time of their own.
NATURES = ("official", "cultural", "free")
COSTS = ("included", "own")
GROUPS = ("all", "a", "b", "guests")
STANDINGS = ("none", "asked", "held", "confirmed", "declined")


class Day(OnPublicPages, Base):
    """One date in one city; days of a pre- or post-tour belong to its add-on."""

    __tablename__ = "days"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    add_on_id: Mapped[int | None] = mapped_column(ForeignKey("add_ons.id"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id"))
    on_date: Mapped[date]
    title: Mapped[Bilingual]

    event: Mapped[Event] = relationship()
    add_on: Mapped[AddOn | None] = relationship()
    city: Mapped[City | None] = relationship()
    items: Mapped[list[Item]] = relationship(back_populates="day", order_by="Item.position")


class Item(OnPublicPages, Base):
    """One thing in a day.

    starts, ends  what the clock on the wall shows in `zone` and in `ends_zone`; no end is open
    ends_on       the local date of the end when it is another than the day's
    nature        as an approving office counts it
    cost          "own" is paid by each participant on the spot
    group         who goes: groups A and B of a divided programme, or guests; "all" is everybody
    optional      people choose it; then it may have a capacity, and a fee in the event's currency
    standing      what its host said, standing_by who told it to whom and standing_on when; "none" needs no answer
    """

    __tablename__ = "items"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    day_id: Mapped[int] = mapped_column(ForeignKey("days.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(choice(*ITEM_KINDS, name="kind"))
    starts: Mapped[time]
    zone: Mapped[str] = mapped_column(String(64))
    ends: Mapped[time | None]
    ends_zone: Mapped[str | None] = mapped_column(String(64))
    ends_on: Mapped[date | None]
    title: Mapped[Bilingual]
    place: Mapped[Bilingual]
    address: Mapped[Bilingual]
    notes: Mapped[Bilingual]
    nature: Mapped[str] = mapped_column(choice(*NATURES, name="nature"), default="official")
    cost: Mapped[str] = mapped_column(choice(*COSTS, name="cost"), default="included")
    group: Mapped[str] = mapped_column(choice(*GROUPS, name="group"), default="all")
    optional: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]
    fee_minor: Mapped[int | None] = mapped_column(BigInteger)
    standing: Mapped[str] = mapped_column(choice(*STANDINGS, name="standing"), default="none")
    standing_by: Mapped[str] = mapped_column(String(120), default="")
    standing_on: Mapped[date | None]
    details: Mapped[Details] = mapped_column(DetailsColumn, default=NOTHING)

    day: Mapped[Day] = relationship(back_populates="items")
    appearances: Mapped[list[Appearance]] = relationship(order_by="Appearance.position", cascade="all, delete-orphan")


class Speaker(OnPublicPages, Base):
    """Somebody who speaks at an event, once, however often; the name is written as in a programme."""

    __tablename__ = "speakers"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    name: Mapped[Bilingual]
    title: Mapped[Bilingual]
    organisation: Mapped[Bilingual]
    bio: Mapped[Bilingual]


class Appearance(OnPublicPages, Base):
    """A speaker at an item, in the order in which they speak."""

    __tablename__ = "appearances"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True, index=True)
    position: Mapped[int]

    speaker: Mapped[Speaker] = relationship()


class ItineraryVersion(OnPublicPages, Base):
    """The days of an event as they were issued; what was issued is never changed.

    days         as papers print them: a list of `sheets.Day`, with everything that any cut may show
    change_note  what the author says has changed, "" for the first
    """

    __tablename__ = "itinerary_versions"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[int]
    issued_at: Mapped[Instant]
    issued_by: Mapped[str] = mapped_column(String(80))
    change_note: Mapped[Bilingual]
    days: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)

    event: Mapped[Event] = relationship()


class VersionOpening(Base):
    """That a reader has had a version before their eyes on their own page, and since when.

    reader  public id of a participant
    """

    __tablename__ = "version_openings"
    __table_args__ = (UniqueConstraint("version_id", "reader"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("itinerary_versions.id"))
    reader: Mapped[str] = mapped_column(String(22))
    opened_at: Mapped[Instant]

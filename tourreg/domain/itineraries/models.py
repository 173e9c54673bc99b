"""The days of an event and what happens on each."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Key, OnPublicPages, PublicId, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.cities.models import City

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

    day: Mapped[Day] = relationship(back_populates="items")

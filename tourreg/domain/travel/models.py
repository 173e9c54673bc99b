"""What people tell of their journey, the hotels of an event, and who sleeps in which room."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Currency, Instant, Key, Minor, PublicId, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.registrations.models import Participant

WAYS = ("arrival", "departure")
SEXES = ("", "female", "male")
ROOM_KINDS = ("single", "double", "twin", "suite", "other")
BILLINGS = ("master", "own")


class TravelCall(Base):
    """That an event asks its people for their travel details.

    due_on  last day on which they should tell, in the event's zone
    """

    __tablename__ = "travel_calls"

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    due_on: Mapped[date]
    opened_at: Mapped[Instant]
    opened_by: Mapped[str] = mapped_column(String(80))

    event: Mapped[Event] = relationship()


class Traveller(Base):
    """What one participant told for the journey; it is there only while their consent to keep it counts.

    sex        as the person gave it, or ""; `sex_for_rooms` tells whether rooms may be shared out by it
    mate       with whom they want to share a room, as they typed it
    room_kind  the kind of room that they prefer, or ""
    """

    __tablename__ = "travellers"

    id: Mapped[Key]
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), unique=True)
    diet: Mapped[str] = mapped_column(String(500), default="")
    access: Mapped[str] = mapped_column(String(500), default="")
    sex: Mapped[str] = mapped_column(choice(*SEXES, name="sex"), default="")
    sex_for_rooms: Mapped[bool] = mapped_column(default=False)
    mate: Mapped[str] = mapped_column(String(120), default="")
    room_kind: Mapped[str] = mapped_column(String(32), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    wechat: Mapped[str] = mapped_column(String(60), default="")
    emergency_name: Mapped[str] = mapped_column(String(120), default="")
    emergency_relation: Mapped[str] = mapped_column(String(80), default="")
    emergency_phone: Mapped[str] = mapped_column(String(40), default="")
    told_at: Mapped[Instant]

    participant: Mapped[Participant] = relationship()
    legs: Mapped[list[Leg]] = relationship(
        back_populates="traveller", order_by="(Leg.way, Leg.position)", cascade="all, delete-orphan"
    )


class Leg(Base):
    """One flight or train of somebody's way there or back.

    departs_on, departs  as the clocks of the place show them, and so for the arrival: each end has its own zone
    """

    __tablename__ = "legs"
    __table_args__ = (UniqueConstraint("traveller_id", "way", "position"),)

    id: Mapped[Key]
    traveller_id: Mapped[int] = mapped_column(ForeignKey("travellers.id"))
    way: Mapped[str] = mapped_column(choice(*WAYS, name="way"))
    position: Mapped[int]
    carrier: Mapped[str] = mapped_column(String(80), default="")
    number: Mapped[str] = mapped_column(String(20), default="")
    from_place: Mapped[str] = mapped_column(String(120))
    to_place: Mapped[str] = mapped_column(String(120))
    departs_on: Mapped[date]
    departs: Mapped[time]
    departs_zone: Mapped[str] = mapped_column(String(64))
    arrives_on: Mapped[date]
    arrives: Mapped[time]
    arrives_zone: Mapped[str] = mapped_column(String(64))

    traveller: Mapped[Traveller] = relationship(back_populates="legs")


class Stay(Base):
    """A hotel in which the people of an event, or of one of its tours, sleep for some nights.

    add_on           the tour whose people stay here; none for the programme itself
    check_in_on      first night; check_out_on is the morning after the last one
    cut_off_on       last day on which rooms can be given back
    billing          who pays room, tax and breakfast; `billing_note` says the rest
    comps            rooms that the hotel gives for nothing
    """

    __tablename__ = "stays"
    __table_args__ = (CheckConstraint("check_out_on > check_in_on", name="nights"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    add_on_id: Mapped[int | None] = mapped_column(ForeignKey("add_ons.id"))
    hotel: Mapped[Bilingual]
    address: Mapped[Bilingual]
    phone: Mapped[str] = mapped_column(String(40), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    check_in_on: Mapped[date]
    check_out_on: Mapped[date]
    contract: Mapped[str] = mapped_column(String(60), default="")
    cut_off_on: Mapped[date | None]
    billing: Mapped[str] = mapped_column(choice(*BILLINGS, name="billing"), default="master")
    billing_note: Mapped[Bilingual]
    breakfast: Mapped[bool] = mapped_column(default=True)
    comps: Mapped[int] = mapped_column(default=0)
    currency: Mapped[Currency]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)

    event: Mapped[Event] = relationship()
    add_on: Mapped[AddOn | None] = relationship()
    room_types: Mapped[list[RoomType]] = relationship(
        back_populates="stay", order_by="RoomType.position", cascade="all, delete-orphan"
    )
    rooms: Mapped[list[Room]] = relationship(
        back_populates="stay", order_by="Room.number", cascade="all, delete-orphan"
    )


class RoomType(Base):
    """Rooms of one kind in a stay: how many are contracted, and what one costs a night before tax."""

    __tablename__ = "room_types"
    __table_args__ = (
        UniqueConstraint("stay_id", "position"),
        CheckConstraint("sleeps >= 1", name="sleeps"),
        CheckConstraint("contracted >= 0", name="contracted"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    stay_id: Mapped[int] = mapped_column(ForeignKey("stays.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(choice(*ROOM_KINDS, name="kind"))
    label: Mapped[Bilingual]
    beds: Mapped[Bilingual]
    sleeps: Mapped[int]
    contracted: Mapped[int]
    rate_minor: Mapped[Minor]

    stay: Mapped[Stay] = relationship(back_populates="room_types")


class Room(Base):
    """A room of a stay, by the number that our lists give it.

    remarks  what the hotel reads of it; nothing of anybody's health
    """

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("stay_id", "number"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    stay_id: Mapped[int] = mapped_column(ForeignKey("stays.id"))
    room_type_id: Mapped[int] = mapped_column(ForeignKey("room_types.id"), index=True)
    number: Mapped[int]
    remarks: Mapped[str] = mapped_column(String(300), default="")

    stay: Mapped[Stay] = relationship(back_populates="rooms")
    room_type: Mapped[RoomType] = relationship()
    beds: Mapped[list[Bed]] = relationship(back_populates="room", order_by="Bed.id", cascade="all, delete-orphan")


class Bed(Base):
    """That a participant sleeps in a room; in one stay nobody has two.

    from_on, to_on  the first night, and the morning after the last
    """

    __tablename__ = "beds"
    __table_args__ = (
        UniqueConstraint("stay_id", "participant_id"),
        CheckConstraint("to_on > from_on", name="nights"),
        Index("ix_beds_participant_id", "participant_id"),
    )

    id: Mapped[Key]
    stay_id: Mapped[int] = mapped_column(ForeignKey("stays.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]

    room: Mapped[Room] = relationship(back_populates="beds")
    participant: Mapped[Participant] = relationship()

"""What a host city offers, window by window, and the places that it shows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Currency, Instant, Key, Minor, PublicId, choice
from tourreg.db import Base
from tourreg.domain.cities.models import City, Topic

OFFER_KINDS = ("visit", "homestay", "lecture", "internship", "job_shadow")
OFFER_MOVES = {
    "draft": ("offered", "withdrawn"),
    "offered": ("paused", "withdrawn", "expired"),
    "paused": ("offered", "withdrawn", "expired"),
    "expired": ("offered", "withdrawn"),
    "withdrawn": ("draft",),
}
SITE_MOVES = {"open": ("closed",), "closed": ("open",)}
STEP_FREE = ("unknown", "yes", "partly", "no")
ID_RULES = ("none", "names_ahead", "photo_id")
PHOTO_RULES = ("free", "ask", "none")
MEANS = ("spoken", "interpreted")
CHARGED_PER = ("group", "group_day", "person", "person_day", "person_night")
MEALS = ("none", "breakfast", "breakfast_and_supper", "all")
STEPS = ("legal_review", "council_approval")


class Site(Base):
    """A place that a city shows to visitors.

    capacity  people at once; None where nobody said
    shown_by  name and position of who shows it
    """

    __tablename__ = "sites"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"), index=True)
    state: Mapped[str] = mapped_column(choice(*SITE_MOVES, name="state"), default="open")
    name: Mapped[Bilingual]
    address: Mapped[Bilingual]
    words: Mapped[Bilingual]
    capacity: Mapped[int | None]
    walking_metres: Mapped[int | None]
    step_free: Mapped[str] = mapped_column(choice(*STEP_FREE, name="step_free"), default="unknown")
    safety_gear: Mapped[Bilingual]
    id_rule: Mapped[str] = mapped_column(choice(*ID_RULES, name="id_rule"), default="none")
    photo_rule: Mapped[str] = mapped_column(choice(*PHOTO_RULES, name="photo_rule"), default="free")
    rules_note: Mapped[Bilingual]
    shown_by: Mapped[str] = mapped_column(String(200), default="")

    city: Mapped[City] = relationship()
    topics: Mapped[list[SiteTopic]] = relationship(cascade="all, delete-orphan", order_by="SiteTopic.topic_id")


class SiteTopic(Base):
    """One topic that a place is good for."""

    __tablename__ = "site_topics"
    __table_args__ = (UniqueConstraint("site_id", "topic_id"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), index=True)

    topic: Mapped[Topic] = relationship()


class HostOffer(Base):
    """One thing that a city offers to do, with all that decides whom it fits.

    notice_days        between being asked and the first day
    smallest, largest  people in a group
    days_most          days of a programme that it can fill
    may_share          whether two tours may come on the same days
    renewed_from       the offer of a year before that it was made from
    search_key         city and title as `rules.search_key` spells them
    written_by         an actor, as with moves
    """

    __tablename__ = "host_offers"
    __table_args__ = (
        CheckConstraint("smallest >= 1 AND largest >= smallest", name="group"),
        CheckConstraint("notice_days >= 0", name="notice"),
        CheckConstraint("days_most >= 1", name="days"),
        Index("ix_host_offers_city_id", "city_id", "state"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    kind: Mapped[str] = mapped_column(choice(*OFFER_KINDS, name="kind"))
    state: Mapped[str] = mapped_column(choice(*OFFER_MOVES, name="state"), default="draft")
    title: Mapped[Bilingual]
    words: Mapped[Bilingual]
    notice_days: Mapped[int]
    smallest: Mapped[int]
    largest: Mapped[int]
    days_most: Mapped[int]
    provided: Mapped[Bilingual]
    currency: Mapped[Currency]
    vehicle_seats: Mapped[int | None]
    meeting_seats: Mapped[int | None]
    may_share: Mapped[bool] = mapped_column(default=False)
    renewed_from_id: Mapped[int | None] = mapped_column(ForeignKey("host_offers.id"), unique=True)
    search_key: Mapped[str] = mapped_column(String(1500), default="")
    written_at: Mapped[Instant]
    written_by: Mapped[str] = mapped_column(String(80))

    city: Mapped[City] = relationship()
    renewed_from: Mapped[HostOffer | None] = relationship(remote_side="HostOffer.id")
    windows: Mapped[list[OfferWindow]] = relationship(
        cascade="all, delete-orphan", order_by="OfferWindow.first_on", back_populates="offer"
    )
    blackouts: Mapped[list[OfferBlackout]] = relationship(cascade="all, delete-orphan", order_by="OfferBlackout.day_on")
    topics: Mapped[list[OfferTopic]] = relationship(cascade="all, delete-orphan", order_by="OfferTopic.topic_id")
    languages: Mapped[list[OfferLanguage]] = relationship(
        cascade="all, delete-orphan", order_by="OfferLanguage.language"
    )
    charges: Mapped[list[OfferCharge]] = relationship(cascade="all, delete-orphan", order_by="OfferCharge.position")
    sites: Mapped[list[OfferSite]] = relationship(cascade="all, delete-orphan", order_by="OfferSite.position")
    homestay: Mapped[Homestay | None] = relationship(cascade="all, delete-orphan")
    steps: Mapped[list[OfferStep]] = relationship(cascade="all, delete-orphan", order_by="OfferStep.id")


class OfferWindow(Base):
    """Days between which it can be, first and last included."""

    __tablename__ = "offer_windows"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="in_order"),
        Index("ix_offer_windows_last_on", "last_on", "first_on"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]

    offer: Mapped[HostOffer] = relationship(back_populates="windows")


class OfferBlackout(Base):
    """A day within the windows on which it cannot be."""

    __tablename__ = "offer_blackouts"
    __table_args__ = (UniqueConstraint("offer_id", "day_on"),)

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"))
    day_on: Mapped[date]


class OfferTopic(Base):
    """One topic that an offer is about."""

    __tablename__ = "offer_topics"
    __table_args__ = (UniqueConstraint("offer_id", "topic_id"),)

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), index=True)

    topic: Mapped[Topic] = relationship()


class OfferLanguage(Base):
    """A language in which the city speaks with the group, or into which it brings an interpreter."""

    __tablename__ = "offer_languages"
    __table_args__ = (UniqueConstraint("offer_id", "language", "means"),)

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"))
    language: Mapped[str] = mapped_column(String(8))
    means: Mapped[str] = mapped_column(choice(*MEANS, name="means"))


class OfferCharge(Base):
    """What the city charges for, in the offer's currency."""

    __tablename__ = "offer_charges"
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        UniqueConstraint("offer_id", "position"),
    )

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"))
    position: Mapped[int]
    label: Mapped[Bilingual]
    amount_minor: Mapped[Minor]
    per: Mapped[str] = mapped_column(choice(*CHARGED_PER, name="per"))


class OfferSite(Base):
    """A place of the city's library that the offer shows."""

    __tablename__ = "offer_sites"
    __table_args__ = (UniqueConstraint("offer_id", "site_id"),)

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), index=True)
    position: Mapped[int]

    site: Mapped[Site] = relationship()


class Homestay(Base):
    """How guests live with households.

    hours        when guests are picked up and brought home, in words
    preferences  of the households, such as smokers or allergies; for the city and the programme's staff only
    """

    __tablename__ = "homestays"

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"), unique=True)
    households: Mapped[int]
    guests_each: Mapped[int]
    own_room: Mapped[bool]
    meals: Mapped[str] = mapped_column(choice(*MEALS, name="meals"))
    hours: Mapped[Bilingual]
    preferences: Mapped[str] = mapped_column(String(2000), default="")


class OfferStep(Base):
    """A yes that the offer needs inside the city: asked for on a day, given on another.

    decided_by  who gives it, in words
    """

    __tablename__ = "offer_steps"
    __table_args__ = (UniqueConstraint("offer_id", "step"),)

    id: Mapped[Key]
    offer_id: Mapped[int] = mapped_column(ForeignKey("host_offers.id"))
    step: Mapped[str] = mapped_column(choice(*STEPS, name="step"))
    asked_on: Mapped[date | None]
    done_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    noted_at: Mapped[Instant]
    noted_by: Mapped[str] = mapped_column(String(80))

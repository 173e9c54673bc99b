"""What is offered: summits, study tours and training forums, their fees and add-ons, and the pools of seats."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Currency, Instant, Key, Minor, OnPublicPages, Plain, PublicId, choice
from tourreg.db import Base
from tourreg.domain.cities.models import City
from tourreg.domain.memberships.models import MemberList
from tourreg.domain.papers.models import Issuer

KINDS = ("summit", "study_tour", "training_forum")
DIRECTIONS = ("none", "to_china", "to_us")
COVERS = ("indigo", "willow", "harbour", "prairie", "brick", "plum", "slate")
ADD_ON_KINDS = ("pre_tour", "post_tour", "single_room", "guest", "other")
# Whom a fee admits, and what shows that somebody is one of them.
ADMITTED = (
    "anyone", "member", "non_member", "alliance_city", "host_city", "government", "student", "partner_seat",
)  # fmt: skip
PROOFS = ("none", "number", "code", "approval")
EVENT_MOVES = {
    "draft": ("published", "cancelled"),
    "published": ("closed", "cancelled"),
    "closed": ("published", "cancelled"),
    "cancelled": (),
}


class Pool(OnPublicPages, Base):
    """Something that can sell out; taken only by one conditional update, never above its capacity."""

    __tablename__ = "pools"
    __table_args__ = (
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("taken >= 0", name="taken"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class Event(OnPublicPages, Base):
    """One programme that people can register for.

    zone           the zone its days and deadlines are counted in
    opens_on       first day of registration, from 00:00 in the zone
    closes_on      last day of registration, until 23:59 in the zone
    minimum        people without whom it does not run
    slip           two to four Chinese characters for the cover
    included, not_included   one line for each thing
    other_currencies         in which everything has a price too; `currency` is the first
    rate, rate_currency, rate_on   what one of `currency` was on that day, for information only; "" and none without it
    partners       plain dicts with "name" in both languages
    cancellation_terms  as `cancellation.plain_terms` writes them; the policy beside them is in the office's own words
    """

    __tablename__ = "events"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    reference_prefix: Mapped[str] = mapped_column(String(6))
    kind: Mapped[str] = mapped_column(choice(*KINDS, name="kind"))
    direction: Mapped[str] = mapped_column(choice(*DIRECTIONS, name="direction"), default="none")
    state: Mapped[str] = mapped_column(choice(*EVENT_MOVES, name="state"), default="draft")
    title: Mapped[Bilingual]
    theme: Mapped[Bilingual]
    summary: Mapped[Bilingual]
    description: Mapped[Bilingual]
    venue: Mapped[Bilingual]
    audience: Mapped[Bilingual]
    languages: Mapped[Bilingual]
    access: Mapped[Bilingual]
    organiser: Mapped[Bilingual]
    partners: Mapped[list[Any]] = mapped_column(JSON, default=list)
    included: Mapped[Bilingual]
    not_included: Mapped[Bilingual]
    cancellation_policy: Mapped[Bilingual]
    cancellation_terms: Mapped[Plain]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    zone: Mapped[str] = mapped_column(String(64))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    minimum: Mapped[int] = mapped_column(default=0)
    cover: Mapped[str] = mapped_column(choice(*COVERS, name="cover"), default="indigo")
    slip: Mapped[str] = mapped_column(String(8), default="")
    issuer_id: Mapped[int] = mapped_column(ForeignKey("issuers.id"))
    currency: Mapped[Currency]
    other_currencies: Mapped[list[Any]] = mapped_column(JSON, default=list)
    rate: Mapped[str] = mapped_column(String(16), default="")
    rate_currency: Mapped[str] = mapped_column(String(3), default="")
    rate_on: Mapped[date | None]
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    created_at: Mapped[Instant]

    issuer: Mapped[Issuer] = relationship()
    pool: Mapped[Pool] = relationship()
    stops: Mapped[list[Stop]] = relationship(back_populates="event", order_by="Stop.position")
    fees: Mapped[list[Fee]] = relationship(back_populates="event", order_by="Fee.position")
    add_ons: Mapped[list[AddOn]] = relationship(
        back_populates="event",
        primaryjoin="and_(Event.id == AddOn.event_id, AddOn.is_option.is_(False))",
        order_by="AddOn.position",
    )
    payment_terms: Mapped[PaymentTerms | None] = relationship(back_populates="event")


class Stop(OnPublicPages, Base):
    """One city on the route of an event."""

    __tablename__ = "stops"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    position: Mapped[int]
    part: Mapped[str] = mapped_column(choice("pre", "main", "post", name="part"), default="main")
    from_on: Mapped[date]
    to_on: Mapped[date]

    event: Mapped[Event] = relationship(back_populates="stops")
    city: Mapped[City] = relationship()


class Fee(OnPublicPages, Base):
    """A price for taking part, and who may take it. One that people hold is withdrawn, never deleted.

    last_on                     last day on which it can be chosen, until 23:59 in the event's zone
    early_minor, early_until_on what it costs until that day, inclusive; both or none
    late_minor, late_from_on    what it costs from that day on; both or none
    admits, proof               who may take it, and what shows it: a number on `member_list`, a discount code that
                                names the fee, or the office's approval, until which the places are held
    population_most             only for people of a city with at most so many inhabitants
    pool                        places at this price, where they are limited
    other_prices                minor units by currency and tier: {"CNY": {"regular": 340000, "early": 300000}}
    """

    __tablename__ = "fees"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int]
    label: Mapped[Bilingual]
    audience: Mapped[Bilingual]
    amount_minor: Mapped[Minor]
    early_minor: Mapped[int | None] = mapped_column(BigInteger)
    early_until_on: Mapped[date | None]
    late_minor: Mapped[int | None] = mapped_column(BigInteger)
    late_from_on: Mapped[date | None]
    last_on: Mapped[date | None]
    admits: Mapped[str] = mapped_column(choice(*ADMITTED, name="admits"), default="anyone")
    proof: Mapped[str] = mapped_column(choice(*PROOFS, name="proof"), default="none")
    member_list_id: Mapped[int | None] = mapped_column(ForeignKey("member_lists.id"))
    population_most: Mapped[int | None]
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("pools.id"))
    other_prices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    withdrawn: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship(back_populates="fees")
    member_list: Mapped[MemberList | None] = relationship()
    pool: Mapped[Pool | None] = relationship()


class AddOn(OnPublicPages, Base):
    """Something beside the programme, with a pool of its own where it can sell out; other prices as of a fee.

    is_option  it is an optional item of the itinerary and has its public id; an event's `add_ons` leave it out
    """

    __tablename__ = "add_ons"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(choice(*ADD_ON_KINDS, name="kind"))
    label: Mapped[Bilingual]
    summary: Mapped[Bilingual]
    amount_minor: Mapped[Minor]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("pools.id"))
    other_prices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    is_option: Mapped[bool] = mapped_column(default=False, server_default=false())

    event: Mapped[Event] = relationship(back_populates="add_ons")
    pool: Mapped[Pool | None] = relationship()


class CatalogueVersion(Base):
    """One row that every change of what the public pages show counts up."""

    __tablename__ = "catalogue_version"

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=0)


class PaymentTerms(OnPublicPages, Base):
    """How an event's bills may be paid; an event without any is paid in full.

    plans               plain dicts, as `payment_terms.plain_of` writes them
    release_after_days  days after a missed due date on which seats are given back; none where only staff do so
    """

    __tablename__ = "payment_terms"

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    plans: Mapped[list[Any]] = mapped_column(JSON, default=list)
    release_after_days: Mapped[int | None]

    event: Mapped[Event] = relationship(back_populates="payment_terms")

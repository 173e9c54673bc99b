"""What tours look for in cities, leg by leg; how the office weighs it; and searches for routes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Currency, Instant, Key, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import Event

SEARCH_MOVES = {
    "waiting": ("running", "stopped"),
    "running": ("done", "stopped"),
    "done": (),
    "stopped": (),
}


class TourLeg(Base):
    """One stop of a tour that looks for its city; legs come in the order of their windows.

    first_on, last_on  the days between which the stay lies
    nights             0 is a visit of one day
    topics, languages, regions  slugs, codes, and regions by their English names; empty for whatever it may be
    near, towards      keys of `cities.places`; with both, the leg is on the way from the one to the other
    within_km          how far from `near`, or how long a detour, is too much
    budget_minor       for what the city charges the whole group, in `currency`
    words              what the group wants to learn there, for the letter to the city
    """

    __tablename__ = "tour_legs"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="in_order"),
        CheckConstraint("nights >= 0", name="nights"),
        CheckConstraint("people >= 1", name="people"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    nights: Mapped[int]
    people: Mapped[int]
    topics: Mapped[list[Any]] = mapped_column(JSON, default=list)
    languages: Mapped[list[Any]] = mapped_column(JSON, default=list)
    regions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    near: Mapped[str] = mapped_column(String(16), default="")
    towards: Mapped[str] = mapped_column(String(16), default="")
    within_km: Mapped[int | None]
    homestay: Mapped[bool] = mapped_column(default=False)
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[Currency]
    words: Mapped[str] = mapped_column(String(4000), default="")
    written_at: Mapped[Instant]
    written_by: Mapped[str] = mapped_column(String(80))

    event: Mapped[Event] = relationship()


class MatchingWeights(Base):
    """The points that the office gives each thing; one row, none before the office has set them.

    points  by the names of `values.Weights`
    """

    __tablename__ = "matching_weights"

    id: Mapped[Key]
    points: Mapped[Plain]


class RouteSearch(Base):
    """One search for the routes of a tour, done by the worker, and what it found.

    fixed    what a person chose, by the leg's public id: {"offer": its public id, "start_on": ISO or null}
    seen     branches that were looked at; best and bound the points of the best route so far, and of what may be
    outcome  as `outcomes.plain_outcome` writes it; empty while it runs
    made_of  fingerprint of the legs, offers and weights that it was made of
    """

    __tablename__ = "route_searches"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    state: Mapped[str] = mapped_column(choice(*SEARCH_MOVES, name="state"), default="waiting")
    fixed: Mapped[Plain]
    seen: Mapped[int] = mapped_column(default=0)
    best: Mapped[int | None]
    bound: Mapped[int | None]
    outcome: Mapped[Plain]
    made_of: Mapped[str] = mapped_column(String(64), default="")
    asked_at: Mapped[Instant]
    asked_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()

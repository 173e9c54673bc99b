"""What host cities are asked to receive, what they answered, and who inside the city agreed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, OnPublicPages, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.offer_models import HostOffer

REQUEST_MOVES = {
    "asked": ("held", "confirmed", "declined", "countered", "withdrawn", "lapsed"),
    "held": ("confirmed", "declined", "withdrawn", "lapsed"),
    "countered": ("held", "declined", "withdrawn"),
    "confirmed": ("withdrawn",),
    "lapsed": ("asked", "withdrawn"),
    "declined": (),
    "withdrawn": (),
}
ANSWERS = ("held", "confirmed", "declined", "countered")
APPROVAL_STEPS = ("manager", "council")


class HostingRequest(OnPublicPages, Base):
    """One city is asked to receive the group of one programme on named days.

    offer        what the city wrote that it can do; None where it is asked without one, which takes nobody's days
    words        for the city: what the group comes for and wants to learn
    deadline_on  last day for the answer, in the city's zone; `deadline_at` is the instant after it
    counter_first_on, counter_last_on  the other dates that the city proposed last
    """

    __tablename__ = "hosting_requests"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="in_order"),
        CheckConstraint("people >= 1", name="people"),
        Index("ix_hosting_requests_city_id", "city_id", "state"),
        Index("ix_hosting_requests_offer_id", "offer_id", "state"),
        Index("ix_hosting_requests_state", "state", "deadline_at"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("host_offers.id"))
    state: Mapped[str] = mapped_column(choice(*REQUEST_MOVES, name="state"), default="asked")
    first_on: Mapped[date]
    last_on: Mapped[date]
    people: Mapped[int]
    words: Mapped[str] = mapped_column(String(4000))
    deadline_on: Mapped[date]
    deadline_at: Mapped[Instant]
    counter_first_on: Mapped[date | None]
    counter_last_on: Mapped[date | None]
    asked_at: Mapped[Instant]
    asked_by: Mapped[str] = mapped_column(String(80))

    event: Mapped[Event] = relationship()
    city: Mapped[City] = relationship()
    offer: Mapped[HostOffer | None] = relationship()
    answers: Mapped[list[HostingAnswer]] = relationship(order_by="HostingAnswer.id", back_populates="request")
    approvals: Mapped[list[HostingApproval]] = relationship(order_by="HostingApproval.id", back_populates="request")
    days: Mapped[list[HostingDay]] = relationship(order_by="HostingDay.on_date", back_populates="request")


class HostingAnswer(Base):
    """What somebody answered for the city; an answer after the deadline moves nothing and waits for the office.

    first_on, last_on  other dates, where those were proposed
    given_by           an actor: the contact whose page it was
    given_name         who answered, as they wrote it; a link may have been passed on
    """

    __tablename__ = "hosting_answers"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"), index=True)
    answer: Mapped[str] = mapped_column(choice(*ANSWERS, name="answer"))
    words: Mapped[str] = mapped_column(String(2000))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    is_late: Mapped[bool]
    given_at: Mapped[Instant]
    given_by: Mapped[str] = mapped_column(String(80))
    given_name: Mapped[str] = mapped_column(String(120))

    request: Mapped[HostingRequest] = relationship(back_populates="answers")


class HostingApproval(Base):
    """A yes inside the city to one request: of its manager or its council, with the paper that shows it.

    file_hash  under which the paper is kept; "" where there is none
    """

    __tablename__ = "hosting_approvals"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"), index=True)
    step: Mapped[str] = mapped_column(choice(*APPROVAL_STEPS, name="step"))
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(1000))
    file_hash: Mapped[str] = mapped_column(String(64), default="")
    file_kind: Mapped[str] = mapped_column(String(8), default="")
    file_name: Mapped[str] = mapped_column(String(160), default="")
    noted_at: Mapped[Instant]
    noted_by: Mapped[str] = mapped_column(String(80))

    request: Mapped[HostingRequest] = relationship(back_populates="approvals")


class HostingDay(Base):
    """One day that a city confirmed, and what became of it in the draft of the programme.

    day, item    public ids of what was put into the draft; "" while another day stands in the way
    left_out_at  when staff decided to leave it out
    """

    __tablename__ = "hosting_days"
    __table_args__ = (UniqueConstraint("request_id", "on_date"),)

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"))
    on_date: Mapped[date]
    day: Mapped[str] = mapped_column(String(22), default="")
    item: Mapped[str] = mapped_column(String(22), default="")
    left_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request: Mapped[HostingRequest] = relationship(back_populates="days")

"""What a city reports after a visit: how many came, what it gave in kind, and how it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Bilingual, Instant, Key, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.kernel.money import Money

REPORT_MOVES: dict[str, tuple[str, ...]] = {"draft": ("sent",), "sent": ("draft",)}


class VisitReport(Base):
    """The report of one visit, saved as often as the city likes until it is sent; the office may open it again.

    revision       counts the savings, so that the later of two who save at once is told
    currency       of every value in it
    answers        of the survey, by the names in `report_rules`
    may_be_quoted  whether what is in the answers may be quoted with the city's name
    """

    __tablename__ = "visit_reports"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"), unique=True)
    state: Mapped[str] = mapped_column(choice(*REPORT_MOVES, name="state"), default="draft")
    revision: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    may_be_quoted: Mapped[bool]
    reported_name: Mapped[str] = mapped_column(String(120))
    saved_at: Mapped[Instant]
    saved_by: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request: Mapped[HostingRequest] = relationship()
    attendance: Mapped[list[VisitAttendance]] = relationship(
        order_by="VisitAttendance.position", cascade="all, delete-orphan"
    )
    gifts: Mapped[list[VisitGift]] = relationship(
        order_by="VisitGift.position", cascade="all, delete-orphan", back_populates="report"
    )


class VisitAttendance(Base):
    """How many came to one item of a day, or on a day without items.

    item  its public id in the itinerary; "" for the whole day
    """

    __tablename__ = "visit_attendance"
    __table_args__ = (CheckConstraint("came >= 0", name="came"),)

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("visit_reports.id"), index=True)
    position: Mapped[int]
    on_date: Mapped[date]
    item: Mapped[str] = mapped_column(String(22), default="")
    title: Mapped[Bilingual]
    came: Mapped[int]


class VisitGift(Base):
    """Something that the city gave in kind, with its own figures.

    minutes      of work; None where it was no work
    value_minor  in the report's currency; None where the city names no value
    """

    __tablename__ = "visit_gifts"
    __table_args__ = (CheckConstraint("value_minor >= 0", name="value"), CheckConstraint("minutes >= 0", name="time"))

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("visit_reports.id"), index=True)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int | None]
    value_minor: Mapped[int | None] = mapped_column(BigInteger)

    report: Mapped[VisitReport] = relationship(back_populates="gifts")

    @property
    def value(self) -> Money | None:
        return None if self.value_minor is None else Money(self.value_minor, self.report.currency)

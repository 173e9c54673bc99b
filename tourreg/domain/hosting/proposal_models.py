"""What a host city wants changed of an item of its own days, and what the office answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.hosting.request_models import HostingRequest

PROPOSAL_MOVES = {
    "proposed": ("accepted", "declined", "withdrawn", "overtaken"),
    "accepted": (),
    "declined": (),
    "withdrawn": (),
    "overtaken": (),
}


class DayProposal(Base):
    """A change of one item that a city proposes; the itinerary changes only when the office accepts it.

    item           public id of an item of the draft, which may be gone by now
    title, on_date of the item when it was proposed, in the city's language
    before, after  the fields that differ, by the names of `proposal_fields.Particulars`, in that language
    words          of the city, to the office; answer of the office, to the city
    proposed_by    an actor; proposed_name who it was, as they wrote it
    """

    __tablename__ = "hosting_proposals"
    __table_args__ = (Index("ix_hosting_proposals_request_id", "request_id", "state"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"))
    item: Mapped[str] = mapped_column(String(22))
    title: Mapped[str] = mapped_column(String(400))
    on_date: Mapped[date]
    language: Mapped[str] = mapped_column(String(2))
    before: Mapped[Plain]
    after: Mapped[Plain]
    words: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(choice(*PROPOSAL_MOVES, name="state"), default="proposed")
    proposed_at: Mapped[Instant]
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_name: Mapped[str] = mapped_column(String(120))
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str] = mapped_column(String(80), default="")

    request: Mapped[HostingRequest] = relationship()

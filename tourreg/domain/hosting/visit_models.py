"""What a city and the office say to each other about a visit, and the files that the city sends for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.hosting.request_models import HostingRequest

FILE_KINDS = ("map", "menu", "parking", "photo", "other")


class HostingMessage(Base):
    """One message of the thread between a city and the office about one request; it is never changed.

    from_office   the office wrote it; else somebody for the city
    settled_at    when the office answered what the city wrote, or said that it needs no answer; None while it waits
    written_by    an actor
    written_name  who wrote, as the other side reads it
    """

    __tablename__ = "hosting_messages"
    __table_args__ = (
        Index("ix_hosting_messages_request_id", "request_id", "id"),
        Index("ix_hosting_messages_settled_at", "settled_at", "from_office"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"))
    from_office: Mapped[bool]
    words: Mapped[str] = mapped_column(String(4000))
    written_at: Mapped[Instant]
    written_by: Mapped[str] = mapped_column(String(80))
    written_name: Mapped[str] = mapped_column(String(120))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request: Mapped[HostingRequest] = relationship()


class HostingFile(Base):
    """A map, a menu or a picture that the city sent for one visit.

    file_hash  under which it is kept; a picture was made anew from its pixels, so that no place and no camera is in it
    file_kind  by what it holds: "pdf" or "jpeg"
    shown_at   when the office showed it to the delegates; None where it stays with city and office
    """

    __tablename__ = "hosting_files"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("hosting_requests.id"), index=True)
    kind: Mapped[str] = mapped_column(choice(*FILE_KINDS, name="kind"))
    note: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    file_kind: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(160))
    size_bytes: Mapped[int]
    added_at: Mapped[Instant]
    added_by: Mapped[str] = mapped_column(String(80))
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request: Mapped[HostingRequest] = relationship()

"""The orders of payers: as files, and which line of one pays what."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, PublicId, choice
from tourreg.db import Base
from tourreg.domain.billing.models import Folio


class OrderLine(Base):
    """Which line of the payer's order pays a charge."""

    __tablename__ = "order_lines"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    po_line: Mapped[str] = mapped_column(String(20))


class OrderFile(Base):
    """The payer's order as a file, kept under the hash of its bytes.

    kind      by what it holds, whatever its name says
    added_by  an actor
    """

    __tablename__ = "order_files"
    __table_args__ = (UniqueConstraint("folio_id", "sha256"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(choice("pdf", "png", "jpeg", name="kind"))
    name: Mapped[str] = mapped_column(String(120))
    size_bytes: Mapped[int]
    added_at: Mapped[Instant]
    added_by: Mapped[str] = mapped_column(String(80))

    folio: Mapped[Folio] = relationship()

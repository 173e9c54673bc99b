"""Payers that are kept for next time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Instant, Key, PublicId
from tourreg.db import Base


class PayerProfile(Base):
    """A payer as kept for next time, with what it demands of an invoice.

    demands     names of `acceptance.DEMANDS`
    terms_days  in which it pays; none where it has said nothing
    w9_sent_on  the day on which it got the seller's W-9
    source      where the demands are published, and when that was read; empty where the office noted them
    """

    __tablename__ = "payer_profiles"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(200), index=True)
    department: Mapped[str] = mapped_column(String(200), default="")
    attention: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    email: Mapped[str] = mapped_column(String(254))
    vendor_number: Mapped[str] = mapped_column(String(60), default="")
    tax_id: Mapped[str] = mapped_column(String(60), default="")
    tax_exemption: Mapped[str] = mapped_column(String(120), default="")
    cost_centre: Mapped[str] = mapped_column(String(60), default="")
    demands: Mapped[list[str]] = mapped_column(JSON, default=list)
    terms_days: Mapped[int | None]
    w9_sent_on: Mapped[date | None]
    source_title: Mapped[str] = mapped_column(String(200), default="")
    source_address: Mapped[str] = mapped_column(String(500), default="")
    source_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    changed_at: Mapped[Instant]

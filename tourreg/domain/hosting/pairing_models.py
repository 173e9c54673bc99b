"""That a city which hosted more than once is invited to pair with a partner city, or is not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Key, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.cities.models import City

PAIRING_MOVES: dict[str, tuple[str, ...]] = {
    "open": ("invited", "dismissed"),
    "invited": ("open",),
    "dismissed": ("open",),
}


class Pairing(Base):
    """What the office made of the suggestion to invite a city to pair; there is none before it was answered once.

    partner  the city that was named in the invitation
    note     why it was dismissed, or what was agreed
    """

    __tablename__ = "pairings"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"), unique=True)
    state: Mapped[str] = mapped_column(choice(*PAIRING_MOVES, name="state"), default="open")
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id"))
    note: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(80))

    city: Mapped[City] = relationship(foreign_keys=[city_id])
    partner: Mapped[City | None] = relationship(foreign_keys=[partner_id])

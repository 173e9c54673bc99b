"""Further contacts of a host city, besides the one who signed it up."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, PublicId, choice
from tourreg.db import Base
from tourreg.domain.hosting.models import HostProfile

ROLES = ("approver", "coordinator", "security_desk", "press")
CONTACT_MOVES: dict[str, tuple[str, ...]] = {
    "asked": ("invited", "ended"),
    "invited": ("active", "ended"),
    "active": ("ended",),
    "ended": ("invited",),
}


class HostContact(Base):
    """Somebody who asked to share a city's page, was invited to it, shares it, or does so no more.

    One person may share the pages of several cities, with a row for each.
    roles  what they do for the city, of ROLES
    """

    __tablename__ = "host_contacts"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    profile_id: Mapped[int] = mapped_column(ForeignKey("host_profiles.id"), index=True)
    state: Mapped[str] = mapped_column(choice(*CONTACT_MOVES, name="state"))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    roles: Mapped[list[str]] = mapped_column(JSON)
    begun_at: Mapped[Instant]

    profile: Mapped[HostProfile] = relationship()

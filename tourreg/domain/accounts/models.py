"""People who sign in: staff with a password and a second factor, everyone else by links sent to their address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, PublicId, UtcDateTime, choice
from tourreg.db import Base

ROLES = ("administrator", "programme", "finance", "read-only")
LINK_PURPOSES = (
    "sign_in", "registration", "fresh_code", "host_confirmation", "host_profile", "staff_password", "bill",
    "itinerary", "calendar", "host_invitation", "host_contact",
)  # fmt: skip

staff_roles = Table(
    "staff_roles",
    Base.metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What a member of staff may do."""

    __tablename__ = "roles"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(choice(*ROLES, name="name"), unique=True)


class StaffMember(Base, UserMixin):
    """A person of the office; the columns from `password` on are those that Flask-Security reads.

    submission_key   of the form that added the member; none for those added at the console
    fs_uniquifier    what a session names the member by; a new one signs the member out everywhere
    tf_last_counter  the last half-minute whose code was used, so that no code is good twice
    """

    __tablename__ = "staff"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"), default="en")
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[Any] | None] = mapped_column(JSON)
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=staff_roles, lazy="selectin"
    )


class Person(Base):
    """Someone with an address they have shown to be theirs by following a link."""

    __tablename__ = "people"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    confirmed_at: Mapped[Instant]
    session_key: Mapped[str] = mapped_column(String(22))


class OneTimeLink(Base):
    """A link that was sent by e-mail; only the hash of its token is kept.

    subject  what it opens: an address for sign_in, else the public id of a registration, a participant, a host
             profile, a further contact of one, or a member
    used_at  when it was used first; those that links.USED_ONCE names are good once
    """

    __tablename__ = "links"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    purpose: Mapped[str] = mapped_column(choice(*LINK_PURPOSES, name="purpose"))
    subject: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

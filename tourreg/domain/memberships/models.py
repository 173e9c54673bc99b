"""Lists of members, by whose numbers people show that a member's fee is theirs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Instant, Key, PublicId
from tourreg.db import Base


class MemberList(Base):
    """The members of one organisation, as a file named them last."""

    __tablename__ = "member_lists"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(120))
    submission_key: Mapped[str | None] = mapped_column(String(40), unique=True)
    created_at: Mapped[Instant]
    imported_at: Mapped[Instant]


class Member(Base):
    """One member.

    number    capitals and digits, as people's typing is compared
    until_on  last day of the membership, inclusive, in the zone of the event at hand; none where it does not end
    """

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("list_id", "number"),)

    id: Mapped[Key]
    list_id: Mapped[int] = mapped_column(ForeignKey("member_lists.id"), index=True)
    number: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200), default="")
    until_on: Mapped[date | None]

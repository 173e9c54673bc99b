"""Lists of members, and whether a number stands on one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select

from tourreg.db import db
from tourreg.domain.memberships.models import Member, MemberList
from tourreg.domain.memberships.rules import normal_number


def lists() -> Sequence[MemberList]:
    """Return the lists by name."""
    return db.session.scalars(select(MemberList).order_by(MemberList.name, MemberList.id)).all()


def lists_with_counts() -> Sequence[tuple[MemberList, int]]:
    """Return the lists by name, each with how many members it has."""
    counted = select(func.count()).where(Member.list_id == MemberList.id).scalar_subquery()
    found = db.session.execute(select(MemberList, counted).order_by(MemberList.name, MemberList.id))
    return [(one, number) for one, number in found]


def by_public_id(public_id: str) -> MemberList | None:
    return db.session.scalar(select(MemberList).where(MemberList.public_id == public_id))


def list_of_submission(submission_key: str) -> MemberList | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(MemberList).where(MemberList.submission_key == submission_key))


def count_of(members_of: MemberList) -> int:
    return db.session.scalar(select(func.count()).where(Member.list_id == members_of.id)) or 0


def members(members_of: MemberList, *, most: int, after: int = 0) -> Sequence[Member]:
    """Return members of a list by number."""
    listed = select(Member).where(Member.list_id == members_of.id).order_by(Member.number)
    return db.session.scalars(listed.offset(after).limit(most)).all()


def is_member(list_id: int, typed: str, day: date) -> bool:
    """Tell whether a number stands on the list and its membership lasts on the day."""
    found = select(Member.id).where(
        Member.list_id == list_id,
        Member.number == normal_number(typed),
        or_(Member.until_on.is_(None), Member.until_on >= day),
    )
    return db.session.scalar(found) is not None

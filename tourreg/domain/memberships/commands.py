"""What the office does with a list of members: make it, and replace what it says by another file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.memberships.models import Member, MemberList
from tourreg.domain.memberships.queries import count_of
from tourreg.domain.memberships.rules import MemberRow
from tourreg.kernel.numbers import new_public_id


def make_list(name: str, members: Sequence[MemberRow], *, submission_key: str, now: datetime, by: str) -> MemberList:
    """Write down a list of members."""
    made = MemberList(
        public_id=new_public_id(), name=name, submission_key=submission_key, created_at=now, imported_at=now
    )
    db.session.add(made)
    db.session.flush()
    replace_members(made, members, now=now, by=by)
    return made


def replace_members(members_of: MemberList, members: Sequence[MemberRow], *, now: datetime, by: str) -> None:
    """Let the list hold these members and no others; who registered as a member stays registered."""
    db.session.execute(select(MemberList.id).where(MemberList.id == members_of.id).with_for_update())
    before = count_of(members_of)
    db.session.execute(delete(Member).where(Member.list_id == members_of.id))
    rows = [
        {"list_id": members_of.id, "number": one.number, "name": one.name, "until_on": one.until_on} for one in members
    ]
    db.session.execute(insert(Member), rows)
    members_of.imported_at = now
    changed = {"members": before}, {"members": len(members)}
    note_change(members_of.public_id, "member list", *changed, now=now, by=by)


def rename(members_of: MemberList, name: str, *, now: datetime, by: str) -> None:
    if members_of.name != name:
        note_change(members_of.public_id, "member list", {"name": members_of.name}, {"name": name}, now=now, by=by)
        members_of.name = name

"""Records of moves and changes; the only place that sets a state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import insert

from tourreg.db import db
from tourreg.domain.audit.models import Change, Move
from tourreg.kernel.states import Axis


class Moving(Protocol):
    """Anything with a public id and a state."""

    public_id: Any


def move_to(record: Moving, axis: Axis, after: str, *, now: datetime, by: str, why: str = "") -> None:
    """Take one step along the axis and note who took it.

    by      an actor: "staff:<public id>", "contact:<public id>", "worker" or "stripe"
    raises  MoveRefused
    """
    before = getattr(record, axis.attribute)
    axis.require_move(before, after)
    setattr(record, axis.attribute, after)
    db.session.add(Move(axis=axis.name, subject=record.public_id, before=before, after=after, at=now, by=by, why=why))


def note_change(
    subject: str, what: str, before: dict[str, Any], after: dict[str, Any], *, now: datetime, by: str
) -> Change | None:
    """Note the fields that differ, and return the note; nothing when none does."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None
    change = Change(
        subject=subject,
        what=what,
        before={name: before.get(name) for name in names},
        after={name: after[name] for name in names},
        at=now,
        by=by,
    )
    db.session.add(change)
    return change


def note_new(what: str, written: Mapping[str, dict[str, Any]], *, now: datetime, by: str) -> None:
    """Note in one statement what was first written down of many records.

    written  the fields by subject
    """
    rows = [
        {"subject": subject, "what": what, "before": dict.fromkeys(fields), "after": fields, "at": now, "by": by}
        for subject, fields in written.items()
    ]
    if rows:
        db.session.execute(insert(Change), rows)


def note_alike(
    what: str, before: Mapping[str, dict[str, Any]], after: dict[str, Any], *, now: datetime, by: str
) -> None:
    """Note one edit of many records in one statement.

    before  the fields as each had them, by subject; after what all of them have now
    """
    rows = [
        {"subject": subject, "what": what, "before": had, "after": after, "at": now, "by": by}
        for subject, had in before.items()
    ]
    if rows:
        db.session.execute(insert(Change), rows)

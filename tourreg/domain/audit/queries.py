"""What was moved and changed, for the histories that pages show."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.models import Change, Move


def moves_of(subject: str) -> Sequence[Move]:
    """Return every step of one record, first to last."""
    return db.session.scalars(select(Move).where(Move.subject == subject).order_by(Move.at, Move.id)).all()


def last_changes(subjects: Collection[str], what: str, *, most: int) -> Sequence[Change]:
    """Return the newest edits of one kind of many records, the latest first."""
    newest = select(Change).where(Change.subject.in_(subjects), Change.what == what)
    return db.session.scalars(newest.order_by(Change.id.desc()).limit(most)).all()


def last_change(subject: str, what: str | None = None) -> Change | None:
    """Return the newest edit of one record, or the newest of one kind."""
    of_kind = [Change.what == what] if what else []
    newest = select(Change).where(Change.subject == subject, *of_kind).order_by(Change.id.desc()).limit(1)
    return db.session.scalar(newest)

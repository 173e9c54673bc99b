"""Letters and tasks, as pages and the worker ask for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from tourreg.db import db
from tourreg.domain.outbox.models import Enclosure, Heartbeat, Letter, Task


def letter_by_public_id(public_id: str) -> Letter | None:
    return db.session.scalar(select(Letter).where(Letter.public_id == public_id))


def letter_by_key(key: str) -> Letter | None:
    """Return the letter that was asked for under the key, sent or not."""
    return db.session.scalar(select(Letter).where(Letter.key == key))


def letters_about(subject: str) -> Sequence[Letter]:
    """Return the letters about something, newest first, sent or not."""
    return db.session.scalars(select(Letter).where(Letter.about == subject).order_by(Letter.id.desc())).all()


def letters_with(paper: str) -> Sequence[Letter]:
    """Return the letters with which a paper went, newest first, those that wait among them."""
    carrying = select(Letter).join(Enclosure, Enclosure.letter_id == Letter.id).where(Enclosure.paper == paper)
    return db.session.scalars(carrying.order_by(Letter.id.desc())).all()


def given_up(limit: int = 100) -> Sequence[Task]:
    """Return the tasks that a person must look at, newest first."""
    hopeless = select(Task).where(Task.given_up_at.is_not(None)).order_by(Task.given_up_at.desc(), Task.id).limit(limit)
    return db.session.scalars(hopeless).all()


def task_by_key(key: str) -> Task | None:
    return db.session.scalar(select(Task).where(Task.key == key))


def last_beat() -> datetime | None:
    """Return when any worker last looked for work."""
    return db.session.scalar(select(func.max(Heartbeat.beat_at)))

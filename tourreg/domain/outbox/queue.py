"""The outbox as a queue: a worker claims a task for a while, does it, and says what became of it.

Each command is one short transaction of its own. A claim is known by the instant at which it ends: a worker that comes
back after that finds that its word no longer counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from tourreg.db import add_once, db, ring_after_commit
from tourreg.domain.outbox.models import Heartbeat, Letter, Task
from tourreg.domain.outbox.rules import LEASE, is_hopeless, wait_after

LONGEST_FAILURE = 2000
KILLED = "The worker ended while it did this."


@dataclass(frozen=True)
class Claim:
    """A task that is ours until the lease ends."""

    task_id: int
    key: str
    kind: str
    arguments: Mapping[str, Any]
    attempts: int
    leased_until: datetime


def claim(now: datetime) -> Claim | None:
    """Take the task that is due longest; None when nothing is due. Two workers never take the same one.

    A task whose lease has ended was left behind by a worker that was killed: it comes back as if it had failed.
    """
    due = select(Task).where(_is_due(now)).order_by(Task.run_at, Task.id).limit(1)
    task = db.session.scalars(due.with_for_update(skip_locked=True)).first()
    if task is None:
        return None
    was_left_behind = task.leased_until is not None
    if was_left_behind and is_hopeless(task.attempts):
        task.leased_until, task.failure, task.given_up_at = None, KILLED, now
        return claim(now)
    task.failure = KILLED if was_left_behind else task.failure
    task.attempts += 1
    task.leased_until = now + LEASE
    return Claim(task.id, task.key, task.kind, dict(task.arguments), task.attempts, task.leased_until)


def is_anything_due(now: datetime) -> bool:
    """Tell, without a lock, whether `claim` would find something."""
    return db.session.scalar(select(Task.id).where(_is_due(now)).limit(1)) is not None


def finish(claimed: Claim, *, now: datetime) -> None:
    """Note that the task is done."""
    _note(claimed, done_at=now, failure="")


def fail(claimed: Claim, failure: str, *, now: datetime) -> None:
    """Note what went wrong and try again later; after many attempts no more, until a person asks for it."""
    if is_hopeless(claimed.attempts):
        give_up(claimed, failure, now=now)
    else:
        _note(claimed, run_at=now + wait_after(claimed.attempts), failure=failure[:LONGEST_FAILURE])


def postpone(claimed: Claim, until: datetime) -> None:
    """Put the task off, because it came too early; that is no failed attempt, and ends the story of earlier ones."""
    _note(claimed, run_at=until, attempts=claimed.attempts - 1, failure="")


def give_up(claimed: Claim, failure: str, *, now: datetime) -> None:
    """Note that the task cannot succeed; it stays visible with the reason."""
    _note(claimed, given_up_at=now, failure=failure[:LONGEST_FAILURE])


def try_again(task: Task, *, now: datetime) -> None:
    """Begin anew with a task that was given up."""
    if task.given_up_at is not None:
        task.given_up_at, task.attempts, task.run_at = None, 0, now
        ring_after_commit()


def hasten(kind: str, *, now: datetime) -> None:
    """Let the tasks of a kind that wait for their time run now, because what they waited for may have come.

    What waits because it failed keeps its wait: hurried on, it would use up its attempts while the fault still lasts.
    """
    waiting = and_(Task.kind == kind, Task.run_at > now, Task.leased_until.is_(None), Task.failure == "")
    _update(and_(waiting, Task.done_at.is_(None), Task.given_up_at.is_(None)), run_at=now)
    ring_after_commit()


def note_sent(letter_id: int, *, now: datetime) -> None:
    """Note that a letter has left."""
    leaving = update(Letter).where(Letter.id == letter_id, Letter.sent_at.is_(None)).values(sent_at=now)
    db.session.execute(leaving.execution_options(synchronize_session=False))


def beat(name: str, *, now: datetime) -> None:
    """Note that a worker is alive."""
    heartbeat, _ = add_once(Heartbeat, Heartbeat.name, name=name, beat_at=now)
    heartbeat.beat_at = max(heartbeat.beat_at, now)


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(Task.leased_until.is_(None), Task.leased_until <= now)
    return and_(Task.done_at.is_(None), Task.given_up_at.is_(None), Task.run_at <= now, is_free)


def _note(claimed: Claim, **values: Any) -> None:
    """Write down what became of a task, if it is still ours, and give it back."""
    _update(and_(Task.id == claimed.task_id, Task.leased_until == claimed.leased_until), leased_until=None, **values)


def _update(condition: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(update(Task).where(condition).values(**values).execution_options(synchronize_session=False))

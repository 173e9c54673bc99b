"""What happened to records and what was written about them, for the pages that staff work on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.outbox.commands import TASK_OF_LETTER
from tourreg.domain.outbox.models import Letter, Task


@dataclass(frozen=True)
class SentLetter:
    """A letter about the registration and the task that carries it."""

    letter: Letter
    task: Task | None

    @property
    def failed(self) -> bool:
        return self.letter.sent_at is None and self.task is not None and self.task.given_up_at is not None


@dataclass(frozen=True)
class Happening:
    """One thing that somebody did; steps that were taken together, of several records, are one.

    what      the axis of a move, or what a change is called
    subjects  public ids of what was moved or changed
    """

    at: datetime
    by: str
    what: str
    before: object
    after: object
    why: str
    subjects: tuple[str, ...]

    @property
    def is_move(self) -> bool:
        return isinstance(self.after, str)


def history_of(subjects: Collection[str]) -> list[Happening]:
    """Return what was done to the records with these public ids, the latest first, in two statements."""
    moves = db.session.scalars(select(Move).where(Move.subject.in_(subjects)).order_by(Move.at, Move.id))
    changes = db.session.scalars(select(Change).where(Change.subject.in_(subjects)).order_by(Change.at, Change.id))
    happened = [*_together(moves), *(_edited(change) for change in changes)]
    return sorted(happened, key=lambda happening: happening.at)[::-1]


def letters_about(public_ids: Collection[str]) -> list[SentLetter]:
    """Return the letters that speak of any of the records, the latest first."""
    carried = (
        select(Letter, Task)
        .outerjoin(Task, Task.key == TASK_OF_LETTER + Letter.key)
        .where(Letter.about.in_(public_ids))
        .order_by(Letter.id.desc())
    )
    return [SentLetter(letter, task) for letter, task in db.session.execute(carried)]


def _together(moves: Iterable[Move]) -> list[Happening]:
    """Make one happening of the steps that one actor took at one instant along one axis."""
    alike = groupby(moves, key=lambda move: (move.at, move.by, move.axis, move.before, move.after, move.why))
    return [
        Happening(at, by, axis, before, after, why, tuple(move.subject for move in group))
        for (at, by, axis, before, after, why), group in alike
    ]


def _edited(change: Change) -> Happening:
    return Happening(change.at, change.by, change.what, change.before, change.after, "", (change.subject,))

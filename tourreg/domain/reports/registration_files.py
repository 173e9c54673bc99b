"""All that is known of one registration, gathered for the page that staff work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.billing.models import Entry
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import papers_of
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.domain.registrations.rules import State, state_of
from tourreg.kernel.money import Money


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


@dataclass(frozen=True)
class RegistrationFile:
    """One registration with its bill, papers, letters and history, the latest of each first but for the bill."""

    registration: Registration
    entries: Sequence[Entry]
    papers: Sequence[Paper]
    letters: Sequence[SentLetter]
    history: Sequence[Happening]
    staff: Mapping[str, str]

    @property
    def seats(self) -> list[Seat]:
        return [seat for participant in self.registration.participants for seat in participant.seats]

    @property
    def open(self) -> Money:
        return self._sum(entry.amount_minor for entry in self.entries)

    @property
    def received(self) -> Money:
        return -self._sum(entry.amount_minor for entry in self.entries if entry.kind == "payment")

    @property
    def state(self) -> State:
        return state_of(
            self.seats, self.open, received=self.received, credit_state=self.registration.folio.credit_state
        )

    def money(self, minor: int) -> Money:
        return Money(minor, self.registration.folio.currency)

    def _sum(self, amounts: Iterable[int]) -> Money:
        return self.money(sum(amounts))


def file_of(public_id: str) -> RegistrationFile | None:
    """Return the whole file in ten statements, however much happened."""
    registration = registrations.by_public_id(public_id)
    if registration is None:
        return None
    entries = select(Entry).where(Entry.folio_id == registration.folio_id).order_by(Entry.id)
    history = _history(registration)
    return RegistrationFile(
        registration,
        db.session.scalars(entries).all(),
        papers_of(registration.folio.public_id),
        _letters(registration),
        history,
        staff_names(happening.by for happening in history),
    )


def _letters(registration: Registration) -> list[SentLetter]:
    carried = (
        select(Letter, Task)
        .outerjoin(Task, Task.key == "letter:" + Letter.key)
        .where(Letter.about.in_((registration.public_id, registration.folio.public_id)))
        .order_by(Letter.id.desc())
    )
    return [SentLetter(letter, task) for letter, task in db.session.execute(carried)]


def _history(registration: Registration) -> list[Happening]:
    subjects = _subjects(registration)
    moves = db.session.scalars(select(Move).where(Move.subject.in_(subjects)).order_by(Move.at, Move.id))
    changes = db.session.scalars(select(Change).where(Change.subject.in_(subjects)).order_by(Change.at, Change.id))
    happened = [*_together(moves), *(_edited(change) for change in changes)]
    return sorted(happened, key=lambda happening: happening.at, reverse=True)


def _subjects(registration: Registration) -> list[str]:
    people = registration.participants
    seats = [seat.public_id for participant in people for seat in participant.seats]
    return [registration.public_id, registration.folio.public_id, *(person.public_id for person in people), *seats]


def _together(moves: Iterable[Move]) -> list[Happening]:
    """Make one happening of the steps that one actor took at one instant along one axis."""
    alike = groupby(moves, key=lambda move: (move.at, move.by, move.axis, move.before, move.after, move.why))
    return [
        Happening(at, by, axis, before, after, why, tuple(move.subject for move in group))
        for (at, by, axis, before, after, why), group in alike
    ]


def _edited(change: Change) -> Happening:
    return Happening(change.at, change.by, change.what, change.before, change.after, "", (change.subject,))

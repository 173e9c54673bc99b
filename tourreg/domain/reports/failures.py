"""Work that was given up, with what it was about, for the one who has to look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import load_only

from tourreg.db import db
from tourreg.domain.outbox import queries as outbox
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration


@dataclass(frozen=True)
class Failed:
    """One task that was given up, and the letter, paper and registration that it was for, as far as it has them."""

    task: Task
    letter: Letter | None
    paper: Paper | None
    registration: Registration | None


def failed() -> list[Failed]:
    """Return what was given up, newest first, in four statements; at most a hundred."""
    tasks = outbox.given_up()
    letters, papers = _letters(tasks), _papers(tasks)
    registrations = _registrations([*letters.values()])
    return [_failed(task, letters, papers, registrations) for task in tasks]


def _failed(
    task: Task,
    letters: Mapping[str, Letter],
    papers: Mapping[str, Paper],
    registrations: Mapping[str, Registration],
) -> Failed:
    letter = letters.get(task.arguments.get("letter", ""))
    about = letter.about if letter else task.arguments.get("registration", "")
    return Failed(task, letter, papers.get(task.arguments.get("paper", "")), registrations.get(about))


def _letters(tasks: Sequence[Task]) -> Mapping[str, Letter]:
    ids = [task.arguments["letter"] for task in tasks if "letter" in task.arguments]
    found = db.session.scalars(select(Letter).where(Letter.public_id.in_(ids)))
    return {letter.public_id: letter for letter in found}


def _papers(tasks: Sequence[Task]) -> Mapping[str, Paper]:
    ids = [task.arguments["paper"] for task in tasks if "paper" in task.arguments]
    chosen = select(Paper).where(Paper.public_id.in_(ids)).options(load_only(Paper.public_id, Paper.number, Paper.kind))
    return {paper.public_id: paper for paper in db.session.scalars(chosen)}


def _registrations(letters: Sequence[Letter]) -> Mapping[str, Registration]:
    about = {letter.about for letter in letters}
    chosen = select(Registration).where(Registration.public_id.in_(about))
    return {registration.public_id: registration for registration in db.session.scalars(chosen)}

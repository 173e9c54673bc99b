"""Work that was given up, with what it was about, for the one who has to look at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import load_only

from tourreg.db import db
from tourreg.domain.billing.models import Refund
from tourreg.domain.outbox import queries as outbox
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import FurtherFolio, Registration


@dataclass(frozen=True)
class Failed:
    """One task that was given up, and the letter, paper and registration that it was for, as far as it has them."""

    task: Task
    letter: Letter | None
    paper: Paper | None
    registration: Registration | None


def failed() -> list[Failed]:
    """Return what was given up, newest first, in five statements; at most a hundred."""
    tasks = outbox.given_up()
    letters, papers, refunds = _letters(tasks), _papers(tasks), _refunds(tasks)
    about = {task.id: _about(task, letters, refunds) for task in tasks}
    registrations = _registrations(set(about.values()))
    return [
        Failed(
            task,
            letters.get(task.arguments.get("letter", "")),
            papers.get(task.arguments.get("paper", "")),
            registrations.get(about[task.id]),
        )
        for task in tasks
    ]


def _about(task: Task, letters: Mapping[str, Letter], refunds: Mapping[str, str]) -> str:
    """Return the public id of what the task was about: a registration, where the task or its letter names one."""
    letter = letters.get(task.arguments.get("letter", ""))
    if letter:
        return letter.about
    return task.arguments.get("registration") or refunds.get(task.arguments.get("refund", "")) or ""


def _letters(tasks: Sequence[Task]) -> Mapping[str, Letter]:
    ids = [task.arguments["letter"] for task in tasks if "letter" in task.arguments]
    found = db.session.scalars(select(Letter).where(Letter.public_id.in_(ids)))
    return {letter.public_id: letter for letter in found}


def _papers(tasks: Sequence[Task]) -> Mapping[str, Paper]:
    ids = [task.arguments["paper"] for task in tasks if "paper" in task.arguments]
    chosen = select(Paper).where(Paper.public_id.in_(ids)).options(load_only(Paper.public_id, Paper.number, Paper.kind))
    return {paper.public_id: paper for paper in db.session.scalars(chosen)}


def _refunds(tasks: Sequence[Task]) -> Mapping[str, str]:
    """Return the registrations of refunds, both by their public ids."""
    ids = [task.arguments["refund"] for task in tasks if "refund" in task.arguments]
    further = select(FurtherFolio.registration_id).where(FurtherFolio.folio_id == Refund.folio_id)
    on_it = or_(Registration.folio_id == Refund.folio_id, Registration.id.in_(further.correlate(Refund)))
    chosen = select(Refund.public_id, Registration.public_id).join(Registration, on_it).order_by(Registration.id.desc())
    found = db.session.execute(chosen.where(Refund.public_id.in_(ids)))
    return {refund: registration for refund, registration in found}  # noqa: C416


def _registrations(about: Collection[str]) -> Mapping[str, Registration]:
    chosen = select(Registration).where(Registration.public_id.in_(about))
    return {registration.public_id: registration for registration in db.session.scalars(chosen)}

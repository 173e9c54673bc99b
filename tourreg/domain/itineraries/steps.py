"""Taking back the last step of an itinerary: what the record of changes says of it, turned round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.models import Change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.commands import STEP, DayEdit, put_in_place, require_each_once
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.plans import plan_of, read_plan
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel.plans import plain
from tourreg.kernel.refusals import Refusal

# How many steps back are looked at; whoever undid so many at a stretch starts from a version instead.
_LOOKED_AT = 200


class NotTheLastStep(Refusal):
    """Something was written down, or taken back, since the step was shown as the last."""


class CannotBeUndone(Refusal):
    """Days that the step changed were changed since by another way, or belong to a tour that is gone."""


@dataclass(frozen=True)
class Step:
    """Days that somebody wrote down together.

    number  of the note in the record of changes
    days    how many
    """

    number: int
    days: int
    at: datetime
    by: str


def last_step(event: Event) -> Step | None:
    """Return the newest step that was not taken back, in one statement; None where there is none."""
    newest = select(Change).where(Change.subject == event.public_id, Change.what == STEP)
    undone = set()
    for change in db.session.scalars(newest.order_by(Change.id.desc()).limit(_LOOKED_AT)):
        if change.after.get("undoes"):
            undone.add(change.after["undoes"])
        elif change.id not in undone:
            return Step(change.id, len(change.after["changes"]), change.at, change.by)
    return None


def undo(event: Event, step: int, *, now: datetime, by: str) -> None:
    """Take the last step back: what it added goes, what it removed returns under its old names.

    event   from `catalogue.desk.event_to_change`, so that nobody else writes meanwhile
    raises  NotTheLastStep, CannotBeUndone, SameDayTwice
    """
    last = last_step(event)
    if last is None or last.number != step:
        raise NotTheLastStep
    days = {day.public_id: day for day in days_of(event)}
    edits = [_turned_round(change, days.get(change.subject)) for change in _changes_of(step)]
    tours = {"", *(add_on.public_id for add_on in event.add_ons)}
    if any(edit.plan is not None and edit.plan.add_on not in tours for edit in edits):
        raise CannotBeUndone
    put_in_place(event, edits, now=now, by=by, undoes=step)
    require_each_once(event)


def _changes_of(step: int) -> Sequence[Change]:
    numbers = db.session.scalars(select(Change.after).where(Change.id == step)).one()["changes"]
    return db.session.scalars(select(Change).where(Change.id.in_(numbers)).order_by(Change.id)).all()


def _turned_round(change: Change, day: Day | None) -> DayEdit:
    """Return the edit that takes a change of one day back.

    raises  CannotBeUndone  the day is not as the change left it
    """
    current: dict[str, Any] = plain(plan_of(day)) if day else dict.fromkeys(change.after)
    if any(current[name] != value for name, value in change.after.items()):
        raise CannotBeUndone
    before = {**current, **change.before}
    return DayEdit(change.subject, "", None if before["on_date"] is None else read_plan(before))

"""Batches for tests: an event's papers, some made for each of several people, and a worker that can be killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.paper_samples import ITINERARY
from tourreg.db import db, writing
from tourreg.domain.batches import commands
from tourreg.domain.batches.choosing import Choice
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.reports import event_papers
from tourreg.domain.reports.event_papers import Asked, EventPaper
from tourreg.domain.reports.subjects import Subject
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

PEOPLE = [
    Subject("person-emily", Text("Emily Hart", "艾米莉·哈特"), "emily@example.org", "en"),
    Subject("person-lan", Text("Zhou Lan", "周岚"), "lan@example.org", "zh"),
    Subject("person-luis", Text("Luís Ferreira", "路易斯"), "", None),
]


class Killed(BaseException):
    """The worker dies here."""


def personal_papers(monkeypatch: pytest.MonkeyPatch, *, broken: str = "") -> None:
    """Let events have a programme book for each of PEOPLE, made of the sample.

    broken  the public id of one for whom the template fails
    """

    def sheet(asked: Asked) -> Mapping[str, Any]:
        subject = asked.subject
        assert subject is not None
        values = {**ITINERARY, "issued_at": asked.now.isoformat(), "number": ""}
        if subject.public_id == broken:
            del values["days"]
        return {**values, "title": {"en": f"For {subject.name.en}", "zh": subject.name.zh}}

    paper = EventPaper("itinerary", "programme", sheet, lambda _subjects: PEOPLE)
    monkeypatch.setitem(event_papers.EVENT_PAPERS, "itinerary", paper)


def a_choice(*kinds: str, **changed: Any) -> Choice:
    values: dict[str, Any] = {"outcome": "joined", "language": "en", "page_size": "a4", **changed}
    return Choice(frozenset(kinds), **values)


def a_batch(event: Event, choice: Choice, *, now: datetime) -> PaperBatch:
    """Return a saved batch that no worker has begun."""
    with writing():
        locked = desk.event_to_change(event.public_id)
        return commands.begin(locked, choice, submission_key=new_public_id(), now=now, by="staff:x")


def again(batch: PaperBatch) -> PaperBatch:
    """Return the batch as the database has it now."""
    db.session.rollback()
    return db.session.scalars(select(PaperBatch).order_by(PaperBatch.id.desc())).first() or batch


def papers_of(batch: PaperBatch) -> list[BatchPaper]:
    db.session.rollback()
    return list(db.session.scalars(select(BatchPaper).order_by(BatchPaper.position)))


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, module: object, step: str, *, call: int = 1) -> Iterator[None]:
    """Let the worker die at a step, when it comes to it for that time.

    call  negative: after the step was taken instead of before
    """
    real: Callable[..., Any] = getattr(module, step)
    calls = iter(range(1, 10_000))

    def die(*arguments: Any, **named: Any) -> Any:
        is_the_one = next(calls) == abs(call)
        if is_the_one and call > 0:
            raise Killed
        answer = real(*arguments, **named)
        if is_the_one:
            raise Killed
        return answer

    with monkeypatch.context() as until_then:
        until_then.setattr(module, step, die)
        with pytest.raises(Killed):
            yield

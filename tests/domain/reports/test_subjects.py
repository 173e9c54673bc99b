"""For whom an event's papers are made: each thing is read once, and only when it is asked for."""

from collections.abc import Callable

from flask import Flask

from tests.cast import a_published_summit
from tourreg.db import db
from tourreg.domain.catalogue import desk
from tourreg.domain.reports.event_papers import EVENT_PAPERS
from tourreg.domain.reports.subjects import Subjects


def test_what_several_kinds_need_is_read_once(app: Flask, statements: Callable[[], list[str]]) -> None:
    public_id = a_published_summit().public_id
    db.session.remove()
    event = desk.event(public_id)
    assert event is not None
    subjects = Subjects(event)
    several = [paper.subjects for paper in EVENT_PAPERS.values() if paper.subjects]

    before = len(statements())
    first = [pick(subjects) for pick in several]
    asked = statements()[before:]
    again = [pick(subjects) for pick in several]

    assert [len([one for one in asked if f"FROM {table}" in one]) for table in ("days", "participants")] == [
        1, 1,
    ]  # fmt: skip
    assert again == first


def test_nothing_is_read_before_it_is_asked_for(app: Flask, statements: Callable[[], list[str]]) -> None:
    event = a_published_summit()
    before = len(statements())

    Subjects(event)

    assert len(statements()) == before

"""Calendars follow the versions: the same item, counted up when it changes, cancelled when it goes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.cast import a_published_summit
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.calendars import Entry, calendar_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import issue_version
from tourreg.kernel.bilingual import Text


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit()


def issue(event: Event, now: datetime) -> None:
    with writing():
        locked = desk.event_to_change(event.public_id)
        issue_version(locked, change_note=Text(), now=now, by="staff:ren")


def told(event: Event) -> dict[str, Entry]:
    return {entry.shown.title.en: entry for entry in calendar_of(event).entries}


def test_a_draft_that_was_never_issued_counts_from_nothing(summit: Event) -> None:
    entries = calendar_of(summit).entries

    assert {(entry.sequence, entry.changed_at, entry.cancelled) for entry in entries} == {(0, summit.created_at, False)}
    assert len(entries) == 5


def test_only_what_changed_counts_up(summit: Event, now: datetime) -> None:
    issue(summit, now)
    before = told(summit)["Lunch"]
    with writing():
        days_of(summit)[1].items[1].title = Text("Long lunch", "午餐")
    issue(summit, now + timedelta(days=1))

    entries = told(summit)
    lunch = entries["Long lunch"]
    assert (lunch.item, lunch.sequence, lunch.made_at) == (before.item, 2, now)
    assert lunch.changed_at == now + timedelta(days=1)
    assert {entry.sequence for title, entry in entries.items() if title != "Long lunch"} == {1}


def test_an_item_that_goes_is_cancelled_and_one_that_comes_back_is_not(summit: Event, now: datetime) -> None:
    issue(summit, now)
    with writing() as session:
        session.delete(days_of(summit)[1].items[1])
    issue(summit, now + timedelta(days=1))

    lunch = told(summit)["Lunch"]
    assert (lunch.cancelled, lunch.sequence, lunch.changed_at) == (True, 2, now + timedelta(days=1))


def test_what_is_written_down_but_not_issued_is_not_told(summit: Event, now: datetime) -> None:
    issue(summit, now)
    with writing():
        days_of(summit)[1].items[1].title = Text("Not yet")

    assert "Not yet" not in told(summit)


def test_a_note_for_the_driver_changes_no_calendar(summit: Event, now: datetime) -> None:
    issue(summit, now)
    with writing():
        item = days_of(summit)[1].items[1]
        item.details = item.details.__class__(**{**vars(item.details), "for_driver": Text("Gate 4")})
    issue(summit, now + timedelta(days=1))

    assert {entry.sequence for entry in told(summit).values()} == {1}


def test_who_takes_no_tour_has_none_in_the_calendar(summit: Event) -> None:
    tour = next(add_on for add_on in summit.add_ons if add_on.kind == "pre_tour")

    main = calendar_of(summit, parts=[""])
    whole = calendar_of(summit, parts=["", tour.public_id])

    assert (len(main.entries), len(whole.entries)) == (4, 5)


def test_many_versions_need_no_more_statements(
    summit: Event, now: datetime, statements: Callable[[], list[str]]
) -> None:
    issue(summit, now)
    few = needed(summit, statements)
    for number in range(1, 4):
        with writing():
            days_of(summit)[1].items[1].title = Text(f"Lunch {number}")
        issue(summit, now + timedelta(days=number))

    assert needed(summit, statements) == few


def needed(event: Event, statements: Callable[[], list[str]]) -> int:
    event.title  # noqa: B018 - it is read anew after the last writing
    before = len(statements())
    calendar_of(event)
    return len(statements()) - before

"""Itineraries are issued in versions, which never change."""

from datetime import datetime
from typing import cast

import pytest
from flask import Flask

from tests.cast import a_published_summit
from tests.races import all_at_once
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import versions
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import NoDays, NothingChanged
from tourreg.domain.papers.sheets import Day
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.both
BY = "staff:ren"
NOTE = Text("First", "初版")


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit()


def issue(event: Event, now: datetime, note: Text = NOTE, key: str | None = None) -> ItineraryVersion:
    with writing():
        locked = desk.event_to_change(event.public_id)
        return versions.issue_version(locked, change_note=note, now=now, by=BY, submission_key=key)


def retitle(event: Event, title: str) -> None:
    with writing():
        days_of(event)[1].items[0].title = Text(title)


def titles(days: list[Day]) -> list[str]:
    return [item["title"]["en"] for day in days for item in day["items"]]


def test_a_version_keeps_the_days_as_they_were(summit: Event, now: datetime) -> None:
    issue(summit, now)
    retitle(summit, "Another keynote")

    assert issue(summit, now, Text("A keynote", "主旨演讲")).number == 2
    first, second = versions.version_of(summit, 1), versions.version_of(summit, 2)
    assert first
    assert second
    assert "Opening and keynote" in titles(cast(list[Day], first.days))
    assert "Another keynote" in titles(cast(list[Day], second.days))
    assert [(each.number, each.issued_by) for each in versions.versions_of(summit)] == [(2, BY), (1, BY)]


def test_the_same_days_are_not_issued_twice(summit: Event, now: datetime) -> None:
    issue(summit, now)

    with pytest.raises(NothingChanged) as refusal:
        issue(summit, now)

    assert refusal.value.number == 1


def test_the_same_form_issues_one_version(summit: Event, now: datetime) -> None:
    assert issue(summit, now, key="k" * 22).number == issue(summit, now, key="k" * 22).number == 1


def test_an_empty_itinerary_is_not_issued(summit: Event, now: datetime) -> None:
    with writing() as session:
        for day in days_of(summit):
            for item in day.items:
                session.delete(item)

    with pytest.raises(NoDays):
        issue(summit, now)


def test_issued_papers_show_the_latest_version_and_working_copies_the_draft(summit: Event, now: datetime) -> None:
    assert versions.days_for_print(summit, issued=True).version is None
    issue(summit, now)
    retitle(summit, "Not yet issued")

    issued, draft = (versions.days_for_print(summit, issued=issued) for issued in (True, False))

    assert (issued.version, draft.version) == (1, None)
    assert "Not yet issued" not in titles(issued.days)
    assert "Not yet issued" in titles(draft.days)


def test_two_who_issue_at_once_issue_one_version(summit: Event, now: datetime, app: Flask) -> None:
    public_id = summit.public_id
    db.session.rollback()

    def try_it() -> str:
        try:
            with writing():
                event = desk.event_to_change(public_id)
                return str(versions.issue_version(event, change_note=Text(), now=now, by=BY).number)
        except NothingChanged:
            return "nothing changed"

    assert sorted(all_at_once(app, [try_it] * 2)) == ["1", "nothing changed"]
    assert [version.number for version in versions.versions_of(summit)] == [1]

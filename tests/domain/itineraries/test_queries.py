"""The days of an event, read in one go."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import a_published_summit
from tourreg.db import db
from tourreg.domain.itineraries import queries


@pytest.mark.both
def test_days_come_by_date_with_all_that_a_page_shows_of_them(app: Flask, statements: Callable[[], list[str]]) -> None:
    event = a_published_summit()
    a_published_summit("another")
    wanted = db.session.merge(event)
    db.session.refresh(wanted)
    before = len(statements())

    days = queries.days_of(wanted)
    shown = [
        (day.on_date.day, day.add_on.kind if day.add_on else "", [item.kind for item in day.items]) for day in days
    ]

    assert shown == [
        (16, "pre_tour", ["cultural"]),
        (20, "", ["lecture", "meal"]),
        (21, "", ["transfer", "site_visit"]),
    ]
    assert [day.city.slug for day in days if day.city] == ["beijing", "yangzhou", "yangzhou"]
    assert len(statements()) - before == 3

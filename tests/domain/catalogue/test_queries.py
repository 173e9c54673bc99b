"""What the public sees of the catalogue, and in how many statements."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask

from tests.cast import a_published_summit, a_study_tour
from tourreg.db import db, writing
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue import queries
from tourreg.domain.catalogue.models import EVENT_MOVES
from tourreg.domain.catalogue.queries import Wish
from tourreg.kernel.states import Axis

AXIS = Axis("event", "state", EVENT_MOVES)


def slugs(wish: Wish, *, most: int = 50, after: int = 0) -> list[str]:
    return [event.slug for event in queries.events_on_show(wish, most=most, after=after)]


def test_events_come_earliest_first_and_drafts_not_at_all(app: Flask) -> None:
    a_published_summit()
    a_study_tour()
    a_study_tour("secret", state="draft")

    assert slugs(Wish()) == ["energy-2027", "yangzhou-2027"]
    assert queries.count_on_show(Wish()) == 2
    assert queries.public_event("secret") is None


def test_an_event_given_up_as_a_draft_stays_unseen(app: Flask, now: datetime) -> None:
    for slug, state in (("never-shown", "draft"), ("called-off", "published")):
        event = a_study_tour(slug, state=state)
        with writing():
            move_to(event, AXIS, "cancelled", now=now, by="staff:x")

    assert slugs(Wish()) == ["called-off"]
    assert queries.public_event("never-shown") is None


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(kind="summit"), ["yangzhou-2027"]),
        (Wish(direction="to_us"), ["energy-2027"]),
        (Wish(kind="summit", direction="to_us"), []),
        (Wish(month=date(2027, 10, 1)), ["yangzhou-2027"]),
        (Wish(month=date(2027, 9, 1)), []),
        (Wish(since=date(2027, 5, 14)), ["energy-2027", "yangzhou-2027"]),
        (Wish(since=date(2027, 5, 15)), ["yangzhou-2027"]),
        (Wish(month=date(2027, 5, 1), since=date(2027, 6, 1)), ["energy-2027"]),
    ],
)
def test_a_wish_narrows_the_list(app: Flask, wish: Wish, expected: list[str]) -> None:
    a_published_summit()
    a_study_tour()

    assert slugs(wish) == expected


def test_an_event_across_two_months_shows_in_both(app: Flask) -> None:
    a_study_tour(starts_on=date(2027, 5, 28), ends_on=date(2027, 6, 8))

    assert slugs(Wish(month=date(2027, 5, 1))) == slugs(Wish(month=date(2027, 6, 1))) == ["energy-2027"]
    assert queries.months_on_show(date(2027, 6, 8)) == [date(2027, 5, 1)]
    assert queries.months_on_show(date(2027, 6, 9)) == []


def test_a_long_list_has_pages(app: Flask) -> None:
    for number in range(3):
        a_study_tour(f"tour-{number}")

    assert slugs(Wish(), most=2) == ["tour-0", "tour-1"]
    assert slugs(Wish(), most=2, after=2) == ["tour-2"]


@pytest.mark.both
def test_the_list_takes_three_statements_however_long_it_is(app: Flask, statements: Callable[[], list[str]]) -> None:
    for number in range(12):
        a_published_summit(f"summit-{number}")
    db.session.remove()
    before = len(statements())

    shown = queries.events_on_show(Wish(), most=50)
    cities = [stop.city.name.en for event in shown for stop in event.stops]
    assert cities[:2] == ["Beijing", "Xi’an"]
    assert [fee.position for event in shown for fee in event.fees][:2] == [1, 2]
    assert {event.pool.capacity for event in shown} == {200}

    assert len(statements()) - before == 3


@pytest.mark.both
def test_an_event_with_all_its_parts_takes_four_statements(app: Flask, statements: Callable[[], list[str]]) -> None:
    a_published_summit()
    db.session.remove()
    before = len(statements())

    event = queries.public_event("yangzhou-2027")

    assert event is not None
    assert [add_on.pool.capacity if add_on.pool else None for add_on in event.add_ons] == [20, None, 36]
    assert (event.pool.taken, len(event.fees), event.stops[2].city.slug) == (0, 2, "yangzhou")
    assert len(statements()) - before == 4

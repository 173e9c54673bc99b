"""The rooms of two hundred people: as many statements as for two, and a page that is no burden."""

import gzip
from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.forms import fields_of
from tests.many import many_registrations
from tests.travel_cast import BY, TWIN, a_stay, lodging_to_change
from tourreg.db import db, writing
from tourreg.domain.travel.rooms import propose

# In bytes, zipped as browsers are sent it.
LARGEST_PAGE = 60_000


def test_two_hundred_people_are_shared_out_on_one_page(
    app: Flask, officer: FlaskClient, statements: Callable[[], list[str]], now: datetime
) -> None:
    few, many = address(a_full_hotel("few", 4, now)), address(a_full_hotel("many", 400, now, first=10))

    asked = [count(officer, where, statements) for where in (few, many)]
    page = officer.get(many)

    assert asked[1] <= asked[0]
    assert len(gzip.compress(page.data)) < LARGEST_PAGE
    assert page.get_data(as_text=True).count("data-who=") == 200


def test_one_of_two_hundred_is_moved_with_as_many_statements_as_one_of_two(
    app: Flask, officer: FlaskClient, statements: Callable[[], list[str]], now: datetime
) -> None:
    asked = []
    for number, size in enumerate((4, 400)):
        where = address(a_full_hotel(f"hotel-{number}", size, now, first=1 + 1_000 * number))
        fields = fields_of(officer.get(where), "rooms")
        person = next(name for name in fields if name.endswith("-room") and name.startswith("p-"))
        before = len(statements())
        assert officer.post(where, data={**fields, person: "999"}).status_code == 303
        asked.append(len(statements()) - before)

    assert asked[1] <= asked[0]


def a_full_hotel(slug: str, registrations: int, now: datetime, first: int = 1) -> tuple[str, str]:
    """Return event and hotel, by public id, in which everybody has a twin room; every second registration is sure."""
    event = a_published_summit(slug)
    many_registrations(event, registrations, now=now, first=first)
    stay = a_stay(event, now, room_types=(TWIN,))
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)
    return event.public_id, stay.public_id


def address(ids: tuple[str, str]) -> str:
    return f"/office/events/{ids[0]}/hotels/{ids[1]}/rooms"


def count(officer: FlaskClient, where: str, statements: Callable[[], list[str]]) -> int:
    db.session.remove()
    before = len(statements())
    assert officer.get(where).status_code == 200
    return len(statements()) - before

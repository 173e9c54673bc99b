"""Days of another tour taken as a template."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.forms import faults_of, fields_of, page_of, words_of
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    """Three days: 16 October in Beijing with the pre-tour, 20 and 21 October in Yangzhou."""
    return a_published_summit()


@pytest.fixture
def other(summit: Event) -> Event:
    return a_published_summit("another")


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/itinerary/copy"


def days(event: Event) -> list[Day]:
    db.session.rollback()
    return list(days_of(event))


def test_the_days_of_another_tour_are_put_on_new_dates(officer: FlaskClient, summit: Event, other: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "copy")
    chosen = {"source": f"{other.public_id}/", "first_on": "2027-11-03"}

    answer = officer.post(address(summit), data={**fields, **chosen})

    assert "2 days were added." in words_of(page_of(officer.get(answer.location)))
    added = days(summit)[3:]
    assert [day.on_date for day in added] == [date(2027, 11, 3), date(2027, 11, 4)]
    theirs = days_of(other)[1:]
    assert [[item.title for item in day.items] for day in added] == [
        [item.title for item in day.items] for day in theirs
    ]
    assert not {item.public_id for day in added for item in day.items} & {
        item.public_id for day in theirs for item in day.items
    }


def test_a_tour_becomes_a_tour(officer: FlaskClient, summit: Event, other: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "copy")
    theirs, ours = days_of(other)[0].add_on, days_of(summit)[0].add_on
    assert theirs is not None
    assert ours is not None
    chosen = {"source": f"{other.public_id}/{theirs.public_id}", "first_on": "2027-10-17", "part": ours.public_id}

    officer.post(address(summit), data={**fields, **chosen})

    added = days(summit)[1]
    assert (added.on_date.day, added.add_on_id) == (17, ours.id)


def test_the_second_click_adds_nothing(officer: FlaskClient, summit: Event, other: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "copy")
    chosen = {**fields, "source": f"{other.public_id}/", "first_on": "2027-11-03"}
    officer.post(address(summit), data=chosen)

    answer = officer.post(address(summit), data=chosen)

    assert answer.status_code == 422
    assert "already" in faults_of(answer)["first_on"]
    assert len(days(summit)) == 5


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_on": ""}, "first_on"),
        ({"first_on": "3 November"}, "first_on"),
        ({"first_on": "2099-12-31"}, "first_on"),
        ({"source": "forged/"}, "source"),
        ({"part": "forged"}, "part"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    officer: FlaskClient, summit: Event, other: Event, typed: dict[str, str], field: str
) -> None:
    fields = fields_of(officer.get(address(summit)), "copy")
    chosen = {**fields, "source": f"{other.public_id}/", "first_on": "2027-11-03", **typed}

    answer = officer.post(address(summit), data=chosen)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]
    assert len(days(summit)) == 3


def test_a_finance_officer_copies_nothing(finance: FlaskClient, registration: Registration) -> None:
    assert finance.get(address(registration.event)).status_code == 403

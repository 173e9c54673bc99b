"""A city whose security desk asked for nationality has a roster of its own that shows it; no other roster does."""

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_person, a_published_summit, a_registration
from tests.forms import faults_of, fields_of
from tourreg.db import db
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.subjects import Subjects


@pytest.fixture
def event(now: datetime) -> Event:
    """A summit with one participant."""
    summit = a_published_summit()
    a_registration(summit, a_person(country="US"), now=now)
    return summit


def test_only_the_city_that_asked_is_shown_nationality(officer: FlaskClient, event: Event, now: datetime) -> None:
    paper, city = EVENT_PAPERS["roster_security"], event.stops[0].city.public_id
    assert paper.subjects
    assert paper.subjects(Subjects(event)) == []

    answer = note(officer, event, city=city, asked_by="Sgt. Dale Kruse, police", asked_on="2027-01-14")

    assert answer.status_code == 303
    again = desk.event(event.public_id)
    assert again
    [subject] = paper.subjects(Subjects(again))
    assert subject.public_id == city
    assert paper.sheet(Asked(again, subject, now, issued=False))["show_country"]
    assert not EVENT_PAPERS["roster"].sheet(Asked(again, None, now, issued=False))["show_country"]


def test_a_request_can_be_ended(officer: FlaskClient, event: Event) -> None:
    city = event.stops[0].city.public_id
    note(officer, event, city=city, asked_by="Police", asked_on="2027-01-14")
    token = fields_of(officer.get(at(event)), "request")["csrf_token"]

    officer.post(f"{at(event)}/{city}/end", data={"csrf_token": token})

    db.session.rollback()
    subjects = EVENT_PAPERS["roster_security"].subjects
    again = desk.event(event.public_id)
    assert subjects
    assert again
    assert subjects(Subjects(again)) == []


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({"asked_by": ""}, "asked_by", "Type who asked."),
        ({"asked_on": ""}, "asked_on", "Type the day on which they asked."),
        ({"asked_on": "2027-01-16"}, "asked_on", "This day lies ahead."),
    ],
)
def test_who_asked_and_when_is_needed(
    officer: FlaskClient, event: Event, typed: dict[str, str], field: str, fault: str
) -> None:
    said: dict[str, Any] = {"city": event.stops[0].city.public_id, "asked_by": "Police", "asked_on": "2027-01-14"}

    answer = note(officer, event, **{**said, **typed})

    assert answer.status_code == 422
    assert faults_of(answer)[field].startswith(fault)


def note(officer: FlaskClient, event: Event, **typed: str) -> TestResponse:
    return officer.post(at(event), data={**fields_of(officer.get(at(event)), "request"), **typed})


def at(event: Event) -> str:
    return f"/office/events/{event.public_id}/papers/nationality"

"""What the office does about the journeys of an event's people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.forms import faults_of, fields_of, page_of, words_of
from tests.travel_cast import a_leg, people_on_tour, the_travel_text, told
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.models import Consent
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Registration
from tourreg.domain.travel import queries
from tourreg.domain.travel.models import Traveller

pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def group(officer: FlaskClient, now: datetime) -> Registration:
    """CHEN Guoliang, who has told, and HAN Xuemei, who has not."""
    registration = people_on_tour(now=now)
    told(registration.participants[0], now, legs=(a_leg(),), diet="Vegetarian")
    return registration


def event_of(group: Registration) -> Event:
    return group.event


def address(group: Registration) -> str:
    return f"/office/events/{event_of(group).public_id}/travel"


def call(client: FlaskClient, group: Registration, **typed: str) -> TestResponse:
    return client.post(address(group), data={**fields_of(client.get(address(group)), "call"), **typed})


def send(client: FlaskClient, group: Registration, place: int, **typed: Any) -> TestResponse:
    form = f"{address(group)}/{group.participants[place].public_id}"
    return client.post(form, data={**fields_of(client.get(form), "travel"), **typed})


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.template == "travel_asked")))


def test_the_list_tells_who_has_told_and_what(officer: FlaskClient, group: Registration) -> None:
    page = words_of(page_of(officer.get(address(group))))

    assert "1 of 2 people have told." in page
    assert all(words in page for words in ("CHEN Guoliang", "UA 1234", "Vegetarian", "Not yet"))


def test_whoever_has_not_told_is_asked_once_a_day(officer: FlaskClient, group: Registration) -> None:
    answer = call(officer, group, due_on="2027-04-20")
    call(officer, group, due_on="2027-04-21")

    assert "1 registration is asked by letter." in words_of(page_of(officer.get(answer.location)))
    [letter] = letters()
    assert letter.facts["due_on"] == "2027-04-20"
    known = queries.call_of(event_of(group))
    assert known is not None
    assert known.due_on == date(2027, 4, 21)


@pytest.mark.parametrize("typed", ["", "soon", "2026-12-31"])
def test_a_day_that_cannot_be_is_said_beside_its_field(officer: FlaskClient, group: Registration, typed: str) -> None:
    answer = call(officer, group, due_on=typed)

    assert (answer.status_code, list(faults_of(answer))) == (422, ["due_on"])
    assert letters() == []


def test_asking_ends_and_what_was_told_stays(officer: FlaskClient, group: Registration) -> None:
    call(officer, group, due_on="2027-04-20")

    call(officer, group, do="stop")

    db.session.rollback()
    assert queries.call_of(event_of(group)) is None
    assert db.session.query(Traveller).count() == 1


def test_the_office_writes_down_only_with_a_consent_it_can_show(officer: FlaskClient, group: Registration) -> None:
    refused = send(officer, group, 1, diet="Halal")
    assert (refused.status_code, list(faults_of(refused))) == (422, ["agreed"])

    assert send(officer, group, 1, diet="Halal", agreed="2027-01-01").status_code == 303

    db.session.rollback()
    han = group.participants[1]
    told_now = queries.traveller_of(han)
    assert told_now is not None
    assert told_now.diet == "Halal"
    consent = db.session.scalars(select(Consent).where(Consent.subject == han.public_id).order_by(Consent.id)).all()[-1]
    assert consent.by.startswith("staff:")


def test_the_office_takes_a_consent_back_for_somebody(officer: FlaskClient, group: Registration) -> None:
    form = f"{address(group)}/{group.participants[0].public_id}"

    officer.post(f"{form}/withdrawal", data=fields_of(officer.get(form), "withdraw"))

    assert "0 of 2 people have told." in words_of(page_of(officer.get(address(group))))


def test_somebody_of_another_event_is_not_found(officer: FlaskClient, group: Registration) -> None:
    assert officer.get(f"{address(group)}/{'A' * 22}").status_code == 404


def test_a_finance_officer_reads_no_journeys(finance: FlaskClient, registration: Registration) -> None:
    assert finance.get(f"/office/events/{registration.event.public_id}/travel").status_code == 403


def test_an_event_without_people_says_so(officer: FlaskClient, registration: Registration) -> None:
    the_travel_text()

    assert "Nobody yet" in words_of(page_of(officer.get(f"/office/events/{registration.event.public_id}/travel")))

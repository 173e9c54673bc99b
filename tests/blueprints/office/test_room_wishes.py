"""The office writes down with whom somebody wants to share a room, for those who told it by letter or telephone."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import consent_texts, saved
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tests.travel_cast import a_leg, a_stay, people_on_tour, the_travel_text, told
from tourreg.db import db, writing
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import subjects_agreeing
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.models import Stay, Traveller

pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def registration(app: Flask, now: Any) -> Registration:
    saved(*consent_texts())
    return people_on_tour(now=now)


@pytest.fixture
def stay(officer: FlaskClient, registration: Registration, now: Any) -> Stay:
    return a_stay(registration.event, now)


def address(registration: Registration, stay: Stay, place: int = 0) -> str:
    event, person = registration.event.public_id, registration.participants[place].public_id
    return f"/office/events/{event}/hotels/{stay.public_id}/wishes/{person}"


def traveller(person: Participant) -> Traveller | None:
    db.session.rollback()
    return queries.traveller_of(person)


def form(client: FlaskClient, where: str) -> Fields:
    return fields_of(client.get(where), "wish")


def test_a_wish_is_kept_with_the_consent_to_it(officer: FlaskClient, registration: Registration, stay: Stay) -> None:
    the_travel_text()
    where = address(registration, stay)
    typed = {"mate": "Han Xuemei", "room_kind": "twin", "sex": "male", "agreed": "y"}

    assert officer.post(where, data={**form(officer, where), **typed}).status_code == 303

    told_now = traveller(registration.participants[0])
    assert told_now is not None
    assert (told_now.mate, told_now.room_kind, told_now.sex, told_now.sex_for_rooms) == (
        "Han Xuemei", "twin", "male", True,
    )  # fmt: skip
    assert subjects_agreeing([registration.participants[0].public_id], telling.TRAVEL)
    rooms = officer.get(where.partition("/wishes/")[0] + "/rooms")
    assert "Han Xuemei, Twin room" in words_of(page_of(rooms))


def test_without_a_consent_nothing_is_kept(officer: FlaskClient, registration: Registration, stay: Stay) -> None:
    the_travel_text()
    where = address(registration, stay)

    answer = officer.post(where, data={**form(officer, where), "mate": "Han Xuemei"})

    assert answer.status_code == 422
    assert faults_of(answer) == {"agreed": "Without their consent nothing of this may be kept."}
    assert fields_of(answer, "wish")["mate"] == "Han Xuemei"
    assert traveller(registration.participants[0]) is None


def test_what_they_told_themselves_stays_beside_it(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    told(registration.participants[0], now, legs=(a_leg(),), diet="no pork", mate="Zhou Ann")
    where = address(registration, stay)
    fields = form(officer, where)

    assert (fields["mate"], "agreed" in fields) == ("Zhou Ann", False)
    assert officer.post(where, data={**fields, "mate": "Han Xuemei"}).status_code == 303

    now_told = traveller(registration.participants[0])
    assert now_told is not None
    assert (now_told.diet, len(now_told.legs), now_told.mate) == ("no pork", 1, "Han Xuemei")


def test_what_they_told_meanwhile_is_shown_and_not_lost(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    the_travel_text()
    where = address(registration, stay)
    mine = form(officer, where)
    told(registration.participants[0], now, mate="Zhou Ann")

    answer = officer.post(where, data={**mine, "mate": "Han Xuemei", "agreed": "y"})

    assert answer.status_code == 409
    assert "Wants to share with: Zhou Ann" in words_of(page_of(answer))
    assert fields_of(answer, "wish")["mate"] == "Han Xuemei"
    assert officer.post(where, data=fields_of(answer, "wish")).status_code == 303


def test_a_consent_that_was_taken_back_is_asked_for_anew(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    person = registration.participants[0]
    told(person, now, mate="Zhou Ann")
    where = address(registration, stay)
    mine = form(officer, where)
    with writing():
        telling.take_back(registration.id, person.public_id, now=now, by="contact:x")

    answer = officer.post(where, data=mine)

    assert answer.status_code == 422
    assert traveller(person) is None


def test_while_there_is_no_text_to_agree_to_nothing_can_be_typed(
    officer: FlaskClient, registration: Registration, stay: Stay
) -> None:
    answer = officer.get(address(registration, stay))

    assert "There is no text on travel details" in words_of(page_of(answer))
    assert page_of(answer).find(".//form[@id='wish']") is None


@pytest.mark.parametrize(
    ("typed", "field"), [({"mate": "x" * 121}, "mate"), ({"room_kind": "cave"}, "room_kind"), ({"sex": "?"}, "sex")]
)
def test_what_cannot_be_is_told_beside_its_field(
    officer: FlaskClient, registration: Registration, stay: Stay, typed: Fields, field: str
) -> None:
    the_travel_text()
    where = address(registration, stay)

    answer = officer.post(where, data={**form(officer, where), "agreed": "y", **typed})

    assert answer.status_code == 422
    assert field in faults_of(answer)


def test_somebody_of_another_event_is_not_found_here(
    officer: FlaskClient, registration: Registration, stay: Stay
) -> None:
    assert officer.get(address(registration, stay)[:-4] + "AAAA").status_code == 404


@pytest.mark.parametrize("role", ["read-only", "finance"])
def test_nobody_but_the_programme_office_reads_wishes(
    client: FlaskClient, registration: Registration, now: Any, role: str
) -> None:
    stay = a_stay(registration.event, now)
    sign_in(client, role)

    assert client.get(address(registration, stay)).status_code == 403


def test_a_text_that_was_changed_meanwhile_is_asked_for_anew(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    text = the_travel_text()
    where = address(registration, stay)
    mine = {**form(officer, where), "mate": "Han Xuemei", "agreed": "y"}
    saved(ConsentText(kind="travel", version_on=now.date(), title=text.title, body=text.body))

    answer = officer.post(where, data=mine)

    assert answer.status_code == 422
    assert "The text was changed meanwhile." in faults_of(answer)["agreed"]
    assert officer.post(where, data={**fields_of(answer, "wish"), "agreed": "y"}).status_code == 303

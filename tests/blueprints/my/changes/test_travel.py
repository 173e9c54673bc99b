"""Telling of one's journey on one's own page, behind a consent of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.blueprints.my.changes.changing import page
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.money_cast import read_again
from tests.travel_cast import the_travel_text
from tourreg.db import db, writing
from tourreg.domain.consents.queries import subjects_agreeing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.models import Traveller

Show = Callable[[datetime], None]
FLIGHT = {
    "a1-carrier": "United", "a1-number": "UA 857", "a1-from_place": "San Francisco SFO", "a1-departs_on": "2027-10-18",
    "a1-departs": "13:05", "a1-departs_zone": "America/Los_Angeles", "a1-to_place": "Shanghai PVG",
    "a1-arrives_on": "2027-10-19", "a1-arrives": "1740", "a1-arrives_zone": "Asia/Shanghai",
}  # fmt: skip


@pytest.fixture(autouse=True)
def text(registration: Registration) -> None:
    """The text that people agree to before they tell."""
    the_travel_text()


def address(registration: Registration, place: int = 0) -> str:
    return f"{page(registration)}/travel/{registration.participants[place].public_id}"


def send(browser: FlaskClient, registration: Registration, **typed: Any) -> TestResponse:
    fields = fields_of(browser.get(address(registration)), "travel")
    return browser.post(address(registration), data={**fields, "agreed": "2027-01-01", **typed})


def told_of(registration: Registration, place: int = 0) -> Traveller | None:
    return queries.traveller_of(read_again(registration).participants[place])


def test_a_participant_agrees_and_tells(contact: FlaskClient, registration: Registration) -> None:
    before = words_of(page_of(contact.get(f"{page(registration)}/travel")))
    assert before.count("Not yet") == 2

    answer = send(
        contact, registration, **FLIGHT, diet="No peanuts\nNo egg", sex="female", sex_for_rooms="y", mate="Chen Li"
    )

    assert answer.location == f"{page(registration)}/travel"
    told = told_of(registration)
    assert told is not None
    assert (told.diet, told.sex, told.sex_for_rooms, told.mate) == ("No peanuts\nNo egg", "female", True, "Chen Li")
    [leg] = told.legs
    assert (leg.departs, leg.arrives, leg.arrives_on) == (time(13, 5), time(17, 40), date(2027, 10, 19))
    after = words_of(page_of(contact.get(answer.location)))
    assert after.count("Not yet") == 1
    assert fields_of(contact.get(address(registration)), "travel")["a1-arrives"] == "17:40"


def test_without_agreeing_nothing_is_kept(contact: FlaskClient, registration: Registration) -> None:
    for agreed in ("", "2026-01-01", "on"):
        answer = send(contact, registration, **FLIGHT, agreed=agreed)

        assert (answer.status_code, list(faults_of(answer))) == (422, ["agreed"])
        assert fields_of(answer, "travel")["a1-number"] == "UA 857"
    assert told_of(registration) is None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"a1-to_place": ""}, ["a1-to_place"]),
        ({"a1-arrives_on": "2027-10-18", "a1-arrives": "04:00"}, ["a1-arrives"]),
        ({"a1-arrives_on": "2027-10-29"}, ["a1-arrives"]),
        ({"a1-departs_zone": "Mars/Olympus"}, ["a1-departs_zone"]),
        ({"a1-departs": "25:00"}, ["a1-departs"]),
        ({"a1-departs_on": "2027-03-14", "a1-departs": "02:30", "a1-arrives_on": "2027-03-15"}, ["a1-departs"]),
        ({"diet": "x" * 501}, ["diet"]),
        ({"access": "\N{BUG}"}, ["access"]),
        ({"emergency_name": "Chen Hui"}, ["emergency_phone"]),
        ({"sex": "forged"}, ["sex"]),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field_and_kept(
    contact: FlaskClient, registration: Registration, typed: dict[str, str], wrong: list[str]
) -> None:
    answer = send(contact, registration, **{**FLIGHT, **typed})

    assert (answer.status_code, list(faults_of(answer))) == (422, wrong)
    shown = page_of(answer)
    assert all(shown.find(f".//*[@id='{name}']") is not None for name in wrong)
    assert fields_of(answer, "travel")["a1-number"] == "UA 857"
    assert told_of(registration) is None


def test_taking_the_consent_back_deletes_what_was_told(contact: FlaskClient, registration: Registration) -> None:
    send(contact, registration, **FLIGHT)
    person = registration.participants[0].public_id

    answer = contact.post(
        f"{address(registration)}/withdrawal", data=fields_of(contact.get(address(registration)), "withdraw")
    )

    assert "deleted" in words_of(page_of(contact.get(answer.location)))
    assert subjects_agreeing([person], telling.TRAVEL) == set()
    assert db.session.query(Traveller).count() == 0


def test_the_second_of_two_editors_is_told(contact: FlaskClient, registration: Registration, now: datetime) -> None:
    send(contact, registration, **FLIGHT)
    mine = fields_of(contact.get(address(registration)), "travel")
    send(contact, registration, diet="Halal")

    answer = contact.post(address(registration), data={**mine, "diet": "Vegetarian"})

    assert answer.status_code == 409
    assert fields_of(answer, "travel")["diet"] == "Vegetarian"
    told = told_of(registration)
    assert told is not None
    assert told.diet == "Halal"


def test_the_form_stands_behind_a_fresh_code(visitor: FlaskClient, registration: Registration) -> None:
    answer = visitor.get(address(registration))

    assert answer.status_code == 303
    assert answer.location.endswith("/code?onward=travel")


def test_what_was_begun_too_long_ago_is_given_back(
    contact: FlaskClient, registration: Registration, clock: Show, now: datetime
) -> None:
    fields = {**fields_of(contact.get(address(registration)), "travel"), "agreed": "2027-01-01", "diet": "Halal"}
    clock(now + timedelta(hours=2, seconds=1))

    answer = contact.post(address(registration), data=fields)

    assert (answer.status_code, fields_of(answer, "travel")["diet"]) == (403, "Halal")
    assert told_of(registration) is None


@pytest.mark.parametrize("person", ["x", "A" * 22])
def test_nobody_tells_for_people_of_others(contact: FlaskClient, registration: Registration, person: str) -> None:
    token = fields_of(contact.get(address(registration)), "travel")

    assert contact.get(f"{page(registration)}/travel/{person}").status_code == 404
    assert contact.post(f"{page(registration)}/travel/{person}", data=token).status_code == 404


def test_a_stranger_sees_nothing(client: FlaskClient, registration: Registration) -> None:
    assert client.get(f"{page(registration)}/travel").status_code in (302, 303, 403, 404)


def test_it_is_all_there_in_chinese(contact: FlaskClient, registration: Registration, now: datetime) -> None:
    send(contact, registration, **FLIGHT)

    shown = words_of(page_of(contact.get(f"{address(registration)}?language=zh")))

    assert all(words in shown for words in ("去程", "返程", "忌口", "希望与谁同住", "撤回并删除"))


def test_the_page_says_when_nobody_asks_yet(visitor: FlaskClient, registration: Registration, now: datetime) -> None:
    with writing() as session:
        session.query(type(the_travel_text())).filter_by(kind="travel").delete()

    assert "does not ask" in words_of(page_of(visitor.get(f"{page(registration)}/travel")))


def test_a_registration_that_was_cancelled_tells_no_more(
    contact: FlaskClient, registration: Registration, now: datetime
) -> None:
    fields = {**fields_of(contact.get(address(registration)), "travel"), "agreed": "2027-01-01"}
    with writing():
        cancelling.cancel_registration(registration.id, why="", now=now, by="staff:ren")

    assert "closed" in words_of(page_of(contact.get(f"{page(registration)}/travel")))
    assert contact.post(address(registration), data=fields).status_code in (404, 409)
    assert db.session.query(Traveller).count() == 0

"""Asking the office to cancel, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.blueprints.my.changes.changing import (
    page,
    request_cancelling,
    rows,
)
from tests.forms import faults_of, fields_of, page_of
from tests.money_cast import letters_about, read_again
from tests.visitors import granted
from tourreg.db import writing
from tourreg.domain.registrations import commands
from tourreg.domain.registrations.models import Registration

Show = Callable[[datetime], None]


def test_asking_to_cancel_shows_on_the_page_and_frees_nothing(contact: FlaskClient, registration: Registration) -> None:
    answer = request_cancelling(contact, registration, why="The trip\nwas not approved.")

    shown = contact.get(answer.location).text
    assert "Our office reads your request to cancel" in shown
    assert "2 seats are yours." in shown
    assert letters_about(registration) == ["cancellation_asked"]
    asked = contact.get(page(registration, "cancellation"))
    assert "The trip\nwas not approved." in asked.text
    assert page_of(asked).find(".//form[@id='cancellation']") is None


def test_asking_needs_no_reason_and_twice_asks_once(contact: FlaskClient, registration: Registration) -> None:
    form = fields_of(contact.get(page(registration, "cancellation")), "cancellation")

    answers = [contact.post(page(registration, "cancellation"), data=form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert letters_about(registration) == ["cancellation_asked"]


def test_a_request_is_taken_back(contact: FlaskClient, registration: Registration) -> None:
    request_cancelling(contact, registration)

    form = fields_of(contact.get(page(registration, "cancellation")), "taken-back")
    answer = contact.post(page(registration, "cancellation/taken-back"), data=form)

    assert "Everything is done" not in answer.text
    assert "The request is taken back." in contact.get(answer.location).text
    assert read_again(registration).cancellation_state == "none"


@pytest.mark.parametrize("why", ["x" * 501, "\N{BUG}", "a\x00b"])
def test_a_reason_that_cannot_be_kept_is_said(contact: FlaskClient, registration: Registration, why: str) -> None:
    answer = request_cancelling(contact, registration, why=why)

    assert (answer.status_code, list(faults_of(answer))) == (422, ["why"])
    assert read_again(registration).cancellation_state == "none"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["details", "cancellation"])
def test_a_closed_registration_says_so(
    visitor: FlaskClient, registration: Registration, now: datetime, part: str, language: str
) -> None:
    with writing():
        commands.release(registration, now=now, by="staff:x", why="")

    answer = visitor.get(page(registration, f"{part}?language={language}"))

    assert answer.status_code == 200
    assert len(page_of(answer).findall(".//h1")) == 1
    assert ("This registration is closed" in answer.text) is (language == "en")
    assert page(registration, part) not in visitor.get(page(registration)).text


@pytest.mark.parametrize("part", ["details", "cancellation"])
def test_what_closes_while_the_form_is_open_is_said(
    contact: FlaskClient, registration: Registration, now: datetime, part: str
) -> None:
    form = fields_of(contact.get(page(registration, part)), part)
    with writing():
        commands.release(registration, now=now, by="staff:x", why="")
    before = rows()

    answer = contact.post(page(registration, part), data=form)

    assert (answer.status_code, "This registration is closed" in answer.text) == (409, True)
    assert rows() == before


def test_after_the_programme_names_are_corrected_and_nothing_is_cancelled(
    contact: FlaskClient, registration: Registration, clock: Show
) -> None:
    after = datetime.fromisoformat("2027-10-23T12:00:00+08:00")
    clock(after)
    granted(contact, registration.public_id, at=after)

    assert "The programme is over" in contact.get(page(registration, "cancellation")).text
    assert contact.get(page(registration, "details")).location == page(registration, "code?onward=details")
    shown = contact.get(page(registration)).text
    assert page(registration, "details") in shown
    assert page(registration, "cancellation") not in shown


def test_one_person_is_asked_for_and_the_office_finds_the_choice(
    contact: FlaskClient, registration: Registration
) -> None:
    person = registration.participants[1]
    asked = contact.get(page(registration, f"cancellation?person={person.public_id}"))
    assert "Ask the office to cancel this part" in asked.text

    contact.post(page(registration, "cancellation"), data=fields_of(asked, "cancellation"))

    waiting = read_again(registration)
    assert waiting.asked_to_give_up == {"people": [person.public_id], "add_ons": []}
    assert person.name.latin() in contact.get(page(registration, "cancellation")).text

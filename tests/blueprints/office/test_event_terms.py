"""Typing the cancellation terms of an event, and reading them where people register."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_published_summit, consent_texts, saved
from tests.forms import faults_of, fields_of
from tourreg.db import db
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, event_terms
from tourreg.domain.catalogue.models import Event


@pytest.fixture
def event(officer: FlaskClient) -> Event:
    saved(*consent_texts())
    return a_published_summit()


# 0_days is the first row of the programme's.
_SHORT = re.compile(r"^(\d)_(days|kept)$")


def save(officer: FlaskClient, event: Event, **typed: str) -> TestResponse:
    address = f"/office/events/{event.public_id}/terms"
    named = {_SHORT.sub(r"programme-\1-\2", name): value for name, value in typed.items()}
    return officer.post(address, data={**fields_of(officer.get(address), "terms"), **named})


def written(event: Event) -> EventTerms:
    db.session.rollback()
    return event_terms(db.session.merge(event))


def test_steps_are_typed_in_rows_and_read_in_words_in_both_languages(officer: FlaskClient, event: Event) -> None:
    typed = {"0_days": "60", "0_kept": "0%", "1_days": "30", "1_kept": "25%", "2_days": "14", "2_kept": "150.00"}

    answer = save(officer, event, **typed, **{"programme-deposit": "100", "programme-last_refund_on": "2027-10-01"})

    assert answer.status_code == 303
    steps = (Step(60), Step(30, 25), Step(14, kept_minor=15_000))
    assert written(event).programme == Terms(steps, 10_000, date(2027, 10, 1))
    english, chinese = (officer.get(f"/{language}/events/{event.slug}").text for language in ("en", "zh"))
    assert "Until Saturday 21 August 2027, 23:59" in english
    assert "75% is paid back." in english
    assert "US$100.00 of it is a deposit that is never paid back." in english
    assert "全额退还" in chinese
    assert "75%" in officer.get(f"/en/events/{event.slug}/register").text


def test_an_add_on_has_terms_of_its_own_from_its_own_first_day(officer: FlaskClient, event: Event) -> None:
    tour = event.add_ons[0].public_id

    save(officer, event, **{"0_days": "30", "0_kept": "50%", f"{tour}-0-days": "90", f"{tour}-0-kept": "80%"})

    assert written(event).add_ons == {tour: Terms((Step(90, 80),))}
    assert "Until Sunday 18 July 2027, 23:59" in officer.get(f"/en/events/{event.slug}").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"0_days": "60"}, "programme-0-kept"),
        ({"0_kept": "25%"}, "programme-0-days"),
        ({"0_days": "60", "0_kept": "101%"}, "programme-0-kept"),
        ({"0_days": "60", "0_kept": "-5"}, "programme-0-kept"),
        ({"0_days": "60", "0_kept": "25%", "1_days": "60", "1_kept": "50%"}, "programme-1-days"),
        ({"0_days": "60", "0_kept": "50%", "1_days": "30", "1_kept": "25%"}, "programme-1-kept"),
        ({"0_days": "9999", "0_kept": "50%"}, "programme-0-days"),
        ({"programme-deposit": "100"}, "programme-0-days"),
        ({"0_days": "60", "0_kept": "50%", "programme-deposit": "25%"}, "programme-deposit"),
    ],
)
def test_what_cannot_be_applied_is_said_beside_its_field(
    officer: FlaskClient, event: Event, typed: dict[str, str], field: str
) -> None:
    answer = save(officer, event, **typed)

    assert (answer.status_code, list(faults_of(answer))) == (422, [field])
    assert written(event).programme is None


def test_what_somebody_else_saved_meanwhile_is_not_lost_unseen(officer: FlaskClient, event: Event) -> None:
    address = f"/office/events/{event.public_id}/terms"
    form = fields_of(officer.get(address), "terms")
    save(officer, event, **{"0_days": "30", "0_kept": "50%"})

    answer = officer.post(address, data={**form, "programme-0-days": "10", "programme-0-kept": "10%"})

    assert answer.status_code == 409
    assert written(event).programme == Terms((Step(30, 50),))
    again = {**fields_of(answer, "terms")}
    assert officer.post(address, data=again).status_code == 303
    assert written(event).programme == Terms((Step(10, 10),))


def test_terms_are_taken_away_again(officer: FlaskClient, event: Event) -> None:
    save(officer, event, **{"0_days": "30", "0_kept": "50%"})

    save(officer, event, **{"0_days": "", "0_kept": ""})

    assert written(event).programme is None

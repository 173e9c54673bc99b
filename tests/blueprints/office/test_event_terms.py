"""Typing the cancellation terms of an event, and reading them where people register."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_fee, a_published_summit, consent_texts, saved
from tests.forms import faults_of, fields_of
from tourreg.db import db, writing
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


@pytest.fixture
def event_in_yen(officer: FlaskClient) -> Event:
    saved(*consent_texts())
    fee = a_fee(other_prices={"JPY": {"regular": 72_000}})
    return a_published_summit(fees=[fee], add_ons=[], other_currencies=["JPY"])


def test_amounts_are_typed_in_each_currency_with_a_stroke_between(officer: FlaskClient, event_in_yen: Event) -> None:
    typed = {"0_days": "60", "0_kept": "0", "1_days": "30", "1_kept": "150.00 / JPY 22,500"}

    answer = save(officer, event_in_yen, **typed, **{"programme-deposit": "JPY15000／USD 100"})

    assert answer.status_code == 303
    steps = (Step(60), Step(30, 0, 15_000, (("JPY", 22_500),)))
    assert written(event_in_yen).programme == Terms(steps, 10_000, None, (("JPY", 15_000),))
    again = fields_of(officer.get(f"/office/events/{event_in_yen.public_id}/terms"), "terms")
    assert (again["programme-1-kept"], again["programme-deposit"]) == ("150.00 / JPY 22,500", "100.00 / JPY 15,000")
    page = officer.get(f"/en/events/{event_in_yen.slug}").text
    assert "all but US$150.00 / JP¥22,500 is paid back" in page


@pytest.mark.parametrize(
    ("kept", "wrong"),
    [
        ("150.00", "Type an amount in each currency, as in 150.00 / JPY 1,000."),
        ("JPY 22,500", "Type an amount in each currency, as in 150.00 / JPY 1,000."),
        ("150.00 / JPY 0", "Type an amount in each currency, as in 150.00 / JPY 1,000."),
        ("150.00 / 22,500", "Type one amount for each currency."),
        ("150.00 / JPY 22,500.50", "Type a part as 25%, or an amount as 150.00."),
        ("150.00 / GBP 100", "Type a part as 25%, or an amount as 150.00."),
        ("150.00 /", "Type a part as 25%, or an amount as 150.00."),
    ],
)
def test_an_amount_that_lacks_a_currency_is_said_beside_its_field(
    officer: FlaskClient, event_in_yen: Event, kept: str, wrong: str
) -> None:
    answer = save(officer, event_in_yen, **{"0_days": "60", "0_kept": kept})

    assert faults_of(answer)["programme-0-kept"].endswith(wrong)


def test_a_step_nearer_to_the_start_keeps_no_less_in_any_currency(officer: FlaskClient, event_in_yen: Event) -> None:
    typed = {"0_days": "60", "0_kept": "100 / JPY 15,000", "1_days": "30", "1_kept": "150 / JPY 9,000"}

    assert "programme-1-kept" in faults_of(save(officer, event_in_yen, **typed))


def test_a_currency_is_added_once_the_terms_have_amounts_in_it(officer: FlaskClient, event_in_yen: Event) -> None:
    save(officer, event_in_yen, **{"0_days": "60", "0_kept": "100 / JPY 15,000"})
    with writing() as session:
        issuer = session.merge(event_in_yen.issuer)
        issuer.banks = dict.fromkeys(("USD", "JPY", "CNY"), issuer.banks["USD"])
    editor = f"/office/events/{event_in_yen.public_id}"
    typed = fields_of(officer.get(editor), "event") | {
        "other_currencies": ["JPY", "CNY"], "fees-0-cny_regular": "3,400",
    }  # fmt: skip

    refused = officer.post(editor, data=typed)
    save(officer, event_in_yen, **{"0_kept": "100 / JPY 15,000 / CNY 700"})

    assert "type them there in each" in faults_of(refused)["other_currencies"]
    assert written(event_in_yen).programme == Terms((Step(60, 0, 10_000, (("CNY", 70_000), ("JPY", 15_000))),))

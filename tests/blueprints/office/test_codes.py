"""Codes in the office: made, changed, switched off, and who used them."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_published_summit, a_registration
from tests.code_cast import a_saved_code, standing_of
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tourreg.db import db
from tourreg.domain.discounts.models import Code

NEW = "/office/codes/new"


@pytest.fixture
def typed(officer: FlaskClient) -> Fields:
    """A code for thirty people at ten percent, with a budget."""
    return fields_of(officer.get(NEW), "code") | {
        "word": "Spring-27",
        "percent": "10",
        "currency": "USD",
        "most_uses": "30",
        "most_per_contact": "2",
        "budget": "1,500.00",
        "until_on": "2027-06-30",
        "note": "Alliance newsletter",
    }


def page_at(code: Code) -> str:
    return f"/office/codes/{code.public_id}"


def the_code() -> Code:
    db.session.rollback()
    return db.session.scalars(select(Code)).one()


def test_a_code_is_made_and_kept_as_it_was_typed(officer: FlaskClient, typed: Fields) -> None:
    answer = officer.post(NEW, data=typed)

    code = the_code()
    assert (answer.status_code, answer.location) == (303, page_at(code))
    assert (code.word, code.percent, code.most_uses, code.most_per_contact) == ("SPRING27", 10, 30, 2)
    assert (code.currency, code.budget_minor, code.until_on) == ("USD", 150_000, date(2027, 6, 30))
    assert "SPRING27" in officer.get("/office/codes").get_data(as_text=True)


def test_a_form_sent_twice_makes_one_code(officer: FlaskClient, typed: Fields) -> None:
    answers = [officer.post(NEW, data=typed) for _ in range(2)]

    assert len({answer.location for answer in answers}) == 1
    assert the_code().word == "SPRING27"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"word": "AB"}, "word"),
        ({"word": "优惠码优惠"}, "word"),
        ({"word": ""}, "word"),
        ({"kind": "lottery"}, "kind"),
        ({"percent": ""}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"percent": "0"}, "percent"),
        ({"kind": "amount", "off": ""}, "off"),
        ({"kind": "amount", "off": "-5"}, "off"),
        ({"kind": "amount", "off": "50", "currency": ""}, "currency"),
        ({"currency": "", "budget": "100"}, "currency"),
        ({"currency": "JPY", "budget": "100.50"}, "budget"),
        ({"kind": "entry"}, "fees"),
        ({"from_on": "2027-07-01"}, "until_on"),
        ({"most_uses": "many"}, "most_uses"),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field(
    officer: FlaskClient, typed: Fields, wrong: dict[str, Any], field: str
) -> None:
    answer = officer.post(NEW, data=typed | wrong)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]
    assert fields_of(answer, "code")["note"] == "Alliance newsletter"


def test_a_word_is_one_code_however_it_is_written(officer: FlaskClient, typed: Fields) -> None:
    a_saved_code()

    answer = officer.post(NEW, data=typed | {"word": "SPRING 27"})

    assert faults_of(answer) == {"word": "Another code is this word already."}


def test_what_was_used_cannot_be_cut_off(officer: FlaskClient, now: Any) -> None:
    code = a_saved_code(currency="USD", most_uses=5, budget_minor=100_000)
    a_registration(a_published_summit(), now=now, code="SPRING27")
    kept = fields_of(officer.get(page_at(code)), "code")

    for wrong, field in (
        ({"word": "SUMMER27"}, "word"),
        ({"currency": "CNY"}, "currency"),
        ({"most_uses": "0"}, "most_uses"),
        ({"budget": "10.00"}, "budget"),
    ):
        answer = officer.post(page_at(code), data=kept | wrong)
        assert (answer.status_code, list(faults_of(answer))) == (422, [field])
    assert officer.post(page_at(code), data=kept | {"most_uses": "1", "budget": "48.00"}).status_code == 303


def test_a_code_is_switched_off_and_on_and_keeps_who_used_it(officer: FlaskClient, now: Any) -> None:
    code = a_saved_code()
    registration = a_registration(a_published_summit(), now=now, code="SPRING27")
    token = fields_of(officer.get(page_at(code)), "code")["csrf_token"]

    officer.post(f"{page_at(code)}/off", data={"csrf_token": token})

    page = page_of(officer.get(page_at(code)))
    assert the_code().switched_off
    assert registration.reference in words_of(page.find(".//*[@aria-labelledby='uses']"))
    assert standing_of() == (1, 4_800)
    officer.post(f"{page_at(code)}/on", data={"csrf_token": token})
    assert not the_code().switched_off


def test_the_later_of_two_editors_is_told(officer: FlaskClient) -> None:
    code = a_saved_code()
    mine = fields_of(officer.get(page_at(code)), "code")
    officer.post(page_at(code), data=mine | {"percent": "20"})

    told = officer.post(page_at(code), data=mine | {"percent": "30"})

    assert told.status_code == 409
    assert the_code().percent == 20
    assert officer.post(page_at(code), data=fields_of(told, "code")).status_code == 303
    assert the_code().percent == 30


def test_a_code_is_for_the_events_and_fees_that_are_ticked(officer: FlaskClient, typed: Fields) -> None:
    summit = a_published_summit()

    officer.post(NEW, data=typed | {"events": [summit.public_id, "forged"], "fees": summit.fees[0].public_id})

    assert (the_code().events, the_code().fees) == ([summit.public_id], [summit.fees[0].public_id])


def test_a_reader_reads_and_changes_nothing(client: FlaskClient, clock_shows: Any) -> None:
    code = a_saved_code()
    sign_in(client, "read-only")

    assert client.get(page_at(code)).status_code == 200
    assert client.get(NEW).status_code == 403
    assert client.post(f"{page_at(code)}/off").status_code in (400, 403)

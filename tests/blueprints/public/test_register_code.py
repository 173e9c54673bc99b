"""A discount code on the registration form: applied, refused with a reason, and never found out by trying."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.public.registration_page import FORM, count_registrations
from tests.code_cast import a_saved_code, standing_of
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tourreg.blueprints.public import guesses
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry
from tourreg.domain.discounts.models import Code
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("clock_shows")


def test_a_code_is_applied_by_its_button_and_lessens_the_bill(client: FlaskClient, whole: Fields) -> None:
    a_saved_code()

    shown = client.post(FORM, data=whole | {"do": "code", "code": " spring-27 "})

    bill = words_of(page_of(shown).find(".//*[@id='bill']"))
    assert shown.status_code == 200
    assert "Code SPRING27−US$48.00" in bill
    assert "TotalUS$432.00" in bill
    assert words_of(page_of(shown).find(".//*[@role='status']")) == "SPRING27 takes US$48.00 off."
    assert fields_of(shown, "registration")["code"] == "spring-27"


def test_a_registration_with_a_code_is_charged_less_and_its_letter_says_so(client: FlaskClient, whole: Fields) -> None:
    a_saved_code()

    answer = client.post(FORM, data=whole | {"code": "SPRING27", "price-off": "4800"})

    letter = db.session.scalars(select(Letter).where(Letter.template == "registered")).one()
    assert answer.status_code == 303
    assert [entry.amount_minor for entry in db.session.scalars(select(Entry).order_by(Entry.id))] == [48_000, -4_800]
    assert letter.facts["lines"][-1] == {
        "label": {"en": "Code SPRING27", "zh": "优惠码SPRING27"}, "quantity": 1, "amount_minor": -4_800
    }  # fmt: skip
    assert letter.facts["total_minor"] == 43_200


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"word": "OTHER"}, "We know no such code. Look whether it is typed as you got it."),
        ({"switched_off": True}, "We know no such code. Look whether it is typed as you got it."),
        ({"events": ["another"]}, "The code is for another programme."),
        ({"fees": ["another"]}, "The code is not for the fee that you chose."),
        ({"from_on": date(2027, 2, 1)}, "The code holds from 1 February 2027 on."),
        (
            {"until_on": date(2027, 1, 14)},
            "The code held until Thursday 14 January 2027, 23:59 China Standard Time (UTC+8).",
        ),
        ({"currency": "CNY"}, "The code is for bills in CNY."),
        ({"most_uses": 1, "used": 1}, "The code has been used as often as it can be."),
        ({"currency": "USD", "budget_minor": 100}, "What the code could take off in all is used up."),
    ],
)
def test_a_code_that_does_not_hold_says_why_and_nothing_is_booked(
    client: FlaskClient, whole: Fields, changed: dict[str, Any], sentence: str
) -> None:
    a_saved_code(**changed)

    answer = client.post(FORM, data=whole | {"code": "SPRING27"})

    assert answer.status_code == 422
    assert faults_of(answer) == {"code": sentence}
    assert fields_of(answer, "registration")["p1-surname"] == "Hart"
    assert count_registrations() == 0


def test_a_contact_may_use_it_once(client: FlaskClient, whole: Fields) -> None:
    a_saved_code(most_per_contact=1)
    client.post(FORM, data=whole | {"code": "SPRING27"})

    again = client.post(
        FORM, data=whole | {"code": "SPRING27", "p1-given": "Ana", "contact_email": "EMILY@example.org"}
    )

    assert faults_of(again) == {"code": "You have used the code as often as one contact can."}


def test_a_code_that_takes_less_than_was_shown_is_shown_before_it_is_used(client: FlaskClient, whole: Fields) -> None:
    a_saved_code()

    told = client.post(FORM, data=whole | {"code": "SPRING27", "price-off": "9600"})

    assert "takes less off than before" in faults_of(told)["code"]
    assert count_registrations() == 0
    assert client.post(FORM, data=whole | {"code": "SPRING27", "price-off": "4800"}).status_code == 303


def test_a_code_that_was_used_up_while_the_form_was_open_books_nothing(client: FlaskClient, whole: Fields) -> None:
    a_saved_code(most_uses=1)
    client.post(FORM, data=whole | {"do": "code", "code": "SPRING27"})
    with writing() as session:
        session.scalars(select(Code)).one().used = 1

    told = client.post(FORM, data=whole | {"code": "SPRING27", "price-off": "4800"})

    assert faults_of(told) == {"code": "The code has been used as often as it can be."}
    assert "TotalUS$480.00" in words_of(page_of(told).find(".//*[@id='bill']"))


def test_a_code_for_fewer_people_than_register_says_for_how_many(client: FlaskClient, whole: Fields) -> None:
    a_saved_code(kind="free_seat", percent=None, most_uses=1)
    two = whole | {"p2-surname": "Chen", "p2-given": "Li", "p2-country": "CN", "p2-fee": whole["p1-fee"]}

    shown = client.post(FORM, data=two | {"do": "code", "code": "SPRING27"})

    assert "takes US$480.00 off, for 1 participant." in words_of(page_of(shown).find(".//*[@id='code-box']"))
    assert client.post(FORM, data=two | {"code": "SPRING27", "price-off": "48000"}).status_code == 303
    assert standing_of() == (1, 48_000)


def test_a_form_with_a_code_sent_twice_uses_it_once(client: FlaskClient, whole: Fields) -> None:
    a_saved_code(most_uses=1)

    answers = [client.post(FORM, data=whole | {"code": "SPRING27"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (standing_of()[0], count_registrations()) == (1, 1)


def test_who_tries_many_words_is_told_to_wait_even_with_a_right_one(
    client: FlaskClient, whole: Fields, clock_shows: Callable[[datetime], None]
) -> None:
    a_saved_code()
    for number in range(guesses.MOST_WRONG.amount):
        client.post(FORM, data=whole | {"do": "code", "code": f"GUESS{number}"})

    told = client.post(FORM, data=whole | {"code": "SPRING27"})

    assert faults_of(told) == {"code": "Too many codes were tried. Leave the field empty, or try again in an hour."}
    assert client.post(FORM, data=whole | {"code": ""}).status_code == 303


def test_one_wrong_code_left_in_the_form_counts_once(client: FlaskClient, whole: Fields) -> None:
    for _ in range(guesses.MOST_WRONG.amount + 3):
        told = client.post(FORM, data=whole | {"do": "code", "code": "TYPO"})

    assert faults_of(told) == {"code": "We know no such code. Look whether it is typed as you got it."}


@pytest.mark.parametrize("code", ["' OR 1=1 --", "<script>alert(1)</script>", "码" * 40, "\u202e\u0000x", "%s%(n)d{0}"])
def test_hostile_codes_are_only_unknown(client: FlaskClient, whole: Fields, code: str) -> None:
    answer = client.post(FORM, data=whole | {"code": code})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == ["code"]

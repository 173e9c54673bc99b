"""Choosing optional items on the registration's own page, and giving them up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.blueprints.my.changes.changing import page
from tests.fake_payments import FakePayments
from tests.forms import Fields, fields_of, page_of, words_of
from tests.money_cast import balance_of, letters_about, pay_by_card, read_again
from tests.option_cast import (
    BOAT,
    BOAT_FEE,
    MARKET,
    MUSEUM,
    a_summit_with_options,
    a_sure_registration,
    choose,
    chosen,
    option,
    wish,
)
from tests.staff import sign_in
from tests.visitors import granted
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import ask_to_cancel

Show = Callable[[datetime], None]


@pytest.fixture
def stripe(app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch) -> FakePayments:
    fake = FakePayments(now)
    monkeypatch.setitem(app.extensions, PAYMENTS, fake)
    return fake


@pytest.fixture
def registration(app: Flask, stripe: FakePayments, now: datetime) -> Registration:
    made = a_sure_registration(a_summit_with_options(now, capacity=2), now, contact_name="Zhou Lan")
    return read_again(made)


def ticks(registration: Registration, *titles: str, person: int = 0) -> list[str]:
    public_id = registration.participants[person].public_id
    return [f"{public_id}~{option(title).public_id}" for title in titles]


def form_of(contact: FlaskClient, registration: Registration) -> Fields:
    return fields_of(contact.get(page(registration, "options")), "options")


def given_up_page(registration: Registration, title: str) -> str:
    return page(registration, f"options/{registration.participants[0].public_id}/{option(title).public_id}")


def said(answer: TestResponse) -> str:
    """Return what the summary of faults says."""
    return words_of(page_of(answer).find(".//div[@class='errors']"))


def test_the_page_says_what_each_costs_and_who_may_choose(contact: FlaskClient, registration: Registration) -> None:
    shown = page_of(contact.get(page(registration, "options")))

    words = words_of(shown)
    assert "US$25.00" in words or "US$25" in words
    assert "paid on the spot" in words
    assert len(shown.findall(".//input[@name='option']")) == 6


def test_a_page_of_options_asks_for_a_code_first(visitor: FlaskClient, registration: Registration) -> None:
    answer = visitor.get(page(registration, "options"))

    assert answer.status_code == 303
    assert "onward=options" in answer.location


def test_what_is_ticked_is_chosen_and_stands_on_the_bill(contact: FlaskClient, registration: Registration) -> None:
    before = balance_of(registration)

    answer = contact.post(
        page(registration, "options"),
        data={**form_of(contact, registration), "option": ticks(registration, BOAT, MARKET)},
    )

    assert answer.status_code == 303
    assert sorted(chosen(registration)) == [("Hart", BOAT), ("Hart", MARKET)]
    assert balance_of(registration) - before == BOAT_FEE
    assert "It is chosen" in contact.get(answer.location).text
    assert BOAT in contact.get(page(registration)).text


def test_the_second_click_chooses_nothing_more(contact: FlaskClient, registration: Registration) -> None:
    fields = {**form_of(contact, registration), "option": ticks(registration, BOAT)}

    answers = [contact.post(page(registration, "options"), data=fields).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert letters_about(registration) == ["options_chosen"]


def test_the_form_of_before_giving_up_chooses_nothing_again(contact: FlaskClient, registration: Registration) -> None:
    old = {**form_of(contact, registration), "option": ticks(registration, BOAT)}
    contact.post(page(registration, "options"), data=old)
    leaving = fields_of(contact.get(given_up_page(registration, BOAT)), "given-up")
    contact.post(given_up_page(registration, BOAT), data=leaving)

    answer = contact.post(page(registration, "options"), data=old)

    assert answer.status_code == 303
    assert chosen(registration) == []


def test_a_full_option_says_so_and_keeps_the_ticks(
    contact: FlaskClient, registration: Registration, now: datetime
) -> None:
    fields = {**form_of(contact, registration), "option": ticks(registration, BOAT, MARKET)}
    other = a_sure_registration(registration.event, now)
    choose(other, [wish(other, BOAT), wish(other, BOAT, person=1)], now)

    answer = contact.post(page(registration, "options"), data=fields)

    assert answer.status_code == 422
    assert "is full by now" in said(answer)
    assert chosen(registration) == []
    ticked = [box.get("value") for box in page_of(answer).findall(".//input[@checked]")]
    assert ticked == ticks(registration, MARKET)


@pytest.mark.parametrize(
    "typed", [[], ["x"], ["x~y"], ["~"], ["𠮷~" + "9" * 300]], ids=["nothing", "one", "strangers", "empty", "long"]
)
def test_what_is_not_offered_is_refused(contact: FlaskClient, registration: Registration, typed: list[str]) -> None:
    answer = contact.post(page(registration, "options"), data={**form_of(contact, registration), "option": typed})

    assert answer.status_code == 422
    assert "Nothing was chosen" in said(answer)


def test_two_at_the_same_time_are_refused(contact: FlaskClient, registration: Registration) -> None:
    fields = {**form_of(contact, registration), "option": ticks(registration, BOAT, MUSEUM)}

    answer = contact.post(page(registration, "options"), data=fields)

    assert answer.status_code == 422
    assert "at the same time" in said(answer)


def test_after_it_began_it_can_neither_be_chosen_nor_given_up(
    contact: FlaskClient, registration: Registration, now: datetime, clock_shows: Show
) -> None:
    choose(registration, [wish(registration, MARKET)], now)
    fields = {**form_of(contact, registration), "option": ticks(registration, BOAT)}
    evening = datetime(2027, 10, 20, 11, 30, tzinfo=UTC)
    clock_shows(evening)
    granted(contact, registration.public_id, at=evening)
    with contact.session_transaction() as session:
        session["fresh_code"] = {**session["fresh_code"], "at": int(evening.timestamp())}

    answer = contact.post(page(registration, "options"), data=fields)

    assert answer.status_code == 422
    assert "It is too late" in said(answer)
    gone = contact.get(given_up_page(registration, MARKET))
    assert gone.status_code == 303
    assert chosen(registration) == [("Hart", MARKET)]


def test_giving_up_shows_what_comes_back_and_does_it_once(
    contact: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    choose(registration, [wish(registration, BOAT)], now)
    pay_by_card(registration, stripe, now)
    shown = contact.get(given_up_page(registration, BOAT))
    fields = fields_of(shown, "given-up")

    answers = [contact.post(given_up_page(registration, BOAT), data=fields).status_code for _ in range(2)]

    assert "goes back over Stripe" in shown.text
    assert answers == [303, 303]
    assert chosen(registration) == []
    assert [refund.amount_minor for refund in read_again(registration).folio.refunds] == [BOAT_FEE]
    assert letters_about(registration).count("cancelled") == 1


def test_what_costs_nothing_is_given_up_without_a_word_of_money(
    contact: FlaskClient, registration: Registration, now: datetime
) -> None:
    choose(registration, [wish(registration, MARKET)], now)
    shown = contact.get(given_up_page(registration, MARKET))

    contact.post(given_up_page(registration, MARKET), data=fields_of(shown, "given-up"))

    assert "It cost nothing" in shown.text
    assert chosen(registration) == []


def test_what_would_come_out_otherwise_is_shown_before_it_is_done(
    contact: FlaskClient, registration: Registration, now: datetime
) -> None:
    choose(registration, [wish(registration, BOAT)], now)
    fields = fields_of(contact.get(given_up_page(registration, BOAT)), "given-up")

    answer = contact.post(given_up_page(registration, BOAT), data={**fields, "seen": "something else"})

    assert answer.status_code == 409
    assert chosen(registration) == [("Hart", BOAT)]


def test_what_nobody_has_cannot_be_given_up(contact: FlaskClient, registration: Registration) -> None:
    answer = contact.get(given_up_page(registration, BOAT))

    assert answer.status_code == 303
    assert "Nothing was chosen" in contact.get(answer.location).text


def test_while_the_office_is_asked_to_cancel_nothing_changes(
    contact: FlaskClient, registration: Registration, now: datetime
) -> None:
    fields = {**form_of(contact, registration), "option": ticks(registration, BOAT)}
    with writing():
        ask_to_cancel(registration.id, "", now=now)

    answer = contact.post(page(registration, "options"), data=fields)

    assert answer.status_code == 422
    assert chosen(registration) == []
    assert page_of(contact.get(page(registration, "options"))).find(".//input[@type='checkbox']") is None


def test_the_office_sees_who_chose_what(client: FlaskClient, registration: Registration, now: datetime) -> None:
    choose(registration, [wish(registration, BOAT)], now)
    sign_in(client, "read-only")

    words = words_of(page_of(client.get(f"/office/events/{registration.event.public_id}/options")))

    assert "1 of 2 places" in words
    assert registration.reference in words
    assert "Nobody has chosen it yet." in words

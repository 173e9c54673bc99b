"""Asking for a quote before anybody is bound."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_fee, a_published_summit
from tests.forms import faults_of, fields_of
from tests.staff import sign_in
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.models import Paper

WHOM = {
    "name": "City of Charlotte",
    "contact": "Emily Hart",
    "email": "accountspayable@example.org",
    "country": "US",
}


@pytest.fixture
def event(app: object, clock_shows: Callable[[datetime], None]) -> Event:
    return a_published_summit("summit")


def test_one_form_sends_one_numbered_quote(client: FlaskClient, event: Event) -> None:
    fields = {**fields_of(client.get("/en/events/summit/quote"), "quote"), **WHOM, count(event): "6"}

    answers = [client.post("/en/events/summit/quote", data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert numbers() == ["CCE-QUO-2027-00001"]
    assert "on its way" in client.get(answers[0].location).text


def test_what_is_missing_or_no_number_is_said_beside_it_and_the_rest_is_kept(client: FlaskClient, event: Event) -> None:
    fields = fields_of(client.get("/en/events/summit/quote"), "quote")
    fee = count(event)

    refused = client.post("/en/events/summit/quote", data={**fields, "name": "City of Charlotte", fee: "many"})
    nobody = client.post("/en/events/summit/quote", data={**fields, **WHOM})

    assert refused.status_code == nobody.status_code == 422
    assert {fee, "contact", "email", "country"} <= set(faults_of(refused))
    assert fields_of(refused, "quote")["name"] == "City of Charlotte"
    assert faults_of(nobody) == {fee: "Type for how many people, beside one fee at least."}
    assert numbers() == []


def test_an_event_that_is_over_is_not_quoted(client: FlaskClient, event: Event) -> None:
    a_published_summit("over", state="closed")

    assert client.get("/en/events/over/quote").status_code == 404
    assert client.get("/en/events/nothing/quote").status_code == 404


def test_the_office_prints_a_working_copy_or_issues(client: FlaskClient, event: Event) -> None:
    sign_in(client, "programme")
    address = f"/office/events/{event.public_id}/quotes"
    fields = {**fields_of(client.get(address), "quote"), **WHOM, count(event): "2"}

    printed = client.post(address, data={**fields, "do": "print"})
    assert (printed.mimetype, numbers()) == ("application/pdf", [])

    assert client.post(address, data={**fields, "do": "issue"}).status_code == 303
    assert "CCE-QUO-2027-00001" in client.get(address).text


def count(event: Event) -> str:
    return f"of-{event.fees[0].public_id}"


def numbers() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Paper.number).where(Paper.kind == "quote")))


@pytest.fixture
def event_in_yen(app: object, clock_shows: Callable[[datetime], None]) -> Event:
    fee = a_fee(other_prices={"JPY": {"regular": 72_000}})
    return a_published_summit("summit", fees=[fee], add_ons=[], other_currencies=["JPY"], rate="150.5",
                              rate_currency="JPY", rate_on=date(2027, 1, 4))  # fmt: skip


def test_a_quote_is_in_the_currency_that_was_chosen(client: FlaskClient, event_in_yen: Event) -> None:
    page = client.get("/en/events/summit/quote")
    fields = {**fields_of(page, "quote"), **WHOM, count(event_in_yen): "6", "currency": "JPY"}

    client.post("/en/events/summit/quote", data=fields)

    sheet = db.session.scalars(select(Paper)).one().sheet
    assert "US$480 / JP¥72,000" in page.text
    assert (sheet["currency"], sheet["total"]) == ("JPY", {"minor": 432_000, "currency": "JPY"})
    assert "about USD 2,870.43 at 1 USD = 150.5 JPY of 2027-01-04" in sheet["notes"][0]["en"]


def test_a_currency_without_prices_is_said_beside_its_field(client: FlaskClient, event_in_yen: Event) -> None:
    fields = {**fields_of(client.get("/en/events/summit/quote"), "quote"), **WHOM, count(event_in_yen): "6"}

    refused = client.post("/en/events/summit/quote", data={**fields, "currency": "EUR"})

    assert faults_of(refused) == {"currency": "There are no prices in this currency. Choose another."}
    assert numbers() == []

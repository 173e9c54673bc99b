"""Finance cancels a part by the terms, keeps another fee with a reason, and is never done twice."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_published_summit
from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of, page_of
from tests.money_cast import balance_of, pay_by_card, postings, refunds, seats_of, two_people_register
from tourreg.db import writing
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    """Two people who have paid, on terms that keep a quarter."""
    event: Event = a_published_summit()
    with writing() as session:
        session.add(event)
        event.cancellation_terms = plain_terms(EventTerms(Terms((Step(60, kept_percent=25),))))
    made = two_people_register(now, event=event)
    pay_by_card(made, stripe, now)
    return made


def page(registration: Registration, asked: str = "") -> str:
    return f"/office/money/cancellations/{registration.public_id}{asked}"


def first(registration: Registration) -> str:
    return f"?person={registration.participants[0].public_id}"


def send(finance: FlaskClient, registration: Registration, asked: str, **typed: Any) -> TestResponse:
    form = fields_of(finance.get(page(registration, asked)), "cancel-form")
    return finance.post(page(registration), data={**form, "why": "Ill.", **typed})


def fee_of(finance: FlaskClient, registration: Registration, asked: str) -> str:
    form = fields_of(finance.get(page(registration, asked)), "cancel-form")
    return next(name for name in form if name.startswith("fee-"))


def test_the_office_sees_line_by_line_what_one_person_costs(finance: FlaskClient, registration: Registration) -> None:
    shown = finance.get(page(registration, first(registration))).text

    assert "US$120.00" in shown
    assert "US$360.00 goes back over Stripe" in shown
    assert "1 seat is freed" in shown
    assert "What remains is invoiced anew." in shown


def test_one_of_two_is_cancelled_as_shown(finance: FlaskClient, registration: Registration) -> None:
    answer = send(finance, registration, first(registration))

    assert answer.status_code == 303
    assert seats_of(registration) == ["released", "confirmed"]
    assert postings(registration)[-1] == ("cancellation_fee", 12_000)


def test_another_fee_needs_a_reason_and_is_kept_with_it(finance: FlaskClient, registration: Registration) -> None:
    asked = first(registration)
    fee = fee_of(finance, registration, asked)
    refused = send(finance, registration, asked, **{fee: "0.00"})
    assert (refused.status_code, list(faults_of(refused))) == (422, ["exemption"])
    assert fields_of(refused, "cancel-form")[fee] == "0.00"

    answer = send(finance, registration, asked, **{fee: "0.00", "exemption": "The visa was denied."})

    assert answer.status_code == 303
    assert [refund.amount_minor for refund in refunds()] == [48_000]


@pytest.mark.parametrize("typed", ["480.01", "-1", "twelve", "1.234"])
def test_a_fee_that_cannot_be_is_said(finance: FlaskClient, registration: Registration, typed: str) -> None:
    asked = first(registration)
    fee = fee_of(finance, registration, asked)

    answer = send(finance, registration, asked, **{fee: typed, "exemption": "x"})

    assert (answer.status_code, list(faults_of(answer))) == (422, [fee])
    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_a_form_sent_twice_cancels_once(finance: FlaskClient, registration: Registration) -> None:
    form = fields_of(finance.get(page(registration, first(registration))), "cancel-form")

    answers = [finance.post(page(registration), data={**form, "why": "Ill."}).status_code for _ in range(2)]

    assert answers[0] == 303
    assert [refund.amount_minor for refund in refunds()] == [36_000]
    assert balance_of(registration) == -36_000


def test_a_person_who_was_cancelled_meanwhile_does_not_take_the_others_along(
    finance: FlaskClient, registration: Registration
) -> None:
    form = fields_of(finance.get(page(registration, first(registration))), "cancel-form")
    send(finance, registration, first(registration))

    other = {**form, "submission_key": "A" * 22, "why": "Ill."}
    answer = finance.post(page(registration), data=other)

    assert answer.status_code == 422
    assert seats_of(registration) == ["released", "confirmed"]


def test_an_exemption_keeps_its_document_and_hands_it_out_as_a_file(
    finance: FlaskClient, registration: Registration
) -> None:
    asked = first(registration)
    fee, denied = fee_of(finance, registration, asked), b"%PDF-1.7 the consulate says no"
    sent = {fee: "0.00", "exemption": "The visa was denied.", "document": (BytesIO(denied), "visa.pdf")}

    assert send(finance, registration, asked, **sent).status_code == 303

    shown = finance.get(page(registration))
    place = page_of(shown).find(".//a[@class='go'][.='The document']")
    assert place is not None
    answer = finance.get(place.get("href"))
    assert (answer.data, answer.mimetype) == (denied, "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=visa.pdf"


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"%PDF-" + b"x" * (5 * 1024 * 1024)])
def test_what_is_no_document_is_refused_whatever_it_is_called(
    finance: FlaskClient, registration: Registration, content: bytes
) -> None:
    answer = send(finance, registration, first(registration), document=(BytesIO(content), "visa.pdf"))

    assert (answer.status_code, list(faults_of(answer))) == (422, ["document"])
    assert seats_of(registration) == ["confirmed", "confirmed"]

"""The finance office: recording, accepting, cancelling, paying out, and what waits on the desk."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of, page_of
from tests.money_cast import (
    balance_of,
    begin_to_pay,
    letters_about,
    on_the_desk,
    papers_of,
    payments_posted,
    read_again,
    seats_of,
    two_people_register,
)
from tests.staff import sign_in
from tourreg import settling
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.billing.models import Invoice, Refund
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import desk, queries


@pytest.fixture
def stripe(app: Flask, now: datetime, clock_shows: Callable[[datetime], None], monkeypatch: Any) -> FakePayments:
    fake = FakePayments(now)
    monkeypatch.setitem(app.extensions, PAYMENTS, fake)
    return fake


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    """Two people whose city asks for an invoice."""
    return two_people_register(now, pays_by="invoice")


@pytest.fixture
def finance(client: FlaskClient, registration: Registration) -> FlaskClient:
    sign_in(client, "finance")
    return client


def test_a_wire_is_recorded_and_a_second_click_records_nothing_more(
    finance: FlaskClient, registration: Registration
) -> None:
    address = f"/office/money/payments/{registration.public_id}"
    fields = {**fields_of(finance.get(address), "payment-form"), "detail": "20270115 0031"}
    assert fields["amount"] == "960.00"

    answers = [finance.post(address, data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == f"/office/registrations/{registration.public_id}"
    assert payments_posted(registration) == [-96_000]
    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_the_same_wire_typed_again_is_refused_beside_its_number(
    finance: FlaskClient, registration: Registration
) -> None:
    record(finance, registration, detail="20270115 0031")

    answer = record(finance, registration, detail="20270115-0031", amount="960.00")

    assert answer.status_code == 422
    assert faults_of(answer) == {"detail": "This is recorded already: US$960.00, 15 January 2027."}
    assert fields_of(answer, "payment-form")["detail"] == "20270115-0031"
    assert payments_posted(registration) == [-96_000]


def test_a_check_for_two_registrations_needs_a_tick(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    record(finance, other, means="check", detail="20418")

    refused = record(finance, registration, means="check", detail="20418")
    recorded = record(finance, registration, means="check", detail="20418", shared="y")

    assert other.reference in faults_of(refused)["detail"]
    assert recorded.status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "nine hundred"}, "amount"),
        ({"amount": "-960.00"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "9.600,00"}, "amount"),
        ({"amount": "1" * 10_000}, "amount"),
        ({"received_on": ""}, "received_on"),
        ({"received_on": "2027-02-30"}, "received_on"),
        ({"received_on": "2027-01-16"}, "received_on"),
        ({"received_on": "0001-01-01"}, "received_on"),
        ({"detail": ""}, "detail"),
        ({"detail": "W" * 200}, "detail"),
        ({"means": "gold"}, "means"),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_its_field(
    finance: FlaskClient, registration: Registration, typed: dict[str, str], field: str
) -> None:
    answer = record(finance, registration, **{"detail": "W 1", **typed})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]
    assert payments_posted(registration) == []


@pytest.mark.both
def test_an_order_is_accepted_with_the_number_on_the_order(finance: FlaskClient, registration: Registration) -> None:
    page = finance.get(f"/office/money/orders/{registration.public_id}")
    fields = {**fields_of(page, "accept-form"), "po_number": "2027-00731"}

    answer = finance.post(f"/office/money/orders/{registration.public_id}/accept", data=fields)

    assert (answer.status_code, answer.location) == (303, "/office/money")
    assert read_again(registration).folio.po_number == "2027-00731"
    assert papers_of(registration) == ["invoice"]
    assert "answered before" in finance.get(f"/office/money/orders/{registration.public_id}").text


def test_an_order_is_refused_with_a_reason(finance: FlaskClient, registration: Registration) -> None:
    page = finance.get(f"/office/money/orders/{registration.public_id}")
    fields = fields_of(page, "refuse-form")

    without = finance.post(f"/office/money/orders/{registration.public_id}/refuse", data=fields)
    given = finance.post(
        f"/office/money/orders/{registration.public_id}/refuse", data={**fields, "why": "Another event."}
    )

    assert faults_of(without) == {"why": "Say why; the payer reads it."}
    assert given.status_code == 303
    assert letters_about(registration) == ["credit_refused"]


def test_an_order_whose_hold_ended_meanwhile_is_not_accepted(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    fields = fields_of(finance.get(f"/office/money/orders/{registration.public_id}"), "accept-form")
    settling.release_hold(registration.id, stripe, now=now + timedelta(days=10))

    finance.post(f"/office/money/orders/{registration.public_id}/accept", data=fields)

    assert "register again" in finance.get("/office/money").text
    assert papers_of(registration) == []


@pytest.mark.both
def test_cancelling_tells_what_will_happen_and_then_does_it(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    record(finance, registration, amount="300.00", detail="W 1")
    stripe.pay(begin_to_pay(registration, stripe, now))
    settling.settle_session(stripe.only_session(), stripe, now=now)
    address = f"/office/money/cancellations/{registration.public_id}"
    page = finance.get(address)

    told = ("2 seats are freed", "CCE-INV-2027-00001", "US$660.00 goes back over Stripe", "US$300.00 came by bank")
    assert all(words in page.text for words in told)
    assert finance.post(address, data=fields_of(page, "cancel-form")).status_code == 422
    answer = finance.post(address, data={**fields_of(page, "cancel-form"), "why": "The group cannot travel."})

    assert answer.status_code == 303
    assert seats_of(registration) == ["released", "released"]
    assert [refund.means for refund in all_refunds()] == ["stripe", "by_hand"]


def test_an_open_payment_page_is_closed_before_cancelling(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, stripe, now)

    cancel(finance, registration)

    assert stripe.sessions[session].status == "expired"
    assert seats_of(registration) == ["released", "released"]


def test_who_paid_a_moment_before_cancelling_gets_the_money_back(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    stripe.pay(begin_to_pay(registration, stripe, now))

    cancel(finance, registration)

    assert [refund.amount_minor for refund in all_refunds()] == [96_000]
    assert seats_of(registration) == ["released", "released"]


def test_while_stripe_is_down_nothing_is_cancelled(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    begin_to_pay(registration, stripe, now)
    stripe.down = True

    answer = cancel(finance, registration)

    assert answer.status_code == 422
    assert "Nothing was cancelled" in faults_of(answer)[""]
    assert seats_of(registration) == ["held", "held"]


def test_a_refund_is_noted_as_paid_out(finance: FlaskClient, registration: Registration) -> None:
    record(finance, registration, detail="W 1")
    cancel(finance, registration)
    address = f"/office/money/refunds/{all_refunds()[0].public_id}"
    fields = fields_of(finance.get(address), "paid-out-form")

    assert faults_of(finance.post(address, data=fields)) != {}
    assert finance.post(address, data={**fields, "detail": "W 2"}).status_code == 303

    assert balance_of(registration) == 0
    assert "has been paid out" in finance.get(address).text


def test_what_is_too_much_is_sent_back(finance: FlaskClient, registration: Registration) -> None:
    record(finance, registration, amount="1,000.00", detail="W 1")
    address = f"/office/money/overpayments/{registration.public_id}"
    page = finance.get(address)

    answer = finance.post(address, data={**fields_of(page, "send-back-form"), "why": "Paid too much."})

    assert "US$40.00 goes back" in page.text
    assert answer.status_code == 303
    assert [refund.amount_minor for refund in all_refunds()] == [4_000]


def test_a_case_is_answered_once_and_leaves_the_desk(finance: FlaskClient, registration: Registration) -> None:
    record(finance, registration, amount="1,000.00", detail="W 1")
    case = queries.open_cases()[0]
    address = f"/office/money/cases/{case.public_id}"
    page = finance.get(address)
    fields = {**fields_of(page, "answer-form"), "answer": "They want it kept for next year."}

    answers = [finance.post(address, data=fields).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert on_the_desk() == []
    assert "They want it kept" in finance.get(address).text


def test_who_paid_late_is_seated_when_places_are_free_again(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    case = a_late_payment(registration, stripe, now)
    fields = fields_of(finance.get(f"/office/money/cases/{case}"), "answer-form")
    seats = f"/office/money/cases/{case}/seats"
    finance.post(seats, data=fields)
    assert seats_of(registration) == ["released", "released"]

    with writing():
        registration.event.pool.capacity = 200
    finance.post(seats, data=fields)

    assert seats_of(registration)[2:] == ["confirmed", "confirmed"]
    assert balance_of(registration) == 0
    assert papers_of(registration) == ["receipt", "invoice"]


def test_an_invoice_is_corrected_by_a_credit_note_and_a_new_one(
    finance: FlaskClient, registration: Registration
) -> None:
    token = fields_of(finance.get(f"/office/money/payments/{registration.public_id}"), "payment-form")
    finance.post(f"/office/money/registrations/{registration.public_id}/invoice", data=token)
    invoice = db.session.scalars(select(Invoice)).one()
    address = f"/office/money/invoices/{invoice.public_id}"
    fields = fields_of(finance.get(address), "correction-form")
    assert fields["name"] == "City of Charlotte"

    answer = finance.post(address, data={**fields, "po_number": "2027-9", "reason": "The PO number was missing."})

    assert answer.status_code == 303
    assert papers_of(registration) == ["invoice", "credit_note", "invoice"]
    assert read_again(registration).folio.invoices[2].paper.sheet["order"]["po_number"] == "2027-9"
    assert letters_about(registration) == ["invoiced", "invoice_corrected"]


def test_nothing_is_invoiced_twice(finance: FlaskClient, registration: Registration) -> None:
    token = fields_of(finance.get(f"/office/money/payments/{registration.public_id}"), "payment-form")

    for _ in range(2):
        finance.post(f"/office/money/registrations/{registration.public_id}/invoice", data=token)

    assert papers_of(registration) == ["invoice"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_desk_shows_what_waits(
    finance: FlaskClient, registration: Registration, now: datetime, language: str
) -> None:
    empty = page_of(finance.get(f"/office/money?language={language}"))
    assert len(empty.findall(".//h1")) == 1
    record(finance, registration, amount="1,000.00", detail="W 1")
    cancel(finance, registration)
    two_people_register(now, event=registration.event, pays_by="invoice")
    with writing():
        desk.open_case("unknown_payment", key="x", folio_id=None, facts={"session": "cs_1"}, now=now)

    page = page_of(finance.get(f"/office/money?language={language}"))

    assert [len(table.findall("./tbody/tr")) for table in page.findall(".//table")] == [2, 1, 1]


@pytest.mark.parametrize("path", ["payments/{}", "cancellations/{}", "orders/{}", "overpayments/{}"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_page_is_valid_and_has_one_title(
    finance: FlaskClient, registration: Registration, path: str, language: str
) -> None:
    page = page_of(finance.get(f"/office/money/{path.format(registration.public_id)}?language={language}"))

    assert len(page.findall(".//h1")) == 1


@pytest.mark.parametrize(
    "path", ["payments/x", "cancellations/x", "orders/x", "overpayments/x", "cases/x", "refunds/x", "invoices/x"]
)
def test_what_is_not_there_is_not_found(finance: FlaskClient, path: str) -> None:
    assert finance.get(f"/office/money/{path}").status_code == 404


@pytest.mark.parametrize("role", ["programme", "read-only"])
def test_only_finance_moves_money(client: FlaskClient, registration: Registration, role: str) -> None:
    sign_in(client, role)

    for path in ("payments/{}", "cancellations/{}", "orders/{}"):
        assert client.get(f"/office/money/{path.format(registration.public_id)}").status_code == 403
    assert client.get("/office/money").status_code == (200 if role == "read-only" else 403)


def record(finance: FlaskClient, registration: Registration, **typed: str) -> TestResponse:
    address = f"/office/money/payments/{registration.public_id}"
    return finance.post(address, data={**fields_of(finance.get(address), "payment-form"), **typed})


def cancel(finance: FlaskClient, registration: Registration) -> TestResponse:
    address = f"/office/money/cancellations/{registration.public_id}"
    return finance.post(address, data={**fields_of(finance.get(address), "cancel-form"), "why": "They cannot come."})


def a_late_payment(registration: Registration, stripe: FakePayments, now: datetime) -> str:
    """Let somebody pay for seats that others have taken, and return the case on the desk."""
    session = begin_to_pay(registration, stripe, now)
    page = stripe.sessions[session]
    settling.release_hold(registration.id, stripe, now=now + timedelta(days=10))
    stripe.sessions[session] = page
    stripe.pay(session)
    with writing():
        registration.event.pool.capacity = 1
    settling.settle_session(session, stripe, now=now + timedelta(days=10))
    return queries.open_cases()[0].public_id


def all_refunds() -> list[Refund]:
    db.session.rollback()
    return list(db.session.scalars(select(Refund).order_by(Refund.id)))

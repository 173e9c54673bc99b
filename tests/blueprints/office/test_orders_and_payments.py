"""Finance records what came by bank, answers orders, and issues and corrects invoices."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.office.finance import record
from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of
from tests.money_cast import (
    letters_about,
    papers_of,
    payments_posted,
    read_again,
    seats_of,
    two_people_register,
)
from tourreg import settling
from tourreg.db import db, writing
from tourreg.domain.billing import queries
from tourreg.domain.billing.models import Invoice
from tourreg.domain.billing.taking_back import take_back
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import credit


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
        ({"detail": "W" * 61}, "detail"),
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
def test_the_longest_number_of_a_wire_is_recorded(finance: FlaskClient, registration: Registration) -> None:
    answer = record(finance, registration, detail="W" * 60)

    assert answer.status_code == 303
    assert payments_posted(registration) == [-96_000]


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


def test_an_invoice_that_waits_for_a_payer_with_a_wrong_address_goes_to_the_right_one(
    finance: FlaskClient, registration: Registration
) -> None:
    with writing():
        registration.folio.payer_email = "wrong@example.org"
    token = fields_of(finance.get(f"/office/money/payments/{registration.public_id}"), "payment-form")
    finance.post(f"/office/money/registrations/{registration.public_id}/invoice", data=token)
    address = f"/office/money/invoices/{db.session.scalars(select(Invoice)).one().public_id}"
    fields = fields_of(finance.get(address), "correction-form")

    finance.post(address, data={**fields, "email": "ap@example.org", "reason": "The address was wrong."})

    to = db.session.scalars(select(Letter.to_address).where(Letter.template.like("invoice%")).order_by(Letter.id))
    assert list(to) == ["lan@example.org", "ap@example.org"] * 2


def test_an_invoice_whose_hold_ended_while_it_was_corrected_stays_taken_back(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    token = fields_of(finance.get(f"/office/money/payments/{registration.public_id}"), "payment-form")
    issued = finance.post(f"/office/money/registrations/{registration.public_id}/invoice", data=token)
    assert "until 20 January 2027 23:59 (UTC+8) only" in finance.get(issued.location).text
    address = f"/office/money/invoices/{db.session.scalars(select(Invoice)).one().public_id}"
    fields = fields_of(finance.get(address), "correction-form")
    settling.release_hold(registration.id, stripe, now=now + timedelta(days=10))

    answer = finance.post(address, data={**fields, "reason": "The name was wrong."})

    assert "taken back before" in finance.get(answer.location).text
    assert papers_of(registration) == ["invoice", "credit_note"]


def test_an_invoice_for_what_is_charged_no_more_is_left_as_it_is(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    token = fields_of(finance.get(f"/office/money/payments/{registration.public_id}"), "payment-form")
    finance.post(f"/office/money/registrations/{registration.public_id}/invoice", data=token)
    address = f"/office/money/invoices/{db.session.scalars(select(Invoice)).one().public_id}"
    fields = fields_of(finance.get(address), "correction-form")
    with writing():
        lines = queries.entries_of(registration.folio)
        take_back(registration.folio, lines, why="", now=now, by="worker")

    answer = finance.post(address, data={**fields, "reason": "The name was wrong."})

    assert "Nothing was changed" in finance.get(answer.location).text
    assert papers_of(registration) == ["invoice"]


@pytest.mark.parametrize(
    ("address", "form", "field"),
    [
        *(
            ("invoices/{invoice}", "correction-form", field)
            for field in ("name", "department", "address", "vendor_number", "po_number", "reason")
        ),
        ("cancellations/{registration}", "cancel-form", "why"),
        ("payments/{registration}", "payment-form", "detail"),
    ],
)
def test_what_stands_on_a_paper_is_typed_so_that_it_can_be_printed(
    finance: FlaskClient, registration: Registration, now: datetime, address: str, form: str, field: str
) -> None:
    with writing():
        credit.accept_credit(registration.id, po_number="", now=now, by="staff:x")
    invoice = db.session.scalars(select(Invoice)).one()
    page = f"/office/money/{address.format(invoice=invoice.public_id, registration=registration.public_id)}"

    answer = finance.post(page, data={**fields_of(finance.get(page), form), "reason": "Name", field: "مدينة"})

    assert answer.status_code == 422
    assert faults_of(answer)[field].startswith("Our papers cannot print “م”")


def test_nothing_is_invoiced_twice(finance: FlaskClient, registration: Registration) -> None:
    token = fields_of(finance.get(f"/office/money/payments/{registration.public_id}"), "payment-form")

    for _ in range(2):
        finance.post(f"/office/money/registrations/{registration.public_id}/invoice", data=token)

    assert papers_of(registration) == ["invoice"]

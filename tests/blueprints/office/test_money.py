"""The finance office: cancelling, paying out, and what waits on the desk."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.office.finance import all_refunds, cancel, record
from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of, page_of
from tests.money_cast import (
    balance_of,
    begin_to_pay,
    on_the_desk,
    papers_of,
    pay_by_card,
    seats_of,
    send_refunds,
    tell_all,
    two_people_register,
)
from tests.staff import sign_in
from tourreg import settling
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import desk, queries


@pytest.mark.both
def test_cancelling_tells_what_will_happen_and_then_does_it(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    record(finance, registration, amount="300.00", detail="W 1")
    pay_by_card(registration, stripe, now)
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


def test_what_stripe_is_sending_cannot_be_noted_as_paid_out(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    stripe.refunds_become = "pending"
    pay_by_card(registration, stripe, now)
    token = fields_of(finance.get(f"/office/money/cancellations/{registration.public_id}"), "cancel-form")["csrf_token"]
    cancel(finance, registration)
    send_refunds(stripe, now)
    address = f"/office/money/refunds/{all_refunds()[0].public_id}"

    answer = finance.post(address, data={"csrf_token": token, "detail": "W 2"})

    page = finance.get(answer.location).text
    assert "Nothing was recorded" in page
    assert "Stripe is sending this refund" in page
    assert "paid-out-form" not in page
    assert balance_of(registration) == -96_000


def test_what_the_bank_paid_out_for_stripe_left_the_bank(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    stripe.refunds_become = "failed"
    pay_by_card(registration, stripe, now)
    cancel(finance, registration)
    send_refunds(stripe, now)
    address = f"/office/money/refunds/{all_refunds()[0].public_id}"

    finance.post(address, data={**fields_of(finance.get(address), "paid-out-form"), "detail": "W 2"})

    moved = db.session.execute(select(Entry.kind, Entry.means).where(Entry.means.is_not(None)).order_by(Entry.id)).all()
    assert moved == [("payment", "card"), ("refund", "wire")]


def test_a_refund_that_left_twice_says_so_on_the_desk(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    stripe.refunds_become = "failed"
    pay_by_card(registration, stripe, now)
    cancel(finance, registration)
    send_refunds(stripe, now)
    address = f"/office/money/refunds/{all_refunds()[0].public_id}"
    finance.post(address, data={**fields_of(finance.get(address), "paid-out-form"), "detail": "W 2"})
    [external_id] = stripe.refunds
    stripe.end_refund(external_id, "succeeded")
    tell_all(stripe, now)

    page = finance.get(f"/office/money/cases/{queries.open_cases()[0].public_id}").text

    assert all(words in page for words in (registration.reference, external_id, "W 2", "Ask the payer for one"))


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


def test_who_paid_late_and_was_cancelled_is_offered_no_seats(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    address = f"/office/money/cases/{a_late_payment(registration, stripe, now)}"
    fields = fields_of(finance.get(address), "answer-form")
    assert "Give them seats" in finance.get(address).text

    cancel(finance, registration)

    page = finance.get(address).text
    assert "Give them seats" not in page
    assert "Send the money back" in page
    told = finance.get(finance.post(f"{address}/seats", data=fields).location).text
    assert "or the registration was cancelled" in told


def test_who_is_sent_the_money_back_is_not_seated(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    address = f"/office/money/cases/{a_late_payment(registration, stripe, now)}"
    fields = fields_of(finance.get(address), "answer-form")
    back = f"/office/money/overpayments/{registration.public_id}"
    finance.post(back, data={**fields_of(finance.get(back), "send-back-form"), "why": "No seats."})

    told = finance.get(finance.post(f"{address}/seats", data=fields).location).text

    assert "goes back to them already" in told


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

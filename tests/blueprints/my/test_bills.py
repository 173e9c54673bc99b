"""A payer opens their own bill and nothing else; a contact sends the order as a file."""

import re
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_published_summit
from tests.fake_payments import FakePayments
from tests.forms import page_of, words_of
from tests.money_cast import FINANCE, pay_by_card, read_again, two_people_register
from tests.several_bills import EMILY, balance, bill_together, of_one_city, split, with_single_room
from tests.visitors import a_person_at, granted, signed_in
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints import outside
from tourreg.db import db, writing
from tourreg.domain.billing.models import Folio, OrderFile
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money

pytestmark = pytest.mark.usefixtures("without_tokens")

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def stripe(app: Flask, now: datetime) -> FakePayments:
    payments = FakePayments(now)
    app.extensions[outside.PAYMENTS] = payments
    return payments


@pytest.fixture
def booked(app: Flask, now: datetime) -> Registration:
    return with_single_room(now)


@pytest.fixture
def theirs(booked: Registration, now: datetime) -> Folio:
    return split(booked, now)


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    content: str = body.get_content()
    return content


def test_the_link_in_the_payers_letter_opens_the_bill_and_only_it(
    client: FlaskClient, booked: Registration, theirs: Folio, mailbox: MemoryMailer
) -> None:
    worker.run_due()
    [letter] = [one for one in mailbox.sent if one["To"] == EMILY.email]
    link = re.search(r"/my/link/[\w-]+", text_of(letter))
    assert link is not None

    opened = client.post(link[0])
    page = words_of(page_of(client.get(opened.location)))

    assert opened.location == f"/my/bills/{theirs.public_id}"
    assert "Single room" in page
    assert "Early bird" not in page
    assert client.get(f"/my/registrations/{booked.public_id}").status_code == 404


def test_a_bill_is_nobody_elses(client: FlaskClient, booked: Registration, theirs: Folio, now: datetime) -> None:
    granted(client, booked.public_id, at=now)

    answers = [client.get(f"/my/bills/{theirs.public_id}{part}") for part in ("", "/pro-forma.pdf", "/paid")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_whoever_is_signed_in_by_the_payers_address_opens_the_bill(
    client: FlaskClient, theirs: Folio, now: datetime
) -> None:
    signed_in(client, a_person_at(EMILY.email, now), at=now)

    assert client.get(f"/my/bills/{theirs.public_id}").status_code == 200


def test_a_payer_pays_the_bill_by_card(
    client: FlaskClient, booked: Registration, theirs: Folio, stripe: FakePayments, now: datetime
) -> None:
    granted(client, theirs.public_id, at=now)
    sent = client.post(f"/my/bills/{theirs.public_id}/pay")
    session = stripe.only_session()
    stripe.pay(session)

    back = client.get(f"/my/bills/{theirs.public_id}/paid?session={session}")

    assert sent.status_code == 303
    assert "Thank you" in words_of(page_of(back))
    assert (balance(theirs), balance(booked.folio)) == (0, 48_000)


def test_a_rest_too_small_for_a_card_is_told_on_the_bill(
    client: FlaskClient, booked: Registration, theirs: Folio, stripe: FakePayments, now: datetime
) -> None:
    granted(client, theirs.public_id, at=now)
    slip = PaymentSlip(Money(20_980, "USD"), "wire", "W-1", local_day(now, "UTC"), "form W-1")
    with writing():
        record_payment(booked.id, slip, now=now, by=FINANCE, folio_id=theirs.id)

    sent = client.post(f"/my/bills/{theirs.public_id}/pay")

    assert sent.location == f"/my/bills/{theirs.public_id}"
    assert "Online, a payment and what it leaves are at least" in words_of(page_of(client.get(sent.location)))


def test_another_bills_session_is_not_looked_at(
    client: FlaskClient, booked: Registration, theirs: Folio, stripe: FakePayments, now: datetime
) -> None:
    granted(client, theirs.public_id, at=now)
    pay_by_card(booked, stripe, now)

    assert client.get(f"/my/bills/{theirs.public_id}/paid?session={stripe.only_session()}").status_code == 404


def test_a_payer_opens_no_paper_of_another_bill(
    client: FlaskClient, booked: Registration, theirs: Folio, now: datetime
) -> None:
    with writing():
        paper = invoices.issue_now(booked.id, now=now, by=FINANCE).paper.public_id
    granted(client, theirs.public_id, at=now)

    assert client.get(f"/my/bills/{theirs.public_id}/papers/{paper}.pdf").status_code == 404


def test_the_contact_sees_who_pays_the_rest(
    client: FlaskClient, booked: Registration, theirs: Folio, now: datetime
) -> None:
    granted(client, booked.public_id, at=now)

    page = words_of(page_of(client.get(f"/my/registrations/{booked.public_id}")))

    assert "Paid by Emily Hart" in page
    assert "US$690.00" not in page


def test_one_of_a_joint_bill_sees_their_own_lines_and_does_not_pay_for_all(
    client: FlaskClient, app: Flask, stripe: FakePayments, now: datetime
) -> None:
    first, second = of_one_city(now, 2)
    bill_together(first, second, now=now)
    granted(client, second.public_id, at=now)

    page = words_of(page_of(client.get(f"/my/registrations/{second.public_id}")))
    sent = client.post(f"/my/registrations/{second.public_id}/pay")

    assert "pays one bill for all of you" in page
    assert "US$960.00" not in page
    assert sent.location == f"/my/registrations/{second.public_id}"
    assert stripe.sessions == {}


def test_the_contact_sends_the_order_with_the_request_to_pay_by_invoice(
    client: FlaskClient, app: Flask, now: datetime
) -> None:
    asked = two_people_register(now, event=a_published_summit(), pays_by="invoice")
    granted(client, asked.public_id, at=now)
    address = f"/my/registrations/{asked.public_id}"

    client.post(f"{address}/order", data={"order": (BytesIO(PDF), "PO 7.pdf")})

    assert "PO 7.pdf" in words_of(page_of(client.get(address)))
    [order] = db.session.scalars(select(OrderFile)).all()
    assert (order.folio_id, order.added_by) == (read_again(asked).folio_id, f"contact:{asked.public_id}")

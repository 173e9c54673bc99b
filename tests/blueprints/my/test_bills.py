"""A payer opens their own bill and nothing else; a contact sends the order as a file."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
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
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.order_models import OrderFile
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices, payers
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


def test_a_payer_pays_a_piece_and_reads_what_to_write_on_a_wire(
    client: FlaskClient, theirs: Folio, stripe: FakePayments, now: datetime
) -> None:
    granted(client, theirs.public_id, at=now)
    address = f"/my/bills/{theirs.public_id}/pay"

    page = words_of(page_of(client.get(address)))
    client.post(address, data={"what": "other", "amount": "100.00"})
    session = stripe.only_session()
    stripe.pay(session)
    client.get(f"/my/bills/{theirs.public_id}/paid?session={session}")

    assert theirs.reference in page
    assert balance(theirs) == 11_000


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a hundred", "Type an amount such as 210.00."),
        ("5,000.00", "At most US$210.00 can be paid now."),
        ("-1", "Type an amount such as"),
    ],
)
def test_an_amount_that_cannot_be_paid_is_refused_beside_its_field(
    client: FlaskClient, theirs: Folio, stripe: FakePayments, now: datetime, typed: str, words: str
) -> None:
    granted(client, theirs.public_id, at=now)

    answer = client.post(f"/my/bills/{theirs.public_id}/pay", data={"what": "other", "amount": typed})

    assert answer.status_code == 422
    assert words in words_of(page_of(answer))
    assert f'value="{typed}"' in answer.text
    assert stripe.sessions == {}


@pytest.mark.both
def test_a_payers_statement_is_over_all_events_of_one_seller_and_currency(
    client: FlaskClient, booked: Registration, theirs: Folio, now: datetime
) -> None:
    other = split(with_single_room(now, event=a_published_summit("summit-2")), now)
    granted(client, other.public_id, at=now)

    page = words_of(page_of(client.get(f"/my/bills/{other.public_id}/statement")))

    assert "US$420.00" in page
    assert "Emily Hart" in page
    assert "Early bird" not in page


def test_the_statement_of_all_bills_can_be_printed(client: FlaskClient, theirs: Folio, now: datetime) -> None:
    granted(client, theirs.public_id, at=now)

    paper = client.get(f"/my/bills/{theirs.public_id}/statement.pdf")

    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")


@pytest.mark.both
def test_whoever_is_signed_in_finds_their_account_over_all_events(
    client: FlaskClient, booked: Registration, theirs: Folio, now: datetime
) -> None:
    other = split(with_single_room(now, event=a_published_summit("summit-2")), now)
    signed_in(client, a_person_at(EMILY.email, now), at=now)

    page = client.get("/my/")

    assert "2 bills in USD" in words_of(page_of(page))
    assert "US$420.00 open" in words_of(page_of(page))
    assert page.text.count("/statement") == 1
    assert f"/my/bills/{other.public_id}/statement" in page.text


def test_a_link_ends_for_a_former_payer(
    client: FlaskClient, theirs: Folio, mailbox: MemoryMailer, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    worker.run_due()
    link = re.search(r"/my/link/[\w-]+", text_of(next(one for one in mailbox.sent if one["To"] == EMILY.email)))
    assert link is not None
    opened = client.post(link[0]).location

    clock_shows(now + timedelta(minutes=5))
    with writing():
        payer = BillTo(name="City Hall", email="ap@example.org")
        payers.name_payer(theirs.id, payer, None, po_lines={}, now=now + timedelta(minutes=5), by=FINANCE)

    assert client.get(opened).status_code == 404
    assert client.get(f"{opened}/statement").status_code == 404
    assert client.post(link[0]).status_code == 410


def test_the_contact_sees_which_bill_is_whose(
    client: FlaskClient, booked: Registration, theirs: Folio, now: datetime
) -> None:
    granted(client, booked.public_id, at=now)

    page = words_of(page_of(client.get(f"/my/registrations/{booked.public_id}")))

    assert f"Bill {theirs.reference}, sent to {EMILY.email} with a link to pay it" in page

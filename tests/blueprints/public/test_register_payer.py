"""Somebody else pays: who, where the bills go, and the order as a file, all on the registration form."""

from datetime import datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.public.registration_page import FORM, count_registrations, invoice
from tests.cast import a_person, a_registration
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.several_bills import bill_together
from tests.visitors import a_person_at, signed_in
from tourreg.db import db
from tourreg.domain.billing.order_models import OrderFile
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("clock_shows")

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PAGE = b"<!doctype html><script>alert(1)</script>"
CITY = BillTo(
    name="City of Charlotte", email="ap@example.org", department="Finance", address="600 East Fourth Street",
    country="US", vendor_number="V-1", po_number="PO 1",
)  # fmt: skip


def test_bills_go_to_the_address_for_bills(client: FlaskClient, whole: Fields) -> None:
    client.post(FORM, data=whole | invoice() | {"bill_email": "AP@example.org "})

    [registration] = db.session.scalars(select(Registration)).all()
    assert (registration.folio.payer_email, registration.contact_email) == ("AP@example.org", "emily@example.org")


def test_without_an_address_for_bills_they_go_to_the_contact(client: FlaskClient, whole: Fields) -> None:
    client.post(FORM, data=whole | invoice())

    [registration] = db.session.scalars(select(Registration)).all()
    assert registration.folio.payer_email == "emily@example.org"


@pytest.mark.both
def test_the_order_comes_with_the_form(client: FlaskClient, whole: Fields) -> None:
    for _twice in range(2):
        client.post(FORM, data=whole | invoice() | {"order": (BytesIO(PDF), "PO 7.pdf")})

    [registration] = db.session.scalars(select(Registration)).all()
    [order] = db.session.scalars(select(OrderFile)).all()
    assert (order.folio_id, order.name) == (registration.folio_id, "PO 7.pdf")
    assert order.added_by == f"contact:{registration.public_id}"


@pytest.mark.parametrize(
    ("content", "words"),
    [(PAGE, "This is no PDF, PNG or JPEG"), (PDF[:-8], "The end of the file is missing"), (b"", "Choose the file")],
)
def test_a_file_that_is_no_order_is_refused_beside_its_field(
    client: FlaskClient, whole: Fields, content: bytes, words: str
) -> None:
    answer = client.post(FORM, data=whole | invoice() | {"order": (BytesIO(content), "order.pdf")})

    assert answer.status_code == 422
    assert words in faults_of(answer)["order"]
    assert fields_of(answer, "registration")["bill_name"] == "City of Charlotte"
    assert count_registrations() == 0


def test_a_refused_form_keeps_what_was_typed_and_asks_for_the_file_again(client: FlaskClient, whole: Fields) -> None:
    typed = whole | invoice() | {"bill_email": "ap@example.org", "p1-surname": ""}

    answer = client.post(FORM, data=typed | {"order": (BytesIO(PDF), "PO 7.pdf")})

    assert answer.status_code == 422
    assert "Choose the file of your order again" in faults_of(answer)["order"]
    assert fields_of(answer, "registration")["bill_email"] == "ap@example.org"


def test_another_participant_asks_for_the_file_again_without_calling_it_a_fault(
    client: FlaskClient, whole: Fields
) -> None:
    answer = client.post(FORM, data=whole | invoice() | {"do": "add", "order": (BytesIO(PDF), "PO 7.pdf")})

    assert answer.status_code == 200
    assert "Choose the file of your order again" in words_of(page_of(answer))
    assert faults_of(answer) == {}


def test_who_pays_by_card_needs_no_order(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | {"order": (BytesIO(PAGE), "order.pdf")})

    assert answer.status_code == 303
    assert db.session.scalars(select(OrderFile)).all() == []


def test_an_address_for_bills_that_is_none_is_refused(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | invoice() | {"bill_email": "accounts payable"})

    assert faults_of(answer)["bill_email"] == "Type the whole address, as in name@city.gov."


def test_whoever_is_signed_in_is_offered_the_payer_of_last_time(
    client: FlaskClient, summit: Event, now: datetime
) -> None:
    a_registration(summit, a_person(), contact_email="hart@example.org", pays_by="invoice", bill_to=CITY, now=now)
    signed_in(client, a_person_at("hart@example.org", now), at=now)

    page = client.get(FORM)

    offered = fields_of(page, "registration")
    names = ("bill_name", "bill_department", "bill_address", "bill_country", "bill_email", "vendor_number")
    assert [offered[name] for name in names] == [
        "City of Charlotte", "Finance", "600 East Fourth Street", "US", "ap@example.org", "V-1",
    ]  # fmt: skip
    assert offered["po_number"] == ""
    assert "payer of your last registration" in words_of(page_of(page))


def test_nobody_is_offered_the_payer_of_others(client: FlaskClient, summit: Event, now: datetime) -> None:
    one = a_registration(summit, a_person(), contact_email="hart@example.org", pays_by="invoice", bill_to=CITY, now=now)
    other = a_registration(
        summit, a_person("Li", "Chen"), contact_email="li@example.org", pays_by="invoice", now=now,
        bill_to=BillTo(name="Li Chen", email="li@example.org"),
    )  # fmt: skip
    bill_together(one, other, now=now)
    signed_in(client, a_person_at("li@example.org", now), at=now)

    assert fields_of(client.get(FORM), "registration")["bill_name"] == ""

"""Finance files a seller's W-9 and what its letterhead says; both are on the papers to come."""

import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.adapters.test_pdf_joining import a_form
from tests.forms import faults_of, fields_of
from tests.money_cast import read_again
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.papers.models import Issuer, Paper
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices
from tourreg.worker import run_due


def test_a_filed_w9_follows_behind_the_invoices_of_payers_who_want_it(
    finance: FlaskClient, registration: Registration
) -> None:
    assert file(finance, registration, a_form()).status_code == 303
    want(finance, registration)

    [invoice] = issued(registration)

    pages = PdfReader(io.BytesIO(files().get(invoice.pdf_sha256 or ""))).pages
    assert len(pages) == 2
    assert "A signed Form W-9 follows behind this invoice." in pages[0].extract_text()
    assert "Filled in by hand" in pages[1].extract_text()


def test_without_a_wish_for_it_the_invoice_stays_alone(finance: FlaskClient, registration: Registration) -> None:
    file(finance, registration, a_form())

    [invoice] = issued(registration)

    assert len(PdfReader(io.BytesIO(files().get(invoice.pdf_sha256 or ""))).pages) == 1
    assert invoice.sheet["enclosed"] == []


def test_another_w9_leaves_the_sheet_of_an_issued_invoice_as_it_was(
    finance: FlaskClient, registration: Registration
) -> None:
    file(finance, registration, a_form())
    want(finance, registration)
    [invoice] = issued(registration)
    before = invoice.sheet["enclosed"][0]["sha256"]

    file(finance, registration, a_form(rotated=90))

    db.session.rollback()
    assert db.session.get_one(Issuer, registration.folio.issuer_id).w9_sha256 != before
    assert db.session.scalars(select(Paper.sheet)).one()["enclosed"][0]["sha256"] == before


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<html><script>alert(1)</script>", "This is no PDF, whatever its name says."),
        (a_form(password="secret"), "This PDF is locked by a password."),
        (b"%PDF-1.7 broken", "This PDF cannot be read."),
    ],
)
def test_a_file_that_is_no_readable_pdf_is_refused_beside_its_field(
    finance: FlaskClient, registration: Registration, content: bytes, fault: str
) -> None:
    answer = file(finance, registration, content, registrations_en="CST 0000000-50")

    assert answer.status_code == 422
    assert faults_of(answer)["w9"].startswith(fault)
    assert "CST 0000000-50" in answer.text
    assert db.session.get_one(Issuer, registration.folio.issuer_id).w9_sha256 is None


def test_a_file_of_many_megabytes_is_not_read(finance: FlaskClient, registration: Registration) -> None:
    assert file(finance, registration, b"%PDF-" + b"x" * 3_000_000).status_code == 413


def test_registrations_stand_on_the_letterhead_and_a_w9_can_be_removed(
    finance: FlaskClient, registration: Registration
) -> None:
    file(finance, registration, a_form(), registrations_en="California CST 0000000-50")
    download = finance.get(f"{seller(registration)}/w9.pdf")
    assert download.headers["Content-Disposition"].startswith("attachment")

    answer = file(finance, registration, b"", remove_w9="y")

    assert answer.status_code == 303
    issuer = read_again(registration).folio.issuer
    assert issuer.w9_sha256 is None
    assert finance.get(f"{seller(registration)}/w9.pdf").status_code == 404
    [invoice] = issued(registration)
    assert invoice.sheet["seller"]["registrations"]["en"] == "California CST 0000000-50"
    assert "California CST 0000000-50" in files().get(invoice.html_sha256 or "").decode()


def file(finance: FlaskClient, registration: Registration, content: bytes, **typed: str) -> TestResponse:
    address = seller(registration)
    fields = {**fields_of(finance.get(address), "seller"), **typed}
    sent = {**fields, "w9": (io.BytesIO(content), "w-9.pdf" if content else "")}
    return finance.post(address, data=sent, content_type="multipart/form-data")


def want(finance: FlaskClient, registration: Registration) -> None:
    address = f"/office/money/bills/{registration.folio.public_id}"
    token = fields_of(finance.get(f"{address}/statement"), "issue-form")["csrf_token"]
    finance.post(f"{address}/w9", data={"csrf_token": token, "wanted": "y"})


def issued(registration: Registration) -> list[Paper]:
    with writing():
        invoices.issue_now(registration.id, now=registration.registered_at, by="staff:x")
    run_due()
    db.session.rollback()
    return list(db.session.scalars(select(Paper).where(Paper.kind == "invoice")))


def seller(registration: Registration) -> str:
    return f"/office/money/sellers/{registration.folio.issuer.public_id}"

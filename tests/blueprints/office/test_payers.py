"""Finance says who pays what, keeps payers for next time, and sees what they would send back."""

from datetime import datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.forms import faults_of, fields_of, page_of, words_of
from tests.money_cast import letters_about, papers_of, read_again, two_people_register
from tests.several_bills import balance, line_of, stands_on
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.billing import payers
from tourreg.domain.billing.order_models import OrderFile
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.billing.payers import BillTo, Kept
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("without_tokens")

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PAGE = b"<!doctype html><script>fetch('/office')</script>"
CHARLOTTE = BillTo(name="City of Charlotte", email="ap@example.org", department="Planning", country="US")


def a_payer(now: datetime, *demands: str, bill_to: BillTo = CHARLOTTE) -> PayerProfile:
    with writing():
        kept = Kept(bill_to, demands=demands, terms_days=45)
        return payers.keep_payer(kept, submission_key="one form", now=now, by="staff:finance")


def by_demands(registration: Registration, profile: PayerProfile) -> None:
    """Let the bill be that of a payer with demands."""
    with writing():
        payers.follow_profile(registration.folio, profile)


def test_a_payer_is_kept_once_however_often_the_form_is_sent(finance: FlaskClient) -> None:
    address = "/office/money/payers/new"
    fields = {**fields_of(finance.get(address), "payer-form"), "name": "City of Davenport", "email": "ap@example.org"}

    answers = [finance.post(address, data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert len(payers.profiles("davenport")) == 1


def test_published_demands_fill_the_form_and_name_their_source(finance: FlaskClient) -> None:
    address = "/office/money/payers/new"
    filled = finance.post(
        address, data={**fields_of(finance.get(address), "payer-form"), "preset": "charlotte", "do": "fill"}
    )
    fields = fields_of(filled, "payer-form")

    assert filled.status_code == 200
    assert fields["name"] == "City of Charlotte"
    assert fields["source_address"].startswith("https://www.charlottenc.gov/")
    assert fields["source_on"] == "2026-11-22"
    assert fields["terms_days"] == "30"


def test_a_payer_without_a_name_or_address_is_not_kept(finance: FlaskClient) -> None:
    answer = finance.post("/office/money/payers/new", data={"name": "", "email": "no address", "terms_days": "-1"})

    assert answer.status_code == 422
    assert set(faults_of(answer)) == {"name", "email", "terms_days"}
    assert payers.profiles() == []


def test_changing_a_profile_changes_no_bill(finance: FlaskClient, registration: Registration, now: datetime) -> None:
    profile = a_payer(now)
    by_demands(registration, profile)
    before = read_again(registration).folio.payer_name
    address = f"/office/money/payers/{profile.public_id}"

    fields = {**fields_of(finance.get(address), "payer-form"), "name": "City of Charlotte, North Carolina"}
    assert finance.post(address, data=fields).status_code == 303

    assert payers.profiles()[0].name == "City of Charlotte, North Carolina"
    assert read_again(registration).folio.payer_name == before


def test_a_bill_is_filled_in_from_a_payer_kept(finance: FlaskClient, registration: Registration, now: datetime) -> None:
    profile = a_payer(now, "department")
    address = f"/office/money/registrations/{registration.public_id}/payer"
    fields = fields_of(finance.get(address), "payer-form")

    filled = finance.post(address, data={**fields, "profile": profile.public_id, "po_number": "PO-7", "do": "fill"})
    fields = fields_of(filled, "payer-form")
    assert (fields["name"], fields["department"], fields["po_number"]) == ("City of Charlotte", "Planning", "PO-7")
    saved = finance.post(address, data={**fields, "po_on": "2027-01-12", "requester": "Dana Park"})

    folio = read_again(registration).folio
    assert saved.status_code == 303
    assert (folio.payer_department, folio.po_number, folio.requester) == ("Planning", "PO-7", "Dana Park")
    assert (folio.profile_id, folio.terms_days, str(folio.po_on)) == (profile.id, 45, "2027-01-12")


def test_a_name_that_was_typed_finds_the_payer_kept(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    a_payer(now)
    address = f"/office/money/registrations/{registration.public_id}/payer"

    filled = finance.post(
        address, data={**fields_of(finance.get(address), "payer-form"), "name": "City of Charlotte", "do": "fill"}
    )

    assert fields_of(filled, "payer-form")["email"] == "ap@example.org"


def test_the_lines_of_an_order_are_kept_with_the_bill_and_printed(
    finance: FlaskClient, registration: Registration
) -> None:
    line = line_of(registration.folio, "Early bird")
    address = f"/office/money/registrations/{registration.public_id}/payer"
    fields = fields_of(finance.get(address), "payer-form")

    finance.post(address, data={**fields, f"po-line-{line.public_id}": "20"})
    too_long = finance.post(address, data={**fields, f"po-line-{line.public_id}": "2" * 21})

    assert payers.order_lines_of(read_again(registration).folio) == {line.id: "20"}
    assert too_long.status_code == 422


def test_a_payer_is_kept_from_a_bill_without_its_order(finance: FlaskClient, registration: Registration) -> None:
    address = f"/office/money/registrations/{registration.public_id}/payer"
    fields = {**fields_of(finance.get(address), "payer-form"), "po_number": "PO-7", "keep": "y"}

    finance.post(address, data=fields)

    [kept] = payers.profiles()
    assert kept.name == registration.folio.payer_name
    assert read_again(registration).folio.profile_id == kept.id


def test_another_payer_takes_lines_over(finance: FlaskClient, registration: Registration) -> None:
    line = line_of(registration.folio, "Early bird")
    address = f"/office/money/registrations/{registration.public_id}/another-payer"
    fields = fields_of(finance.get(address), "another-payer-form")
    fields |= {"lines": line.public_id, "name": "Emily Hart", "email": "emily@example.org"}

    first = finance.post(address, data=fields)
    again = finance.post(address, data=fields)

    theirs = next(one for one in read_again(registration).folios if one.id != registration.folio_id)
    assert (first.status_code, again.status_code) == (303, 422)
    assert stands_on(theirs) == [("Early bird", 48_000)]
    assert balance(registration.folio) == 48_000
    page = words_of(page_of(finance.get(f"/office/registrations/{registration.public_id}")))
    assert "Bill of Emily Hart" in page


def test_another_payer_is_asked_for_lines_and_a_name(finance: FlaskClient, registration: Registration) -> None:
    answer = finance.post(f"/office/money/registrations/{registration.public_id}/another-payer", data={})

    assert answer.status_code == 422
    assert set(faults_of(answer)) == {"lines", "name", "email"}


def test_registrations_are_put_on_one_bill(finance: FlaskClient, registration: Registration, now: datetime) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    address = f"/office/money/registrations/{registration.public_id}/together"
    assert other.reference in words_of(page_of(finance.get(address)))

    answer = finance.post(address, data={"others": other.public_id})

    assert answer.status_code == 303
    assert read_again(other).folio_id == registration.folio_id
    assert balance(registration.folio) == 192_000


def test_a_bill_of_another_registration_is_no_bill_of_this_one(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event)

    page = finance.get(f"/office/money/registrations/{registration.public_id}/payer?bill={other.folio.public_id}")

    assert page.status_code == 404


def test_an_order_that_would_come_back_is_accepted_only_with_a_reason(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    by_demands(registration, a_payer(now, "po_number", "w9"))
    address = f"/office/money/orders/{registration.public_id}"
    assert "They pay nothing without a PO number" in words_of(page_of(finance.get(address)))

    refused = finance.post(f"{address}/accept", data={"po_number": "PO-1"})
    accepted = finance.post(f"{address}/accept", data={"po_number": "PO-1", "anyway": "The W-9 is on its way."})

    assert refused.status_code == 422
    assert faults_of(refused)["anyway"].startswith("They would send it back. They do not have our W-9 yet.")
    assert accepted.status_code == 303
    assert papers_of(registration) == ["invoice"]
    kept = db.session.scalars(select(Change).where(Change.what == "acceptance")).one()
    assert kept.after == {"demands": "w9", "anyway": "The W-9 is on its way."}


def test_an_invoice_that_would_come_back_asks_for_a_reason_first(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    by_demands(registration, a_payer(now, "vendor_number"))
    address = f"/office/money/registrations/{registration.public_id}/invoice"

    asked = finance.post(address)
    empty = finance.post(address, data={"anyway": ""})
    issued = finance.post(address, data={"anyway": "They add it themselves."})

    assert (asked.status_code, asked.location) == (303, address)
    assert empty.status_code == 422
    assert issued.status_code == 303
    assert papers_of(registration) == ["invoice"]
    assert letters_about(registration) == ["invoiced"]


def test_a_correction_meets_the_demands_too(finance: FlaskClient, registration: Registration, now: datetime) -> None:
    finance.post(f"/office/money/registrations/{registration.public_id}/invoice")
    by_demands(registration, a_payer(now, "vendor_number"))
    [invoice] = read_again(registration).folio.invoices
    address = f"/office/money/invoices/{invoice.public_id}"
    fields = {**fields_of(finance.get(address), "correction-form"), "reason": "The name"}

    refused = finance.post(address, data=fields)
    corrected = finance.post(address, data={**fields, "vendor_number": "V-77"})

    assert set(faults_of(refused)) == {"anyway"}
    assert corrected.status_code == 303
    assert papers_of(registration) == ["invoice", "credit_note", "invoice"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PAGE, "This is no PDF, PNG or JPEG"),
        (b"", "Choose the file first."),
        (PDF[:12], "The end of the file is missing."),
    ],
)
def test_a_file_that_is_no_order_is_refused_with_a_sentence(
    finance: FlaskClient, registration: Registration, content: bytes, sentence: str
) -> None:
    address = f"/office/money/registrations/{registration.public_id}/order"

    answer = finance.post(address, data={"order": (BytesIO(content), "PO.pdf")}, follow_redirects=True)

    assert sentence in words_of(page_of(answer))
    assert db.session.scalars(select(OrderFile)).all() == []


def test_an_order_is_kept_once_and_handed_over_only_as_a_download(
    finance: FlaskClient, registration: Registration
) -> None:
    address = f"/office/money/registrations/{registration.public_id}/order"

    for _ in range(2):
        finance.post(address, data={"order": (BytesIO(PDF), "../采购 PO.html")})
    [order] = db.session.scalars(select(OrderFile)).all()
    page = words_of(page_of(finance.get(f"/office/money/orders/{registration.public_id}")))
    handed_over = finance.get(f"/office/money/orders/files/{order.public_id}")

    assert "采购 PO.pdf" in page
    assert handed_over.data == PDF
    assert handed_over.headers["Content-Type"] == "application/pdf"
    assert handed_over.headers["Content-Disposition"].startswith("attachment;")
    assert handed_over.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_larger_than_an_order_may_be_is_refused(finance: FlaskClient, registration: Registration) -> None:
    address = f"/office/money/registrations/{registration.public_id}/order"

    answer = finance.post(address, data={"order": (BytesIO(PDF + b"0" * 11_000_000), "PO.pdf")})

    assert answer.status_code == 413
    assert db.session.scalars(select(OrderFile)).all() == []

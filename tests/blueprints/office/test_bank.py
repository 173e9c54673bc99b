"""Finance imports a bank's statement and says which bills each booking pays."""

import io
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bank_files import a_csv, all_lines, an_account, imported, only_line
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.money_cast import papers_of, payments_posted, seats_of, two_people_register
from tourreg.domain.banking.models import BankAccount
from tourreg.domain.registrations.models import Registration

UPLOAD = "/office/money/bank/import"


@pytest.fixture
def account(registration: Registration, now: datetime) -> BankAccount:
    return an_account(now)


def upload(finance: FlaskClient, content: bytes, name: str = "january.csv") -> TestResponse:
    fields = fields_of(finance.get(UPLOAD), "upload-form")
    return finance.post(UPLOAD, data={**fields, "file": (io.BytesIO(content), name)})


def look_at(finance: FlaskClient, content: bytes, name: str = "january.csv") -> TestResponse:
    return finance.get(upload(finance, content, name).location)


def take_over(finance: FlaskClient, content: bytes, **typed: str) -> TestResponse:
    address = upload(finance, content).location
    fields = fields_of(finance.get(address), "file-form")
    return finance.post(address, data={**fields, "do": "import", **typed})


@pytest.mark.usefixtures("account")
def test_a_wire_that_names_the_bill_is_imported_and_pays_it(finance: FlaskClient, registration: Registration) -> None:
    text = f"INCOMING WIRE {registration.reference.replace('-', ' ').lower()}"
    statement = take_over(
        finance, a_csv((12, "CITY OF CHARLOTTE", text, "960.00", "W1"), (13, "", "FEE", "-25.00", "W2"))
    )
    address = f"/office/money/bank/lines/{only_line('WIRE').public_id}"

    answer = finance.post(address, data=fields_of(finance.get(address), "bills-form"))

    assert finance.get(statement.location).status_code == 200
    assert answer.status_code == 303
    assert payments_posted(registration) == [-96_000]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert [line.state for line in all_lines()] == ["applied", "outgoing"]


@pytest.mark.usefixtures("account")
def test_the_same_file_again_brings_nothing(finance: FlaskClient) -> None:
    file = a_csv((12, "CITY", "ONE", "10.00", ""), (12, "CITY", "ONE", "10.00", ""))
    take_over(finance, file)

    again = take_over(finance, file)

    assert again.location == "/office/money/bank"
    assert len(all_lines()) == 2
    assert "2 were here already" in finance.get(again.location).get_data(as_text=True)


def test_one_wire_pays_two_bills_and_the_parts_must_add_up(
    finance: FlaskClient, registration: Registration, account: BankAccount, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    text = f"{registration.reference} AND {other.reference}"
    imported(account, a_csv((12, "CITY", text, "1920.00", "W1")), now)
    address = f"/office/money/bank/lines/{only_line().public_id}"
    fields = fields_of(finance.get(address), "bills-form")
    amounts = [name for name in fields if name.startswith("amount-")]

    wrong = finance.post(address, data={**fields, amounts[0]: "900.00"})
    right = finance.post(address, data=fields)

    assert faults_of(wrong) == {
        "rest_stays": "US$60.00 of the line is left. Add it to a bill, or tick that it stays open."
    }
    assert right.status_code == 303
    assert payments_posted(registration) == payments_posted(other) == [-96_000]


def test_whoever_comes_second_sees_that_the_line_is_applied(
    finance: FlaskClient, registration: Registration, account: BankAccount, now: datetime
) -> None:
    imported(account, a_csv((12, "CITY", registration.reference, "960.00", "W1")), now)
    address = f"/office/money/bank/lines/{only_line().public_id}"
    fields = fields_of(finance.get(address), "bills-form")

    answers = [finance.post(address, data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[1].location == address
    assert "Somebody has done something with this line" in finance.get(address).get_data(as_text=True)
    assert payments_posted(registration) == [-96_000]


def test_what_is_certain_is_shown_and_applied_at_once(
    finance: FlaskClient, registration: Registration, account: BankAccount, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    bookings = [
        (11, "CITY", registration.reference, "960.00", "W1"),
        (12, "CITY", registration.reference, "960.00", "W2"),
        (12, "CITY", other.reference, "100.00", "W3"),
    ]
    statement = imported(account, a_csv(*bookings), now).statement
    assert statement is not None
    address = f"/office/money/bank/statements/{statement.public_id}/certain"
    fields = fields_of(finance.get(address), "certain-form")

    answer = finance.post(address, data=fields)

    assert answer.status_code == 303
    assert payments_posted(registration) == [-96_000]
    assert payments_posted(other) == []
    assert [line.state for line in all_lines()] == ["applied", "open", "open"]


def test_a_line_is_set_aside_and_brought_back(finance: FlaskClient, account: BankAccount, now: datetime) -> None:
    imported(account, a_csv((12, "SOMEBODY", "RENT", "50.00", "W1")), now)
    address = f"/office/money/bank/lines/{only_line().public_id}"

    fields = {
        **fields_of(finance.get(address), "aside-form"),
        "reason": "not_for_us",
        "note": "Rent of the floor",
    }
    finance.post(f"{address}/aside", data=fields)
    line = only_line()
    aside = (line.state, line.aside_reason, line.aside_note)
    finance.post(f"{address}/back", data={"csrf_token": fields["csrf_token"]})

    assert aside == ("set_aside", "not_for_us", "Rent of the floor")
    assert (only_line().state, only_line().aside_reason) == ("open", None)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "This is a web page"),
        (b"PK\x03\x04 a workbook", "This is a workbook"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\0\1\2\3 nothing", "This is no text file"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Document>&a;</Document>', "declares a document type"),
        (b'<?xml version="1.0"?><Document><cut', "cut or broken at line 1"),
        (b'<?xml version="1.0"?><invoice/>', "no CAMT.053 statement"),
    ],
)
def test_what_is_no_statement_is_refused_with_a_sentence(finance: FlaskClient, content: bytes, said: str) -> None:
    page = look_at(finance, content)

    assert page.status_code == 422
    assert said in words_of(page_of(page).find(".//div[@class='errors']"))


@pytest.mark.usefixtures("account")
def test_fifty_megabytes_are_refused_before_they_are_read(finance: FlaskClient) -> None:
    answer = finance.post(UPLOAD, environ_overrides={"CONTENT_LENGTH": str(50 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "12 MB" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("account")
def test_a_row_that_cannot_be_read_is_named_and_left_out_only_if_somebody_says_so(finance: FlaskClient) -> None:
    file = a_csv((12, "CITY", "GOOD", "10.00", "W1")) + b"01/13/2027,cut\n12/24/2027,CITY,LATER,5.00,W3\n"
    page = look_at(finance, file)

    refused = take_over(finance, file)
    left_out = take_over(finance, file, leave_out="y")

    said = page.get_data(as_text=True)
    assert "The line is cut: it has 2 columns, and 4 are needed." in said
    assert "The booking is dated 24 December 2027, which has not come yet." in said
    assert "leave_out" in faults_of(refused)
    assert left_out.status_code == 303
    assert [line.text for line in all_lines()] == ["GOOD"]

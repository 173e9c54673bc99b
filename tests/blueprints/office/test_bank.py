"""Finance imports a bank's statement and says which bills each booking pays."""

import io
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bank_files import a_csv, all_lines, an_account, imported, only_line
from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.money_cast import cancel, papers_of, payments_posted, refunds, seats_of, two_people_register, wire
from tests.staff import sign_in
from tourreg.db import writing
from tourreg.domain.banking import queries
from tourreg.domain.banking.models import BankAccount
from tourreg.domain.registrations.models import Registration

UPLOAD = "/office/money/bank/import"
NEW_ACCOUNT = "/office/money/bank/accounts/new"


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
    assert "The line is cut: of 4 columns it has 2." in said
    assert "The booking is dated 24 December 2027, which has not come yet." in said
    assert "leave_out" in faults_of(refused)
    assert left_out.status_code == 303
    assert [line.text for line in all_lines()] == ["GOOD"]


def test_a_booking_that_another_file_may_have_brought_too_is_said_to_be_so(
    finance: FlaskClient, account: BankAccount, now: datetime
) -> None:
    imported(account, a_csv((12, "CITY", "WIRE IN", "960.00", "")), now)
    imported(account, a_csv((12, "City of Charlotte", "INCOMING WIRE", "960.00", "")), now)

    page = finance.get(f"/office/money/bank/lines/{only_line('INCOMING').public_id}").get_data(as_text=True)

    assert f"/office/money/bank/lines/{only_line('WIRE IN').public_id}" in page
    assert "came with another file" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "OPERATING account"}, "name"),
        ({"name": "Euro", "currency": "EUR"}, "currency"),
        ({"name": "Odd", "currency": "XXX"}, "currency"),
    ],
)
@pytest.mark.usefixtures("account")
def test_an_account_that_cannot_be_is_refused_beside_its_field(
    finance: FlaskClient, typed: dict[str, str], field: str
) -> None:
    answer = send(finance, "/office/money/bank/accounts/new", "account-form", **typed)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]


def test_an_account_is_noted_once_and_renamed(finance: FlaskClient, account: BankAccount) -> None:
    fields = {**fields_of(finance.get(NEW_ACCOUNT), "account-form"), "name": "Savings"}

    answers = [finance.post(NEW_ACCOUNT, data=fields) for _ in range(2)]
    renamed = send(finance, f"/office/money/bank/accounts/{account.public_id}", "account-form", name="Main")

    assert [answer.status_code for answer in (*answers, renamed)] == [303] * 3
    assert [one.name for one in queries.accounts()] == ["Main", "Savings"]


def test_a_mapping_is_put_right_before_the_file_is_taken_over_and_kept(
    finance: FlaskClient, account: BankAccount
) -> None:
    file = b"Tag;Wer;Was;Wieviel\n12.01.2027;Stadt;Miete;1.234,50\n"
    address = upload(finance, file).location
    fields = fields_of(finance.get(address), "file-form")
    right = {
        "date_format": "%d.%m.%Y",
        "decimal": ",",
        "column_booked_on": "1",
        "column_amount": "4",
        "column_text": "3",
    }

    unread = finance.post(address, data={**fields, "do": "look"})
    looked = finance.post(address, data={**fields, **right, "do": "look"})
    taken = finance.post(address, data={**fields_of(looked, "file-form"), "do": "import"})
    again = fields_of(finance.get(upload(finance, file).location), "file-form")

    assert set(faults_of(unread)) == {"column_booked_on", "column_amount"}
    assert "US$1,234.50" in looked.get_data(as_text=True)
    assert taken.status_code == 303
    assert [(line.text, line.amount_minor) for line in all_lines()] == [("Miete", 123_450)]
    assert {name: again[name] for name in right} == right
    assert account.currency == "USD"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "typed",
    [
        {"skipped": "-1"}, {"skipped": "many"}, {"skipped": "9" * 50}, {"delimiter": "\0"}, {"encoding": "rot13"},
        {"date_format": "%s"}, {"column_amount": "999"}, {"column_amount": "x"}, {"decimal": ""}, {"amount_style": "?"},
        {"encoding": "gb18030"}, {"encoding": "utf-16"}, {"skipped": "99"},
    ],
)  # fmt: skip
def test_a_mapping_of_nonsense_gets_a_page_with_faults(finance: FlaskClient, typed: dict[str, str]) -> None:
    address = upload(finance, a_csv((12, "CITY", "ÄÖ", "10.00", ""))).location
    fields = fields_of(finance.get(address), "file-form")

    answer = finance.post(address, data={**fields, **typed, "do": "import"})

    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert page_of(answer).find(".//h1") is not None


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("bill", ["", "nobody", "x" * 500])
def test_a_bill_that_is_none_is_paid_nothing(
    finance: FlaskClient, account: BankAccount, now: datetime, bill: str
) -> None:
    imported(account, a_csv((12, "CITY", "WIRE", "960.00", "")), now)
    address = f"/office/money/bank/lines/{only_line().public_id}"
    token = fields_of(finance.get(address), "aside-form")["csrf_token"]
    fields = {"csrf_token": token, "seen": "96000", "bill": bill, f"amount-{bill}": "960.00"}

    answer = finance.post(address, data=fields)

    assert answer.status_code == 422
    assert only_line().state == "open"


def test_an_outgoing_booking_is_the_refund_that_finance_paid_out(
    finance: FlaskClient, registration: Registration, account: BankAccount, now: datetime
) -> None:
    wire(registration, 96_000, now)
    cancel(registration, now)
    imported(account, a_csv((14, "CITY OF CHARLOTTE", "REFUND", "-960.00", "R1")), now)
    address = f"/office/money/bank/lines/{only_line().public_id}"
    page = finance.get(address)
    token = fields_of(page, "aside-form")["csrf_token"]

    answer = finance.post(f"{address}/refund", data={"csrf_token": token, "refund": refunds()[0].public_id})

    assert answer.status_code == 303
    assert refunds()[0].state == "succeeded"
    assert only_line().state == "tied"


def test_sample_files_are_for_sample_sellers_only(finance: FlaskClient, account: BankAccount) -> None:
    address = f"/office/money/bank/samples/{account.public_id}"
    assert finance.get(f"{address}.csv").status_code == 404
    with writing():
        account.issuer.sample = True

    answers = [finance.get(f"{address}.{form}") for form in ("csv", "xml")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.mimetype for answer in answers] == ["text/csv", "application/xml"]
    assert look_at(finance, answers[1].data, "sample.xml").status_code == 200


def test_who_only_reads_sees_lines_and_changes_nothing(
    finance: FlaskClient, registration: Registration, account: BankAccount, now: datetime
) -> None:
    imported(account, a_csv((12, "CITY", registration.reference, "960.00", "W1")), now)
    address = f"/office/money/bank/lines/{only_line().public_id}"
    fields = fields_of(finance.get(address), "bills-form")
    sign_in(finance, "read-only", name="Only Reads")

    seen, sent = finance.get(address), finance.post(address, data=fields)

    assert seen.status_code == 200
    assert "Pay these bills" not in seen.get_data(as_text=True)
    assert sent.status_code == 403
    assert payments_posted(registration) == []


def test_a_file_whose_columns_are_called_otherwise_is_guessed_anew_and_said_to_be_so(
    finance: FlaskClient, account: BankAccount, now: datetime
) -> None:
    imported(account, a_csv((12, "CITY", "ONE", "10.00", "W1")), now)

    page = look_at(finance, b"Amount,Date,Why\n12.50,2027-01-13,TWO\n").get_data(as_text=True)

    assert "The columns are not called as in the last file" in page
    assert "US$12.50" in page


@pytest.mark.usefixtures("account")
def test_a_file_with_an_odd_name_is_kept_under_a_plain_one(finance: FlaskClient) -> None:
    name = "a\u202eb" + "x" * 300 + ".csv"

    assert look_at(finance, a_csv((12, "CITY", "ONE", "10.00", "W1")), name).status_code == 200

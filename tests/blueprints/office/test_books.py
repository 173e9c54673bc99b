"""The overview of money, the journal as a file, and its accounts."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.office.finance import cancel, record
from tests.fake_payments import FakePayments
from tests.forms import faults_of, page_of, send, words_of
from tests.money_cast import pay_by_card, two_people_register
from tests.staff import sign_in
from tourreg.db import writing
from tourreg.domain.papers.queries import issuers
from tourreg.domain.registrations.models import Registration

OVERVIEW = "/office/money/overview"


def journal(client: FlaskClient, **asked: str) -> list[dict[str, str]]:
    query = {"issuer": issuers()[0].public_id, "first": "2027-01-01", "last": "2027-01-31", **asked}
    answer = client.get("/office/money/journal.csv", query_string=query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.both
def test_debits_and_credits_add_up_to_nothing(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    record(finance, registration, amount="300.00", detail="W 1")
    pay_by_card(registration, stripe, now)
    cancel(finance, registration)

    rows = journal(finance)

    total = sum(Decimal(row["Debit"] or "0") - Decimal(row["Credit"] or "0") for row in rows)
    by_account: Counter[str] = Counter()
    for row in rows:
        by_account[row["Account"]] += int(Decimal(row["Debit"] or "0") - Decimal(row["Credit"] or "0"))
    assert total == 0
    assert by_account == {"1200": -960, "4000": 0, "1010": 300, "1090": 660}


def test_a_journal_holds_the_days_of_the_sellers_zone(
    finance: FlaskClient, registration: Registration, clock_shows: Callable[[datetime], None]
) -> None:
    first, last = date(2027, 1, 15), date(2027, 1, 16)

    assert {row["Date"] for row in journal(finance, first=first.isoformat(), last=first.isoformat())} == {"2027-01-15"}
    assert journal(finance, first=last.isoformat(), last=last.isoformat()) == []


def test_what_people_typed_is_no_formula_in_the_journal(finance: FlaskClient, registration: Registration) -> None:
    with writing():
        registration.folio.payer_name = "=HYPERLINK(1)"

    assert {row["Payer"] for row in journal(finance)} == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"first": ""}, "first"),
        ({"last": "2027-02-30"}, "last"),
        ({"first": "2027-02-01"}, "last"),
        ({"first": "\\x00"}, "first"),
    ],
)
def test_a_wrong_day_is_said_beside_its_field(
    finance: FlaskClient, registration: Registration, typed: dict[str, str], fault: str
) -> None:
    query = {"issuer": issuers()[0].public_id, "first": "2027-01-01", "last": "2027-01-31", **typed}

    answer = finance.get("/office/money/journal.csv", query_string=query)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [fault]


def test_a_seller_that_is_none_is_not_found(finance: FlaskClient) -> None:
    assert finance.get("/office/money/journal.csv?issuer=x&first=2027-01-01&last=2027-01-31").status_code == 404
    assert finance.get("/office/money/accounts/x").status_code == 404


def test_the_sellers_own_codes_are_used_from_then_on(finance: FlaskClient, registration: Registration) -> None:
    address = f"/office/money/accounts/{issuers()[0].public_id}"

    assert send(finance, address, "accounts", income="=8400").status_code == 303

    assert {row["Account"] for row in journal(finance)} == {"1200", "'=8400"}
    assert list(faults_of(send(finance, address, "accounts", income=""))) == ["income"]


def test_only_finance_names_accounts(client: FlaskClient, registration: Registration) -> None:
    sign_in(client, "read-only")

    assert client.get(OVERVIEW).status_code == 200
    assert client.get(f"/office/money/accounts/{issuers()[0].public_id}").status_code == 403


def test_the_overview_takes_as_many_statements_for_many_as_for_few(
    finance: FlaskClient, registration: Registration, statements: Callable[[], list[str]], now: datetime
) -> None:
    finance.get(OVERVIEW)
    before = len(statements())
    finance.get(OVERVIEW)
    few = len(statements()) - before
    for number in range(5):
        two_people_register(now + timedelta(minutes=number), event=registration.event, submission_key=f"form {number}")
    before = len(statements())
    finance.get(OVERVIEW)

    assert len(statements()) - before == few
    assert few <= 12


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_office_without_postings_reads_what_will_stand_there(client: FlaskClient, app: Flask, language: str) -> None:
    sign_in(client, "finance")

    page = page_of(client.get(f"{OVERVIEW}?language={language}"))

    assert len(page.findall(".//div[@class='none']")) == 3
    assert words_of(page.find(".//h1")) == {"en": "Overview of money", "zh": "款项总览"}[language]

"""Finance looks at a payer's account, prints it, issues it under a number, and reminds of what is open."""

import io
from datetime import datetime, timedelta

from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from tests.forms import fields_of
from tests.money_cast import letters_about, two_people_register, wire
from tourreg.db import db, writing
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices


def test_the_statement_shows_every_movement_and_the_balance(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    wire(registration, 20_000, now)

    page = finance.get(statement(registration)).text

    assert "US$480.00" in page
    assert "−US$200.00" in page
    assert "US$760.00" in page
    assert "CCE-REC-2027-00001" in page


def test_a_statement_from_a_day_begins_with_the_balance_before_it(
    finance: FlaskClient, registration: Registration
) -> None:
    page = finance.get(f"{statement(registration)}?since=2027-03-01").text

    assert "Balance brought forward" in page
    assert "Nothing moved in this time." in page
    assert finance.get(f"{statement(registration)}?since=yesterday").status_code == 200


def test_a_working_copy_of_the_statement_has_no_number(finance: FlaskClient, registration: Registration) -> None:
    answer = finance.get(f"{statement(registration)}.pdf?in=both&size=a4")

    words = read(answer.data)
    assert "WORKING COPY" in words
    assert "对账单" in words
    assert issued("statement") == []


def test_one_sending_of_the_form_issues_one_statement(finance: FlaskClient, registration: Registration) -> None:
    fields = fields_of(finance.get(statement(registration)), "issue-form")

    answers = [finance.post(statement(registration), data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert issued("statement") == ["CCE-STM-2027-00001"]
    assert letters_about(registration) == ["statement"]


def test_a_reminder_asks_for_what_is_open_and_is_sent_once(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    with writing():
        invoices.issue_now(registration.id, now=now - timedelta(days=60), by="staff:x")
    page = finance.get(reminder(registration))
    assert "30 days late" in page.text

    fields = {**fields_of(page, "reminder-form"), "level": "2"}
    for _ in range(2):
        assert finance.post(reminder(registration), data=fields).status_code == 303

    assert issued("reminder") == ["CCE-REM-2027-00001"]
    assert letters_about(registration) == ["invoiced", "reminded"]
    assert "SECOND REMINDER" in read(finance.get(f"{reminder(registration)}.pdf?level=2").data)


def test_nothing_open_is_nothing_to_remind_of(finance: FlaskClient, registration: Registration) -> None:
    assert "Nothing to remind of" in finance.get(reminder(registration)).text
    assert finance.get(f"{reminder(registration)}.pdf").status_code == 404
    typed = {**fields_of(finance.get(statement(registration)), "issue-form"), "level": "9"}
    assert finance.post(reminder(registration), data=typed).status_code == 303
    assert issued("reminder") == []


def test_programme_officers_have_nothing_to_do_with_accounts(officer: FlaskClient, now: datetime) -> None:
    registration = two_people_register(now)

    assert officer.get(statement(registration)).status_code == 403
    assert officer.get(reminder(registration)).status_code == 403


def statement(registration: Registration) -> str:
    return f"/office/money/bills/{registration.folio.public_id}/statement"


def reminder(registration: Registration) -> str:
    return f"/office/money/bills/{registration.folio.public_id}/reminder"


def issued(kind: str) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Paper.number).where(Paper.kind == kind).order_by(Paper.id)))


def read(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)

"""Statements of account, reminders and refund advices: that they add up, and that they are issued once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.fake_payments import FakePayments
from tests.money_cast import FINANCE, cancel, pay_by_card, refunds, send_refunds, tell_all, two_people_register, wire
from tourreg.db import db, writing
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import StatementSheet
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, invoices, reminders, statements
from tourreg.kernel.clock import local_day

pytestmark = pytest.mark.both


def test_a_statement_runs_from_the_first_charge_to_the_balance(registration: Registration, now: datetime) -> None:
    wire(registration, 20_000, now)

    sheet = statements.statement_of(registration.folio, now=now)

    assert [(move["amount"]["minor"], move["balance"]["minor"]) for move in sheet["movements"]] == [
        (48_000, 48_000),
        (48_000, 96_000),
        (-20_000, 76_000),
    ]
    papers = [move["paper"] for move in sheet["movements"]]
    assert papers == ["CCE-INV-2027-00001", "CCE-INV-2027-00001", "CCE-REC-2027-00001"]
    assert {age["age"]: age["amount"]["minor"] for age in sheet["ages"]}["not_due"] == 76_000
    assert_adds_up(sheet)


def test_what_was_before_the_first_day_is_brought_forward(registration: Registration, now: datetime) -> None:
    later = now + timedelta(days=3)
    wire(registration, 20_000, later)

    sheet = statements.statement_of(registration.folio, since=local_day(later, "America/New_York"), now=later)

    assert (sheet["opening"]["minor"], [move["amount"]["minor"] for move in sheet["movements"]]) == (96_000, [-20_000])
    assert_adds_up(sheet)


def test_a_payer_gets_one_statement_over_all_registrations(registration: Registration, now: datetime) -> None:
    other = two_people_register(now, event=registration.event)
    wire(other, 96_000, now)

    alone, together = (statements.statement_of(registration.folio, of_all=of_all, now=now) for of_all in (False, True))

    assert alone["closing"]["minor"] == 96_000
    assert {move["registration"] for move in together["movements"]} == {registration.reference, other.reference}
    assert together["closing"]["minor"] == 96_000
    assert [one["registration"] for one in together["programmes"]] == [other.reference, registration.reference]
    assert_adds_up(together)


def test_a_statement_is_issued_and_sent_once_for_one_form(registration: Registration, now: datetime) -> None:
    for _ in range(2):
        with writing():
            statements.issue_statement(registration.folio_id, of_all=False, since=None, key="form", now=now, by=FINANCE)

    assert numbers_of("statement") == ["CCE-STM-2027-00001"]
    assert [letter.papers for letter in letters("statement")] == [[paper.public_id for paper in papers("statement")]]


def test_a_statement_of_all_goes_to_the_payer_alone(registration: Registration, now: datetime) -> None:
    with writing():
        registration.folio.payer_email = "accountspayable@example.org"
    with writing():
        statements.issue_statement(registration.folio_id, of_all=True, since=None, key="form", now=now, by=FINANCE)

    assert [letter.to_address for letter in letters("statement")] == ["accountspayable@example.org"]


def test_a_reminder_is_issued_and_sent_once_for_one_key(registration: Registration, now: datetime) -> None:
    with writing():
        registration.folio.payer_email = "accountspayable@example.org"
        invoices.issue_now(registration.id, now=now, by=FINANCE)
    for _ in range(2):
        with writing():
            reminders.remind(registration.folio_id, 1, key="plan:1", now=now + timedelta(days=40), by=FINANCE)

    assert numbers_of("reminder") == ["CCE-REM-2027-00001"]
    assert {letter.to_address for letter in letters("reminded")} == {
        "lan@example.org",
        "accountspayable@example.org",
    }


def test_a_refund_that_has_left_is_told_with_its_lines_and_means(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now + timedelta(days=1))
    assert numbers_of("refund_advice") == []
    send_refunds(payments, now + timedelta(days=2))

    [paper] = papers("refund_advice")

    sheet = paper.sheet
    assert (sheet["refund"]["means"], sheet["refund"]["amount"]["minor"]) == ("card", 96_000)
    assert [line["amount"]["minor"] for line in sheet["lines"]] == [-48_000, -48_000]
    assert sheet["credit_note"] == "CCE-CN-2027-00001"
    assert (sheet["charged"]["minor"], sheet["balance"]["minor"]) == (0, 0)
    assert [letter.papers for letter in letters("refunded")] == [[paper.public_id]]


def test_a_refund_over_two_payments_gets_an_advice_for_each_that_names_both(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    wire(registration, 20_000, now)
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    send_refunds(payments, now)
    by_hand = next(refund for refund in refunds() if refund.means == "by_hand")
    with writing():
        cancelling.pay_out_by_hand(by_hand.public_id, "W-1", now=now, by=FINANCE)

    first, second = (paper.sheet["parts"] for paper in papers("refund_advice"))

    assert [(part["means"], bool(part["left_on"])) for part in first] == [("card", True), ("wire", False)]
    assert [(part["means"], bool(part["left_on"])) for part in second] == [("card", True), ("wire", True)]


def test_news_that_comes_again_issues_no_second_advice(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    cancel(registration, now)
    send_refunds(payments, now)
    tell_all(payments, now, times=2)

    assert numbers_of("refund_advice") == ["CCE-RFA-2027-00001"]


def assert_adds_up(sheet: StatementSheet) -> None:
    balance = sheet["opening"]["minor"]
    for move in sheet["movements"]:
        balance += move["amount"]["minor"]
        assert move["balance"]["minor"] == balance
    assert balance == sheet["closing"]["minor"]
    assert sheet["opening"]["minor"] + sheet["charged"]["minor"] + sheet["credited"]["minor"] == balance
    assert sum(age["amount"]["minor"] for age in sheet["ages"]) == max(0, balance)


def papers(kind: str) -> list[Paper]:
    db.session.rollback()
    return list(db.session.scalars(select(Paper).where(Paper.kind == kind).order_by(Paper.id)))


def numbers_of(kind: str) -> list[str]:
    return [paper.number for paper in papers(kind)]


def letters(template: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.template == template).order_by(Letter.id)))

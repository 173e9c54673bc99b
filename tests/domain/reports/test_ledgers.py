"""Balances, ages and months of what is open."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.money_cast import PRICE_MINOR, two_people_register, wire
from tourreg.db import db, writing
from tourreg.domain.billing.ageing import age_of, agreed_parts, open_parts
from tourreg.domain.billing.commands import agree_plan
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.reports import ledgers
from tourreg.domain.reports.ledgers import Open
from tourreg.domain.settlements import credit
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.domain.settlements.statements import statement_of
from tourreg.kernel.money import Money

TODAY = date(2027, 3, 1)
BY = "staff:x"


@pytest.mark.parametrize(
    ("due_on", "age"),
    [
        (date(2027, 3, 1), "not_due"),  # until the end of the day
        (date(2027, 2, 28), "1_30"),
        (date(2027, 1, 30), "1_30"),  # 30 days
        (date(2027, 1, 29), "31_60"),
        (date(2026, 12, 1), "61_90"),  # 90 days
        (date(2026, 11, 30), "over_90"),
        (None, "not_invoiced"),
    ],
)
def test_days_count_from_the_day_after_it_was_due(due_on, age):
    assert age_of(due_on, TODAY) == age


@pytest.mark.parametrize(
    ("balance", "parts"),
    [
        (100, [(100, date(2027, 2, 1))]),  # the older invoice is paid
        (300, [(300, date(2027, 2, 1))]),
        (350, [(300, date(2027, 2, 1)), (50, date(2027, 1, 1))]),
        (600, [(300, date(2027, 2, 1)), (200, date(2027, 1, 1)), (100, None)]),
    ],
)
def test_what_came_in_paid_the_oldest_invoice_first(balance, parts):
    invoices = [(300, date(2027, 2, 1)), (200, date(2027, 1, 1))]

    assert list(open_parts(balance, invoices)) == parts


@pytest.mark.parametrize(
    ("charged", "balance", "parts"),
    [
        (1000, 1000, [(700, date(2027, 6, 1)), (300, date(2027, 2, 1))]),
        (1000, 900, [(700, date(2027, 6, 1)), (200, date(2027, 2, 1))]),  # the first is paid in part
        (1000, 650, [(650, date(2027, 6, 1))]),  # the first is paid, and something of the second
        (1200, 1200, [(900, date(2027, 6, 1)), (300, date(2027, 2, 1))]),  # something was added to the bill
        (200, 200, [(200, date(2027, 2, 1))]),  # much was taken off it
    ],
)
def test_with_a_plan_what_is_open_goes_by_its_instalments(charged, balance, parts):
    agreed = [Instalment(date(2027, 2, 1), Money(300, "USD")), Instalment(date(2027, 6, 1), Money(700, "USD"))]

    assert list(open_parts(balance, agreed_parts(agreed, Money(charged, "USD")))) == parts


def test_what_is_overdue_is_expected_this_month():
    parts = [Open(1, Money(5, "USD"), date(2026, 12, 24)), Open(1, Money(7, "USD"), date(2027, 4, 2))]

    assert ledgers.by_month(parts, TODAY) == {"USD": {date(2027, 3, 1): 5, date(2027, 4, 1): 7}}


@pytest.mark.both
def test_balances_and_open_parts_are_those_of_the_ledger(app: Flask, now: datetime) -> None:
    accepted = two_people_register(now, pays_by="invoice")
    two_people_register(now, event=accepted.event, submission_key="another form")
    with writing():
        credit.accept_credit(accepted.id, po_number="", now=now, by=BY)
    with writing():
        slip = PaymentSlip(Money(20_000, "USD"), "wire", "W 1", date(2027, 1, 15), "slip")
        record_payment(accepted.id, slip, now=now, by=BY)
    db.session.rollback()

    [balance] = ledgers.balances()
    parts = {part.due_on: part.amount.minor for part in ledgers.open_parts()}

    assert (balance.charged.minor, balance.received.minor) == (2 * PRICE_MINOR, 20_000)
    assert (balance.owed.minor, balance.overpaid.minor) == (2 * PRICE_MINOR - 20_000, 0)
    assert parts == {date(2027, 2, 14): PRICE_MINOR - 20_000, None: PRICE_MINOR}


@pytest.mark.both
def test_a_bill_with_a_plan_is_counted_by_instalments_though_its_invoice_names_one_day(
    app: Flask, now: datetime
) -> None:
    accepted = two_people_register(now, pays_by="invoice")
    with writing():
        deposit = Instalment(date(2027, 2, 1), Money(30_000, "USD"))
        agree_plan(accepted.folio, "deposit", [deposit, Instalment(date(2027, 6, 1), Money(66_000, "USD"))], now=now)
    with writing():
        credit.accept_credit(accepted.id, po_number="", now=now, by=BY)
    wire(accepted, 10_000, now)
    db.session.rollback()

    parts = {part.due_on: part.amount.minor for part in ledgers.open_parts()}
    statement = statement_of(accepted.folio, now=datetime(2027, 3, 1, 12, tzinfo=UTC))

    assert parts == {date(2027, 2, 1): 20_000, date(2027, 6, 1): 66_000}
    ages = {row["age"]: row["amount"]["minor"] for row in statement["ages"] if row["amount"]["minor"]}
    assert ages == {"1_30": 20_000, "not_due": 66_000}

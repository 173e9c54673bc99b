"""Reminders ask for what is open, by the invoice or instalment that asked for it, each once."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from tests.domain.billing.test_invoicing import BY, PURPOSE, invoice, pay
from tests.domain.billing.test_ledger import a_folio, charge
from tourreg.db import writing
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.reminding import Demand, NothingToRemind, issue_reminder, open_demands
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

pytestmark = pytest.mark.both
LATER = timedelta(days=44)


@pytest.fixture
def folio(app: Flask, now: datetime) -> Folio:
    return a_folio(now)


def test_a_reminder_names_each_open_invoice_and_how_late_it_is(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    first = invoice(folio, now)
    charge(folio, 21_000, now)
    second = invoice(folio, now + timedelta(days=5))
    pay(folio, 50_000, now)

    with writing():
        paper = issue_reminder(folio, 1, PURPOSE, now=now + LATER, by=BY)

    assert paper.number == "CCE-REM-2027-00001"
    assert [(one["number"], one["open"]["minor"], one["days_late"]) for one in paper.sheet["demands"]] == [
        (second.paper.number, 19_000, 9)
    ]
    assert first.paper.number not in str(paper.sheet["demands"])
    assert (paper.sheet["total"]["minor"], paper.sheet["pay_by"]) == (19_000, "2027-03-14")


def test_what_is_paid_is_not_asked_for_again(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    invoice(folio, now)
    pay(folio, 48_000, now)

    assert open_demands(folio) == []
    with writing(), pytest.raises(NothingToRemind):
        issue_reminder(folio, 1, PURPOSE, now=now, by=BY)


def test_an_instalment_is_asked_for_by_its_name_and_day_and_once_under_its_key(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    amount = Money(10_000, "USD")
    deposit = Demand(date(2027, 1, 10), amount, Money(4_000, "USD"), name=Text("Deposit", "预付款"))

    with writing():
        papers = [
            issue_reminder(
                folio, 3, PURPOSE, now=now, by=BY, demands=[deposit], pay_by=date(2027, 1, 20), key="plan:deposit:3"
            )
            for _ in range(2)
        ]

    assert papers[0] is papers[1]
    sheet = papers[0].sheet
    assert (sheet["level"], sheet["total"]["minor"], sheet["pay_by"]) == (3, 4_000, "2027-01-20")
    assert [(one["name"]["zh"], one["days_late"]) for one in sheet["demands"]] == [("预付款", 5)]

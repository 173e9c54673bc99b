"""Invoices, receipts and credit notes: what they say, that they add up, and their gap-free numbers."""

from datetime import date, datetime
from functools import partial

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.domain.billing.test_ledger import a_charge, a_folio, charge, money_in, take_all_back
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.billing import queries
from tourreg.domain.billing.commands import post_first_charges, post_payment
from tourreg.domain.billing.documents import Purpose, pro_forma_sheet
from tourreg.domain.billing.invoicing import issue_credit_note, issue_invoice, issue_receipt
from tourreg.domain.billing.models import Folio, Invoice
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import InvoiceSheet
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.both

BY = "staff:x"
PURPOSE = Purpose(
    title=Text("Regional Summit", "区域峰会"),
    first_on=date(2027, 10, 20),
    last_on=date(2027, 10, 22),
    place=Text("Yangzhou", "扬州"),
    registration="YZ27-7K3M9-Q",
    participants=({"latin": "Emily HART", "native": "", "title": "City Manager"},),
    names={"participant": "Emily HART"},
)


@pytest.fixture
def folio(app: Flask, now: datetime) -> Folio:
    return a_folio(now)


def test_an_invoice_says_what_a_citys_finance_office_asks_for(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    with writing():
        folio.po_number = "2027-00731"
        folio.vendor_number = "V-104882"

    sheet = invoice(folio, now).paper.sheet

    assert (sheet["kind"], sheet["number"], sheet["version"]) == ("invoice", "CCE-INV-2027-00001", 1)
    assert (sheet["payer"]["name"], sheet["order"]["po_number"], sheet["order"]["vendor_number"]) == (
        "City of Charlotte",
        "2027-00731",
        "V-104882",
    )
    assert (sheet["due_on"], sheet["terms"]) == ("2027-02-14", {"en": "Net 30", "zh": "30天内付清"})
    assert sheet["payment_reference"] == "YZ27-7K3M9-Q / PO 2027-00731"
    assert sheet["programme"]["registration"] == "YZ27-7K3M9-Q"
    assert [line["detail"] for line in sheet["lines"]] == ["Emily HART"]
    assert sheet["balance"] == {"minor": 48_000, "currency": "USD"}
    assert not sheet["not_a_fapiao"]


def test_a_line_is_invoiced_once(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    invoice(folio, now)

    with writing():
        assert issue_invoice(folio, PURPOSE, now=now, by=BY) is None


def test_what_is_charged_later_comes_on_an_invoice_of_its_own(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    pay(folio, 50_000, now)
    first = invoice(folio, now).paper.sheet
    charge(folio, 21_000, now)

    second = invoice(folio, now).paper.sheet

    assert [payment["amount"]["minor"] for payment in first["payments"]] == [-50_000]
    assert [payment["amount"]["minor"] for payment in second["payments"]] == [-2_000]
    assert second["balance"]["minor"] == 19_000


def test_nothing_to_pay_is_nothing_to_invoice(folio: Folio, now: datetime) -> None:
    charge(folio, 0, now)

    with writing():
        assert issue_invoice(folio, PURPOSE, now=now, by=BY) is None


def test_a_receipt_acknowledges_one_payment_and_names_the_invoice(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    pay(folio, 20_000, now)
    number = invoice(folio, now).paper.number
    payment = queries.entries_of(folio)[-1]

    with writing():
        receipts = [issue_receipt(payment, PURPOSE, now=now, by=BY) for _ in range(2)]

    assert receipts[0].id == receipts[1].id
    sheet = receipts[0].paper.sheet
    assert (sheet["kind"], sheet["invoice"]) == ("receipt", number)
    assert sheet["paid"] == {
        "received_on": "2027-01-14",
        "means": "wire",
        "reference": "1",
        "amount": {"minor": 20_000, "currency": "USD"},
    }
    assert sheet["balance"]["minor"] == 28_000


def test_a_credit_note_takes_a_whole_invoice_back_once(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    wrong = invoice(folio, now)
    with writing():
        notes = [issue_credit_note(wrong, PURPOSE, reason=Text("Wrong payer", "付款人有误"), now=now, by=BY)] * 2
        notes[1] = issue_credit_note(wrong, PURPOSE, reason=Text("Wrong payer", "付款人有误"), now=now, by=BY)

    assert notes[0].id == notes[1].id
    sheet = notes[0].paper.sheet
    assert (sheet["credits"], sheet["credits_on"]) == ("CCE-INV-2027-00001", "2027-01-15")
    assert (sheet["total"]["minor"], sheet["balance"]["minor"]) == (48_000, 0)
    assert queries.live_invoices(folio) == []
    assert invoice(folio, now).paper.number == "CCE-INV-2027-00002"


def test_a_pro_forma_has_no_number_and_issues_nothing(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)

    sheet = pro_forma_sheet(folio, PURPOSE, held_until=date(2027, 1, 20), now=now)

    assert (sheet["kind"], sheet["number"], sheet["due_on"]) == ("pro_forma", "", "2027-01-20")
    assert sheet["total"]["minor"] == 48_000
    assert db.session.scalars(select(Paper)).all() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    charges=st.lists(st.integers(0, 10**7), min_size=1, max_size=4).filter(any),
    paid=st.lists(st.integers(1, 10**7), max_size=3),
)
def test_papers_add_up(app: Flask, now: datetime, charges: list[int], paid: list[int]) -> None:
    folio = a_folio(now)
    with writing():
        post_first_charges(folio, map(a_charge, charges), now=now, by=BY)
        for minor in paid:
            post_payment(folio, money_in(Money(minor, "USD"), reference=new_public_id()), now=now, by=BY)
    issued = invoice(folio, now)

    sheets = [issued.paper.sheet, pro_forma_sheet(folio, PURPOSE, held_until=None, now=now)]
    for sheet in sheets:
        assert_adds_up(sheet)  # type: ignore[arg-type]
    assert issued.paper.sheet["balance"]["minor"] == queries.balance(folio).minor
    with writing():
        note = issue_credit_note(issued, PURPOSE, reason=Text("x", "x"), now=now, by=BY)
        take_all_back(folio, now)
    assert note.total_minor == issued.total_minor


def test_numbers_have_no_gaps_under_rollbacks_and_sixteen_threads(app: Flask, now: datetime) -> None:
    ids = [a_folio(now).id for _ in range(16)]

    def issue_one(place: int, step: int) -> None:
        with writing():
            folio = db.session.get_one(Folio, ids[place])
            post_first_charges(folio, [a_charge(100)], now=now, by=BY)
            issue_invoice(folio, PURPOSE, now=now, by=BY)
            if (place + step) % 3 == 0:
                raise ZeroDivisionError

    def issue_some(place: int) -> int:
        outcomes = [outcome_of(partial(issue_one, place, step))() for step in range(6)]
        return outcomes.count(None)

    issued = all_at_once(app, [partial(issue_some, place) for place in range(16)])

    db.session.rollback()
    numbers = sorted(db.session.scalars(select(Paper.number).where(Paper.kind == "invoice")))
    assert sum(issued) == 64
    assert numbers == [f"CCE-INV-2027-{number:05}" for number in range(1, 65)]


def test_a_new_year_in_the_issuers_zone_begins_a_new_series(folio: Folio, app: Flask) -> None:
    charge(folio, 100, datetime.fromisoformat("2027-12-31T12:00:00+00:00"))
    old = invoice(folio, datetime.fromisoformat("2028-01-01T04:59:00+00:00"))
    charge(folio, 100, datetime.fromisoformat("2027-12-31T12:00:00+00:00"))
    new = invoice(folio, datetime.fromisoformat("2028-01-01T05:00:00+00:00"))

    assert (old.paper.number, new.paper.number) == ("CCE-INV-2027-00001", "CCE-INV-2028-00001")


def invoice(folio: Folio, now: datetime) -> Invoice:
    with writing():
        issued = issue_invoice(folio, PURPOSE, now=now, by=BY)
    assert issued is not None
    return issued


def pay(folio: Folio, minor: int, now: datetime) -> None:
    with writing():
        post_payment(folio, money_in(Money(minor, "USD"), reference=new_public_id()), now=now, by=BY)


def assert_adds_up(sheet: InvoiceSheet) -> None:
    lines = sum(line["amount"]["minor"] for line in sheet["lines"])
    assert all(line["quantity"] * line["unit_price"]["minor"] == line["amount"]["minor"] for line in sheet["lines"])
    assert sheet["gross"]["minor"] + sheet["discounts"]["minor"] == sheet["subtotal"]["minor"] == lines
    assert sheet["subtotal"]["minor"] + sheet["tax"]["minor"] == sheet["total"]["minor"]
    payments = sum(payment["amount"]["minor"] for payment in sheet["payments"])
    assert sheet["total"]["minor"] + payments == sheet["balance"]["minor"]

"""What payers demand of an invoice."""

from dataclasses import replace
from datetime import date

import pytest

from tourreg.domain.billing.acceptance import DEMANDS, Draft, missed, names_several_orders
from tourreg.domain.billing.published_demands import PUBLISHED

WHOLE = Draft(
    po_number="4500012345",
    orders=("4500012345",),
    vendor_number="V-77",
    department="Planning",
    seller_tax_id="00-0000000",
    address="ap@example.org",
    accepted_address="AP@example.org",
    w9_sent=True,
    terms_days=30,
    accepted_terms=30,
)


def test_an_invoice_that_says_everything_meets_every_demand() -> None:
    assert missed(DEMANDS, WHOLE) == []


@pytest.mark.parametrize(
    ("draft", "demand"),
    [
        (replace(WHOLE, po_number=""), "po_number"),
        (replace(WHOLE, orders=("4500012345", "4500099999")), "one_po"),
        (replace(WHOLE, po_number="4500012345, 4500099999"), "one_po"),
        (replace(WHOLE, unnamed_lines=1), "po_lines"),
        (replace(WHOLE, vendor_number=""), "vendor_number"),
        (replace(WHOLE, department=""), "department"),
        (replace(WHOLE, seller_tax_id=""), "seller_tax_id"),
        (replace(WHOLE, address="lan@example.org"), "attachment"),
        (replace(WHOLE, w9_sent=False), "w9"),
        (replace(WHOLE, tax_minor=1), "no_sales_tax"),
        (replace(WHOLE, terms_days=45), "terms"),
    ],
)
def test_each_demand_is_missed_by_what_it_asks_for(draft: Draft, demand: str) -> None:
    assert missed(DEMANDS, draft) == [demand]
    assert missed(set(DEMANDS) - {demand}, draft) == []


def test_a_payer_that_has_named_no_terms_takes_any() -> None:
    assert missed(["terms"], replace(WHOLE, accepted_terms=None, terms_days=60)) == []


@pytest.mark.parametrize(
    ("typed", "several"),
    [("4500012345", False), ("PO 4500-12345", False), ("A1 / B2", False), ("A1, B2", True), ("A1; B2", True),
     ("A1 and B2", True), ("A1、B2", True), ("Sandy-1", False)],
)  # fmt: skip
def test_several_orders_in_one_number_are_noticed(typed: str, several: bool) -> None:
    assert names_several_orders(typed) is several


def test_what_is_published_names_its_source_and_when_it_was_read_or_neither() -> None:
    for one in PUBLISHED:
        assert bool(one.title) == bool(one.address) == (one.read_on is not None)
        assert set(one.demands) <= set(DEMANDS)
        assert one.read_on is None or one.read_on >= date(2026, 1, 1)

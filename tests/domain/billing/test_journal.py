"""Postings as debits and credits."""

import pytest

from tourreg.domain.billing.journal import USUAL_CODES, accounts_of
from tourreg.domain.billing.models import ACCOUNTS, ENTRY_KINDS, MEANS


@pytest.mark.parametrize(
    ("kind", "means", "reversed_kind", "debit", "credit"),
    [
        ("charge", None, None, "receivable", "income"),
        ("cancellation_fee", None, None, "receivable", "cancellation_fees"),
        ("discount", None, None, "discounts", "receivable"),
        ("write_off", None, None, "write_offs", "receivable"),
        ("cancellation", None, "charge", "income", "receivable"),
        ("cancellation", None, "cancellation_fee", "cancellation_fees", "receivable"),
        ("payment", "card", None, "stripe", "receivable"),
        ("payment", "wire", None, "bank", "receivable"),
        ("payment", "check", None, "checks", "receivable"),
        ("refund", "card", None, "receivable", "stripe"),
        ("refund_returned", "card", None, "stripe", "receivable"),
    ],
)
def test_a_posting_goes_from_one_account_to_another(kind, means, reversed_kind, debit, credit):
    assert accounts_of(kind, means, reversed_kind) == (debit, credit)


def test_every_kind_and_every_means_has_its_accounts():
    for kind in ENTRY_KINDS:
        for means in (*MEANS, None):
            assert set(accounts_of(kind, means, None)) <= set(ACCOUNTS)


def test_every_account_has_a_usual_code():
    assert set(USUAL_CODES) == set(ACCOUNTS)

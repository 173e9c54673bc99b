"""Postings as a bookkeeper keeps them: each an amount that goes from one account to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing.models import AccountCode
from tourreg.domain.papers.models import Issuer

# What an account is called where the seller has not said.
USUAL_CODES = {
    "receivable": "1200",
    "income": "4000",
    "discounts": "4100",
    "cancellation_fees": "4200",
    "write_offs": "6500",
    "stripe": "1090",
    "bank": "1010",
    "checks": "1020",
    "cash": "1000",
}
_MONEY = {
    "card": "stripe",
    "alipay": "stripe",
    "wechat_pay": "stripe",
    "wire": "bank",
    "ach": "bank",
    "check": "checks",
    "cash": "cash",
}
_GIVEN_FOR = {"charge": "income", "cancellation_fee": "cancellation_fees"}
_LET_OFF_BY = {"discount": "discounts", "write_off": "write_offs"}


def accounts_of(kind: str, means: str | None, reversed_kind: str | None) -> tuple[str, str]:
    """Return the accounts that a posting debits and credits with its amount, whatever its sign.

    means          of a payment or refund; money without one went through the bank
    reversed_kind  the kind of the posting that a cancellation takes back
    """
    money = _MONEY[means or "wire"]
    if kind == "charge" and reversed_kind in _LET_OFF_BY:
        return "receivable", _LET_OFF_BY[reversed_kind]
    if kind in _GIVEN_FOR:
        return "receivable", _GIVEN_FOR[kind]
    if kind in _LET_OFF_BY:
        return _LET_OFF_BY[kind], "receivable"
    if kind == "cancellation":
        return _GIVEN_FOR[reversed_kind or "charge"], "receivable"
    return (money, "receivable") if kind in ("payment", "refund_returned") else ("receivable", money)


def codes_of(issuer: Issuer) -> dict[str, str]:
    """Return what the seller's books call each account."""
    return {**USUAL_CODES, **{row.account: row.code for row in db.session.scalars(_rows(issuer))}}


def name_accounts(issuer: Issuer, codes: Mapping[str, str], *, now: datetime, by: str) -> None:
    """Keep what the seller's books call each account, and what they called it before in the history.

    codes  by account; one that is left out keeps its code
    """
    before = codes_of(issuer)
    known = {row.account: row for row in db.session.scalars(_rows(issuer).with_for_update())}
    for account, code in codes.items():
        if account in known:
            known[account].code = code
        else:
            db.session.add(AccountCode(issuer_id=issuer.id, account=account, code=code))
    note_change(issuer.public_id, "account codes", before, dict(codes), now=now, by=by)


def _rows(issuer: Issuer) -> Select[AccountCode]:
    return select(AccountCode).where(AccountCode.issuer_id == issuer.id)

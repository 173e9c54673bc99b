"""Statements of account: every movement of one payer's bills with an issuer in a currency, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tourreg.domain.billing import ageing, queries
from tourreg.domain.billing.documents import (
    Purpose,
    amount_of,
    is_chinese,
    moved_on_day,
    order_of,
    payer_of,
    payment_reference,
    programme_of,
    remit_to,
)
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.rules import money_standing
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Aged, AgeName, IncludedDay, Movement, StatementSheet, Words
from tourreg.kernel.clock import local_day

MONEY_KINDS = ("payment", "refund", "refund_returned")


@dataclass(frozen=True)
class Account:
    """One folio, what it is for, and its postings, oldest first."""

    folio: Folio
    purpose: Purpose
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Moved:
    """One posting as a statement lists it, before its balance is known."""

    on: date
    entry: Entry
    account: Account


def statement_sheet(accounts: Sequence[Account], *, since: date | None, now: datetime) -> StatementSheet:
    """Return the statement of one payer's folios, oldest movement first.

    accounts  of one issuer in one currency; the payer is named as the last of them does
    since     the first day that is listed, in the issuer's zone; None from the beginning
    """
    latest = accounts[-1]
    folio, today = latest.folio, local_day(now, latest.folio.issuer.zone)
    moves = _moves(accounts)
    opening_minor = sum(move.entry.amount_minor for move in moves if since and move.on < since)
    listed = [move for move in moves if since is None or move.on >= since]
    closing_minor = sum(move.entry.amount_minor for move in moves)
    return {
        **head("statement", folio.issuer, made_at=now),
        "currency": folio.currency,
        "payer": payer_of(folio),
        "order": order_of(folio) if len(accounts) == 1 else {**order_of(folio), "po_number": ""},
        "programme": programme_of(latest.purpose),
        "programmes": [programme_of(account.purpose) for account in accounts],
        "first_on": since.isoformat() if since else "",
        "last_on": today.isoformat(),
        "opening": amount_of(folio, opening_minor),
        "movements": _movements(listed, opening_minor, several=len(accounts) > 1),
        "charged": amount_of(folio, sum(max(0, move.entry.amount_minor) for move in listed)),
        "credited": amount_of(folio, sum(min(0, move.entry.amount_minor) for move in listed)),
        "closing": amount_of(folio, closing_minor),
        "ages": _ages(accounts, today),
        "included": _included(accounts),
        "remit_to": remit_to(folio),
        "payment_reference": _reference(accounts),
        "not_a_fapiao": is_chinese(folio),
        "notes": [],
    }


def _moves(accounts: Sequence[Account]) -> list[Moved]:
    """Return what moved any money, by the days that people know; free things move none."""
    moves = [
        Moved(moved_on_day(account.folio, entry), entry, account)
        for account in accounts
        for entry in account.entries
        if entry.amount_minor
    ]
    return sorted(moves, key=lambda move: (move.on, move.entry.id))


def _movements(moves: Sequence[Moved], balance_minor: int, *, several: bool) -> list[Movement]:
    numbers = queries.papers_by_entry([move.entry for move in moves])
    rows: list[Movement] = []
    for move in moves:
        balance_minor += move.entry.amount_minor
        rows.append(_movement(move, balance_minor, numbers, several=several))
    return rows


def _movement(move: Moved, balance_minor: int, numbers: Mapping[int, str], *, several: bool) -> Movement:
    folio, purpose = move.account.folio, move.account.purpose
    return {
        "on": move.on.isoformat(),
        "what": both(move.entry.description),
        "detail": _detail(move.entry, purpose),
        "paper": numbers.get(move.entry.id, ""),
        "registration": purpose.registration if several else "",
        "amount": amount_of(folio, move.entry.amount_minor),
        "balance": amount_of(folio, balance_minor),
    }


def _detail(entry: Entry, purpose: Purpose) -> Words:
    """Return for whom a line is, or how a payment is recognised."""
    return entry.detail if entry.kind in MONEY_KINDS else purpose.names.get(entry.subject, "")


def _ages(accounts: Sequence[Account], today: date) -> list[Aged]:
    """Return what each folio owes by its age; what one has paid too much is not set off against another."""
    sums: dict[AgeName, int] = dict.fromkeys(ageing.AGES, 0)
    folios = [account.folio for account in accounts]
    invoices = queries.live_invoices_of(folios)
    agreed = queries.agreed_on(Folio.id.in_([folio.id for folio in folios]))
    for account in accounts:
        folio, stands = account.folio, money_standing(account.entries, account.folio.currency)
        latest_first = [(one.total_minor, one.due_on) for one in reversed(invoices) if one.folio_id == folio.id]
        if folio.id in agreed:
            latest_first = ageing.agreed_parts(agreed[folio.id], stands.charged)
        for minor, due_on in ageing.open_parts(stands.owed.minor, latest_first):
            sums[ageing.age_of(due_on, today)] += minor
    if not any(sums.values()):
        return []
    return [{"age": age, "amount": amount_of(accounts[0].folio, minor)} for age, minor in sums.items()]


def _included(accounts: Sequence[Account]) -> list[IncludedDay]:
    """Return all nights and meals; where there are several programmes, each is named."""
    if len(accounts) == 1:
        return list(accounts[0].purpose.included)
    return [
        {**day, "part": day["part"] if day.get("part", {}).get("en") else both(account.purpose.title)}
        for account in accounts
        for day in account.purpose.included
    ]


def _reference(accounts: Sequence[Account]) -> str:
    if len(accounts) == 1:
        return payment_reference(accounts[0].folio, accounts[0].purpose)
    return ", ".join(account.purpose.registration for account in accounts)

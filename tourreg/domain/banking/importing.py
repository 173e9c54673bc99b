"""Taking over a bank's statement: an account, the file as it was sent, and its bookings, each once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.banking import queries
from tourreg.domain.banking.mappings import Mapping, plain
from tourreg.domain.banking.models import BankAccount, BankDraft, BankLine, BankStatement
from tourreg.domain.banking.reading import read_statement
from tourreg.domain.banking.values import FileRefused, ReadFile, ReadLine, identities
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.typed import tidy

DRAFTS_KEPT = timedelta(days=1)
LONGEST_NAME = 120


class AccountNameTaken(Refusal):
    """The seller has an account of this name; facts: name."""


class NoAccountInCurrency(Refusal):
    """The seller names no account in this currency on its papers; facts: currency."""


class RowsUnread(Refusal):
    """Rows of the file cannot be read, and nobody has said to leave them out; facts: count."""


@dataclass(frozen=True)
class Imported:
    """What an import has brought.

    statement  None where every booking of the file was here already
    new        bookings that came with it
    known      bookings that had come before
    """

    statement: BankStatement | None
    new: int
    known: int


def open_account(
    issuer: Issuer, name: str, currency: str, number: str, *, submission_key: str, now: datetime, by: str
) -> BankAccount:
    """Note an account of the seller; the same form again returns its first.

    raises  AccountNameTaken, NoAccountInCurrency
    """
    known = queries.account_by_submission_key(submission_key)
    if known is not None:
        return known
    if currency not in issuer.banks:
        raise NoAccountInCurrency(currency=currency)
    _require_free(issuer, name, None)
    account = BankAccount(
        issuer=issuer, name=name, currency=currency, number=number, mapping={}, submission_key=submission_key
    )
    db.session.add(account)
    db.session.flush()
    note_change(account.public_id, "bank_account", {}, {"name": name, "number": number}, now=now, by=by)
    return account


def change_account(account: BankAccount, name: str, number: str, *, now: datetime, by: str) -> None:
    """Name an account otherwise; its currency stays.

    raises  AccountNameTaken
    """
    _require_free(account.issuer, name, account)
    before = {"name": account.name, "number": account.number}
    account.name, account.number = name, number
    note_change(account.public_id, "bank_account", before, {"name": name, "number": number}, now=now, by=by)


def take_file(account: BankAccount, name: str, content: bytes, *, now: datetime, by: str) -> BankDraft:
    """Keep a file until it is imported; files that nobody imported within a day go."""
    db.session.execute(delete(BankDraft).where(BankDraft.sent_at < now - DRAFTS_KEPT))
    draft = BankDraft(account=account, name=tidy(name)[-LONGEST_NAME:], content=content, sent_at=now, sent_by=by)
    db.session.add(draft)
    db.session.flush()
    return draft


def read_draft(draft: BankDraft, mapping: Mapping, *, now: datetime) -> ReadFile:
    """Return what the file says.

    raises  FileRefused
    """
    account = draft.account
    today = local_day(now, account.issuer.zone)
    return read_statement(draft.content, mapping, currency=account.currency, account_number=account.number, today=today)


def import_draft(
    draft: BankDraft, mapping: Mapping, read: ReadFile, *, leave_out: bool, now: datetime, by: str
) -> Imported:
    """Take over the bookings of a file that are not here yet, and keep the mapping for the next file.

    read       the file by this mapping, read before the transaction began
    leave_out  rows that cannot be read are left out; else they stop the import
    raises     RowsUnread, FileRefused with kind "no_lines"
    """
    account = _locked(draft.account_id)
    done = queries.statement_of_draft(draft.public_id)
    if done is not None:
        return Imported(done, queries.lines_in(done), done.known)
    if read.faults and not leave_out:
        raise RowsUnread(count=len(read.faults))
    if not read.lines:
        raise FileRefused(kind="no_lines")
    if read.heading:
        _keep_mapping(account, mapping, read.heading)
    new = _new_lines(account, read.lines)
    known = len(read.lines) - len(new)
    statement = _statement(draft, read, known, now=now, by=by) if new else None
    if statement is not None:
        db.session.execute(insert(BankLine), [_row(statement, line, identity) for line, identity in new])
    db.session.execute(delete(BankDraft).where(BankDraft.id == draft.id))
    return Imported(statement, len(new), known)


def _locked(account_id: int) -> BankAccount:
    """Return the account after every other import into it has ended."""
    return db.session.scalars(select(BankAccount).where(BankAccount.id == account_id).with_for_update()).one()


def _keep_mapping(account: BankAccount, mapping: Mapping, heading: Sequence[str]) -> None:
    account.mapping = {**plain(mapping), "heading": list(heading)}


def _new_lines(account: BankAccount, lines: Sequence[ReadLine]) -> list[tuple[ReadLine, str]]:
    named = list(zip(lines, identities(lines), strict=True))
    days = [line.booked_on for line in lines]
    known = queries.identities_of(account, min(days), max(days))
    return [(line, identity) for line, identity in named if identity not in known]


def _statement(draft: BankDraft, read: ReadFile, known: int, *, now: datetime, by: str) -> BankStatement:
    first_on, last_on = read.first_on, read.last_on
    assert first_on is not None
    assert last_on is not None
    statement = BankStatement(
        account_id=draft.account_id,
        name=draft.name,
        sha256=hashlib.sha256(draft.content).hexdigest(),
        draft=draft.public_id,
        first_on=first_on,
        last_on=last_on,
        known=known,
        left_out=len(read.faults),
        imported_at=now,
        imported_by=by,
    )
    db.session.add(statement)
    db.session.flush()
    return statement


def _row(statement: BankStatement, line: ReadLine, identity: str) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "statement_id": statement.id,
        "account_id": statement.account_id,
        "identity": identity,
        "row": line.row,
        "booked_on": line.booked_on,
        "valued_on": line.valued_on,
        "amount_minor": line.amount.minor,
        "currency": line.amount.currency,
        "text": line.text,
        "payer": line.payer,
        "reference": line.reference,
        "is_reversal": line.is_reversal,
        "state": "open" if line.amount.minor > 0 else "outgoing",
    }


def _require_free(issuer: Issuer, name: str, own: BankAccount | None) -> None:
    known = queries.account_named(issuer, name)
    if known is not None and known is not own:
        raise AccountNameTaken(name=name)

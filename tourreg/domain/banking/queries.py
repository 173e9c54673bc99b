"""Accounts, statements and lines as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.banking.models import LINE_MOVES, BankAccount, BankDraft, BankLine, BankStatement, LineShare
from tourreg.domain.banking.values import ReadLine, identities
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.papers.models import Issuer

STATES = tuple(LINE_MOVES)


@dataclass(frozen=True)
class Counted:
    """A statement with how many of its lines stand where."""

    statement: BankStatement
    states: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def waiting(self) -> int:
        return self.states.get("open", 0) + self.states.get("part_applied", 0)


def accounts() -> Sequence[BankAccount]:
    """Return every account, by seller and name."""
    found = select(BankAccount).options(joinedload(BankAccount.issuer))
    return db.session.scalars(found.order_by(BankAccount.issuer_id, BankAccount.name)).all()


def account_by_public_id(public_id: str) -> BankAccount | None:
    return db.session.scalar(select(BankAccount).where(BankAccount.public_id == public_id))


def account_by_submission_key(submission_key: str) -> BankAccount | None:
    return db.session.scalar(select(BankAccount).where(BankAccount.submission_key == submission_key))


def account_named(issuer: Issuer, name: str) -> BankAccount | None:
    named = select(BankAccount).where(BankAccount.issuer_id == issuer.id, func.lower(BankAccount.name) == name.lower())
    return db.session.scalar(named)


def draft_by_public_id(public_id: str) -> BankDraft | None:
    return db.session.scalar(select(BankDraft).where(BankDraft.public_id == public_id))


def statement_by_public_id(public_id: str) -> BankStatement | None:
    whole = select(BankStatement).where(BankStatement.public_id == public_id)
    with_seller = joinedload(BankStatement.account).joinedload(BankAccount.issuer)
    return db.session.scalar(whole.options(with_seller))


def statement_of_draft(draft: str) -> BankStatement | None:
    """Return what was made of a draft, by its public id."""
    return db.session.scalar(select(BankStatement).where(BankStatement.draft == draft))


def lines_in(statement: BankStatement) -> int:
    """Return how many bookings came with a statement."""
    return db.session.scalar(select(func.count(BankLine.id)).where(BankLine.statement_id == statement.id)) or 0


def known_of(account: BankAccount, read: Sequence[ReadLine]) -> int:
    """Return how many of these bookings are here already."""
    days = [line.booked_on for line in read]
    known = identities_of(account, min(days), max(days)) if days else set()
    return sum(identity in known for identity in identities(read))


def identities_of(account: BankAccount, first_on: date, last_on: date) -> set[str]:
    """Return by what the lines of some days are known."""
    days = BankLine.booked_on.between(first_on, last_on)
    return set(db.session.scalars(select(BankLine.identity).where(BankLine.account_id == account.id, days)))


def statements(*, page: int, size: int) -> tuple[list[Counted], int]:
    """Return one page of the statements, newest first, and how many there are."""
    total = db.session.scalar(select(func.count(BankStatement.id))) or 0
    newest = select(BankStatement).order_by(BankStatement.imported_at.desc(), BankStatement.id.desc())
    with_seller = joinedload(BankStatement.account).joinedload(BankAccount.issuer)
    shown = db.session.scalars(newest.options(with_seller).limit(size).offset((page - 1) * size)).all()
    counts = _counts(BankLine.statement_id.in_([one.id for one in shown]))
    return [Counted(one, counts[one.id]) for one in shown], total


def counted(statement: BankStatement) -> Counted:
    return Counted(statement, _counts(BankLine.statement_id == statement.id)[statement.id])


def waiting() -> int:
    """Return how many lines have come in and are not settled."""
    return db.session.scalar(select(func.count(BankLine.id)).where(BankLine.state.in_(("open", "part_applied")))) or 0


def lines(statement: BankStatement, state: str, *, page: int, size: int) -> Sequence[BankLine]:
    """Return one page of a statement's lines, in the order of its file.

    state  one of STATES, or "" for all
    """
    found = _lines(statement).where(BankLine.state == state) if state else _lines(statement)
    return db.session.scalars(found.limit(size).offset((page - 1) * size)).all()


def waiting_lines(statement: BankStatement) -> Sequence[BankLine]:
    """Return all lines of a statement of which something is left."""
    return db.session.scalars(_lines(statement).where(BankLine.state.in_(("open", "part_applied")))).all()


def line_by_public_id(public_id: str) -> BankLine | None:
    whole = select(BankLine).where(BankLine.public_id == public_id)
    with_seller = joinedload(BankLine.account).joinedload(BankAccount.issuer)
    return db.session.scalar(whole.options(with_seller, joinedload(BankLine.statement)))


def twin_of(line: BankLine) -> BankLine | None:
    """Return a booking of the same account, day and amount that came with another file, and is not set aside.

    A bank that writes a booking otherwise in two kinds of files brings it twice, where it gives it no number.
    """
    alike = select(BankLine).where(
        BankLine.account_id == line.account_id,
        BankLine.booked_on == line.booked_on,
        BankLine.amount_minor == line.amount_minor,
        BankLine.statement_id != line.statement_id,
        BankLine.state != "set_aside",
    )
    return db.session.scalar(alike.order_by(BankLine.id).limit(1))


def shares_of(lines: Iterable[BankLine]) -> Mapping[int, list[LineShare]]:
    """Return what bills have taken of lines, by the line's id, in one statement."""
    found: dict[int, list[LineShare]] = defaultdict(list)
    wanted = select(LineShare).where(LineShare.line_id.in_([line.id for line in lines]))
    with_bill = joinedload(LineShare.entry).joinedload(Entry.folio)
    for share in db.session.scalars(wanted.options(with_bill).order_by(LineShare.id)):
        found[share.line_id].append(share)
    return found


def _lines(statement: BankStatement) -> Select[BankLine]:
    of_file = select(BankLine).where(BankLine.statement_id == statement.id)
    with_refund = joinedload(BankLine.refund).joinedload(Refund.folio)
    return of_file.options(with_refund).order_by(BankLine.row, BankLine.id)


def _counts(condition: ColumnElement[bool]) -> Mapping[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    states = select(BankLine.statement_id, BankLine.state, func.count(BankLine.id)).where(condition)
    for statement_id, state, count in db.session.execute(states.group_by(BankLine.statement_id, BankLine.state)):
        found[statement_id][state] = count
    return found

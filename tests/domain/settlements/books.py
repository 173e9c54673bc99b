"""What must hold of all money, whatever has happened: asked of the database as it stands."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from hashlib import sha256
from json import dumps

from flask import Flask
from sqlalchemy import func, select

from tests.cast import the_issuer
from tourreg.blueprints.office.books import _rows as journal_rows
from tourreg.db import db
from tourreg.domain.banking.models import BankLine
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.journal import USUAL_CODES
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.catalogue.models import Pool
from tourreg.domain.discounts.models import Code, CodeUse
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Seat
from tourreg.domain.reports.journal import Span, postings

ALL_DAYS = Span(date(2026, 1, 1), date(2030, 1, 1))


def balances_are_the_sums_of_their_entries() -> None:
    for folio in db.session.scalars(select(Folio)):
        entries = billing.entries_of(folio)
        assert billing.balance(folio) == billing.standing(folio).balance, folio.reference
        assert billing.balance(folio).minor == sum(entry.amount_minor for entry in entries), folio.reference


def nothing_was_paid_out_that_had_not_come_in() -> None:
    """Of every single payment, in what has left and in what is asked for; each refund has left once or not at all."""
    for payment_id, minor in net_paid_out().items():
        payment = db.session.get_one(Entry, payment_id)
        assert 0 <= minor <= -payment.amount_minor, payment.reference
    asked: dict[int, int] = defaultdict(int)
    for refund in db.session.scalars(select(Refund)):
        assert net_of(refund) == (refund.amount_minor if refund.state == "succeeded" else 0), refund.key
        asked[refund.payment_id] += refund.amount_minor
    for payment_id, minor in asked.items():
        payment = db.session.get_one(Entry, payment_id)
        assert minor <= -payment.amount_minor, payment.reference
    moved = Entry.kind.in_(("refund", "refund_returned"))
    moved_in_all = int(db.session.scalar(select(func.coalesce(func.sum(Entry.amount_minor), 0)).where(moved)) or 0)
    assert moved_in_all == sum(net_paid_out().values()), "money left without a refund that tells of which payment"


def numbers_have_no_gap_and_no_repeat() -> None:
    """Each seller's papers of one kind and year are counted from one."""
    series: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for paper in db.session.scalars(select(Paper).order_by(Paper.id)):
        stem, _, number = paper.number.rpartition("-")
        series[paper.issuer_id, paper.kind, stem].append(int(number))
    for key, numbers in series.items():
        assert numbers == list(range(1, len(numbers) + 1)), key


def every_line_is_invoiced_once_at_most() -> None:
    """No charge stands on two invoices that hold, and an invoice asks for the sum of its lines."""
    folios = db.session.scalars(select(Folio)).all()
    invoices = billing.live_invoices_of(folios)
    lines = [line for invoice in invoices for line in invoice.lines]
    assert len({line.entry_id for line in lines}) == len(lines)
    assert {line.entry_id for line in lines} <= {line.id for line in standing_lines(billing.entries_of_all(folios))}
    for invoice in invoices:
        assert invoice.total_minor == sum(line.entry.amount_minor for line in invoice.lines), invoice.paper.number


def no_pool_is_overdrawn_and_every_seat_is_counted() -> None:
    living = select(Seat.pool_id, func.count()).where(Seat.state != "released").group_by(Seat.pool_id)
    live: dict[int | None, int] = dict(db.session.execute(living).all())
    for pool in db.session.scalars(select(Pool)):
        assert pool.taken == live.get(pool.id, 0) <= pool.capacity


def no_code_is_overdrawn_and_every_use_is_counted() -> None:
    for code in db.session.scalars(select(Code)):
        standing = CodeUse.code_id == code.id, CodeUse.given_back_at.is_(None)
        uses = db.session.scalars(select(CodeUse).where(*standing)).all()
        assert code.used == sum(use.people for use in uses) <= (code.most_uses or code.used), code.word
        assert code.spent_minor == sum(use.off_minor for use in uses), code.word
        assert code.budget_minor is None or code.spent_minor <= code.budget_minor, code.word


def every_booking_pays_once(bookings: set[str]) -> None:
    """Each booking of the bank is here once however often its file came, and pays no more than it brought."""
    lines = db.session.scalars(select(BankLine)).all()
    assert {line.reference for line in lines} <= bookings
    assert len({line.reference for line in lines}) == len(lines)
    for line in lines:
        paid = -sum(share.entry.amount_minor for share in line.shares)
        assert line.applied_minor == paid <= max(line.amount_minor, 0), line.reference
        posted = select(func.coalesce(func.sum(-Entry.amount_minor), 0))
        of_line = Entry.reference.startswith(f"bank:{line.public_id}:")
        recorded = sum(-share.entry.amount_minor for share in line.shares if share.was_recorded)
        assert db.session.scalar(posted.where(of_line)) == paid - recorded, line.reference


def the_journal_adds_up(app: Flask) -> None:
    """The file itself, by currency: to zero; and what its receivables come to is what all folios owe."""
    accounts: dict[tuple[str, str], float] = defaultdict(int)
    with app.test_request_context("/"):
        for row in journal_rows(the_issuer(), postings(the_issuer(), ALL_DAYS, "en")):
            accounts[row[6], row[2]] += _minor(row[4]) - _minor(row[5])
    for currency in ("USD", "CNY", "JPY"):
        assert sum(minor for (of, _account), minor in accounts.items() if of == currency) == 0, currency
        folios = db.session.scalars(select(Folio).where(Folio.currency == currency))
        owed = sum(billing.balance(folio).minor for folio in folios)
        assert accounts[currency, USUAL_CODES["receivable"]] == owed, currency


def frozen() -> dict[str, str]:
    """Return the fingerprint of everything a paper's bytes are made from, by its public id."""
    return {
        paper.public_id: sha256(
            dumps([paper.number, paper.template, paper.template_version, paper.language, paper.sheet]).encode()
        ).hexdigest()
        for paper in db.session.scalars(select(Paper))
    }


def kinds_posted() -> set[str]:
    return set(db.session.scalars(select(Entry.kind).distinct()))


def net_paid_out() -> dict[int, int]:
    """Return what the ledger says has left of each payment, by the id of its entry."""
    gone: dict[int, int] = defaultdict(int)
    for refund in db.session.scalars(select(Refund)):
        gone[refund.payment_id] += net_of(refund)
    return gone


def net_of(refund: Refund) -> int:
    """Return what the ledger says has left by one refund."""
    moves = select(func.coalesce(func.sum(Entry.amount_minor), 0)).where(
        Entry.reference.startswith(f"refund:{refund.public_id}:")
        | Entry.reference.startswith(f"refund_returned:{refund.public_id}:")
    )
    return int(db.session.scalar(moves) or 0)


def _minor(written: str) -> int:
    return int(written.replace(".", "")) if written else 0

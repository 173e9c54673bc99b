"""Which bills are overdue, by how much and since when, found in the database in one statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Subquery, case, func, literal, select, union_all

from tourreg.domain.billing.models import AgreedInstalment, Entry, Invoice


def overdue_bills(today: date) -> Subquery:
    """Return folio_id, overdue_minor and due_on of each bill of which something should have been paid by yesterday.

    due_on  the oldest day that was missed
    today   a part counts from the day after its last day on
    """
    ledger, parts = _ledger(), _parts()
    reached = _running(parts)
    sums = (
        select(
            reached.c.folio_id,
            func.sum(case((reached.c.due_on < today, reached.c.minor), else_=0)).label("past"),
            func.sum(case((reached.c.due_on < today, 0), else_=1)).label("to_come"),
            func.max(reached.c.is_agreed).label("is_agreed"),
            func.max(case((reached.c.due_on < today, reached.c.due_on))).label("last_missed"),
            func.min(case(((reached.c.due_on < today) & (reached.c.reached > ledger.c.kept), reached.c.due_on))).label(
                "first_missed"
            ),
            ledger.c.charged,
            ledger.c.kept,
        )
        .join(ledger, ledger.c.folio_id == reached.c.folio_id)
        .group_by(reached.c.folio_id, ledger.c.charged, ledger.c.kept)
        .subquery()
    )
    due = _due_by_now(sums)
    return (
        select(
            sums.c.folio_id,
            (due - sums.c.kept).label("overdue_minor"),
            func.coalesce(sums.c.first_missed, sums.c.last_missed).label("due_on"),
        )
        .where(sums.c.last_missed.is_not(None), due - sums.c.kept > 0)
        .subquery()
    )


def _due_by_now(sums: Subquery) -> Any:
    """Return what is due by yesterday: what was added after the last agreed day is due with it."""
    everything = (sums.c.is_agreed == 1) & (sums.c.to_come == 0)
    return case((everything | (sums.c.past > sums.c.charged), sums.c.charged), else_=sums.c.past)


def _ledger() -> Subquery:
    """Return what was charged and what was received and kept of each bill."""
    moved = Entry.kind.in_(("payment", "refund", "refund_returned"))
    return (
        select(
            Entry.folio_id,
            func.sum(case((moved, 0), else_=Entry.amount_minor)).label("charged"),
            func.sum(case((moved, -Entry.amount_minor), else_=0)).label("kept"),
        )
        .group_by(Entry.folio_id)
        .subquery()
    )


def _parts() -> Subquery:
    """Return the parts of each bill: its agreed instalments, or else its invoices that nothing took back."""
    credited = select(Invoice.credits_id).where(Invoice.credits_id.is_not(None))
    agreed = select(AgreedInstalment.folio_id)
    instalments = select(
        AgreedInstalment.folio_id,
        AgreedInstalment.due_on,
        AgreedInstalment.amount_minor.label("minor"),
        literal(1).label("is_agreed"),
    )
    invoices = select(
        Invoice.folio_id, Invoice.due_on, Invoice.total_minor.label("minor"), literal(0).label("is_agreed")
    ).where(
        Invoice.kind == "invoice",
        Invoice.due_on.is_not(None),
        Invoice.id.not_in(credited),
        Invoice.folio_id.not_in(agreed),
    )
    return union_all(instalments, invoices).subquery()


def _running(parts: Subquery) -> Subquery:
    """Return the parts with what they and those before them come to."""
    reached = func.sum(parts.c.minor).over(partition_by=parts.c.folio_id, order_by=parts.c.due_on)
    return select(parts, reached.label("reached")).subquery()

"""What all ledgers say together: balances by event, how old is what is open, and when it is expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Subquery, case, func, select

from tourreg.db import db
from tourreg.domain.billing import ageing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.ageing import AGES, age_of
from tourreg.domain.billing.models import Entry, Folio, Invoice
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.sheets import AgeName
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class Balance:
    """What the folios of one event come to in one currency.

    owed      the sum over folios that owe
    overpaid  the sum over folios that paid too much; never set off against what others owe
    """

    event: Event
    charged: Money
    received: Money
    paid_back: Money
    owed: Money
    overpaid: Money


@dataclass(frozen=True)
class Open:
    """A part of what a folio owes.

    due_on  the last day to pay it; none while neither an instalment nor an invoice asks for it
    """

    issuer_id: int
    amount: Money
    due_on: date | None


def balances() -> list[Balance]:
    """Return every event's balances, latest event first, in two statements."""
    folio = _folios()
    sums = select(
        folio.c.event,
        folio.c.currency,
        func.sum(folio.c.charged),
        func.sum(folio.c.received),
        func.sum(folio.c.paid_back),
        func.sum(case((folio.c.balance > 0, folio.c.balance), else_=0)),
        func.sum(case((folio.c.balance < 0, -folio.c.balance), else_=0)),
    ).group_by(folio.c.event, folio.c.currency)
    rows = db.session.execute(sums).all()
    events = {event.public_id: event for event in db.session.scalars(_events(row[0] for row in rows))}
    found = [Balance(events[row[0]], *(Money(int(minor), row[1]) for minor in row[2:])) for row in rows]
    return sorted(found, key=lambda one: (one.event.starts_on, one.event.id, one.charged.currency), reverse=True)


def open_parts() -> list[Open]:
    """Return all that is owed, each part with the last day to pay it, in three statements.

    A bill with a plan goes by its instalments, any other by its invoices. What has come in pays the earliest first, so
    that what is open stands on the latest ones.
    """
    folio = _folios()
    owing = db.session.execute(
        select(folio.c.id, folio.c.issuer_id, folio.c.currency, folio.c.charged, folio.c.balance).where(
            folio.c.balance > 0
        )
    ).all()
    parts: dict[int, list[tuple[int, date | None]]] = _live_invoices(folio)
    agreed = billing.agreed_on(Folio.id.in_(select(folio.c.id).where(folio.c.balance > 0)))
    for folio_id, _issuer_id, currency, charged, _balance in owing:
        if folio_id in agreed:
            parts[folio_id] = ageing.agreed_parts(agreed[folio_id], Money(int(charged), currency))
    return [
        Open(issuer_id, Money(minor, currency), due_on)
        for folio_id, issuer_id, currency, _charged, balance in owing
        for minor, due_on in ageing.open_parts(int(balance), parts[folio_id])
    ]


def by_age(parts: Iterable[Open], today: date) -> dict[tuple[int, str], dict[AgeName, int]]:
    """Return the sums of each age in minor units, by issuer and currency; days count from the day after it was due."""
    sums: dict[tuple[int, str], dict[AgeName, int]] = defaultdict(lambda: dict.fromkeys(AGES, 0))
    for part in parts:
        sums[part.issuer_id, part.amount.currency][age_of(part.due_on, today)] += part.amount.minor
    return dict(sums)


def by_month(parts: Iterable[Open], today: date) -> dict[str, dict[date, int]]:
    """Return what is expected by currency and by the first day of its month; what is overdue is expected this month."""
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for part in parts:
        if part.due_on is not None:
            month = max(part.due_on, today).replace(day=1)
            sums[part.amount.currency][month] += part.amount.minor
    return {currency: dict(sorted(months.items())) for currency, months in sums.items()}


def _folios() -> Subquery:
    """Return each folio with what was charged, received and paid back, in minor units."""
    moved = Entry.kind.in_(("payment", "refund", "refund_returned"))
    amount = Entry.amount_minor
    return (
        select(
            Folio.id,
            Folio.event,
            Folio.issuer_id,
            Folio.currency,
            func.sum(case((moved, 0), else_=amount)).label("charged"),
            func.sum(case((Entry.kind == "payment", -amount), else_=0)).label("received"),
            func.sum(case((Entry.kind.in_(("refund", "refund_returned")), amount), else_=0)).label("paid_back"),
            func.sum(amount).label("balance"),
        )
        .join(Folio.entries)
        .group_by(Folio.id, Folio.event, Folio.issuer_id, Folio.currency)
        .subquery()
    )


def _live_invoices(folio: Subquery) -> dict[int, list[tuple[int, date | None]]]:
    """Return total and last day of the invoices of folios that owe, newest first, without those taken back."""
    credited = select(Invoice.credits_id).where(Invoice.credits_id.is_not(None))
    live = (
        select(Invoice.folio_id, Invoice.total_minor, Invoice.due_on)
        .join(folio, folio.c.id == Invoice.folio_id)
        .where(folio.c.balance > 0, Invoice.kind == "invoice", Invoice.id.not_in(credited))
        .order_by(Invoice.id.desc())
    )
    found: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    for folio_id, total, due_on in db.session.execute(live):
        found[folio_id].append((total, due_on))
    return found


def _events(public_ids: Iterable[str]) -> Any:
    return select(Event).where(Event.public_id.in_(list(public_ids)))

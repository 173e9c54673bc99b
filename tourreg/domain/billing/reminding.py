"""Payment reminders: for an invoice, or for instalments of it, with the days on which they fell due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tourreg.domain.billing import ageing, queries
from tourreg.domain.billing.documents import (
    Purpose,
    amount_of,
    is_chinese,
    order_of,
    payer_of,
    payment_reference,
    programme_of,
    remit_to,
)
from tourreg.domain.billing.issuing import issue_paper
from tourreg.domain.billing.models import Folio
from tourreg.domain.papers import sheets
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import by_submission_key
from tourreg.domain.papers.sheets import ReminderSheet
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

LEVELS = (1, 2, 3)
# How long a reminder waits before the next one, from its own day.
PATIENCE = {1: timedelta(days=14), 2: timedelta(days=10), 3: timedelta(days=7)}


class NothingToRemind(Refusal):
    """Nothing that is asked for is still open."""


@dataclass(frozen=True)
class Demand:
    """Something to be paid by a day.

    name       of the instalment, where it is one
    number     of the invoice that asks for it, or ""
    issued_on  the invoice's date
    open       what of the amount has not come
    """

    due_on: date
    amount: Money
    open: Money
    number: str = ""
    issued_on: date | None = None
    name: Text = EMPTY


def issue_reminder(
    folio: Folio,
    level: int,
    purpose: Purpose,
    *,
    now: datetime,
    by: str,
    demands: Sequence[Demand] | None = None,
    pay_by: date | None = None,
    key: str | None = None,
) -> Paper:
    """Issue a reminder under the next number of its series; take it last in a transaction, the folio being locked.

    level    1 is polite, 2 asks what holds it up, 3 is the last one
    demands  what is asked for, such as instalments; None for every invoice that is open
    pay_by   until when it is waited for; None for as long as the level allows
    key      of the form or the plan that asks for it: asking again under it returns the first
    raises   NothingToRemind
    """
    known = by_submission_key(key) if key else None
    if known is not None:
        return known
    sheet = reminder_sheet(folio, level, purpose, now=now, demands=demands, pay_by=pay_by)
    return issue_paper(folio, "reminder", sheet, now=now, by=by, submission_key=key)


def reminder_sheet(
    folio: Folio,
    level: int,
    purpose: Purpose,
    *,
    now: datetime,
    demands: Sequence[Demand] | None = None,
    pay_by: date | None = None,
) -> ReminderSheet:
    """Return the sheet of a reminder; see `issue_reminder`.

    raises  NothingToRemind
    """
    today = local_day(now, folio.issuer.zone)
    asked = [one for one in (open_demands(folio) if demands is None else demands) if one.open.minor > 0]
    if not asked:
        raise NothingToRemind
    return {
        **head("reminder", folio.issuer, made_at=now),
        "currency": folio.currency,
        "payer": payer_of(folio),
        "order": order_of(folio),
        "programme": programme_of(purpose),
        "level": level,
        "demands": [_row(folio, demand, today) for demand in sorted(asked, key=lambda one: one.due_on)],
        "total": amount_of(folio, sum(demand.open.minor for demand in asked)),
        "pay_by": (pay_by or today + PATIENCE[level]).isoformat(),
        "remit_to": remit_to(folio),
        "payment_reference": payment_reference(folio, purpose),
        "not_a_fapiao": is_chinese(folio),
        "notes": [],
    }


def open_demands(folio: Folio) -> list[Demand]:
    """Return the invoices of a folio of which something is open, oldest first.

    What has come in pays the oldest invoice first.
    """
    live, balance = queries.live_invoices(folio), queries.balance(folio)
    newest_first = [invoice for invoice in reversed(live) if invoice.due_on]
    parts = ageing.open_parts(balance.minor, [(one.total_minor, one.due_on) for one in newest_first])
    found = []
    for invoice, (minor, due_on) in zip(newest_first, parts, strict=False):
        if due_on is not None:
            issued_on = local_day(invoice.issued_at, folio.issuer.zone)
            whole, open_part = (Money(amount, folio.currency) for amount in (invoice.total_minor, minor))
            found.append(Demand(due_on, whole, open_part, number=invoice.paper.number, issued_on=issued_on))
    return found[::-1]


def _row(folio: Folio, demand: Demand, today: date) -> sheets.Demand:
    return {
        "name": both(demand.name),
        "number": demand.number,
        "issued_on": demand.issued_on.isoformat() if demand.issued_on else "",
        "due_on": demand.due_on.isoformat(),
        "days_late": max(0, (today - demand.due_on).days),
        "amount": amount_of(folio, demand.amount.minor),
        "open": amount_of(folio, demand.open.minor),
    }

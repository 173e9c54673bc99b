"""Payment reminders that people or plans ask for: the paper and the letter that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.reminding import Demand, issue_reminder
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import by_submission_key
from tourreg.domain.settlements import mails
from tourreg.domain.settlements.bills import lock_bill
from tourreg.domain.settlements.purposes import purpose_of


def remind(
    folio_id: int,
    level: int,
    *,
    key: str,
    now: datetime,
    by: str,
    demands: Sequence[Demand] | None = None,
    pay_by: date | None = None,
) -> Paper:
    """Issue a reminder and send it to those whose bill it is; asking again under the key returns the first.

    level    1 is polite, 2 asks what holds it up, 3 is the last one
    key      of the form, or of the plan's step
    demands  what is asked for, such as instalments; None for every invoice that is open
    pay_by   until when it is waited for; None for as long as the level allows
    raises   NothingToRemind
    """
    bill = lock_bill(folio_id)
    lock_folio(bill.folio)
    known = by_submission_key(key)
    if known is not None:
        return known
    paper = issue_reminder(
        bill.folio,
        level,
        purpose_of(bill),
        now=now,
        by=by,
        demands=demands,
        pay_by=pay_by,
        key=key,
    )
    mails.reminded(bill, paper, now=now)
    return paper

"""Reminders of what falls due: each looked at again before it leaves, none sent twice, stoppable for one bill.

A bill that has due dates is looked at on each morning on which something may be to say; a look asks for the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio, look_at_dues
from tourreg.domain.billing.dues import Due, dues_of
from tourreg.domain.billing.reminding import Demand, issue_reminder, open_demands
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.papers.models import Paper
from tourreg.domain.settlements import arrears, mails
from tourreg.domain.settlements.bills import PayersBill, lock_bill
from tourreg.domain.settlements.checkouts import left_to_ask
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.clock import local_day

# Days from the due date on which each level is sent: a week before, on the day, two and ten days after.
LEVEL_DAYS = (-7, 0, 2, 10)
RELEASE_UNPAID = "release_unpaid"


def look(folio_public_id: str, *, now: datetime) -> None:
    """Write of what is due by now and unpaid, ask that seats be freed where the event's rule says so, and look again.

    What was promised and is on its way counts as paid. While seats are only held nobody is reminded: their hold ends.
    Of a cancelled registration the fee that is kept and not paid is reminded of like any other part.
    """
    folio = billing.folio_by_public_id(folio_public_id)
    if folio is None:
        return
    bill = lock_bill(folio.id)
    lock_folio(bill.folio)
    zone = bill.lead.event.zone
    today = local_day(now, zone)
    left = left_to_ask(bill.folio)
    unpaid = [due for due in dues_of(bill.folio, left) if due.open] if left.owed else []
    if unpaid and not bill.held_until:
        _write(bill, unpaid, today, now)
        _ask_to_release(bill, unpaid, today, now)
    following = next_look_on(unpaid, today, arrears.release_after_days(bill))
    if following is not None:
        look_at_dues(bill.folio, following, zone=zone, now=now)


def level_on(due: Due, today: date) -> int | None:
    """Return which reminder of a part is to be sent by today, from 0; none before the first."""
    reached = [level for level, days in enumerate(LEVEL_DAYS) if due.due_on + timedelta(days=days) <= today]
    return reached[-1] if reached else None


def next_look_on(unpaid: Iterable[Due], today: date, release_after_days: int | None = None) -> date | None:
    """Return the next day after today on which something is to be written or done; none if never."""
    offsets = [*LEVEL_DAYS, *([] if release_after_days is None else [release_after_days])]
    days = [due.due_on + timedelta(days=offset) for due in unpaid for offset in offsets]
    return min((day for day in days if day > today), default=None)


def stop(folio_public_id: str, *, stopped: bool, now: datetime, by: str) -> None:
    """Let nobody be reminded of a bill any more, or let them be reminded again; what went out stays so."""
    folio = billing.folio_by_public_id(folio_public_id)
    if folio is None:
        raise LookupError(f"no folio {folio_public_id}")
    lock_folio(folio)
    if folio.reminders_stopped != stopped:
        before = {"reminders_stopped": folio.reminders_stopped}
        folio.reminders_stopped = stopped
        note_change(folio.public_id, "reminders", before, {"reminders_stopped": stopped}, now=now, by=by)


def _write(bill: PayersBill, unpaid: list[Due], today: date, now: datetime) -> None:
    if bill.folio.reminders_stopped:
        return
    for due in unpaid:
        level = level_on(due, today)
        if level is not None:
            days = (today - due.due_on).days
            key = _key(bill, due, level)
            papers = _paper(bill, due, level, key, now)
            mails.reminder(bill, due, papers, level=level, days=days, key=key, now=now)


def _key(bill: PayersBill, due: Due, level: int) -> str:
    """Return by what a reminder is known; the fee of a cancelled registration is another thing than the part before."""
    return f"{bill.folio.public_id}:{due.due_on.isoformat()}:{level}{'' if bill.live_seats else ':fee'}"


def _paper(bill: PayersBill, due: Due, level: int, key: str, now: datetime) -> list[Paper]:
    """Return the reminder as a paper, from the day itself on; asking again returns the first."""
    if level == 0:
        return []
    folio = bill.folio
    if folio.instalments:
        demands = [Demand(due.due_on, due.amount, due.open, name=due.name)]
    else:
        demands = [demand for demand in open_demands(folio) if demand.due_on == due.due_on]
    purpose = purpose_of(bill)
    return [issue_reminder(folio, level, purpose, now=now, by="worker", demands=demands or None, key=key)]


def _ask_to_release(bill: PayersBill, unpaid: list[Due], today: date, now: datetime) -> None:
    """Ask for the seats to be given back, where the event has a rule and a date was missed for so long."""
    after = arrears.release_after_days(bill)
    missed = [due for due in unpaid if after is not None and due.days_over(today) >= max(after, 1)]
    if missed and bill.live_seats:
        key = f"{RELEASE_UNPAID}:{bill.folio.public_id}:{missed[0].due_on.isoformat()}"
        add_task(RELEASE_UNPAID, {"folio": bill.folio.public_id}, key=key, now=now)

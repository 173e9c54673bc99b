"""Finance agrees another plan with a payer than the one that was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import agree_plan, lock_folio
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.billing.plans import Bounds, Plan, PlanPart, schedule
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.payment_plans import PlanNotOffered, offered_in
from tourreg.domain.settlements import mails
from tourreg.domain.settlements.bills import PayersBill, lock_bill
from tourreg.domain.settlements.checkouts import NothingOwed, SeatsGone
from tourreg.domain.settlements.credit import CREDIT
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.clock import local_day


@dataclass(frozen=True)
class PlanWish:
    """The plan that finance agrees to.

    kind        one that the event offers, or "after_event" for any payer
    days_after  the event's last day, for "after_event"
    """

    kind: str
    days_after: int = 30


def change_plan(folio_id: int, wish: PlanWish, *, why: str, now: datetime, by: str) -> None:
    """Agree another plan from now on: its days count from today, and what was paid pays its oldest part.

    Who may pay after the event has the seats at once, and the invoice goes out.

    why     kept with the bill
    raises  SeatsGone, NothingOwed, PlanNotOffered
    """
    bill = lock_bill(folio_id)
    folio = bill.folio
    lock_folio(folio)
    charged = billing.standing(folio).charged
    if not bill.live_seats:
        raise SeatsGone
    if not billing.standing(folio).owed:
        raise NothingOwed
    plan = _plan(bill, wish)
    before = _written(folio.plan, [(row.due_on, row.amount_minor) for row in folio.instalments])
    agreed = schedule(plan, charged, _people(bill), _bounds(bill, now))
    agree_plan(folio, plan.kind, agreed, now=now)
    after = _written(plan.kind, [(part.due_on, part.amount.minor) for part in agreed])
    note_change(folio.public_id, "payment_plan", before, {**after, "why": why}, now=now, by=by)
    if plan.kind == "after_event":
        _grant(bill, why, now, by)


def _plan(bill: PayersBill, wish: PlanWish) -> Plan:
    if wish.kind == "after_event":
        return Plan("after_event", (PlanPart(days_after=wish.days_after),))
    if wish.kind == "in_full":
        return Plan("in_full")
    plan = offered_in(bill.lead.event, bill.folio.currency).plan(wish.kind)
    if plan is None:
        raise PlanNotOffered(plan=wish.kind)
    return plan


def _people(bill: PayersBill) -> int:
    """Return for how many people the bill charges something."""
    return len({line.subject for line in standing_lines(billing.entries_of(bill.folio)) if line.subject}) or 1


def _bounds(bill: PayersBill, now: datetime) -> Bounds:
    event = bill.lead.event
    return Bounds(local_day(now, event.zone), event.starts_on, event.ends_on)


def _grant(bill: PayersBill, why: str, now: datetime, by: str) -> None:
    folio = bill.folio
    if folio.credit_state in ("none", "refused"):
        move_to(folio, CREDIT, "asked", now=now, by=by, why=why)
    if folio.credit_state == "asked":
        move_to(folio, CREDIT, "granted", now=now, by=by, why=why)
    for registration in bill.registrations:
        holds.confirm(registration, now=now, by=by, folio_id=folio.id)
    issue_invoice(folio, purpose_of(bill), now=now, by=by)
    mails.credit_granted(bill, [invoice.paper for invoice in billing.live_invoices(folio)], now=now)


def _written(kind: str, parts: list[tuple[date, int]]) -> dict[str, object]:
    return {"plan": kind, "instalments": [{"due_on": day.isoformat(), "minor": minor} for day, minor in parts]}

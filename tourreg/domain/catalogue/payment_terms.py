"""How an event's bills may be paid: written down by the office, offered on the registration form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing.plans import Plan, PlanFault, PlanPart, faults_of
from tourreg.domain.catalogue.models import Event, PaymentTerms
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

IN_FULL = Plan("in_full")
MOST_DAYS = 365


class TermsEditedMeanwhile(Refusal):
    """Somebody changed the terms after the editor had read them; facts: now (the terms as they are)."""


class PlanDoesNotAddUp(Refusal):
    """A plan's parts do not make a whole, or its days do not follow each other; facts: kind, faults."""


class NothingOffered(Refusal):
    """An event offers at least one way to pay."""


@dataclass(frozen=True)
class Terms:
    """What an event offers payers, as plain values; arguments as in `models.PaymentTerms`."""

    plans: tuple[Plan, ...] = (IN_FULL,)
    release_after_days: int | None = None

    def plan(self, kind: str) -> Plan | None:
        return next((plan for plan in self.plans if plan.kind == kind), None)


def terms_of(event: Event) -> Terms:
    """Return what the event offers now."""
    written = event.payment_terms
    if written is None:
        return Terms()
    return Terms(tuple(_plan(one) for one in written.plans), written.release_after_days)


def revise_terms(event: Event, terms: Terms, *, seen: str, now: datetime, by: str) -> None:
    """Write down what an event offers from now on; what was agreed with payers before stays.

    event   from `desk.event_to_change`
    seen    fingerprint of the terms that the editor began from
    raises  TermsEditedMeanwhile, NothingOffered, PlanDoesNotAddUp
    """
    before = _as_written(event)
    if fingerprint(before) != seen:
        raise TermsEditedMeanwhile(now=before)
    require_fit(terms, event.starts_on, event.ends_on)
    written = event.payment_terms
    if written is None:
        written = PaymentTerms(event_id=event.id)
        db.session.add(written)
    written.plans = [plain_of(plan) for plan in terms.plans]
    written.release_after_days = terms.release_after_days
    db.session.flush()
    note_change(event.public_id, "payment_terms", plain(before), plain(terms), now=now, by=by)


def require_fit(terms: Terms, starts_on: date, ends_on: date) -> None:
    """Refuse terms that offer nothing or that do not add up.

    raises  NothingOffered, PlanDoesNotAddUp
    """
    if not terms.plans:
        raise NothingOffered
    for plan in terms.plans:
        faults: list[PlanFault] = faults_of(plan, starts_on, ends_on)
        if faults:
            raise PlanDoesNotAddUp(kind=plan.kind, faults=tuple(faults))


def plain_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON keeps it: what is empty is left out."""
    parts = [{name: value for name, value in _plain_part(part).items() if value is not None} for part in plan.parts]
    return {"kind": plan.kind, "parts": parts}


def _plain_part(part: PlanPart) -> dict[str, Any]:
    return {**asdict(part), "due_on": part.due_on.isoformat() if part.due_on else None}


def _plan(written: dict[str, Any]) -> Plan:
    return Plan(written["kind"], tuple(_part(part) for part in written["parts"]))


def _part(written: dict[str, Any]) -> PlanPart:
    due_on = written.get("due_on")
    return PlanPart(**{**written, "due_on": date.fromisoformat(due_on) if due_on else None})


def _as_written(event: Event) -> Terms:
    """Return the terms as they stand after every other change of the event has ended."""
    db.session.refresh(event, ["payment_terms"])
    return terms_of(event)

"""Which of an event's plans a booking is paid by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tourreg.domain.billing.plans import Bounds, Plan
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.payment_terms import IN_FULL, Terms, terms_of
from tourreg.domain.registrations.rules import Booking, PaysBy
from tourreg.kernel.clock import local_day
from tourreg.kernel.refusals import Refusal


class PlanNotOffered(Refusal):
    """The event offers no such plan to pay by; facts: plan."""


class PlanNeedsInvoice(Refusal):
    """Only an institution that pays by invoice may pay after the event."""


def plan_of(event: Event, booking: Booking) -> Plan:
    """Return the plan by which a booking is paid.

    raises  PlanNotOffered, PlanNeedsInvoice
    """
    offered = offered_in(event, booking.currency or event.currency)
    plan = offered.plan(booking.plan) if booking.plan else default_plan(offered, booking.pays_by)
    if plan is None:
        raise PlanNotOffered(plan=booking.plan)
    if plan.kind == "after_event" and booking.pays_by != "invoice":
        raise PlanNeedsInvoice
    return plan


def offered_in(event: Event, currency: str) -> Terms:
    """Return what the event offers payers in a currency; parts that are amounts are of its own."""
    terms = terms_of(event)
    if currency == event.currency:
        return terms
    plans = tuple(plan for plan in terms.plans if all(part.each_minor is None for part in plan.parts))
    return replace(terms, plans=plans or (IN_FULL,))


def default_plan(offered: Terms, pays_by: str) -> Plan | None:
    """Return the first plan that is open to a payer of this kind."""
    return next((plan for plan in offered.plans if plan.kind != "after_event" or pays_by == "invoice"), None)


def plan_bounds(event: Event, pays_by: PaysBy, terms_days: int, now: datetime) -> Bounds:
    """Return the days that a plan's days count from.

    The first part is due at once; by invoice after its terms, but no later than on the event's first day.
    """
    today = local_day(now, event.zone)
    first_on = today if pays_by == "card" else min(today + timedelta(days=terms_days), max(today, event.starts_on))
    return Bounds(first_on, event.starts_on, event.ends_on)

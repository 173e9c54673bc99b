"""Events that offer plans of payment, and registrations that chose one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.cast import a_person, a_published_summit, a_registration
from tourreg.db import writing
from tourreg.domain.billing.plans import Plan, PlanPart
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.payment_terms import IN_FULL, Terms, revise_terms, terms_of
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.plans import fingerprint

BALANCE_ON = date(2027, 8, 31)
DEPOSIT = Plan("deposit", (PlanPart(share=3_000), PlanPart(due_on=BALANCE_ON)))
THIRDS = Plan(
    "instalments",
    (PlanPart(share=3_333), PlanPart(share=3_333, due_on=date(2027, 5, 1)), PlanPart(share=3_334, days_before=30)),
)
AFTER_EVENT = Plan("after_event", (PlanPart(days_after=30),))
ALL_PLANS = (IN_FULL, DEPOSIT, THIRDS, AFTER_EVENT)


def offer_plans(event: Event, *plans: Plan, now: datetime, release_after_days: int | None = None) -> None:
    """Let the event offer these plans from now on."""
    with writing():
        found = desk.event_to_change(event.public_id)
        terms = Terms(plans, release_after_days)
        revise_terms(found, terms, seen=fingerprint(terms_of(found)), now=now, by="staff:finance")


def a_registration_by_plan(
    now: datetime, plan: str = "deposit", slug: str = "yangzhou-2027", **changed: Any
) -> Registration:
    """Return the saved registration of Emily Hart and Chen Li for an event with every plan: US$960, by `plan`."""
    event = a_published_summit(slug)
    offer_plans(event, *ALL_PLANS, now=now)
    people = (a_person(), a_person("Chen", "Li", native="陈立"))
    return a_registration(event, *people, now=now, plan=plan, **changed)

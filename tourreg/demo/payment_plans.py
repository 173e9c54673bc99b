"""By which plans the sample events may be paid."""

from datetime import datetime

from tourreg.db import writing
from tourreg.demo.programme import BY, Season
from tourreg.domain.billing.plans import Plan, PlanPart
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.payment_terms import IN_FULL, Terms, revise_terms, terms_of
from tourreg.kernel.plans import fingerprint

THIRTY_PERCENT = PlanPart(share=3_000)
AFTER_EVENT = Plan("after_event", (PlanPart(days_after=30),))
TERMS = {
    "old-quarters-new-uses": Terms(
        (
            IN_FULL,
            Plan("deposit", (THIRTY_PERCENT, PlanPart(days_before=60))),
            Plan(
                "instalments",
                (PlanPart(share=3_400), PlanPart(share=3_300, days_before=120), PlanPart(share=3_300, days_before=60)),
            ),
            AFTER_EVENT,
        ),
        release_after_days=21,
    ),
    "water-sensitive-cities": Terms((IN_FULL, Plan("deposit", (THIRTY_PERCENT, PlanPart(days_before=30))))),
    "energy-efficiency-us": Terms(
        (IN_FULL, Plan("deposit", (PlanPart(each_minor=50_000), PlanPart(days_before=45))), AFTER_EVENT)
    ),
}


def offer_plans(season: Season, now: datetime) -> None:
    """Let the events be paid as they say, from before anybody registered."""
    for key, terms in TERMS.items():
        with writing():
            event = desk.event_to_change(season.events[key].public_id)
            revise_terms(event, terms, seen=fingerprint(terms_of(event)), now=now, by=BY)

"""The sample season's codes: one for members of the alliance, one for partners' free seats, one that has ended."""

from datetime import datetime, timedelta

from tourreg.db import writing
from tourreg.demo.programme import BY, Season
from tourreg.domain.catalogue.models import Event
from tourreg.domain.discounts.commands import CodePlan, make_code

SUMMIT = "eco-urbanization-yangzhou"


def make_codes(season: Season, now: datetime) -> None:
    """Make the codes that the office has given out."""
    made_at = now - timedelta(days=90)
    with writing():
        for number, plan in enumerate(_plans(season.events[SUMMIT]), start=1):
            make_code(plan, submission_key=f"demo-code-{number}", now=made_at, by=BY)


def _plans(summit: Event) -> list[CodePlan]:
    early = summit.fees[0].early_until_on
    return [
        CodePlan(
            "ALLIANCE10", "percent", percent=10, currency=summit.currency, events=(summit.public_id,), until_on=early,
            most_uses=40, most_per_contact=6, budget_minor=250_000, note="Newsletter of the alliance",
        ),
        CodePlan(
            "SPEAKER27", "free_seat", events=(summit.public_id,), most_uses=12, most_per_contact=1,
            note="Speakers and moderators",
        ),
        CodePlan(
            "LASTYEAR50", "amount", off_minor=5_000, currency=summit.currency, until_on=summit.opens_on + timedelta(days=30),
            note="Those who came last year; ended",
        ),
    ]  # fmt: skip

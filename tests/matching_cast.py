"""Tours with legs for tests: two nights on water in May, for eighteen people."""

from datetime import date, datetime
from typing import Any

from tests.hosts import MEMBER
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.matching import legs
from tourreg.domain.matching.legs import LegPlan
from tourreg.domain.matching.models import TourLeg

DALLAS = "us-4819000"


def a_plan(**changed: Any) -> LegPlan:
    values: dict[str, Any] = {
        "first_on": date(2027, 5, 10), "last_on": date(2027, 5, 16), "nights": 2, "people": 18, "topics": ("water",),
        "languages": ("zh",), "words": "How a small city reuses water.",
    }  # fmt: skip
    return LegPlan(**{**values, **changed})


def a_tour_leg(event: Event, *, now: datetime, **changed: Any) -> TourLeg:
    with writing():
        mine = db.session.merge(event)
        return legs.add_leg(mine, a_plan(**changed), today=now.date(), submission_key=None, now=now, by=MEMBER)

"""The days of a visit to Davenport for tests: two items of its own day, and one of another city's on the same date."""

from dataclasses import replace
from datetime import date, datetime, time

from tests.cast import the_city
from tests.hosting_cast import CITY, NAME, a_request, found
from tests.hosts import MEMBER
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import proposals
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.proposal_fields import particulars_of
from tourreg.domain.hosting.proposal_models import DayProposal
from tourreg.domain.hosting.proposals import Proposed
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.itineraries.commands import DayEdit, put_in_place
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.domain.itineraries.versions import issue_version
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

ON = date(2027, 5, 11)
ZONE = "America/Chicago"
WORKS = "works-of-davenport-000"
LUNCH = "lunch-in-davenport-000"
ELSEWHERE = "council-of-charlotte-0"


def planned_days(event: Event, *, now: datetime, items: tuple[str, str, str] = (WORKS, LUNCH, ELSEWHERE)) -> None:
    """Write a day in Davenport with the water works and lunch, and one in Charlotte for the other half of the group.

    items  the public ids that they get, "" for any
    """
    works = ItemPlan(
        "site_visit", time(9), ZONE, Text("Water works", "水厂"), ends=time(11, 30), public_id=items[0],
        place=Text("Works on the river", "河畔水厂"),
        details=Details(for_driver=Text("Gate code 4711"), driver="Dan Reed"),
    )  # fmt: skip
    lunch = ItemPlan("meal", time(12), ZONE, Text("Lunch", "午餐"), ends=time(13), public_id=items[1])
    council = ItemPlan("meeting", time(9), "America/New_York", Text("Charlotte council", "议会"), public_id=items[2])
    with writing():
        own, other = the_city("davenport").public_id, the_city("charlotte").public_id
        locked = desk.event_to_change(event.public_id)
        edits = [DayEdit("", "", DayPlan(ON, own, "", items=(works, lunch)))]
        put_in_place(locked, [*edits, DayEdit("", "", DayPlan(ON, other, "", items=(council,)))], now=now, by=MEMBER)


def a_visit(state: str = "held", *, now: datetime) -> HostingRequest:
    """Return a request of Davenport with days written down."""
    request = a_request(state, now=now)
    planned_days(request.event, now=now)
    return found(request.public_id)


def proposed(
    request: HostingRequest, *, now: datetime, item: str = WORKS, language: str = "en", key: str = "", **changed: str
) -> DayProposal:
    """Return what the city proposes of an item, from what stands there now."""
    with writing():
        locked = queries.request_to_change(request.public_id)
        _day, plan = proposals.item_of_city(locked, item)
        wanted = Proposed(replace(particulars_of(plan, language), **changed), language, "The bridge is closed.", NAME)
        seen = proposals.seen_of(locked, plan, language)
        return proposals.propose(locked, item, wanted, seen=seen, submission_key=key or new_key(), now=now, by=CITY)


def new_key() -> str:
    return new_public_id()


def item_now(request: HostingRequest, item: str = WORKS) -> ItemPlan:
    return proposals.item_of_city(found(request.public_id), item)[1]


def issued(request: HostingRequest, *, now: datetime) -> None:
    with writing():
        issue_version(desk.event_to_change(request.event.public_id), change_note=Text(), now=now, by=MEMBER)

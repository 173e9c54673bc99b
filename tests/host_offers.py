"""Offers of host cities for tests: two days on water in Davenport, with whatever is changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tests.cast import the_city
from tests.hosts import MEMBER
from tourreg.db import db, writing
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting import offer_queries, offers
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_plans import ChargePlan, HomestayPlan, OfferPlan, WindowPlan
from tourreg.kernel.bilingual import Text

# The clock of the tests shows 15 January 2027.
WINDOW = WindowPlan(date(2027, 5, 10), date(2027, 5, 28))
TOPICS = {
    "water": Text("Water and wastewater", "供水与污水处理"),
    "energy": Text("Energy", "能源"),
    "culture-heritage": Text("Culture and heritage", "文化与遗产保护"),
}
CITY = "host:davenport"
HOMES = HomestayPlan(12, 2, True, "breakfast_and_supper", Text("Fetched at 17:30"), "The Hansens have two cats.")


def an_offer_plan(**changed: Any) -> OfferPlan:
    values: dict[str, Any] = {
        "kind": "visit",
        "title": Text("Two days on water", "两天水务考察"),
        "words": Text("From the river to the tap, with those who run it."),
        "windows": (WINDOW,),
        "blackouts": (date(2027, 5, 17),),
        "notice_days": 45,
        "smallest": 6,
        "largest": 20,
        "days_most": 2,
        "topics": ("energy", "water"),
        "spoken": ("en",),
        "interpreted": ("zh",),
        "provided": Text("The council chamber and a bus"),
        "charges": (ChargePlan(Text("Lunch at the works"), 1_850, "person"),),
        "vehicle_seats": 22,
        "meeting_seats": 40,
    }
    plan = {**values, **changed}
    if plan["kind"] == "homestay":
        plan.setdefault("homestay", HOMES)
    return OfferPlan(**plan)


def an_offer(
    state: str = "draft", *, now: datetime, city: str = "davenport", by: str = CITY, **changed: Any
) -> HostOffer:
    """Return a saved offer that went all the way to the state."""
    with writing() as session:
        place = the_city(city)
        session.flush()
        the_topics()
        offer = offers.write_offer(place, an_offer_plan(**changed), submission_key=None, now=now, by=by)
    if state in ("offered", "paused"):
        moved(offer, "offered", now=now)
    if state in ("paused", "withdrawn"):
        moved(offer, state, now=now)
    return offer


def the_topics() -> None:
    """See to it that what the offers of tests are about is on the list."""
    known = set(db.session.scalars(select(Topic.slug)))
    db.session.add_all(Topic(slug=slug, name=name) for slug, name in TOPICS.items() if slug not in known)
    db.session.flush()


def moved(offer: HostOffer, after: str, *, now: datetime) -> None:
    with writing():
        found = offer_queries.offer_to_change(offer.public_id)
        offers.move_offer(found, after, seen=found.state, now=now, by=MEMBER)

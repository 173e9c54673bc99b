"""Legs of tours: what they may say, their order, and how offers are read for them."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event

from tests.domain.matching.cases import TODAY
from tests.host_offers import an_offer
from tests.hosting_cast import a_request, a_tour
from tests.hosts import MEMBER
from tests.matching_cast import DALLAS, a_plan, a_tour_leg
from tourreg.db import db, writing
from tourreg.domain.hosting.offer_plans import WindowPlan
from tourreg.domain.matching import legs, weighing
from tourreg.domain.matching.legs import LegIsUnfit, TooManyLegs
from tourreg.domain.matching.reading import read_offers, regions_for
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Charge, Weights, Window

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"last_on": date(2027, 5, 9)}, "last_on", "ends_before_it_begins"),
        ({"last_on": date(2028, 6, 1)}, "last_on", "window_too_long"),
        ({"nights": 8}, "nights", "stay_longer_than_window"),
        ({"first_on": date(2027, 1, 10), "last_on": date(2027, 1, 16)}, "last_on", "in_the_past"),
        ({"people": 0}, "people", "group_of_none"),
        ({"people": 501}, "people", "group_of_none"),
        ({"near": "us-0"}, "near", "place_unknown"),
        ({"towards": DALLAS}, "near", "origin_missing"),
        ({"near": DALLAS, "towards": DALLAS}, "towards", "same_place"),
        ({"within_km": 100}, "near", "place_missing"),
    ],
)
def test_what_a_leg_cannot_say_is_refused(now: datetime, changed: dict[str, Any], field: str, why: str) -> None:
    tour = a_tour()

    with pytest.raises(LegIsUnfit) as refusal:
        a_tour_leg(tour, now=now, **changed)

    assert [(fault.field, fault.why) for fault in refusal.value.faults] == [(field, why)]
    assert not legs.legs_of(tour.id)


def test_a_stay_of_as_many_days_as_its_window_fits(now: datetime) -> None:
    leg = a_tour_leg(a_tour(), now=now, nights=7)

    assert legs.wanted(leg).days == 7


def test_legs_come_in_the_order_of_their_days(now: datetime) -> None:
    tour = a_tour()
    later = a_tour_leg(tour, now=now, first_on=date(2027, 5, 12))
    earlier = a_tour_leg(tour, now=now)

    assert list(legs.legs_of(tour.id)) == [earlier, later]


def test_a_tour_has_so_many_legs_and_no_more(now: datetime) -> None:
    tour = a_tour()
    for _number in range(legs.MOST_LEGS):
        a_tour_leg(tour, now=now)

    with pytest.raises(TooManyLegs):
        a_tour_leg(tour, now=now)


def test_a_leg_says_again_what_was_written_into_it(now: datetime) -> None:
    plan = a_plan(near=DALLAS, within_km=300, budget_minor=50_000, regions=("Iowa",), homestay=True)
    tour = a_tour()
    with writing():
        leg = legs.add_leg(db.session.merge(tour), plan, today=now.date(), submission_key=None, now=now, by=MEMBER)

    assert legs.plan_of(leg) == plan
    near = legs.wanted(leg).near
    assert near is not None
    assert (round(near.latitude), round(near.longitude), near.name) == (33, -97, DALLAS)


@pytest.mark.both
def test_an_offer_is_read_with_all_that_decides_whom_it_fits(now: datetime) -> None:
    tour = a_tour()
    later = WindowPlan(date(2027, 6, 1), date(2027, 6, 4))
    offer = an_offer("offered", now=now, windows=(later, WindowPlan(date(2027, 5, 10), date(2027, 5, 28))))

    read = read_offers(tour)

    (found,) = read.offers
    assert (found.key, found.city) == (offer.public_id, offer.city.public_id)
    assert found.windows == (
        Window(date(2027, 5, 10), date(2027, 5, 28)), Window(date(2027, 6, 1), date(2027, 6, 4))
    )  # fmt: skip
    assert found.blackouts == {date(2027, 5, 17)}
    assert (found.notice_days, found.smallest, found.largest, found.days_most) == (45, 6, 20, 2)
    assert found.topics == {"water": 0, "energy": 0}
    assert (set(found.spoken), set(found.interpreted)) == ({"en"}, {"zh"})
    assert found.charges == (Charge(1_850, "person"),)
    assert (found.region, found.homestay_places, found.is_open) == ("Iowa", None, True)
    assert read.named[found.key].city == offer.city.name
    assert [region.en for region in regions_for(tour)] == ["Iowa"]


@pytest.mark.both
def test_the_days_that_another_tour_holds_are_taken_and_its_city_was_asked(now: datetime) -> None:
    other = a_request("held", now=now, slug="energy-2028")
    assert other.offer is not None

    read = read_offers(a_tour("water-2027"))

    assert [(each.offer, each.days) for each in read.taken] == [
        (other.offer.public_id, Window(date(2027, 5, 11), date(2027, 5, 12)))
    ]
    (offer,) = read.offers
    assert offer.asked == 1
    assert offer.tours == 1
    assert read_offers(other.event).taken == []


def test_offers_of_the_other_country_and_of_other_kinds_are_not_read(now: datetime) -> None:
    an_offer("offered", now=now, city="yangzhou")
    an_offer("offered", now=now, kind="lecture")
    an_offer("draft", now=now)

    assert read_offers(a_tour()).offers == []


def test_a_paused_offer_is_shown_as_ruled_out(now: datetime) -> None:
    tour = a_tour()
    leg = a_tour_leg(tour, now=now)
    an_offer("paused", now=now)

    (score,) = scores(legs.wanted(leg), read_offers(tour).offers, Weights(), today=TODAY)

    assert [reason.kind for reason in score.ruled_out] == ["closed"]


def test_offers_are_read_in_three_statements_however_many_there_are(now: datetime) -> None:
    tour = a_tour()
    for city in ("davenport", "charlotte", "fort-collins"):
        an_offer("offered", now=now, city=city)
        an_offer("offered", now=now, city=city, kind="homestay")
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    assert tour.direction
    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        read = read_offers(tour)
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)

    assert len(read.offers) == 6
    assert len(seen) == 3
    assert {offer.homestay_places for offer in read.offers} == {None, 24}


def test_the_office_weighs_otherwise_and_the_rest_stays_usual(now: datetime) -> None:
    assert weighing.weights() == Weights()

    with writing():
        weighing.set_weights(Weights(topic=5), now=now, by=MEMBER)

    assert weighing.weights() == Weights(topic=5)

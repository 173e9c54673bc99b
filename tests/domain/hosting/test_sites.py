"""The library of places that a city shows."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.cast import the_city
from tests.host_offers import an_offer, the_topics
from tourreg.db import db, writing
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting import offers, sites
from tourreg.domain.hosting.offer_models import Site
from tourreg.domain.hosting.offer_plans import plan_of_offer
from tourreg.domain.hosting.sites import SitePlan, plan_of_site
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.usefixtures("app")
CITY = "host:davenport"
WORKS = SitePlan(
    Text("River water works", "河水厂"),
    address=Text("750 River Drive"),
    topics=("energy", "water"),
    capacity=24,
    walking_metres=800,
    step_free="partly",
    safety_gear=Text("Hard hats, which we lend"),
    id_rule="photo_id",
    photo_rule="ask",
    shown_by="Ray Okafor, plant manager",
)


@pytest.mark.both
def test_a_place_is_kept_as_it_was_written(now: datetime) -> None:
    site = a_site(now=now)

    assert plan_of_site(again(site)) == WORKS


@pytest.mark.parametrize(
    ("changed", "field"), [({"name": EMPTY}, "name"), ({"capacity": 0}, "capacity"), ({"topics": ("no",)}, "topics")]
)
def test_what_cannot_be_is_named_with_its_field(now: datetime, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(sites.SiteIsUnfit) as refusal:
        a_site(now=now, **changed)

    assert list(refusal.value.faults) == [field]


def test_a_place_is_revised_unless_somebody_was_faster(now: datetime) -> None:
    site = a_site(now=now)
    seen = fingerprint(plan_of_site(site))
    with writing():
        found = queries.site_to_change(site.public_id)
        assert sites.revise_site(found, replace(WORKS, capacity=30), seen=seen, now=now, by=CITY)

    with writing():
        found = queries.site_to_change(site.public_id)
        with pytest.raises(sites.SiteEditedMeanwhile):
            sites.revise_site(found, replace(WORKS, capacity=12), seen=seen, now=now, by=CITY)

    assert again(site).capacity == 30


def test_a_topic_that_was_retired_stays_with_the_place_that_has_it(now: datetime) -> None:
    site = a_site(now=now)
    with writing() as session:
        session.query(Topic).filter(Topic.slug == "water").update({"active": False})
    with writing():
        found = queries.site_to_change(site.public_id)
        sites.revise_site(found, replace(WORKS, capacity=30), seen=fingerprint(plan_of_site(found)), now=now, by=CITY)

    assert plan_of_site(again(site)).topics == ("energy", "water")
    with pytest.raises(sites.SiteIsUnfit):
        a_site(now=now)


@pytest.mark.both
def test_a_closed_place_stays_with_its_offer_and_goes_when_that_is_renewed(now: datetime) -> None:
    works, hall = a_site(now=now), a_site(now=now, name=Text("City hall"))
    offer = an_offer("offered", sites=(works.public_id, hall.public_id), now=now)
    with writing():
        sites.close_site(queries.site_to_change(works.public_id), now=now, by=CITY)

    with writing():
        found = queries.offer_to_change(offer.public_id)
        plan = plan_of_offer(found)
        offers.revise_offer(found, replace(plan, largest=22), seen=fingerprint(plan), now=now, by=CITY)
        renewal = offers.renew(found, now=now, by=CITY)

    assert plan_of_offer(found).sites == (works.public_id, hall.public_id)
    assert plan_of_offer(renewal).sites == (hall.public_id,)
    with pytest.raises(offers.OfferIsUnfit):
        an_offer(sites=(works.public_id,), now=now)


def test_a_place_of_another_city_cannot_be_shown(now: datetime) -> None:
    foreign = a_site(now=now, city="charlotte")

    with pytest.raises(offers.OfferIsUnfit) as refusal:
        an_offer(sites=(foreign.public_id,), now=now)

    assert [fault.why for fault in refusal.value.faults] == ["site_unknown"]


def test_places_are_shown_in_the_order_in_which_they_were_chosen(now: datetime) -> None:
    works, hall = a_site(now=now), a_site(now=now, name=Text("City hall"))

    offer = an_offer(sites=(hall.public_id, works.public_id), now=now)

    assert [row.site.name.en for row in offer.sites] == ["City hall", "River water works"]


def a_site(*, now: datetime, city: str = "davenport", **changed: Any) -> Site:
    with writing() as session:
        place = the_city(city)
        session.flush()
        the_topics()
        return sites.write_site(place, replace(WORKS, **changed), submission_key=None, now=now, by=CITY)


def again(site: Site) -> Site:
    db.session.expire_all()
    found = queries.site_by_public_id(site.public_id)
    assert found is not None
    return found

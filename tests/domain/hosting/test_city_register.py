"""The list of cities: how ready each is, what came of asking it, and whose turn it is."""

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from tests.cast import the_city
from tests.host_offers import an_offer
from tests.hosting_cast import a_request, the_host
from tests.hosts import a_host
from tourreg.db import db, writing
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_register import (
    Listed,
    WantedCities,
    every_city,
    first_year_asked,
    keys_of_cities,
    listed_cities,
    programmes_hosted_last,
    regions_of_cities,
    topics_of_cities,
)
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import OfferStep
from tourreg.kernel.bilingual import Text

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both]
TOUR = ["charlotte", "davenport", "fort-collins"]
TODAY, AFTER = date(2027, 1, 15), date(2027, 6, 1)


def cities_there(*slugs: str) -> None:
    with writing():
        for slug in slugs:
            the_city(slug)


def listed(today: date = TODAY, **wanted: Any) -> list[Listed]:
    db.session.expire_all()
    return every_city(WantedCities(**wanted), today=today)


def slugs(today: date = TODAY, **wanted: Any) -> list[str]:
    return [row.city.slug for row in listed(today, **wanted)]


def davenport(today: date = TODAY, **wanted: Any) -> Listed:
    return next(row for row in listed(today, **wanted) if row.city.slug == "davenport")


def a_profile_of(slug: str, now: datetime) -> HostProfile:
    profile = the_host(now)
    with writing():
        db.session.merge(profile).city = the_city(slug)
    return profile


def test_a_city_that_nobody_speaks_for_is_listed_with_nothing() -> None:
    cities_there("davenport")

    row = davenport()

    assert (row.readiness, row.asked, row.hosted, row.last_on) == ("nobody", 0, 0, None)
    assert first_year_asked() is None


def test_readiness_follows_from_sign_up_offer_and_its_steps(now: datetime) -> None:
    a_profile_of("davenport", now)
    assert davenport().readiness == "no_offer"

    offer = an_offer("offered", now=now)
    assert davenport().readiness == "ready"

    with writing():
        step = OfferStep(offer_id=offer.id, step="legal_review", asked_on=TODAY, noted_at=now, noted_by="staff:x")
        db.session.add(step)
    assert davenport().readiness == "steps"


def test_an_offer_whose_days_are_over_makes_no_city_ready(now: datetime) -> None:
    a_profile_of("davenport", now)
    an_offer("offered", now=now)

    assert [davenport(day).readiness for day in (date(2027, 5, 28), date(2027, 5, 29))] == ["ready", "no_offer"]


@pytest.mark.parametrize(
    ("state", "figures"),
    [
        ("asked", (1, 0, 0, 0, 0)),
        ("countered", (1, 1, 0, 0, 0)),
        ("declined", (1, 1, 1, 0, 0)),
        ("lapsed", (1, 0, 0, 1, 0)),
        ("confirmed", (1, 1, 0, 0, 1)),
    ],
)
def test_what_came_of_asking_is_counted(now: datetime, state: str, figures: tuple[int, ...]) -> None:
    a_request(state, now=now)

    row = davenport()

    assert (row.asked, row.answered, row.declined, row.lapsed, row.confirmed) == figures


def test_a_visit_that_is_over_counts_as_hosted_from_its_year_on(now: datetime) -> None:
    request = a_request("confirmed", now=now)
    with writing():
        db.session.merge(request.event).state = "published"

    assert [(davenport(day).hosted, davenport(day).last_on) for day in (TODAY, AFTER)] == [
        (0, None), (1, date(2027, 5, 12))
    ]  # fmt: skip
    later = davenport(AFTER, since=2028)
    assert (later.asked, later.hosted) == (0, 0)
    assert first_year_asked() == 2027


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("", ["yangzhou", *TOUR]),
        ("never", ["yangzhou"]),
        ("since-2027", TOUR),  # its route ended there in May 2027
        ("since-2028", []),
        ("before-2027", ["yangzhou"]),
        ("before-2028", ["yangzhou", *TOUR]),
    ],
)
def test_cities_are_found_by_when_they_hosted_last(now: datetime, last: str, found: list[str]) -> None:
    request = a_request("confirmed", now=now)
    with writing():
        db.session.merge(request.event).state = "published"
    cities_there("yangzhou")

    assert slugs(AFTER, last=last) == found
    assert slugs(AFTER, last=last, since=2028) == found
    assert keys_of_cities(WantedCities(last=last), today=AFTER) == [the_city(slug).id for slug in found]


def test_the_last_programme_is_the_latest_that_is_over(now: datetime) -> None:
    request = a_request("confirmed", now=now)
    with writing():
        db.session.merge(request.event).state = "published"
    cities_there("yangzhou")
    keys = [the_city(slug).id for slug in ("davenport", "yangzhou")]

    assert programmes_hosted_last(keys, today=TODAY) == {}
    told = programmes_hosted_last(keys, today=AFTER)
    assert {city: event.title.en for city, event in told.items()} == {keys[0]: "Water in Cities"}


def test_whoever_is_ready_and_was_never_asked_comes_first(now: datetime) -> None:
    a_request("declined", now=now)
    a_profile_of("davenport", now)
    cities_there("charlotte", "fort-collins")
    other = a_host("accepted", email="other@example.org", now=now)
    with writing():
        db.session.merge(other).city = the_city("fort-collins")
    an_offer("offered", now=now, city="fort-collins")

    order = slugs(order="next")

    assert (order[0], order[1]) == ("fort-collins", "davenport")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"search": "DAVEN"}, ["davenport"]),
        ({"search": "达文波特"}, ["davenport"]),
        ({"search": "%"}, []),
        ({"search": "' OR 1=1 --"}, []),
        ({"country": "CN"}, []),
        ({"region": "Iowa"}, ["davenport"]),
        ({"region": "Atlantis"}, []),
        ({"topic": "water"}, []),
        ({"readiness": "nobody"}, ["charlotte", "davenport"]),
        ({"last": "never", "country": "US", "search": "char"}, ["charlotte"]),
    ],
)
def test_filters_keep_what_fits(wanted: dict[str, Any], found: list[str]) -> None:
    cities_there("davenport", "charlotte")

    assert slugs(**wanted) == found


def test_a_topic_of_an_offer_that_counts_finds_its_city(now: datetime) -> None:
    a_profile_of("davenport", now)
    an_offer("offered", now=now)
    cities_there("charlotte")

    assert slugs(topic="water") == ["davenport"]
    city = the_city("davenport").id
    assert [topic.slug for topic in topics_of_cities([city])[city]] == ["energy", "water"]


def test_cities_of_one_name_in_two_states_stay_two(app: Flask) -> None:
    cities_there("davenport")
    first = the_city("davenport")
    copied = ("name", "country", "zone", "latitude", "longitude", "population_source")
    with writing():
        same = {name: getattr(first, name) for name in copied}
        db.session.add(City(slug="davenport-2", region=Text("Florida", "佛罗里达州"), **same))

    assert slugs(search="davenport") == ["davenport", "davenport-2"]
    assert [region.en for region in regions_of_cities("US")] == ["Florida", "Iowa"]


def test_a_list_pages_in_the_database() -> None:
    cities_there("davenport", "charlotte", "fort-collins")

    rows, total = listed_cities(WantedCities(), today=TODAY, page=2, size=2)

    assert ([row.city.slug for row in rows], total) == (["fort-collins"], 3)


def test_a_filtered_list_counts_what_the_filters_find() -> None:
    cities_there("davenport", "charlotte", "fort-collins")

    rows, total = listed_cities(WantedCities(search="davenport"), today=TODAY, page=1, size=2)

    assert ([row.city.slug for row in rows], total) == (["davenport"], 1)

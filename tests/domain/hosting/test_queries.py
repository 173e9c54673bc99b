"""Host profiles, found and counted."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from tests.cast import a_published_summit, a_study_tour, saved, the_city
from tests.hosts import CONTACT, a_host
from tourreg.db import writing
from tourreg.domain.hosting import queries
from tourreg.domain.hosting.rules import Contact


@pytest.mark.both
def test_every_state_is_counted_also_the_empty_ones(app: Flask, now: datetime) -> None:
    for state in ("signed_up", "address_confirmed", "address_confirmed", "accepted"):
        a_host(state, now=now)

    assert queries.counts_by_state() == {"signed_up": 1, "address_confirmed": 2, "accepted": 1, "declined": 0}


@pytest.mark.both
@pytest.mark.parametrize(
    "search", ["Xiamen", "厦门", "xia MEN", "福建", "苏明玥", "su ming", "MINGYUE@example.org", ""]
)
def test_a_city_is_found_in_either_script(app: Flask, now: datetime, search: str) -> None:
    contact = Contact("苏明玥", "副处长", "mingyue@example.org")
    xiamen = a_host(city_name="厦门", region="福建", country="CN", contact=contact, now=now)

    rows, total = queries.profiles(None, search, page=1, size=25)

    assert ([row.public_id for row in rows], total) == ([xiamen.public_id], 1)


@pytest.mark.both
@pytest.mark.parametrize("search", ["Dubuque", "%", "_", "😀", "' OR 1=1 --", "davenportiowa"])
def test_what_is_not_there_is_not_found(app: Flask, now: datetime, search: str) -> None:
    a_host(now=now)

    assert queries.profiles(None, search, page=1, size=25) == ([], 0)


@pytest.mark.both
def test_a_list_shows_one_state_page_by_page_newest_first(app: Flask, now: datetime) -> None:
    for day in range(5):
        a_host("address_confirmed", city_name=f"City {day}", now=now + timedelta(days=day))
    a_host("signed_up", now=now)

    rows, total = queries.profiles("address_confirmed", "", page=2, size=2)

    assert ([row.city_name for row in rows], total) == (["City 2", "City 1"], 5)


@pytest.mark.both
def test_an_address_finds_its_confirmed_profiles_however_it_is_written(app: Flask, now: datetime) -> None:
    confirmed = a_host("accepted", email="Joanne@Example.org", now=now)
    a_host("signed_up", now=now)
    a_host("accepted", email="someone@example.org", now=now)

    assert [profile.public_id for profile in queries.of_address(CONTACT.email)] == [confirmed.public_id]


@pytest.mark.both
@pytest.mark.parametrize(
    ("city", "region", "country", "typed"),
    [
        ("Davenport", "Iowa", "US", ["IA", "iowa", "艾奥瓦州", "艾奥瓦"]),
        ("Davenport", "ia", "US", ["Iowa", "IA"]),
        ("厦门", "福建", "CN", ["福建省", "Fujian", "Fujian Province"]),
        ("Otago", "Otago Region", "NZ", ["Otago Region"]),
    ],
)
def test_a_city_is_signed_up_however_its_state_is_written(
    app: Flask, now: datetime, city: str, region: str, country: str, typed: list[str]
) -> None:
    first = a_host("address_confirmed", city_name=city, region=region, country=country, now=now)

    for spelling in typed:
        assert queries.has_signed_up(city, spelling, country), spelling
        other = a_host(city_name=city, region=spelling, country=country, email="c@example.org", now=now)
        assert first in queries.others_of_city(other)
    assert not queries.has_signed_up(city, "Florida", country)


@pytest.mark.both
@pytest.mark.parametrize(
    ("first", "second", "region", "country"),
    [
        ("City of Davenport", "Davenport", "Iowa", "US"),
        ("Davenport", "The City of Davenport", "IA", "US"),
        ("Kansas City", "City of Kansas City", "Missouri", "US"),
        ("厦门", "厦门市", "福建省", "CN"),
        ("厦门市", "Xiamen", "Fujian", "CN"),
    ],
)
def test_a_city_is_signed_up_with_or_without_the_word_city(
    app: Flask, now: datetime, first: str, second: str, region: str, country: str
) -> None:
    earlier = a_host("address_confirmed", city_name=first, region=region, country=country, now=now)

    assert queries.has_signed_up(second, region, country)
    later = a_host(city_name=second, region=region, country=country, email="c@example.org", now=now)
    assert earlier in queries.others_of_city(later)


def test_one_of_several_places_of_a_name_is_not_guessed(app: Flask, now: datetime) -> None:
    a_host("address_confirmed", city_name="Kansas City", region="Kansas", country="US", now=now)

    assert not queries.has_signed_up("Kansas City", "Missouri", "US")
    assert not queries.has_signed_up("City of Kansas", "Kansas", "US")


def test_the_programmes_of_a_city_are_public_and_not_over(app: Flask) -> None:
    a_study_tour("over-2026", starts_on=date(2026, 5, 3), ends_on=date(2026, 5, 14))
    a_study_tour("draft-2027", state="draft")
    a_study_tour("cancelled-2027", state="cancelled")
    a_study_tour("closed-2027", state="closed")
    a_study_tour("energy-2027")
    a_published_summit()
    city = saved(the_city("davenport"))

    coming = queries.programmes_in(city, date(2027, 1, 15))

    assert [(event.slug, stop.from_on) for event, stop in coming] == [
        ("closed-2027", date(2027, 5, 7)),
        ("energy-2027", date(2027, 5, 7)),
    ]


@pytest.mark.parametrize(
    ("city_name", "region", "country", "zone"),
    [
        ("扬州", "江苏", "CN", "Asia/Shanghai"),
        ("Davenport", "IA", "US", "America/Chicago"),
        ("Davenport", "Florida", "US", None),
        ("Davenport", "Otago", "NZ", None),
        ("Paris", "Île-de-France", "FR", None),
    ],
)
def test_a_city_that_the_office_has_not_chosen_yet_is_known_by_its_name_and_where_it_is(
    app: Flask, now: datetime, city_name: str, region: str, country: str, zone: str | None
) -> None:
    with writing():
        the_city("yangzhou")
        the_city("davenport")

    assert queries.likely_zone(a_host(city_name=city_name, region=region, country=country, now=now)) == zone

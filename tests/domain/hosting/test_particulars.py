"""A city tells of itself over time, and what is missing is said."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.hosts import a_host, changes_of
from tourreg.db import db, writing
from tourreg.domain.cities.models import Topic
from tourreg.domain.cities.topics import add_topic
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars import (
    MOST_PHOTOS,
    PARTS,
    Particulars,
    ParticularsEditedMeanwhile,
    TooManyPhotos,
    add_photo,
    missing_of,
    particulars_of,
    photo_of,
    photos_of,
    remove_photo,
    write_particulars,
)
from tourreg.domain.hosting.rules import AddressNotConfirmed
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.usefixtures("app")
BY = "host:davenport"
ALL = Particulars(
    name=Text("Davenport", "达文波特"), region=Text("Iowa", "艾奥瓦州"), latitude=41.5, longitude=-90.6,
    zone="America/Chicago", population=101_724, population_source=Text("2020 Census"), government="council_manager",
    staff=1_000, budget=Money(24_500_000_000, "USD"), budget_year=2026, languages=("en", "es"),
    sisters=Text("Kaiserslautern, Germany"), why=Text("The river", "大河"), topics=("fishing",),
)  # fmt: skip


@pytest.fixture
def davenport(now: datetime) -> HostProfile:
    with writing():
        if db.session.scalar(select(Topic).where(Topic.slug == "fishing")) is None:
            add_topic(Text("Fishing", "渔业"), now=now, by="staff:x")
    return a_host("address_confirmed", now=now, place_key="us-1919000")


def test_a_profile_begins_with_what_the_list_of_places_knows(davenport: HostProfile) -> None:
    begun = particulars_of(davenport)

    assert (begun.name, begun.region) == (Text("Davenport"), Text("Iowa", "艾奥瓦州"))
    assert (begun.zone, begun.population) == ("America/Chicago", 102_582)
    assert missing_of(begun, 0) == [part for part in PARTS if part not in ("region", "coordinates", "population")]


def test_a_typed_city_begins_with_its_names_alone(now: datetime) -> None:
    begun = particulars_of(a_host("address_confirmed", now=now, city_name="扬州", region="江苏", language="zh"))

    assert begun == Particulars(name=Text("", "扬州"), region=Text("", "江苏"))


@pytest.mark.both
def test_what_a_city_tells_is_kept_and_noted_once(davenport: HostProfile, now: datetime) -> None:
    for _ in range(2):
        with writing():
            write_particulars(davenport, ALL, now=now, by=BY)

    assert particulars_of(davenport) == ALL
    assert missing_of(ALL, 1) == []
    assert [change.what for change in changes_of(davenport)] == ["host particulars"]


def test_names_in_one_language_are_still_missing() -> None:
    assert missing_of(replace(ALL, name=Text("Davenport"), why=Text("", "大河")), 1) == ["name", "why"]


def test_the_later_of_two_editors_is_told(davenport: HostProfile, now: datetime) -> None:
    seen = fingerprint(particulars_of(davenport))
    with writing():
        write_particulars(davenport, ALL, now=now, by="staff:ren-hui", seen=seen)

    with pytest.raises(ParticularsEditedMeanwhile), writing():
        write_particulars(davenport, replace(ALL, staff=1), now=now, by=BY, seen=seen)

    assert particulars_of(davenport).staff == 1_000


def test_an_address_that_nobody_confirmed_tells_nothing(now: datetime) -> None:
    profile = a_host(now=now)

    with pytest.raises(AddressNotConfirmed), writing():
        write_particulars(profile, ALL, now=now, by=BY)
    with pytest.raises(AddressNotConfirmed), writing():
        add_photo(profile, "a" * 64, Text("A creek"), now=now, by=BY)


def test_topics_that_there_are_not_are_left_out(davenport: HostProfile, now: datetime) -> None:
    with writing():
        write_particulars(davenport, replace(ALL, topics=("fishing", "nonsense")), now=now, by=BY)

    assert particulars_of(davenport).topics == ("fishing",)


def test_photographs_are_added_once_each_up_to_a_dozen(davenport: HostProfile, now: datetime) -> None:
    for number in (*range(MOST_PHOTOS), 0):
        with writing():
            add_photo(davenport, f"{number:064x}", Text(f"Creek {number}"), now=now, by=BY)

    assert [photo.caption.en for photo in photos_of(davenport)] == [f"Creek {number}" for number in range(MOST_PHOTOS)]
    with pytest.raises(TooManyPhotos), writing():
        add_photo(davenport, "f" * 64, Text("One more"), now=now, by=BY)


def test_no_photograph_is_found_under_another_city(davenport: HostProfile, now: datetime) -> None:
    other = a_host("address_confirmed", now=now, city_name="Dubuque")
    with writing():
        photo = add_photo(davenport, "a" * 64, Text("A creek"), now=now, by=BY)
        remove_photo(other, photo.public_id, now=now, by=BY)

    assert photo_of(other, photo.public_id) is None
    assert photo_of(davenport, photo.public_id) is photo

    for _ in range(2):
        with writing():
            remove_photo(davenport, photo.public_id, now=now, by=BY)
    assert list(photos_of(davenport)) == []

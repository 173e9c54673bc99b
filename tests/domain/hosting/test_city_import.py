"""A file of cities looked at and taken over, beneath the pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import the_city
from tests.hosts import CONTACT, a_host
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_contact_models import CityContact
from tourreg.domain.hosting.city_import import look
from tourreg.domain.hosting.city_import_writing import take_over
from tourreg.domain.hosting.city_outcomes import FileRow, Look, would_write
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("app")
BY = "staff:ren-hui"
RUTH = {"name": "Ruth Clerk", "email": "Ruth@example.org", "position": "City Clerk"}
MANY = 2_000


def row(number: int, contact: Any = None, **city: Any) -> FileRow:
    return FileRow(number, {"name_en": "Davenport", "region_en": "IA", **city}, contact or {})


def taken(found: Look, now: datetime, *, overwrite: bool = False, invite: bool = False, file: str = "f" * 64) -> Any:
    with writing():
        return take_over(found, file, overwrite=overwrite, invite=invite, now=now, by=BY)


def people() -> list[tuple[str, str, str]]:
    known = db.session.scalars(select(CityContact).order_by(CityContact.id))
    return [(one.city.slug, one.name, one.email) for one in known]


@pytest.mark.both
def test_a_place_of_the_list_becomes_a_city_with_its_coordinates(now: datetime) -> None:
    done = taken(look([row(2, RUTH, name_zh="达文波特")], {}), now)

    city = db.session.scalars(select(City)).one()
    assert (city.region.zh, city.zone, city.country) == ("艾奥瓦州", "America/Chicago", "US")
    assert city.population
    assert city.population_source.en.startswith("GeoNames")
    assert people() == [("davenport", "Ruth Clerk", "ruth@example.org")]
    assert (done.counts["cities_new"], done.counts["contacts_new"], done.counts["invited"]) == (1, 1, 0)
    assert {change.what for change in db.session.scalars(select(Change))} == {"city", "known contact"}


def test_a_new_city_without_a_chinese_name_is_told(now: datetime) -> None:
    assert [(fault.column, fault.kind) for fault in look([row(2)], {}).faults] == [("name_zh", "needs_chinese")]


def test_a_city_of_no_list_needs_all_that_a_city_needs(now: datetime) -> None:
    said = {"name_en": "Lyon", "name_zh": "里昂", "region_en": "Rhône", "country": "FR"}
    whole = {**said, "region_zh": "罗讷", "zone": "Europe/Paris", "latitude": 45.76, "longitude": 4.84}

    [fault] = look([row(2, **said)], {}).faults
    found = look([row(2, **whole), row(3, RUTH, **said)], {})

    assert fault.facts["missing"] == ["region_zh", "zone", "latitude", "longitude"]
    assert (len(found.cities), found.faults) == (1, [])


def test_doubles_in_the_file_are_one_city_and_one_contact(now: datetime) -> None:
    with writing():
        the_city("davenport")
    other = {"name": "R. Clerk", "email": "ruth@EXAMPLE.org", "phone": "+1 563 555 0100"}

    found = look([row(2, RUTH), row(3, other, name_en="city of davenport", region_en="Iowa")], {})
    taken(found, now)

    assert [(note.row, note.column) for note in found.notes] == [(3, "contact_name")]
    assert people() == [("davenport", "Ruth Clerk", "ruth@example.org")]
    assert db.session.scalars(select(CityContact.phone)).one() == "+1 563 555 0100"


def test_the_same_name_in_another_state_is_another_city(now: datetime) -> None:
    with writing():
        the_city("davenport")

    taken(look([row(2, region_en="FL", name_zh="达文波特")], {}), now)

    cities = db.session.execute(select(City.slug, City.population).order_by(City.id)).all()
    assert [slug for slug, _people in cities] == ["davenport", "davenport-2"]


def test_one_person_serves_two_cities(now: datetime) -> None:
    with writing():
        the_city("davenport")
        the_city("charlotte")

    found = look([row(2, RUTH), row(3, {"email": "ruth@example.org"}, name_en="Charlotte", region_en="NC")], {})
    taken(found, now)

    assert [len(one.elsewhere) for one in found.contacts.values()] == [1, 1]
    assert people() == [
        ("davenport", "Ruth Clerk", "ruth@example.org"), ("charlotte", "Ruth Clerk", "ruth@example.org"),
    ]  # fmt: skip


def test_nothing_that_stands_there_is_replaced_unless_asked(now: datetime) -> None:
    with writing():
        city = the_city("davenport")
    before = city.population
    said = [row(2, {**RUTH, "position": "Mayor"}, population=7, summary_en="Water.")]
    taken(look([row(2, RUTH)], {}), now, file="a" * 64)

    taken(look(said, {}), now, file="b" * 64)
    kept = (city.population, city.summary.en, db.session.scalars(select(CityContact.position)).one())
    taken(look(said, {}), now, overwrite=True, file="c" * 64)

    assert kept == (before, "Water.", "City Clerk")
    assert (city.population, db.session.scalars(select(CityContact.position)).one()) == (7, "Mayor")
    assert not would_write(look(said, {}), overwrite=True)


def test_who_shares_the_citys_page_stays_as_they_are(now: datetime) -> None:
    a_host("accepted", now=now)

    found = look([row(2, {"name": "Somebody Else", "email": CONTACT.email.upper()})], {})
    taken(found, now)

    assert [one.shares for one in found.contacts.values()] == [True]
    assert people() == []


def test_only_a_tick_invites_and_only_where_the_city_is_a_host(now: datetime) -> None:
    a_host("accepted", now=now)
    with writing():
        the_city("charlotte")
    letters = select(func.count()).select_from(Letter).where(Letter.template == "host_invitation")
    ada = {"name": "Ada Hall", "email": "ada@example.org"}
    rows = [row(2, RUTH), row(3, ada, name_en="Charlotte", region_en="NC")]

    done = taken(look(rows, {}), now, invite=True)

    assert done.counts["invited"] == db.session.scalar(letters) == 1
    assert db.session.scalars(select(HostContact.email)).all() == ["ruth@example.org"]
    assert len(people()) == 2
    assert [one.shares for one in look(rows, {}).contacts.values()] == [True, False]


def test_a_change_of_a_city_that_may_be_meant_is_seen(now: datetime) -> None:
    with writing():
        city = the_city("davenport")
    before = look([row(2)], {}).seen

    with writing():
        city.population = 5

    assert look([row(2)], {}).seen != before


def test_somebody_new_needs_a_name_and_everybody_an_address(now: datetime) -> None:
    with writing():
        the_city("davenport")

    found = look([row(2, {"email": "x@example.org"}), row(3, {"name": "No Address"})], {})

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "contact_name"), (3, "email")]
    assert found.cities == {}


def test_two_thousand_rows_need_no_more_statements_than_two(now: datetime, statements: Callable[[], list[str]]) -> None:
    states = ("Illinois", "Missouri", "Ohio", "Oregon")

    def rows(count: int) -> list[FileRow]:
        return [
            FileRow(
                number + 2,
                {
                    "name_en": f"Newtown {number}", "name_zh": f"新城{number}", "region_en": states[number % 4],
                    "country": "US", "zone": "America/Chicago", "latitude": 40.0, "longitude": -90.0,
                },
                {"name": f"Clerk {number}", "email": f"clerk-{number}@example.org"},
            )
            for number in range(count)
        ]  # fmt: skip

    def needed(work: Callable[[], Any]) -> int:
        before = len(statements())
        work()
        return len(statements()) - before

    few, many = look(rows(2), {}), look(rows(MANY), {})

    assert needed(lambda: look(rows(2), {})) == needed(lambda: look(rows(MANY), {})) == 4
    assert needed(lambda: taken(few, now)) <= 12
    assert needed(lambda: taken(look(rows(MANY)[2:], {}), now, file="e" * 64)) <= 24
    assert len(many.cities) == MANY
    assert len(people()) == MANY

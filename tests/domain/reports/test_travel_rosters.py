"""Who rides on which vehicle, and what the office's own roster tells of journeys and rooms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_person, a_published_summit, a_study_tour, an_add_on, consent_texts, saved
from tests.many import many_registrations
from tests.travel_cast import BY, a_leg, a_stay, lodging_to_change, people_on_tour, the_travel_text, told
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.consents.commands import give
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.papers.sheets import Day
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.bus_lists import bus_list_sheet, heads_of
from tourreg.domain.reports.documents import delegation_rows, roster_sheet
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.travel.models import Leg, Traveller
from tourreg.domain.travel.plans import OF_LEG
from tourreg.domain.travel.rooms import propose

PLACE, NOWHERE = {"en": "City Hall", "zh": "市政厅"}, {"en": "", "zh": ""}


@pytest.fixture
def registration(app: Flask, now: Any) -> Registration:
    saved(*consent_texts())
    event = a_study_tour(add_ons=[an_add_on("guest", "Guest", 50_000)])
    bringing = replace(a_person("Han"), guest="Otto Lind", add_ons=(event.add_ons[0].public_id,))
    return people_on_tour(a_person("Chen", "Guoliang", native="陈国梁"), bringing, now=now, event=event)


def a_way(leaves: str, item: str, **changed: Any) -> Any:
    return {
        "id": item, "kind": "visit", "starts": leaves, "ends": "", "ends_on": "",
        "zone": "America/Denver", "title": PLACE, "place": PLACE,
        "address": NOWHERE, "group": "all", "optional": False,
        "details": {"leaves": leaves, "minutes": 20, "vehicle": PLACE}, **changed,
    }  # fmt: skip


def a_day(*items: Any, add_on: str = "") -> Day:
    day: Any = {"id": "day", "add_on": add_on, "on": "2027-05-04", "part": NOWHERE, "city": PLACE, "items": list(items)}
    return day  # type: ignore[no-any-return]


def bus_list(registration: Registration, day: Day | None, parts: Any, now: Any) -> Any:
    return bus_list_sheet(registration.event, day, registration.participants, parts, version=3, now=now)


def test_to_an_optional_visit_only_those_ride_who_chose_it(registration: Registration, now: Any) -> None:
    chen, han = registration.participants
    day = a_day(a_way("08:30", "all"), a_way("14:00", "walk", optional=True))

    sheet = bus_list(registration, day, {chen.public_id: [""], han.public_id: ["", "walk"]}, now)

    assert [one["rides"] for one in sheet["riders"]] == [[True, False], [True, True]]
    assert [ride["heads"] for ride in sheet["rides"]] == [3, 2]


def test_on_the_bus_of_a_tour_only_those_ride_who_take_it(registration: Registration, now: Any) -> None:
    chen, han = registration.participants
    day = a_day(a_way("08:30", "all"), add_on="post")

    sheet = bus_list(registration, day, {chen.public_id: [""], han.public_id: ["", "post"]}, now)

    assert [(one["latin"], one["guest"]) for one in sheet["riders"]] == [(han.name.formal(), "Otto Lind")]


def in_groups(registration: Registration, *groups: str) -> None:
    with writing():
        for person, group in zip(registration.participants, groups, strict=True):
            person.group = group


def test_to_an_item_of_a_group_only_that_group_rides_and_stands_together(registration: Registration, now: Any) -> None:
    chen, han = registration.participants
    in_groups(registration, "b", "a")
    day = a_day(a_way("08:30", "all"), a_way("10:00", "one", group="a"), a_way("14:00", "two", group="b"))

    sheet = bus_list(registration, day, {chen.public_id: [""], han.public_id: [""]}, now)

    assert [(one["latin"], one["group"], one["rides"]) for one in sheet["riders"]] == [
        (han.name.formal(), "a", [True, True, False]), (chen.name.formal(), "b", [True, False, True]),
    ]  # fmt: skip
    assert [ride["heads"] for ride in sheet["rides"]] == [3, 2, 1]


@pytest.mark.parametrize(
    ("group", "rides", "guest_rides"),
    [
        ("a", [True, True, False, False], [True, False, True, False]),
        ("b", [True, False, False, True], [True, False, True, True]),
        ("guests", [True, False, True, False], [True, False, True, False]),
        ("", [True, True, True, True], [True, False, True, True]),
    ],
)
def test_a_guest_rides_along_unless_the_guests_do_something_else_just_then(
    registration: Registration, now: Any, group: str, rides: list[bool], guest_rides: list[bool]
) -> None:
    chen, han = registration.participants
    in_groups(registration, "", group)
    day = a_day(
        a_way("08:30", "all"), a_way("10:00", "one", group="a", ends="12:00"),
        a_way("11:00", "stroll", group="guests", ends="11:30"), a_way("14:00", "two", group="b"),
    )  # fmt: skip

    riders = bus_list(registration, day, {chen.public_id: [], han.public_id: [""]}, now)["riders"]

    assert [(one["rides"], one["guest_rides"]) for one in riders] == [(rides, guest_rides)]


def test_a_driver_reads_how_many_come_on_each_way(registration: Registration, now: Any) -> None:
    chen, han = registration.participants
    in_groups(registration, "b", "a")
    day = a_day(a_way("08:30", "all"), a_way("10:00", "one", group="a"), a_way("14:00", "walk", optional=True))
    parts = {chen.public_id: ["", "walk"], han.public_id: [""]}

    assert heads_of(day, registration.participants, parts) == [3, 2, 1]
    assert heads_of(None, registration.participants, parts) == []


def test_the_rosters_for_host_and_office_tell_the_group_and_no_other_does(registration: Registration, now: Any) -> None:
    in_groups(registration, "a", "guests")
    people = participants_of(registration.event)

    host, office = roster_sheet(registration.event, people, now=now)["rows"], the_roster(registration, now)["rows"]

    assert [row["group"] for row in host] == [row["group"] for row in office] == ["a", "guests"]
    assert [row["group"] for row in delegation_rows(people)] == ["", ""]


def test_a_day_that_the_version_lacks_has_no_ways(registration: Registration, now: Any) -> None:
    sheet = bus_list(registration, None, {}, now)

    assert (sheet["rides"], sheet["riders"], sheet["on"]) == ([], [], "")


def the_roster(registration: Registration, now: Any) -> Any:
    db.session.rollback()
    return EVENT_PAPERS["roster_operations"].sheet(Asked(registration.event, None, now, issued=False))


def test_the_roster_for_the_office_tells_what_escorts_need(registration: Registration, now: Any) -> None:
    back = a_leg("departure", date(2027, 5, 14))
    told(
        registration.participants[0],
        now,
        diet="Halal", access="Few steps", phone="+86 138 5555 0101", emergency_name="Chen Mei", sex="male",
        mate="Han", legs=(a_leg(), back),
    )  # fmt: skip

    first, second = the_roster(registration, now)["rows"]

    said = first["told"]
    assert (said["diet"], said["access"], said["emergency_name"]) == ("Halal", "Few steps", "Chen Mei")
    assert (said["arrival"]["arrives"], said["departure"]["departs_on"]) == ("16:30", "2027-05-14")
    assert second["told"] is None
    assert not {"sex", "mate"} & said.keys()


def test_the_roster_for_the_office_names_rooms_by_hotel(registration: Registration, now: Any) -> None:
    stay = a_stay(registration.event, now)
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by="staff:ren")

    sheet = the_roster(registration, now)

    assert [each["letter"] for each in sheet["hotels"]] == ["A"]
    assert [room["hotel"] for row in sheet["rows"] for room in row["rooms"]] == ["A", "A"]


@pytest.mark.parametrize("kind", ["arrivals", "diet_list", "roster_operations"])
def test_two_hundred_people_ask_no_more_of_the_database_than_two(
    app: Flask, kind: str, statements: Callable[[], list[str]], now: Any
) -> None:
    text = the_travel_text()
    few, many = (where_all_told(slug, size, text, now) for slug, size in (("few", 4), ("many", 400)))

    asked = [count(event, kind, statements, now) for event in (few, many)]

    assert asked[1] <= asked[0]


def where_all_told(slug: str, registrations: int, text: ConsentText, now: Any) -> str:
    """Return the public id of an event, half of whose registrations are sure and have told of their journey."""
    event = a_published_summit(slug)
    many_registrations(event, registrations, now=now, first=registrations * 10)
    with writing() as session:
        people = participants_of(event)
        give([text], subjects=[one.public_id for one in people], now=now, by=BY)
        for one in people:
            leg = Leg(position=1, **{name: getattr(a_leg(), name) for name in OF_LEG})
            session.add(Traveller(participant=one, diet="Halal", told_at=now, legs=[leg]))
    return event.public_id


def count(event_id: str, kind: str, statements: Callable[[], list[str]], now: Any) -> int:
    db.session.remove()
    event = desk.event(event_id)
    assert event is not None
    before = len(statements())
    sheet = EVENT_PAPERS[kind].sheet(Asked(event, None, now, issued=False))
    assert "Halal" in str(sheet) or "UA 1234" in str(sheet)
    return len(statements()) - before

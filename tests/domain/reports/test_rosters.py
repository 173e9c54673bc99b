"""Who takes part, and the sheet that a roster is made from."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from tests.cast import a_person, a_published_summit, a_registration
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.itineraries.documents import itinerary_days
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.registrations.commands import confirm, release
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.documents import attendance_sheet, days_to_sign, roster_sheet
from tourreg.domain.reports.queries import participants_of
from tourreg.kernel.bilingual import Text

BY = "staff:ren"


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit(pool=Pool(capacity=1_000, taken=0))


def confirmed(event: Event, *surnames: str, now: datetime) -> Registration:
    people = [a_person(surname, "Ann", post="Planner", organisation="City of Charlotte") for surname in surnames]
    registration = a_registration(event, *people, now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=BY)
    return registration


def surnames(event: Event) -> list[str]:
    return [participant.surname for participant in participants_of(event)]


@pytest.mark.both
def test_only_those_with_a_confirmed_place_take_part(summit: Event, now: datetime) -> None:
    confirmed(summit, "Hart", "Abel", now=now)
    a_registration(summit, a_person("Held", "Ann"), now=now)
    gone = confirmed(summit, "Gone", now=now)
    confirmed(a_published_summit("another"), "Elsewhere", now=now)
    with writing() as session:
        release(session.get_one(Registration, gone.id), now=now, by=BY, why="Ill")

    assert surnames(summit) == ["Hart", "Abel"]


@pytest.mark.both
def test_five_hundred_people_take_one_statement(
    summit: Event, now: datetime, statements: Callable[[], list[str]]
) -> None:
    for number in range(25):
        confirmed(summit, *(f"P{chr(65 + number)}{chr(65 + place)}" for place in range(20)), now=now)
    db.session.expire_all()
    pool_id = summit.pool_id
    before = len(statements())

    people = participants_of(summit)
    organisations = {person.registration.organisation for person in people}

    assert (len(people), pool_id > 0, len(organisations)) == (500, True, 1)
    assert len(statements()) - before == 1


def test_a_roster_for_a_host_says_no_more_than_a_host_needs(summit: Event, now: datetime) -> None:
    person = a_person("Chen", "Guoliang", native="陈国梁", post="Deputy Director", country="CN", organisation="Jiangsu")
    registration = a_registration(summit, person, now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=BY)

    sheet = roster_sheet(summit, participants_of(summit), now=now)

    assert sheet["rows"] == [
        {
            "latin": "CHEN Guoliang",
            "native": "陈国梁",
            "title": "Deputy Director",
            "organisation": "Jiangsu",
            "country": "CN",
            "role": {"en": "", "zh": ""},
            "group": "",
            "tours": {"en": "", "zh": ""},
            "arrival": "",
        }
    ]
    assert (sheet["kind"], sheet["receiver"], sheet["show_country"]) == (
        "roster",
        {"en": "Yangzhou", "zh": "扬州"},
        False,
    )
    assert sheet["issued_at"] == now.isoformat()


@pytest.mark.parametrize(("native", "printed"), [("محمد", ""), ("周𬯎", "周𬯎"), ("周𱍐𲎰", ""), ("Иван", "Иван")])
def test_a_native_name_that_no_paper_can_print_is_left_off_it(
    summit: Event, now: datetime, native: str, printed: str
) -> None:
    registration = a_registration(summit, a_person("Zhou", "Lan", native=native), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=BY)

    people = participants_of(summit)

    assert people[0].native == native
    assert [row["native"] for row in roster_sheet(summit, people, now=now)["rows"]] == [printed]


def test_a_roster_names_its_receiver(summit: Event, now: datetime) -> None:
    sheet = roster_sheet(summit, [], now=now, receiver=Text("City Hall"), show_country=True, destroy_on=summit.ends_on)

    assert (sheet["receiver"]["en"], sheet["show_country"], sheet["destroy_on"]) == ("City Hall", True, "2027-10-22")  # type: ignore[index]


def test_a_roster_names_the_tours_that_each_person_takes(summit: Event, now: datetime) -> None:
    tours = {add_on.kind: add_on.public_id for add_on in summit.add_ons}
    both = (tours["post_tour"], tours["pre_tour"])
    registration = a_registration(summit, a_person("Hart", add_ons=both), a_person("Abel"), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=BY)

    rows = roster_sheet(summit, participants_of(summit), now=now)["rows"]

    assert [row["tours"] for row in rows] == [
        {"en": "Pre-tour, post-tour", "zh": "会前考察、会后考察"},
        {"en": "", "zh": ""},
    ]


@pytest.mark.parametrize(
    ("native", "printed"), [("佐藤恵子", "佐藤恵子"), ("Илья Петров", "Илья Петров"), ("محمد علي", ""), ("สมชาย", "")]
)
def test_a_roster_leaves_out_a_script_that_its_font_does_not_have(
    summit: Event, now: datetime, native: str, printed: str
) -> None:
    registration = a_registration(summit, a_person("Hart", native=native), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=BY)

    row = roster_sheet(summit, participants_of(summit), now=now)["rows"][0]

    assert (row["native"], row["latin"] != "") == (printed, True)


def test_a_sheet_to_sign_has_a_column_for_each_half_day_with_something_to_sign_for(app: Flask, now: datetime) -> None:
    event = a_published_summit()
    days = itinerary_days(event, days_of(event))

    to_sign = [attendance_sheet(event, [], day, now=now) for day in days_to_sign(days)]

    assert [[(half["on"], half["name"]["en"], half["starts"]) for half in sheet["sessions"]] for sheet in to_sign] == [
        [("2027-10-20", "Morning", "09:30")],
        [("2027-10-21", "Morning", "09:00")],
    ]
    assert {sheet["kind"] for sheet in to_sign} == {"attendance"}

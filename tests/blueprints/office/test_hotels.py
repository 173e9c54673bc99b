"""The office writes down the hotels of an event: what was contracted, for which nights, at which rates."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit, a_study_tour
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tests.travel_cast import a_stay, lodging_to_change, people_on_tour
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration
from tourreg.domain.travel import queries
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.plans import plan_of_stay
from tourreg.domain.travel.rooms import propose
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
TYPED = {
    "hotel_en": "Hotel Poudre River", "hotel_zh": "波德尔河酒店", "address_en": "160 Walnut Street",
    "phone": "+1 970 555 0133", "contact": "Maya Serrano", "email": "groups@hotel.example.org",
    "check_in_on": "2027-05-03", "check_out_on": "2027-05-07", "contract": "HPR-2027-0519",
    "cut_off_on": "2027-04-20", "comps": "1", "billing_note_en": "Master account 44-0519",
    "types-0-kind": "twin", "types-0-label_en": "Twin", "types-0-label_zh": "双床房", "types-0-beds_en": "2 queen",
    "types-0-sleeps": "2", "types-0-contracted": "8", "types-0-rate": "174.00",
}  # fmt: skip


@pytest.fixture
def event(officer: FlaskClient) -> Event:
    return a_study_tour()


def address(event: Event, rest: str = "") -> str:
    return f"/office/events/{event.public_id}/hotels{rest}"


def typed_anew(client: FlaskClient, event: Event, **typed: Any) -> Fields:
    return {**fields_of(client.get(address(event, "/new")), "hotel"), **TYPED, **typed}


def the_stay(event: Event) -> Stay:
    db.session.rollback()
    return queries.stays_of(event)[0]


def test_a_hotel_is_kept_as_it_was_typed(officer: FlaskClient, event: Event) -> None:
    answer = officer.post(address(event, "/new"), data=typed_anew(officer, event))

    assert answer.status_code == 303
    plan = plan_of_stay(the_stay(event))
    assert (plan.hotel, plan.contract, plan.comps) == (Text("Hotel Poudre River", "波德尔河酒店"), "HPR-2027-0519", 1)
    assert (plan.check_in_on, plan.check_out_on) == (date(2027, 5, 3), date(2027, 5, 7))
    assert [(each.kind, each.sleeps, each.contracted, each.rate_minor) for each in plan.room_types] == [
        ("twin", 2, 8, 17_400)
    ]


def test_sending_a_new_hotel_twice_makes_one(officer: FlaskClient, event: Event) -> None:
    typed = typed_anew(officer, event)

    first, second = (officer.post(address(event, "/new"), data=typed) for _turn in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(queries.stays_of(event)) == 1


def test_saving_the_page_as_it_stands_changes_nothing(officer: FlaskClient, event: Event, now: Any) -> None:
    stay = a_stay(event, now)
    where = address(event, f"/{stay.public_id}")
    before = plan_of_stay(stay)

    assert officer.post(where, data=fields_of(officer.get(where), "hotel")).status_code == 303
    assert plan_of_stay(the_stay(event)) == before


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"hotel_en": "", "hotel_zh": ""}, "hotel_en", "Type the name of the hotel, in either language."),
        ({"check_out_on": "2027-05-03"}, "check_out_on", "The last morning lies after the first night."),
        ({"check_out_on": "2027-02-30"}, "check_out_on", "There is no such day."),
        ({"check_out_on": "2027-09-30"}, "check_out_on", "A stay has sixty nights at most."),
        ({"cut_off_on": "2027-05-04"}, "cut_off_on", "The cut-off lies after the first night."),
        ({"check_in_on": ""}, "check_in_on", "Type the day of the first night."),
        ({"email": "maya"}, "email", "Type the whole address"),
        ({"hotel_en": "Hotel ᠮᠣᠩᠭᠣᠯ"}, "hotel_en", "Our papers cannot print"),
        ({"comps": "-1"}, "comps", "A whole number from 0"),
        ({"types-0-rate": "cheap"}, "types-0-rate", "Type the amount with figures only"),
        ({"types-0-rate": ""}, "types-0-rate", "Type the rate."),
        ({"types-0-sleeps": "0"}, "types-0-sleeps", "A room sleeps one at least."),
        ({"types-0-label_en": "", "types-0-label_zh": ""}, "types-0-label_en", "Say what the hotel calls these rooms"),
        ({"types-0-kind": "cave"}, "types-0-kind", "Choose one of the list."),
        ({"add_on": "somewhere"}, "add_on", "Choose one of the list."),
        ({"currency": "JPY", "types-0-rate": "174.50"}, "types-0-rate", "Type the amount with figures only"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_saved(
    officer: FlaskClient, event: Event, typed: Fields, field: str, words: str
) -> None:
    answer = officer.post(address(event, "/new"), data=typed_anew(officer, event, **typed))

    assert answer.status_code == 422
    assert words in faults_of(answer)[field]
    assert fields_of(answer, "hotel")["contact"] == "Maya Serrano"
    assert queries.stays_of(event) == []


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_lost(officer: FlaskClient, event: Event, now: Any) -> None:
    where = address(event, f"/{a_stay(event, now).public_id}")
    mine = fields_of(officer.get(where), "hotel")
    officer.post(where, data={**mine, "contract": "HPR-2", "types-1-contracted": "9"})

    answer = officer.post(where, data={**mine, "contact": "Otto Lind"})

    assert answer.status_code == 409
    assert "Contract number: HPR-2" in words_of(page_of(answer))
    assert "King (9 × 189.00)" in words_of(page_of(answer))
    assert fields_of(answer, "hotel")["contact"] == "Otto Lind"
    assert officer.post(where, data=fields_of(answer, "hotel")).status_code == 303
    assert plan_of_stay(the_stay(event)).contact == "Otto Lind"


def test_a_type_with_rooms_cannot_go_and_one_without_can(officer: FlaskClient, now: Any) -> None:
    registration = people_on_tour(now=now)
    stay = a_hotel_with_rooms(registration, now)
    where = address(registration.event, f"/{stay.public_id}")
    fields = fields_of(officer.get(where), "hotel")

    refused = officer.post(where, data={**fields, "types-0-remove": "y"})
    taken = officer.post(where, data={**fields, "types-1-remove": "y", "types-0-remove": ""})

    assert "Give them another first." in words_of(page_of(refused))
    assert (refused.status_code, taken.status_code) == (422, 303)
    assert [each.label.en for each in the_stay(registration.event).room_types] == ["Twin"]


def test_a_hotel_goes_only_when_nobody_has_a_bed_in_it(officer: FlaskClient, now: Any) -> None:
    registration = people_on_tour(now=now)
    full, empty = a_hotel_with_rooms(registration, now), a_stay(registration.event, now, contract="E-1")
    fields = fields_of(officer.get(address(registration.event, f"/{full.public_id}")), "hotel")

    refused = officer.post(address(registration.event, f"/{full.public_id}"), data={**fields, "do": "drop"})
    gone = officer.post(address(registration.event, f"/{empty.public_id}"), data={**fields, "do": "drop"})

    assert "2 people have beds here." in words_of(page_of(refused))
    assert (refused.status_code, gone.status_code) == (422, 303)
    assert [stay.public_id for stay in queries.stays_of(registration.event)] == [full.public_id]


def test_the_history_says_who_changed_what(officer: FlaskClient, event: Event, now: Any) -> None:
    where = address(event, f"/{a_stay(event, now).public_id}")
    officer.post(where, data={**fields_of(officer.get(where), "hotel"), "contract": "HPR-2"})

    history = words_of(page_of(officer.get(where)).find(".//ol[@class='history']"))

    assert history.startswith("Hotel corrected")
    assert "Contract number" in history


def test_a_hotel_of_another_event_is_not_found_here(officer: FlaskClient, event: Event, now: Any) -> None:
    stay = a_stay(event, now)

    assert officer.get(address(a_published_summit(), f"/{stay.public_id}")).status_code == 404


def test_readers_see_hotels_and_change_none(client: FlaskClient, app: Flask, clock_shows: None, now: Any) -> None:
    event = a_study_tour()
    where = address(event, f"/{a_stay(event, now).public_id}")
    sign_in(client, "read-only")
    page = client.get(where)

    assert page.status_code == 200
    assert client.post(where, data=fields_of(page, "hotel")).status_code == 403


def a_hotel_with_rooms(registration: Registration, now: Any) -> Stay:
    """Return a hotel in which everybody of the registration sleeps in a twin room."""
    stay = a_stay(registration.event, now)
    with writing():
        lodging = lodging_to_change(stay.public_id)
        twin = next(each for each in lodging.stay.room_types if each.kind == "twin")
        propose(lodging, now=now, by="staff:ren")
        for room in lodging.stay.rooms:
            room.room_type = twin
    return stay

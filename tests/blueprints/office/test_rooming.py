"""The office shares out the rooms of a hotel: proposed all at once, moved one by one, by two editors at once."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.cast import a_person, an_add_on, consent_texts, saved
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tests.travel_cast import KING, TWIN, a_stay, people_on_tour, rooms_of, told
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.registrations.models import Registration
from tourreg.domain.travel import queries
from tourreg.domain.travel.models import Stay

pytestmark = pytest.mark.usefixtures("clock_shows")
PEOPLE = ("Chen", "Han", "Zhou")


@pytest.fixture
def registration(app: Flask, now: Any) -> Registration:
    saved(*consent_texts())
    return people_on_tour(*(a_person(name, "Ann", organisation="Yangzhou") for name in PEOPLE), now=now)


@pytest.fixture
def stay(officer: FlaskClient, registration: Registration, now: Any) -> Stay:
    return a_stay(registration.event, now, room_types=(TWIN, replace(KING, sleeps=2)))


def address(stay: Stay, step: str = "") -> str:
    db.session.rollback()
    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    return f"/office/events/{found.event.public_id}/hotels/{found.public_id}/rooms{step}"


def accept(client: FlaskClient, stay: Stay) -> Any:
    return client.post(address(stay, "/proposal"), data=fields_of(client.get(address(stay)), "accept"))


def typed(client: FlaskClient, stay: Stay) -> Fields:
    return fields_of(client.get(address(stay)), "rooms")


def row(registration: Registration, surname: str, name: str = "room") -> str:
    person = next(one for one in registration.participants if one.surname == surname)
    return f"p-{person.public_id}-{name}"


def words(answer: Any) -> str:
    return words_of(page_of(answer))


def test_the_proposal_is_shown_with_its_reasons_and_accepted_as_a_whole(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    chen, _han, zhou = registration.participants
    told(chen, now, mate="Zhou Ann")
    told(zhou, now, mate="ann chen")

    shown, answer = officer.get(address(stay)), accept(officer, stay)

    assert "They wish each other." in words(shown)
    assert "3 people have no room yet." in words(shown)
    assert answer.status_code == 303
    assert rooms_of(stay) == {1: ["Chen", "Zhou"], 2: ["Han"]}
    assert "3 people have a room now." in words(officer.get(address(stay)))


def test_a_proposal_that_is_no_more_is_not_accepted_unseen(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    seen = fields_of(officer.get(address(stay)), "accept")
    told(registration.participants[0], now, mate="Han Ann")

    answer = officer.post(address(stay, "/proposal"), data=seen)

    assert answer.status_code == 409
    assert "Something changed since the proposal was made." in words(answer)
    assert rooms_of(stay) == {}


def test_somebody_is_moved_by_the_number_of_another_room(
    officer: FlaskClient, registration: Registration, stay: Stay
) -> None:
    accept(officer, stay)

    answer = officer.post(address(stay), data={**typed(officer, stay), row(registration, "Han"): "1"})

    assert answer.status_code == 303
    assert rooms_of(stay) == {1: ["Chen", "Han"], 3: ["Zhou"]}


def test_an_empty_number_takes_somebody_out_and_a_new_one_opens_a_room(
    officer: FlaskClient, registration: Registration, stay: Stay
) -> None:
    accept(officer, stay)
    fields = {**typed(officer, stay), row(registration, "Han"): "", row(registration, "Zhou"): "１２"}

    officer.post(address(stay), data=fields)

    assert rooms_of(stay) == {1: ["Chen"], 12: ["Zhou"]}
    assert "Without a room 1" in words(officer.get(address(stay)))


def test_saving_the_sheet_as_it_stands_changes_nothing(officer: FlaskClient, stay: Stay) -> None:
    accept(officer, stay)
    before = rooms_of(stay)

    assert officer.post(address(stay), data=typed(officer, stay)).status_code == 303
    assert rooms_of(stay) == before
    assert words(officer.get(address(stay))).count("people moved") == 1


def test_type_remarks_and_nights_are_kept(officer: FlaskClient, registration: Registration, stay: Stay) -> None:
    accept(officer, stay)
    twin = next(each.public_id for each in stay.room_types if each.kind == "twin")
    nights = {row(registration, "Chen", "from"): "2027-05-04", row(registration, "Chen", "to"): "2027-05-06"}

    officer.post(
        address(stay), data={**typed(officer, stay), **nights, "r-1-type": twin, "r-1-remarks": "High floor, quiet"}
    )

    room = found(stay).rooms[0]
    assert (room.room_type.kind, room.remarks) == ("twin", "High floor, quiet")
    assert (room.beds[0].from_on, room.beds[0].to_on) == (date(2027, 5, 4), date(2027, 5, 6))


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("room", "twelve", "Type the number of a room"),
        ("room", "0", "Type the number of a room"),
        ("room", "99999999999999999999", "Type the number of a room"),
        ("from", "", "Type a day of the stay"),
        ("to", "2027-02-30", "Type a day of the stay"),
        ("to", "2028-05-07", "Type a day of the stay"),
        ("to", "2027-05-03", "The last morning lies after the first night."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nobody_is_moved(
    officer: FlaskClient, registration: Registration, stay: Stay, field: str, value: str, wrong: str
) -> None:
    accept(officer, stay)
    before, place = rooms_of(stay), row(registration, "Chen", field)

    answer = officer.post(address(stay), data={**typed(officer, stay), row(registration, "Han"): "1", place: value})

    assert answer.status_code == 422
    assert wrong in faults_of(answer)[place]
    assert fields_of(answer, "rooms")[row(registration, "Han")] == "1"
    assert rooms_of(stay) == before


def test_a_remark_that_papers_cannot_print_is_refused(officer: FlaskClient, stay: Stay) -> None:
    accept(officer, stay)

    answer = officer.post(address(stay), data={**typed(officer, stay), "r-1-remarks": "ᠮᠣᠩᠭᠣᠯ"})

    assert answer.status_code == 422
    assert "Our papers cannot print" in faults_of(answer)["r-1-remarks"]


def test_a_full_room_takes_nobody_more(officer: FlaskClient, registration: Registration, stay: Stay) -> None:
    accept(officer, stay)
    everybody = {row(registration, name): "1" for name in PEOPLE}

    answer = officer.post(address(stay), data={**typed(officer, stay), **everybody})

    assert answer.status_code == 422
    assert "Room 1 has beds for 2 people only." in words(answer)
    assert fields_of(answer, "rooms")[row(registration, "Zhou")] == "1"


def test_the_second_of_two_editors_hears_where_people_are_now(
    officer: FlaskClient, registration: Registration, stay: Stay
) -> None:
    accept(officer, stay)
    mine = typed(officer, stay)
    officer.post(address(stay), data={**mine, row(registration, "Han"): "1"})

    answer = officer.post(address(stay), data={**mine, row(registration, "Han"): "3"})

    assert answer.status_code == 409
    assert "moved the same people while you had this page open." in words(answer)
    assert "Saved meanwhile: room 1" in words(answer)
    assert rooms_of(stay)[1] == ["Chen", "Han"]
    assert officer.post(address(stay), data=fields_of(answer, "rooms")).status_code == 303
    assert rooms_of(stay)[3] == ["Zhou", "Han"]


def test_two_editors_who_move_different_people_both_have_their_way(
    officer: FlaskClient, registration: Registration, stay: Stay
) -> None:
    accept(officer, stay)
    mine = typed(officer, stay)
    officer.post(address(stay), data={**mine, row(registration, "Han"): "7"})

    assert officer.post(address(stay), data={**mine, row(registration, "Zhou"): "1"}).status_code == 303
    assert rooms_of(stay) == {1: ["Chen", "Zhou"], 7: ["Han"]}


def test_what_does_not_add_up_is_told(officer: FlaskClient, registration: Registration, stay: Stay, now: Any) -> None:
    told(registration.participants[0], now, mate="Somebody Else")
    accept(officer, stay)
    outside = {row(registration, "Han", "from"): "2027-05-01"}

    officer.post(address(stay), data={**typed(officer, stay), **outside, row(registration, "Zhou"): ""})

    said = words(officer.get(address(stay)))
    assert "Ann HAN in room 2 stays for nights outside the contract." in said
    assert "The wish of Ann CHEN in room 1 fits nobody who shares it." in said
    assert "2 of 3 people have a room" in said


def test_everybody_is_taken_out_once_that_is_said_twice(officer: FlaskClient, stay: Stay) -> None:
    accept(officer, stay)
    fields = fields_of(officer.get(address(stay)), "clear")

    asked = officer.post(address(stay, "/clear"), data=fields)
    done = officer.post(address(stay, "/clear"), data={**fields, "sure": "y"})

    assert (asked.status_code, done.status_code) == (422, 303)
    assert "Tick that everybody shall lose their room." in words(asked)
    assert rooms_of(stay) == {}


def test_without_types_of_rooms_the_page_says_what_to_do_first(
    officer: FlaskClient, registration: Registration, now: Any
) -> None:
    stay = a_stay(registration.event, now, room_types=())

    assert "Write down first which types of rooms the hotel has." in words(officer.get(address(stay)))


@pytest.mark.parametrize("role", ["read-only", "finance"])
def test_only_the_programme_office_reads_wishes_and_moves_people(
    client: FlaskClient, registration: Registration, now: Any, role: str
) -> None:
    stay = a_stay(registration.event, now)
    where = address(stay)
    sign_in(client, "programme")
    fields = typed(client, stay)
    sign_in(client, role, name="Sun Yue")

    assert client.get(where).status_code == 403
    for step in ("", "/proposal", "/clear"):
        assert client.post(where + step, data=fields).status_code in (400, 403)


def test_somebody_who_needs_no_bed_by_what_we_know_can_have_one(
    officer: FlaskClient, registration: Registration, now: Any
) -> None:
    """The tour's hotel is for nobody here, since none of them takes the tour."""
    tour = an_add_on("pre_tour", "Pre-tour", 89_000, from_on=date(2027, 5, 1), to_on=date(2027, 5, 2))
    with writing():
        desk.event_to_change(registration.event.public_id).add_ons.append(tour)
    stay = a_stay(registration.event, now, add_on=tour.public_id, room_types=(TWIN,))
    other: dict[str, str] = {"other": registration.participants[1].public_id, "other-room": "4"}
    where = address(stay)
    page = officer.get(where)

    assert "Nobody needs a bed here" in words(page)
    assert page_of(page).find(".//select[@name='other']") is not None
    assert officer.post(where, data={**fields_of(page, "rooms"), **other}).status_code == 303
    assert rooms_of(stay) == {4: ["Han"]}
    assert "Ann HAN in room 4 does not need a bed here any more." in words(officer.get(where))


def found(stay: Stay) -> Stay:
    db.session.rollback()
    known = queries.stay_by_public_id(stay.public_id)
    assert known is not None
    return known


def test_the_list_comes_as_a_spreadsheet_too(
    officer: FlaskClient, registration: Registration, stay: Stay, now: Any
) -> None:
    accept(officer, stay)
    officer.post(address(stay), data={**typed(officer, stay), "r-1-remarks": "=1+1"})

    answer = officer.get(address(stay).replace("/rooms", "/rooming.xlsx"))

    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Room", "Type", "Beds", "Guest, as in the passport")
    assert [row[3] for row in rows[1:4]] == ["Ann CHEN", "Ann HAN", "Ann ZHOU"]
    assert [day.date() for day in rows[1][5:7]] == [date(2027, 5, 3), date(2027, 5, 7)]
    assert rows[1][7:10] == (4, "=1+1", 189)
    assert rows[-1][0] == "Number of people"
    assert rows[-1][-4:] == (3, 3, 3, 3)

"""Steps on the sheet of an itinerary: rows put in, doubled and moved, days shifted, and the last step undone."""

import gzip
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_published_summit
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.usefixtures("clock_shows")
KILOBYTES = 60


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    """Three days: 16 October in Beijing with the pre-tour, 20 and 21 October in Yangzhou."""
    return a_published_summit()


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/itinerary"


def sheet(client: FlaskClient, event: Event) -> Fields:
    return fields_of(client.get(address(event)), "sheet")


def press(client: FlaskClient, event: Event, do: str, **changed: Any) -> TestResponse:
    typed = {name.replace("__", "-"): value for name, value in changed.items()}
    return client.post(address(event), data={**sheet(client, event), **typed, "do": do})


def days(event: Event) -> list[Day]:
    db.session.rollback()
    return list(days_of(event))


def titles(event: Event) -> list[list[str]]:
    return [[item.title.en for item in day.items] for day in days(event)]


def told(client: FlaskClient, answer: TestResponse) -> str:
    return words_of(page_of(client.get(answer.location)))


def test_a_row_below_waits_to_be_typed_into(officer: FlaskClient, summit: Event) -> None:
    answer = press(officer, summit, "below-d1r0", d1r0__title_en="Half typed")

    rows = page_of(answer).findall(".//input[@autofocus]")
    assert [row.attrib["name"] for row in rows] == ["d1r1-start"]
    again = fields_of(answer, "sheet")
    assert (again["d1r0-title_en"], again["d1r1-title_en"], again["d1r1-zone"]) == ("Half typed", "", "Asia/Shanghai")
    assert titles(summit)[1][0] != "Half typed"


def test_a_row_typed_below_is_saved_in_its_place(officer: FlaskClient, summit: Event) -> None:
    fields = fields_of(press(officer, summit, "below-d1r0"), "sheet")
    typed = {"d1r1-start": "1230", "d1r1-kind": "meal", "d1r1-title_en": "Lunch"}

    assert officer.post(address(summit), data={**fields, **typed}).status_code == 303

    assert "Lunch" in titles(summit)[1]


def test_a_doubled_row_takes_over_its_particulars_but_no_promise(officer: FlaskClient, summit: Event) -> None:
    with writing() as session:
        lecture = days_of(session.merge(summit))[1].items[0]
        lecture.details, lecture.standing = Details(room=Text("Hall 2"), reference="V-7"), "confirmed"

    answer = press(officer, summit, "double", d1r0__pick="1")

    first, second = days(summit)[1].items[:2]
    assert "1 row doubled." in told(officer, answer)
    assert (first.title, first.starts) == (second.title, second.starts)
    assert {item.public_id for item in (first, second)} > {lecture.public_id}
    copy = next(item for item in (first, second) if item.public_id != lecture.public_id)
    assert (copy.details, copy.standing) == (Details(room=Text("Hall 2")), "none")


def test_a_doubled_row_that_is_wrong_keeps_its_particulars_until_it_is_right(
    officer: FlaskClient, summit: Event
) -> None:
    with writing() as session:
        days_of(session.merge(summit))[1].items[0].details = Details(room=Text("Hall 2"))
    before = titles(summit)

    answer = press(officer, summit, "double-d1r0", d1r0__start="25:00")
    assert answer.status_code == 422
    assert titles(summit) == before
    again = {**fields_of(answer, "sheet"), "d1r0-start": "0900", "d1r1-start": "0900"}
    assert officer.post(address(summit), data=again).status_code == 303

    assert [item.details.room.en for item in days(summit)[1].items[:2]] == ["Hall 2", "Hall 2"]


def test_a_doubled_day_takes_the_next_free_date(officer: FlaskClient, summit: Event) -> None:
    before = [day.on_date.day for day in days(summit)]

    answer = press(officer, summit, "double", d1__pick="1")

    assert "1 day doubled." in told(officer, answer)
    assert before == [16, 20, 21]
    assert [day.on_date.day for day in days(summit)] == [16, 20, 21, 22]
    assert titles(summit)[3] == titles(summit)[1]


def test_rows_move_to_another_day_and_stay_the_same_items(officer: FlaskClient, summit: Event) -> None:
    moved = [item.public_id for item in days(summit)[1].items]

    answer = press(officer, summit, "move", d1r0__pick="1", d1r1__pick="1", move_to="d2")

    assert "2 rows moved." in told(officer, answer)
    assert answer.location.endswith("#d2")
    assert titles(summit)[1] == []
    assert {item.public_id for item in days(summit)[2].items} >= set(moved)


@pytest.mark.parametrize(("step", "day"), [("later", 2), ("earlier", 0)])
def test_one_row_goes_to_the_day_beside(officer: FlaskClient, summit: Event, step: str, day: int) -> None:
    moved = days(summit)[1].items[0].public_id

    assert press(officer, summit, f"{step}-d1r0").status_code == 303

    assert moved in {item.public_id for item in days(summit)[day].items}


@pytest.mark.parametrize(
    ("what", "by", "expected"),
    [("chosen", "1", [16, 20, 22]), ("all", "+7", [23, 27, 28]), ("programme", "\N{MINUS SIGN}2", [16, 18, 19])],
)
def test_days_are_shifted(officer: FlaskClient, summit: Event, what: str, by: str, expected: list[int]) -> None:
    answer = press(officer, summit, "shift", d2__pick="1", shift_what=what, shift_by=by)

    assert "shifted." in told(officer, answer)
    assert [day.on_date.day for day in days(summit)] == expected


def test_the_days_of_one_tour_are_shifted_alone(officer: FlaskClient, summit: Event) -> None:
    pre_tour = days(summit)[0].add_on
    assert pre_tour is not None

    press(officer, summit, "shift", shift_what=pre_tour.public_id, shift_by="１")

    assert [day.on_date.day for day in days(summit)] == [17, 20, 21]


@pytest.mark.parametrize(
    ("do", "bar", "field"),
    [
        ("double", {}, "double"),
        ("move", {"move_to": "d2"}, "move_to"),
        ("move", {"d1r0__pick": "1"}, "move_to"),
        ("move", {"d1r0__pick": "1", "move_to": "d1"}, "move_to"),
        ("later-d2r0", {}, "move_to"),
        ("shift", {"shift_what": "chosen", "shift_by": "1"}, "shift_what"),
        ("shift", {"shift_what": "all", "shift_by": "a week"}, "shift_by"),
        ("shift", {"shift_what": "all", "shift_by": "0"}, "shift_by"),
        ("shift", {"shift_what": "all", "shift_by": "9999"}, "shift_by"),
    ],
)
def test_a_step_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    officer: FlaskClient, summit: Event, do: str, bar: dict[str, str], field: str
) -> None:
    before = titles(summit)

    answer = press(officer, summit, do, d1r0__title_en="Half typed", **bar)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]
    assert page_of(answer).find(f".//*[@id='{field}']") is not None
    assert fields_of(answer, "sheet")["d1r0-title_en"] == "Half typed"
    assert titles(summit) == before


def test_a_shift_out_of_the_century_stands_beside_its_day(officer: FlaskClient, summit: Event) -> None:
    for _decade in range(8):
        answer = press(officer, summit, "shift", shift_what="all", shift_by="3700")

    assert answer.status_code == 422
    assert set(faults_of(answer)) == {"d0-on", "d1-on", "d2-on"}


def test_the_last_step_is_undone_by_one_button(officer: FlaskClient, summit: Event) -> None:
    before = titles(summit)
    press(officer, summit, "move", d1r0__pick="1", move_to="d2")
    shown = words_of(page_of(officer.get(address(summit))))
    assert "Undo the last step 2 days, Ren Hui" in shown

    answer = press(officer, summit, "undo")

    assert "Undone." in told(officer, answer)
    assert titles(summit) == before
    assert "Undo the last step" not in words_of(page_of(officer.get(address(summit))))


def test_undoing_loses_nothing_that_was_typed(officer: FlaskClient, summit: Event) -> None:
    press(officer, summit, "shift", shift_what="all", shift_by="7")

    answer = press(officer, summit, "undo", d1r0__title_en="Half typed")

    assert list(faults_of(answer)) == ["undo"]
    assert fields_of(answer, "sheet")["d1r0-title_en"] == "Half typed"
    assert days(summit)[1].on_date.day == 27


def test_the_second_click_undoes_no_more(officer: FlaskClient, summit: Event) -> None:
    press(officer, summit, "shift", shift_what="all", shift_by="7")
    press(officer, summit, "shift", shift_what="all", shift_by="7")
    step = sheet(officer, summit)["step"]
    press(officer, summit, "undo")

    answer = press(officer, summit, "undo", step=step)

    assert "meanwhile" in told(officer, answer)
    assert [day.on_date.day for day in days(summit)] == [23, 27, 28]


@pytest.mark.parametrize("step", ["", "x", "99999999", "-1"])
def test_a_forged_step_undoes_nothing(officer: FlaskClient, summit: Event, step: str) -> None:
    press(officer, summit, "shift", shift_what="all", shift_by="7")

    assert press(officer, summit, "undo", step=step).status_code == 303

    assert [day.on_date.day for day in days(summit)] == [23, 27, 28]


def test_a_row_that_names_another_events_item_becomes_a_new_one(officer: FlaskClient, summit: Event) -> None:
    other = a_published_summit("another")
    theirs = days_of(other)[1].items[0]
    stolen, title = theirs.public_id, theirs.title

    press(officer, summit, "", d1r0__id=stolen, d1r0__title_en="Stolen")

    assert days_of(other)[1].items[0].title == title
    assert stolen not in {item.public_id for day in days(summit) for item in day.items}


def test_the_page_of_two_hundred_items_is_light(officer: FlaskClient, summit: Event) -> None:
    two_hundred_items(summit)

    page = officer.get(f"{address(summit)}?language=zh").get_data()

    assert page.count(b'class="thing"') > 200
    assert len(gzip.compress(page)) < KILOBYTES * 1024


def two_hundred_items(event: Event) -> None:
    with writing() as session:
        city = days_of(session.merge(event))[1].city
        for day in range(20):
            on_date, items = date(2027, 11, 1) + timedelta(day), [an_item(day, hour) for hour in range(10)]
            session.add(
                Day(
                    public_id=new_public_id(), event=session.merge(event), city=city, on_date=on_date,
                    title=Text(f"Day {day} of the tour", f"行程第{day}天"), items=items,
                )
            )  # fmt: skip


def an_item(day: int, hour: int) -> Item:
    number = day * 37 + hour * 11
    return Item(
        public_id=new_public_id(), position=hour + 1, kind="meeting", starts=time(8 + hour), ends=time(8 + hour, 50),
        zone="America/Denver", title=Text(f"Meeting {number} with the water works", f"与第{number}水务局会谈"),
        place=Text(f"City Hall, room {number}", f"市政厅{number}室"),
        address=Text(f"{number} Main Street, Denver, CO 802{hour:02}", f"丹佛市主街{number}号"),
        notes=Text(f"Bring file no. {number}", f"请带{number}号文件"),
    )  # fmt: skip

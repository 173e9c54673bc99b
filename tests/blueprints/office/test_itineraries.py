"""The sheet on which the office writes an itinerary."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_published_summit, the_city
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tourreg.blueprints.office.sheet import DaySheet, Row, sheet_of
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
MALICE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}'\"&"


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    """Three days: 16 October in Beijing with the pre-tour, 20 and 21 October in Yangzhou."""
    return a_published_summit()


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/itinerary"


def sheet(client: FlaskClient, event: Event) -> Fields:
    return fields_of(client.get(address(event)), "sheet")


def send(client: FlaskClient, event: Event, fields: Fields, **changed: Any) -> TestResponse:
    return client.post(
        address(event), data={**fields, **{name.replace("__", "-"): value for name, value in changed.items()}}
    )


def days(event: Event) -> list[Day]:
    db.session.rollback()
    return list(days_of(event))


def remarks(answer: TestResponse) -> list[str]:
    return [
        words_of(row) for row in page_of(answer).findall(".//tr") if "remark" in row.attrib.get("class", "").split()
    ]


def test_what_is_typed_into_an_empty_row_becomes_an_item(officer: FlaskClient, summit: Event) -> None:
    fields = sheet(officer, summit)
    row = {"start": "645", "end": "8", "kind": "meal", "title_en": "Breakfast", "title_zh": "早餐", "place_en": "Hotel"}

    answer = officer.post(address(summit), data={**fields, **{f"d1r2-{cell}": value for cell, value in row.items()}})

    assert answer.status_code == 303
    breakfast = days(summit)[1].items[0]
    assert (breakfast.starts, breakfast.ends, breakfast.zone) == (time(6, 45), time(8), "Asia/Shanghai")
    assert (breakfast.title, breakfast.place.en) == (Text("Breakfast", "早餐"), "Hotel")
    shown = officer.get(f"/en/events/{summit.slug}").get_data(as_text=True)
    assert "Breakfast" in shown


def test_saving_the_sheet_as_it_stands_changes_nothing(officer: FlaskClient, summit: Event) -> None:
    before = sheet(officer, summit)

    assert send(officer, summit, before).status_code == 303

    after = sheet(officer, summit)
    assert {**after, "csrf_token": ""} == {**before, "csrf_token": ""}


def test_saving_the_sheet_keeps_what_it_has_no_cells_for(officer: FlaskClient, summit: Event) -> None:
    with writing() as session:
        lecture = days_of(session.merge(summit))[1].items[0]
        lecture.details, lecture.standing, lecture.optional = Details(room=Text("Hall 2")), "confirmed", True
    fields = sheet(officer, summit)

    assert send(officer, summit, fields, d1r0__title_en="Opening, changed").status_code == 303

    changed = days(summit)[1].items[0]
    assert changed.title.en == "Opening, changed"
    assert (changed.details, changed.standing, changed.optional) == (Details(room=Text("Hall 2")), "confirmed", True)


def test_each_fault_stands_beside_its_cell_and_nothing_is_lost(officer: FlaskClient, summit: Event) -> None:
    fields = sheet(officer, summit)
    wrong = {
        "d0-on": "2027-13-01",
        "d1r0-start": "25:00",
        "d1r0-title_en": "Party \N{PARTY POPPER}",
        "d1r1-end": "9 o’clock",
        "d1r2-place_zh": "只写了地点",
        "d2r0-zone": "Mars/Olympus",
        "d2r1-notes_en": "x" * 1_001,
    }

    answer = officer.post(address(summit), data={**fields, **wrong})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [
        "d0-on", "d1r0-title_en", "d1r0-start", "d1r1-end", "d1r2-kind", "d1r2-title_en", "d1r2-start", "d2r0-zone",
        "d2r1-notes_en",
    ]  # fmt: skip
    again = fields_of(answer, "sheet")
    kept = {name for name in fields if name in again and name not in ("csrf_token", "d2r0-zone")}
    assert {name: again[name] for name in kept} == {name: {**fields, **wrong}[name] for name in kept}
    page = page_of(answer)
    assert all(page.find(f".//*[@id='{name}']") is not None for name in faults_of(answer))
    assert sheet(officer, summit)["d1r0-start"] == fields["d1r0-start"]


def test_an_end_before_its_start_says_how_to_type_the_next_day(officer: FlaskClient, summit: Event) -> None:
    fields = sheet(officer, summit)

    answer = send(officer, summit, fields, d0r0__start="2320", d0r0__end="0510")
    assert "05:10+1" in faults_of(answer)["d0r0-end"]

    assert send(officer, summit, fields, d0r0__start="2320", d0r0__end="0510+1").status_code == 303
    assert days(summit)[0].items[0].ends_on == date(2027, 10, 17)
    assert sheet(officer, summit)["d0r0-end"] == "05:10+1"


def test_things_at_one_time_are_remarked_upon_but_saved(officer: FlaskClient, summit: Event) -> None:
    fields = sheet(officer, summit)
    start, end = fields["d1r0-end"], "23:59"

    answer = send(officer, summit, fields, d1r2__start="0901", d1r2__end=end, d1r2__kind="lecture", d1r2__title_en="A")

    assert answer.status_code == 303
    assert start > "09:01"
    said = remarks(officer.get(address(summit)))
    assert any("before the row above ends." in remark for remark in said)
    assert "No Chinese yet: title." in said


def test_a_day_is_added_moved_and_deleted(officer: FlaskClient, summit: Event) -> None:
    with writing():
        hangzhou = the_city("hangzhou").public_id
    fields = sheet(officer, summit)

    send(officer, summit, fields, d3__on="2027-10-23", d3__city=hangzhou, d3__part=summit.add_ons[-1].public_id)
    added = days(summit)[-1]
    assert (added.on_date, added.city and added.city.slug, added.add_on and added.add_on.kind) == (
        date(2027, 10, 23),
        "hangzhou",
        "post_tour",
    )

    send(officer, summit, sheet(officer, summit), d3__on="2027-10-24")
    assert days(summit)[-1].on_date == date(2027, 10, 24)

    send(officer, summit, {**sheet(officer, summit), "d3-pick": "1", "do": "drop"})
    assert [day.on_date.day for day in days(summit)] == [16, 20, 21]


def test_rows_are_deleted_by_choosing_them(officer: FlaskClient, summit: Event) -> None:
    fields = sheet(officer, summit)

    answer = send(officer, summit, {**fields, "d1r0-pick": "1", "d2-title_en": "Changed too", "do": "drop"})

    assert answer.status_code == 303
    assert [len(day.items) for day in days(summit)] == [1, 1, 2]
    assert days(summit)[2].title.en == "Changed too"


def test_a_day_with_something_in_it_is_deleted_only_when_asked_twice(officer: FlaskClient, summit: Event) -> None:
    fields = sheet(officer, summit)

    question = send(officer, summit, {**fields, "d1-pick": "1", "d2-title_en": "Kept", "do": "drop"})
    assert question.status_code == 200
    assert "Wednesday 20 October 2027" in words_of(page_of(question).find(".//div[@role='alert']"))
    assert len(days(summit)) == 3

    send(officer, summit, {**fields_of(question, "sheet"), "do": "drop-days"})
    assert [(day.on_date.day, day.title.en) for day in days(summit)][1:] == [(21, "Kept")]


def test_more_rows_and_zones_come_without_saving(officer: FlaskClient, summit: Event) -> None:
    fields = {**sheet(officer, summit), "d1r0-title_en": "Half ty", "d1r0-start": "not yet"}

    more = fields_of(send(officer, summit, {**fields, "do": "more-d1"}), "sheet")
    assert "d1r7-start" in more
    assert (more["d1r0-title_en"], more["d1r0-start"]) == ("Half ty", "not yet")

    page = page_of(send(officer, summit, {**fields, "zone": "Asia/Tokyo", "do": "zone"}))
    options = page.findall(".//select[@name='d1r0-zone']/option")
    assert [option.attrib["value"] for option in options] == ["Asia/Shanghai", "Asia/Tokyo"]
    assert words_of(options[1]) == "+9 Tokyo"
    assert days(summit)[1].items[0].title.en != "Half ty"


def test_the_later_of_two_editors_sees_what_was_saved_of_the_same_day(officer: FlaskClient, summit: Event) -> None:
    mine = {**sheet(officer, summit), "d1r0-title_en": "Mine", "d2-title_en": "Mine too"}
    send(officer, summit, sheet(officer, summit), d1r0__title_en="Theirs")

    answer = send(officer, summit, mine)

    page = page_of(answer)
    assert answer.status_code == 409
    assert "Ren Hui saved this itinerary" in words_of(page.find(".//div[@role='alert']"))
    assert any("Theirs" in remark for remark in remarks(answer))
    assert fields_of(answer, "sheet")["d1r0-title_en"] == "Mine"
    assert days(summit)[1].items[0].title.en == "Theirs"
    assert days(summit)[2].title.en != "Mine too"

    assert send(officer, summit, fields_of(answer, "sheet")).status_code == 303
    assert days(summit)[1].items[0].title.en == "Mine"


def test_two_editors_of_different_days_do_not_meet(officer: FlaskClient, summit: Event) -> None:
    mine = {**sheet(officer, summit), "d1-title_en": "Mine"}
    send(officer, summit, sheet(officer, summit), d2__title_en="Theirs")

    assert send(officer, summit, mine).status_code == 303

    assert [day.title.en for day in days(summit)][1:] == ["Mine", "Theirs"]


def test_a_day_that_was_removed_meanwhile_can_be_put_back(officer: FlaskClient, summit: Event) -> None:
    mine = {**sheet(officer, summit), "d1-title_en": "Mine"}
    send(officer, summit, {**sheet(officer, summit), "d1-pick": "1", "do": "drop-days"})

    answer = send(officer, summit, mine)
    assert answer.status_code == 409

    send(officer, summit, fields_of(answer, "sheet"))
    assert [(day.title.en, len(day.items)) for day in days(summit)][1] == ("Mine", 2)


def test_the_same_day_twice_is_said_beside_it(officer: FlaskClient, summit: Event) -> None:
    answer = send(officer, summit, sheet(officer, summit), d2__on="2027-10-20")

    assert (answer.status_code, list(faults_of(answer))) == (422, ["d2-on"])


@pytest.mark.parametrize("text", [MALICE, "字" * 200, "\u202eمرحبا", "a\x00b"])
def test_hostile_and_foreign_text_is_only_text(officer: FlaskClient, summit: Event, text: str) -> None:
    answer = send(officer, summit, sheet(officer, summit), d1r0__title_en=text, d1r0__place_zh=text)

    assert answer.status_code == (422 if "\x00" in text else 303)
    for page in (officer.get(address(summit)), officer.get(f"/en/events/{summit.slug}")):
        assert page.status_code == 200
        assert "<script>alert(1)" not in page.get_data(as_text=True)


def test_a_row_of_a_day_that_was_not_sent_is_asked_for_its_date(officer: FlaskClient, summit: Event) -> None:
    answer = send(officer, summit, {**sheet(officer, summit), "d7r0-title_en": "Talk", "d7r0-start": "09:00"})

    assert answer.status_code == 422
    assert "d3-on" in faults_of(answer)


@pytest.mark.parametrize(
    "forged",
    [
        {"d0-city": "nowhere"},
        {"d0-part": "no tour"},
        {"d0r0-kind": "party"},
        {"d1r0-end_zone": "../../etc/passwd"},
        {"d99-on": "1066-10-14"},
    ],
)
def test_what_is_in_no_list_is_refused(officer: FlaskClient, summit: Event, forged: Fields) -> None:
    answer = send(officer, summit, {**sheet(officer, summit), **forged})

    expected = [name.replace("d99", "d3") for name in forged]
    assert (answer.status_code, list(faults_of(answer))) == (422, expected)


def test_identities_of_somebody_else_are_not_taken(officer: FlaskClient, summit: Event) -> None:
    other = a_published_summit("other")
    theirs = days(other)[1]
    fields = sheet(officer, summit)

    send(
        officer,
        summit,
        fields,
        d1__id=theirs.public_id,
        d1__seen=sheet(officer, other)["d1-seen"],
        d1__title_en="Stolen",
    )

    assert "Stolen" not in [day.title.en for day in days(other)]


def test_a_reader_reads_and_changes_nothing(client: FlaskClient, app: Flask) -> None:
    event = a_published_summit()
    sign_in(client, "read-only")
    page = client.get(address(event))

    sent = {**fields_of(page, "sheet"), "d1-title_en": "Mine"}

    assert page_of(page).find(".//div[@class='savebar']") is None
    assert client.post(address(event), data=sent).status_code == 403


def test_forty_days_of_twenty_rows_go_through_at_once(
    officer: FlaskClient, summit: Event, statements: Callable[[], list[str]]
) -> None:
    with writing() as session:
        city = the_city("yangzhou")
        for day in days_of(session.merge(summit)):
            for item in day.items:
                session.delete(item)
            session.delete(day)
        session.add_all(_long_day(summit, city, number) for number in range(40))
    where = address(summit)
    before = len(statements())
    answer = officer.get(where)
    assert len(statements()) - before <= 12

    assert answer.status_code == 200

    token = {"csrf_token": sheet(officer, a_published_summit("another"))["csrf_token"]}
    assert send(officer, summit, {**_cells(summit), **token}, d39r19__title_zh="末").status_code == 303

    assert days(summit)[39].items[19].title.zh == "末"


def _cells(event: Event) -> Fields:
    """Return what a browser would send of a sheet that is too long to be read as a page in a test."""
    laid_out = sheet_of(days(event)).laid_out()
    parts: list[DaySheet | Row] = []
    for day in laid_out.days:
        parts += [day, *day.rows]
    return {f"{part.name}-{cell}": value for part in parts for cell, value in part.cells.items()}


def _long_day(event: Event, city: City, number: int) -> Day:
    words = Text("A talk on sewers, street trees and what they cost " * 3, "排水、行道树与它们的价钱" * 8)
    items = [
        Item(position=row, kind="lecture", starts=time(row), zone="Asia/Shanghai", ends=time(row, 45), title=words,
             place=words, address=words, notes=words)
        for row in range(20)
    ]  # fmt: skip
    return Day(
        event_id=event.id, city=city, on_date=date.fromordinal(date(2027, 10, 1).toordinal() + number), items=items
    )


def test_an_unknown_event_has_no_sheet(officer: FlaskClient) -> None:
    assert officer.get("/office/events/nobody/itinerary").status_code == 404


def test_a_host_who_declined_and_a_way_too_long_are_told_beside_the_rows(officer: FlaskClient, summit: Event) -> None:
    with writing():
        first, second = days_of(summit)[1].items[:2]
        first.standing, first.ends = "declined", second.starts
        second.kind, second.details = "meeting", Details(minutes=20)

    told = remarks(officer.get(address(summit)))

    assert "The host has declined." in told
    assert "The group arrives 20 minutes after it starts." in told

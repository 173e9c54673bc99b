"""The office writes down the particulars of an item, and the speakers of an event."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import queries
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
MALICE = "<script>alert(1)</script>{{ 7 * 7 }}"


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    return a_published_summit()


def lecture(event: Event) -> Item:
    db.session.rollback()
    return days_of(event)[1].items[0]


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/itinerary/items/{lecture(event).public_id}"


def form(client: FlaskClient, event: Event) -> Fields:
    return fields_of(client.get(address(event)), "item")


def a_speaker(client: FlaskClient, event: Event, **said: str) -> Any:
    where = f"/office/events/{event.public_id}/speakers/new"
    return client.post(where, data={**fields_of(client.get(where), "speaker"), **said})


def test_everything_that_is_typed_is_kept(officer: FlaskClient, summit: Event) -> None:
    a_speaker(officer, summit, name_en="Amara OKAFOR", name_zh="阿玛拉·奥卡福", bio_en="She measures.")
    speaker = queries.speakers_of(summit)[0].public_id
    typed = {
        "room_en": "Hall 2", "room_zh": "二号厅", "host_phone": "+86 514 5550 1100", "leaves": "840", "minutes": "25",
        "group": "b", "nature": "cultural", "cost": "own", "optional": "y", "capacity": "12", "fee": "45.50",
        "standing": "confirmed", "standing_by": "Ms Xu", "standing_on": "2027-09-01", "speakers": speaker,
        "for_driver_zh": "请停东门", "reference": "YZ-7",
    }  # fmt: skip

    assert officer.post(address(summit), data={**form(officer, summit), **typed}).status_code == 303

    item = lecture(summit)
    assert item.details == Details(
        room=Text("Hall 2", "二号厅"), host_phone="+86 514 5550 1100", leaves="08:40", minutes=25,
        for_driver=Text("", "请停东门"), reference="YZ-7",
    )  # fmt: skip
    assert (item.group, item.nature, item.cost) == ("b", "cultural", "own")
    assert (item.optional, item.capacity, item.fee_minor) == (True, 12, 4_550)
    assert (item.standing, item.standing_by, item.standing_on) == ("confirmed", "Ms Xu", date(2027, 9, 1))
    assert [each.speaker.name.zh for each in item.appearances] == ["阿玛拉·奥卡福"]


def test_saving_the_page_as_it_stands_changes_nothing(officer: FlaskClient, summit: Event) -> None:
    before = form(officer, summit)

    assert officer.post(address(summit), data=before).status_code == 303
    assert {**form(officer, summit), "csrf_token": ""} == {**before, "csrf_token": ""}
    assert lecture(summit).details == Details()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"leaves": "25:00"}, "leaves"),
        ({"minutes": "soon"}, "minutes"),
        ({"capacity": "-1", "optional": "y"}, "capacity"),
        ({"fee": "a lot", "optional": "y"}, "fee"),
        ({"fee": "12"}, "optional"),
        ({"standing": "asked"}, "standing_on"),
        ({"group": "c"}, "group"),
        ({"room_en": "long " * 100}, "room_en"),
        ({"room_zh": "🍑"}, "room_zh"),
        ({"standing": "held", "standing_on": "2027-02-30"}, "standing_on"),
    ],
)
def test_each_fault_stands_beside_its_field_and_nothing_is_lost(
    officer: FlaskClient, summit: Event, typed: Fields, field: str
) -> None:
    answer = officer.post(address(summit), data={**form(officer, summit), "dress_en": "Business", **typed})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]
    assert fields_of(answer, "item")["dress_en"] == "Business"
    assert lecture(summit).details == Details()


def test_the_later_of_two_editors_sees_what_was_saved_and_loses_nothing(officer: FlaskClient, summit: Event) -> None:
    mine = form(officer, summit)
    officer.post(address(summit), data={**mine, "room_en": "Theirs"})

    answer = officer.post(address(summit), data={**mine, "room_en": "Mine"})

    assert answer.status_code == 409
    assert fields_of(answer, "item")["room_en"] == "Mine"
    assert "Room: Theirs" in words_of(page_of(answer))
    assert officer.post(address(summit), data=fields_of(answer, "item")).status_code == 303
    assert lecture(summit).details.room.en == "Mine"


def test_another_item_of_the_same_day_does_not_meet(officer: FlaskClient, summit: Event) -> None:
    mine = form(officer, summit)
    with writing():
        days_of(summit)[1].items[1].title = Text("Late lunch")

    assert officer.post(address(summit), data={**mine, "room_en": "Hall 2"}).status_code == 303
    assert [item.title.en for item in days_of(summit)[1].items][1] == "Late lunch"


def test_what_is_typed_is_only_text(officer: FlaskClient, summit: Event) -> None:
    officer.post(address(summit), data={**form(officer, summit), "room_en": MALICE, "driver": MALICE})

    assert MALICE not in officer.get(address(summit)).get_data(as_text=True)
    assert lecture(summit).details.room.en == MALICE


def test_an_item_of_another_event_is_not_found(officer: FlaskClient, summit: Event) -> None:
    other = a_published_summit("another")
    foreign = f"/office/events/{other.public_id}/itinerary/items/{lecture(summit).public_id}"

    assert officer.get(foreign).status_code == 404
    assert officer.post(foreign, data=form(officer, summit)).status_code == 404


def test_a_speaker_who_is_taken_off_speaks_nowhere(officer: FlaskClient, summit: Event) -> None:
    a_speaker(officer, summit, name_en="Amara OKAFOR")
    speaker = queries.speakers_of(summit)[0].public_id
    officer.post(address(summit), data={**form(officer, summit), "speakers": speaker})
    where = f"/office/events/{summit.public_id}/speakers/{speaker}"

    answer = officer.post(where, data={**fields_of(officer.get(where), "speaker"), "do": "remove"})

    assert answer.status_code == 303
    assert queries.speakers_of(summit) == []
    assert lecture(summit).appearances == []
    assert officer.get(where).status_code == 404


def test_a_speaker_needs_a_name(officer: FlaskClient, summit: Event) -> None:
    answer = a_speaker(officer, summit, bio_en="Nobody")

    assert answer.status_code == 422
    assert list(faults_of(answer)) == ["name_en"]


def test_a_reader_reads_and_changes_nothing(client: FlaskClient, app: Flask) -> None:
    event = a_published_summit()
    sign_in(client, "read-only")

    page = client.get(address(event))

    assert page.status_code == 200
    assert "savebar" not in page.get_data(as_text=True)
    assert client.post(address(event), data={"room_en": "Mine"}).status_code in (400, 403)

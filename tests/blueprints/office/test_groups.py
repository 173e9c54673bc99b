"""The office puts people into the groups of a programme, by ticks and one choice."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import a_person, a_published_summit, consent_texts, saved
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.notice_cast import item_of
from tests.staff import sign_in
from tests.travel_cast import people_on_tour
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Participant, Registration

pytestmark = pytest.mark.usefixtures("clock_shows", "without_tokens")


@pytest.fixture
def place(app: Flask, now: datetime) -> Registration:
    saved(*consent_texts())
    people = (a_person("Chen", "Guoliang", native="陈国梁"), a_person("Han", "Xuemei"), a_person("Hart", "Emily"))
    return people_on_tour(*people, now=now, event=a_published_summit())


def address(place: Registration, query: str = "") -> str:
    return f"/office/events/{place.event.public_id}/groups{query}"


def send(client: FlaskClient, place: Registration, *people: int, query: str = "", **typed: Any) -> TestResponse:
    fields = fields_of(client.get(address(place, query)), "groups")
    ticked = [place.participants[number].public_id for number in people]
    return client.post(address(place, query), data={**fields, "person": ticked, **typed})


def groups_of(place: Registration) -> list[str]:
    db.session.rollback()
    of_this = select(Participant.group).where(Participant.registration_id == place.id)
    return list(db.session.scalars(of_this.order_by(Participant.position)))


def words(answer: TestResponse) -> str:
    return words_of(page_of(answer))


def test_those_who_are_ticked_go_into_the_group(officer: FlaskClient, place: Registration) -> None:
    answer = send(officer, place, 0, 2, group="a")

    assert answer.status_code == 303
    assert groups_of(place) == ["a", "", "a"]
    assert "Group A: 2 people moved." in words(officer.get(answer.location))


def test_everybody_who_is_shown_can_be_ticked_at_once(officer: FlaskClient, place: Registration) -> None:
    send(officer, place, 0, group="b")

    answer = send(officer, place, query="?group=none", everybody="y", group="guests")

    assert answer.location.endswith("groups?group=none")
    assert groups_of(place) == ["b", "guests", "guests"]


def test_somebody_is_taken_out_of_a_group(officer: FlaskClient, place: Registration) -> None:
    send(officer, place, everybody="y", group="a")

    send(officer, place, 1, group="none")

    assert groups_of(place) == ["a", "", "a"]


@pytest.mark.parametrize(("group", "shown"), [("a", "Chen"), ("none", "Hart"), ("guests", "Han"), ("b", "")])
def test_the_list_can_be_narrowed_to_a_group(officer: FlaskClient, place: Registration, group: str, shown: str) -> None:
    send(officer, place, 0, group="a")
    send(officer, place, 1, group="guests")

    page = page_of(officer.get(address(place, f"?group={group}")))

    names = [words_of(row) for row in page.findall(".//tbody/tr")]
    assert [shown.upper() in name for name in names] == ([True] if shown else [])


def test_guests_whom_people_bring_stand_among_the_guests(officer: FlaskClient, place: Registration) -> None:
    with writing():
        place.participants[1].guest = "Otto Lind"

    page = officer.get(address(place, "?group=guests"))

    assert "Otto Lind" in page.text
    assert "guest of Xuemei HAN" in words(page)
    assert page_of(page).findall(".//tbody//input") == []


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"group": "a"}, ["everybody"]),
        ({"group": "", "everybody": "y"}, ["into"]),
        ({"group": "c", "everybody": "y"}, ["into"]),
        ({"group": ""}, ["everybody", "into"]),
    ],
)
def test_without_people_or_a_group_nothing_is_saved_and_it_is_said(
    officer: FlaskClient, place: Registration, typed: dict[str, str], faults: list[str]
) -> None:
    answer = send(officer, place, **typed)

    assert (answer.status_code, list(faults_of(answer))) == (422, faults)
    assert groups_of(place) == ["", "", ""]


def test_ticks_stay_where_something_is_wrong(officer: FlaskClient, place: Registration) -> None:
    answer = send(officer, place, 0, 2, group="")

    ticked = [box.attrib["value"] for box in page_of(answer).findall(".//tbody//input[@checked]")]
    assert ticked == [place.participants[number].public_id for number in (0, 2)]


def test_who_comes_second_sees_who_was_moved_and_by_whom_and_may_insist(
    officer: FlaskClient, place: Registration
) -> None:
    seen = fields_of(officer.get(address(place)), "groups")
    send(officer, place, 0, group="a")
    both = [place.participants[number].public_id for number in (0, 1)]

    answer = officer.post(address(place), data={**seen, "person": both, "group": "b"})

    assert answer.status_code == 409
    assert "Ren Hui put some of these people elsewhere" in words(answer)
    assert groups_of(place) == ["a", "", ""]
    again = officer.post(address(place), data=fields_of(answer, "groups"))
    assert again.status_code == 303
    assert groups_of(place) == ["b", "b", ""]


def test_a_stranger_and_rubbish_in_the_form_change_nothing(officer: FlaskClient, place: Registration) -> None:
    rubbish = ["A" * 22, "", "~", "' OR 1=1", "人" * 300]

    answer = officer.post(address(place), data={"person": rubbish, "group": "a", "shown": "~ ~~ x", "everybody": ""})

    assert answer.status_code == 303
    assert groups_of(place) == ["", "", ""]
    assert "do not take part here" in words(officer.get(answer.location))


def test_the_rest_is_shared_out_as_the_page_says(officer: FlaskClient, place: Registration) -> None:
    send(officer, place, 2, group="a")
    page = officer.get(address(place))

    answer = officer.post(address(place, "/rest"), data=fields_of(page, "rest-form"))

    assert "1 go into A and 1 into B" in words(page)
    assert answer.status_code == 303
    assert groups_of(place) == ["a", "b", "a"]


def test_what_was_seen_of_the_rest_no_longer_counts_after_a_change(officer: FlaskClient, place: Registration) -> None:
    seen = fields_of(officer.get(address(place)), "rest-form")
    send(officer, place, 0, group="b")

    answer = officer.post(address(place, "/rest"), data=seen)

    assert answer.status_code == 409
    assert groups_of(place) == ["b", "", ""]
    again = officer.post(address(place, "/rest"), data=fields_of(answer, "rest-form"))
    assert (again.status_code, sorted(groups_of(place))) == (303, ["a", "a", "b"])
    assert officer.post(address(place, "/rest"), data=seen).status_code == 303


def test_the_history_of_the_registration_tells_who_was_put_where(officer: FlaskClient, place: Registration) -> None:
    send(officer, place, 0, group="a")

    page = words(officer.get(f"/office/registrations/{place.public_id}"))

    assert "Put into another group" in page
    assert "Group A" in page


def test_how_many_items_each_group_has_is_told(officer: FlaskClient, place: Registration) -> None:
    assert "No item of the itinerary is for one group alone yet" in words(officer.get(address(place)))
    with writing():
        item_of(place.event, "Lunch").group = "b"

    page = words(officer.get(address(place)))

    assert "No item of the itinerary" not in page
    assert "1 item of its own" in page


def test_a_reader_sees_the_groups_and_changes_none(client: FlaskClient, place: Registration) -> None:
    sign_in(client, "read-only")

    page = client.get(address(place))

    assert page.status_code == 200
    assert page_of(page).findall(".//tbody//input") == []
    typed = {"person": place.participants[0].public_id, "group": "a"}
    assert client.post(address(place), data=typed).status_code == 403


def test_an_event_that_is_not_there_has_no_groups(officer: FlaskClient) -> None:
    assert officer.get("/office/events/AAAAAAAAAAAAAAAAAAAAAA/groups").status_code == 404


def test_the_last_changes_stand_on_the_page(officer: FlaskClient, place: Registration) -> None:
    send(officer, place, 0, 2, group="a")

    page = words(officer.get(address(place)))

    assert "Changed last" in page
    assert "Group A, Ren Hui" in page
    assert "CHEN Guoliang and Emily HART" in page

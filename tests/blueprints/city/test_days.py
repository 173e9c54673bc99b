"""A city sees and changes its own days on a page, the office sees both side by side; nobody else sees anything."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.hosts import MEMBER
from tests.proposal_cast import ELSEWHERE, WORKS, a_visit, issued, item_now, proposed
from tests.staff import sign_in
from tests.visitors import granted
from tourreg.db import db
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.proposals import proposals_of
from tourreg.domain.hosting.request_models import HostingRequest

HOSTILE = '<script>alert(1)</script> {{ 7 * 7 }} "; DROP TABLE items --'


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def visit(client: FlaskClient, now: datetime) -> HostingRequest:
    request = a_visit("held", now=now)
    granted(client, the_profile(), at=now)
    return request


def the_profile() -> str:
    return str(db.session.scalars(select(HostProfile.public_id).order_by(HostProfile.id)).first())


def address(request: HostingRequest, item: str = "") -> str:
    return f"/city/{the_profile()}/requests/{request.public_id}/days" + (f"/{item}" if item else "")


def desk(request: HostingRequest) -> str:
    return f"/office/events/{request.event.public_id}/hosting/{request.public_id}/proposals"


def test_a_city_proposes_and_the_office_accepts(client: FlaskClient, visit: HostingRequest) -> None:
    page = client.get(address(visit))
    assert ("Water works" in page.text, "Charlotte council" in page.text, "4711" in page.text) == (True, False, False)
    answer = send(client, address(visit, WORKS), "propose", starts="930", entrance="South gate")
    assert answer.status_code == 303
    assert "South gate" in client.get(address(visit)).text
    made = proposals_of(visit)[0].public_id
    sign_in(client, "programme")
    sheet = client.get(f"/office/events/{visit.event.public_id}/itinerary")
    assert "A host city proposes 1 change of its days" in sheet.text
    assert "South gate" in words_of(page_of(client.get(desk(visit))).find(".//main//tbody"))

    accepted = send(client, desk(visit), f"answer-form-{made}", answer="Thank you.")

    assert accepted.status_code == 303
    assert (item_now(visit).starts, item_now(visit).details.entrance.en) == (time(9, 30), "South gate")
    assert "Thank you." in client.get(address(visit)).text


def test_declining_needs_a_sentence(client: FlaskClient, visit: HostingRequest, now: datetime) -> None:
    made = proposed(visit, now=now, room="Hall 2").public_id
    sign_in(client, "programme")
    form = fields_of(client.get(desk(visit)), f"answer-form-{made}")

    refused = client.post(f"{desk(visit)}/{made}/refusal", data=form)
    assert (refused.status_code, "Say to the city why" in refused.text) == (422, True)
    form["answer"] = "The bus cannot turn there."

    assert client.post(f"{desk(visit)}/{made}/refusal", data=form).status_code == 303
    assert "The bus cannot turn there." in client.get(address(visit)).text


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"starts": "25:00"}, ["starts"]),
        ({"starts": ""}, ["starts"]),
        ({"ends": "8:00"}, ["ends"]),
        ({"ends": "noon"}, ["ends"]),
        ({"host_phone": "ring me"}, ["host_phone"]),
        ({"place": "x" * 401, "name": ""}, ["place", "name"]),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept(
    client: FlaskClient, visit: HostingRequest, typed: dict[str, str], fields: list[str]
) -> None:
    page = send(client, address(visit, WORKS), "propose", **{"room": "Hall 2", **typed})

    assert (page.status_code, list(faults_of(page)), len(proposals_of(visit))) == (422, fields, 0)
    assert fields_of(page, "propose")["room"] == "Hall 2"


def test_nothing_new_is_no_proposal(client: FlaskClient, visit: HostingRequest) -> None:
    page = send(client, address(visit, WORKS), "propose")

    assert (page.status_code, "Nothing is different" in page.text, len(proposals_of(visit))) == (422, True, 0)


def test_an_item_that_was_issued_meanwhile_is_told_and_what_was_typed_stays(
    client: FlaskClient, visit: HostingRequest, now: datetime
) -> None:
    form = {**fields_of(client.get(address(visit, WORKS)), "propose"), "room": "Hall 2"}
    issued(visit, now=now)

    page = client.post(address(visit, WORKS), data=form)

    assert (page.status_code, len(proposals_of(visit))) == (409, 0)
    assert "Version 1 of the programme is issued." in page.text
    again = fields_of(page, "propose")
    assert again["room"] == "Hall 2"
    assert client.post(address(visit, WORKS), data=again).status_code == 303
    assert len(proposals_of(visit)) == 1


def test_markup_is_shown_as_it_was_typed(client: FlaskClient, visit: HostingRequest, now: datetime) -> None:
    proposed(visit, now=now, notes=HOSTILE, room="<b>Hall</b>")
    sign_in(client, "programme")

    for page in (client.get(address(visit)), client.get(address(visit, WORKS)), client.get(desk(visit))):
        assert "<script>alert(1)" not in page.text
        assert "<b>Hall" not in page.text
        assert "{{ 7 * 7 }}" in page.text


@pytest.mark.usefixtures("without_tokens")
def test_items_and_proposals_of_others_are_not_there(client: FlaskClient, visit: HostingRequest, now: datetime) -> None:
    typed = {"starts": "10:00", "name": "Joanne Miller"}
    for item in (ELSEWHERE, "no-such-item", "' OR 1=1"):
        assert client.get(address(visit, item)).status_code == 404
        assert client.post(address(visit, item), data=typed).status_code == 404
    assert client.post(f"{address(visit)}/withdrawals/nothing").status_code == 404


@pytest.mark.usefixtures("without_tokens")
def test_a_city_takes_its_proposal_back_and_pressing_twice_does_no_harm(
    client: FlaskClient, visit: HostingRequest, now: datetime
) -> None:
    made = proposed(visit, now=now, room="Hall 2").public_id

    for _press in range(2):
        assert client.post(f"{address(visit)}/withdrawals/{made}").status_code == 303

    assert proposals_of(visit)[0].state == "withdrawn"


@pytest.mark.usefixtures("without_tokens")
def test_who_may_only_read_decides_nothing(client: FlaskClient, visit: HostingRequest, now: datetime) -> None:
    made = proposed(visit, now=now, room="Hall 2").public_id
    sign_in(client, "read-only", name="Reader A")

    assert client.get(desk(visit)).status_code == 200
    assert client.post(f"{desk(visit)}/{made}/acceptance").status_code == 403
    assert MEMBER not in client.get(desk(visit)).text

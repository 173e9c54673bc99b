"""A city's contact reports a visit on one page, without a script; the office reads it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.hosting_cast import a_request
from tests.staff import sign_in
from tests.visitors import granted
from tourreg.db import db
from tourreg.domain.hosting import reports
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.report_models import VisitReport
from tourreg.domain.hosting.request_models import HostingRequest

AFTER = datetime.fromisoformat("2027-05-13T15:00:00+00:00")
TYPED = {
    "came_0": "18", "what_0": "Bus", "who_0": "Public Works", "hours_0": "1.5", "value_0": "450.00",
    "went_well": "The <b>works</b>.", "host_again": "yes", "may_be_quoted": "y",
}  # fmt: skip


@pytest.fixture
def visit(client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]) -> HostingRequest:
    clock_shows(AFTER)
    request = a_request("confirmed", now=now)
    granted(client, the_profile().public_id, at=AFTER)
    return request


def the_profile() -> HostProfile:
    return db.session.scalars(select(HostProfile).order_by(HostProfile.id)).first()  # type: ignore[return-value]


def address(request: HostingRequest) -> str:
    return f"/city/{the_profile().public_id}/requests/{request.public_id}/after"


def the_report() -> VisitReport:
    db.session.rollback()
    return db.session.scalars(select(VisitReport)).one()


def test_a_report_is_saved_shown_again_and_sent(client: FlaskClient, visit: HostingRequest) -> None:
    assert send(client, address(visit), "report", **TYPED, do="save").status_code == 303
    kept = fields_of(client.get(address(visit)), "report")
    assert {name: kept[name] for name in TYPED} == TYPED

    assert client.post(address(visit), data={**kept, "do": "send"}).status_code == 303

    report = the_report()
    assert (report.state, report.gifts[0].minutes, report.gifts[0].value_minor) == ("sent", 90, 45_000)
    assert [one.came for one in report.attendance] == [18]
    assert report.may_be_quoted
    assert client.post(address(visit), data={**kept, "seen": "2"}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"came_0": "-1"}, "came_0"),
        ({"came_0": "many"}, "came_0"),
        ({"hours_0": "1e3"}, "hours_0"),
        ({"value_0": "-5"}, "value_0"),
        ({"value_0": "4.505"}, "value_0"),
        ({"what_0": ""}, "what_0"),
        ({"currency": "XXX"}, "currency"),
        ({"name": ""}, "name"),
        ({"went_well": "x" * 2001}, "went_well"),
    ],
)
def test_what_cannot_be_reported_is_said_beside_its_field(
    client: FlaskClient, visit: HostingRequest, typed: dict[str, str], field: str
) -> None:
    page = send(client, address(visit), "report", **{**TYPED, **typed}, do="send")

    assert (page.status_code, list(faults_of(page))) == (422, [field])
    assert fields_of(page, "report")["who_0"] == "Public Works"
    db.session.rollback()
    assert db.session.scalars(select(VisitReport)).all() == []


def test_the_later_of_two_browsers_is_told(client: FlaskClient, visit: HostingRequest) -> None:
    form = {**fields_of(client.get(address(visit)), "report"), **TYPED, "do": "save"}
    assert client.post(address(visit), data=form).status_code == 303

    again = client.post(address(visit), data={**form, "who_0": "The library"})

    assert again.status_code == 409
    assert "Somebody changed this meanwhile" in again.text
    assert client.post(address(visit), data=fields_of(again, "report")).status_code == 303
    assert the_report().gifts[0].who == "The library"


def test_before_the_visit_is_over_nothing_can_be_reported(
    client: FlaskClient, visit: HostingRequest, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    form = {**fields_of(client.get(address(visit)), "report"), **TYPED}
    clock_shows(now)
    granted(client, the_profile().public_id, at=now)

    assert "The visit is not over yet" in client.get(address(visit)).text
    assert client.post(address(visit), data=form).status_code == 404


def test_the_office_reads_reports_and_opens_one_again(client: FlaskClient, visit: HostingRequest) -> None:
    send(client, address(visit), "report", **TYPED, do="send")
    sign_in(client, "programme")

    listed = words_of(page_of(client.get("/office/hosting/reports")).find(".//main"))
    assert "Davenport" in listed
    assert "450.00" in listed
    theirs = f"/office/events/{visit.event.public_id}/hosting/{visit.public_id}/report"
    page = client.get(theirs)
    assert "<b>works</b>" not in page.text
    assert "&lt;b&gt;works" in page.text
    assert client.post(theirs, data={"csrf_token": token_of(page)}).status_code == 303
    assert the_report().state == "draft"


def token_of(page: object) -> str:
    form = page_of(page).find(".//main//form")  # type: ignore[arg-type]
    assert form is not None
    found = form.find(".//input[@name='csrf_token']")
    assert found is not None
    return str(found.get("value"))


def test_a_page_that_was_opened_long_ago_keeps_what_was_told(
    client: FlaskClient, visit: HostingRequest, clock_shows: Callable[[datetime], None]
) -> None:
    clock_shows(AFTER + timedelta(hours=4))

    refused = send(client, address(visit), "report", name="Joanne Miller", went_well="The works.")

    assert (refused.status_code, fields_of(refused, "report")["went_well"]) == (403, "The works.")
    assert "Send me a link" in refused.text
    assert reports.report_of(visit) is None

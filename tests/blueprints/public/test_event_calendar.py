"""The days of an event for calendars, kept like its page."""

from datetime import datetime

import ics
import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import issue_version
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
ADDRESS = "/en/events/yangzhou-2027/calendar.ics"


@pytest.fixture
def summit(app: object) -> Event:
    return a_published_summit()


def issue(event: Event, now: datetime) -> None:
    with writing():
        issue_version(desk.event_to_change(event.public_id), change_note=Text(), now=now, by="staff:ren")


def titles(client: FlaskClient, address: str = ADDRESS) -> set[str]:
    return {event.name for event in ics.Calendar(client.get(address).text).events}


def test_the_page_leads_to_the_calendar_in_its_language(client: FlaskClient, summit: Event) -> None:
    assert f'href="{ADDRESS}"' in client.get("/en/events/yangzhou-2027").text
    assert "Lunch" in titles(client)
    assert "午餐" in titles(client, ADDRESS.replace("/en/", "/zh/"))


def test_whoever_has_the_calendar_is_told_so_until_a_version_is_issued(
    client: FlaskClient, summit: Event, now: datetime
) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    with writing():
        days_of(summit)[1].items[1].title = Text("Long lunch")
    issue(summit, now)
    after = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.mimetype, first.headers["Cache-Control"]) == ("text/calendar", "no-cache")
    assert (again.status_code, again.data) == (304, b"")
    assert after.status_code == 200
    assert "Long lunch" in after.text


def test_each_group_and_each_city_has_its_own(client: FlaskClient, summit: Event) -> None:
    with writing():
        days = days_of(summit)
        days[1].items[1].group, days[1].items[0].group = "a", "b"
    whole = titles(client)
    group, others = ADDRESS.replace("calendar", "calendar-a"), ADDRESS.replace("calendar", "calendar-guests")

    assert titles(client, group) == whole - {"Opening and keynote"}
    assert titles(client, others) == whole - {"Opening and keynote", "Lunch"}
    yangzhou, beijing = (
        titles(client, ADDRESS.replace("calendar", f"calendar-in-{city}")) for city in ("yangzhou", "beijing")
    )
    assert yangzhou | beijing == whole
    assert "Lunch" in yangzhou - beijing


def test_what_leaves_a_city_is_cancelled_there(client: FlaskClient, summit: Event, now: datetime) -> None:
    issue(summit, now)
    with writing():
        first, second, _third = days_of(summit)
        second.items[1].day = first
    issue(summit, now)

    shown = client.get(ADDRESS.replace("calendar", "calendar-in-yangzhou")).text

    assert "STATUS:CANCELLED" in shown
    assert "STATUS:CANCELLED" not in client.get(ADDRESS).text


@pytest.mark.parametrize("cut", ["calendar-c", "calendar-in-atlantis", "calendar-in-"])
def test_there_is_no_calendar_of_a_group_or_city_that_is_not_there(
    client: FlaskClient, summit: Event, cut: str
) -> None:
    assert client.get(ADDRESS.replace("calendar", cut)).status_code == 404


def test_there_is_no_calendar_of_what_is_not_public(client: FlaskClient, app: object) -> None:
    a_published_summit(state="draft")

    assert client.get(ADDRESS).status_code == 404
    assert client.get("/en/events/nothing/calendar.ics").status_code == 404

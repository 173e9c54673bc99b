"""Files of a host city that the office shows stand at its days on delegates' own pages, and nowhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.cast import a_person, the_city
from tests.hosting_cast import CITY, a_tour, found
from tests.hosts import MEMBER
from tests.proposal_cast import a_visit
from tests.staff import sign_in
from tests.travel_cast import people_on_tour
from tourreg.blueprints.outside import files
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts import links
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import requests, visit_files
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.visit_files import Sent
from tourreg.domain.hosting.visit_models import HostingFile
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.registrations.models import Participant

MAP = b"%PDF-1.4 the way to the works %%EOF"
HOSTILE = '<script>alert(1)</script>"; way.pdf'


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def visit(now: datetime) -> HostingRequest:
    return a_visit("confirmed", now=now)


@pytest.fixture
def page(visit: HostingRequest, now: datetime) -> str:
    place = people_on_tour(a_person("Hart", "Emily"), now=now, event=visit.event)
    return door(place.participants[0], now)


def door(person: Participant, now: datetime) -> str:
    secret = settings().secret_key
    with writing():
        link = links.make_link("itinerary", person.public_id, expires_at=now + timedelta(30), now=now, secret=secret)
    return f"/my/itinerary/{links.token_of(link, secret)}"


def sent(visit: HostingRequest, now: datetime, *, name: str = "way.pdf", shown: bool = True) -> HostingFile:
    kept_at = files().put(MAP)
    with writing():
        locked = queries.request_to_change(visit.public_id)
        told = Sent("map", "By the river", kept_at, "pdf", name, len(MAP))
        kept = visit_files.add_file(locked, told, submission_key=None, now=now, by=CITY)
        if shown:
            visit_files.show_to_delegates(locked, kept.public_id, shown=True, now=now, by=MEMBER)
    return kept


def desk(visit: HostingRequest) -> str:
    return f"/office/events/{visit.event.public_id}/hosting/{visit.public_id}"


@pytest.mark.usefixtures("without_tokens")
def test_the_office_shows_a_file_and_takes_it_off_again(
    client: FlaskClient, visit: HostingRequest, page: str, now: datetime
) -> None:
    kept = sent(visit, now, shown=False)
    theirs = f"{page}/files/{kept.public_id}"
    assert (client.get(theirs).status_code, "way.pdf" in client.get(page).text) == (404, False)
    sign_in(client, "programme")

    shown = [client.post(f"{desk(visit)}/files/{kept.public_id}/showing", data={"shown": "yes"}) for _press in "12"]

    assert [answer.status_code for answer in shown] == [303, 303]
    assert "Delegates see it" in client.get(f"{desk(visit)}/questions").text
    assert theirs in client.get(page).text
    answer = client.get(theirs)
    assert (answer.data, answer.headers["Content-Disposition"].split(";")[0]) == (MAP, "attachment")
    client.post(f"{desk(visit)}/files/{kept.public_id}/showing", data={"shown": "no"})
    assert (client.get(theirs).status_code, "way.pdf" in client.get(page).text) == (404, False)


def test_a_file_of_another_visit_or_none_is_not_there(
    client: FlaskClient, visit: HostingRequest, page: str, now: datetime
) -> None:
    kept, other = sent(visit, now), a_tour("parks-2027").id
    with writing():
        queries.request_to_change(visit.public_id).event_id = other

    for name in (kept.public_id, "nothing", "' OR 1=1"):
        assert client.get(f"{page}/files/{name}").status_code == 404
    assert client.get(f"/my/itinerary/nonsense/files/{kept.public_id}").status_code == 404


def test_nobody_sees_files_of_a_city_whose_days_they_do_not_have(
    client: FlaskClient, visit: HostingRequest, page: str, now: datetime
) -> None:
    kept = sent(visit, now)
    with writing():
        for day in days_of(queries.request_to_change(visit.public_id).event):
            day.city_id = the_city("charlotte").id

    assert client.get(f"{page}/files/{kept.public_id}").status_code == 404


def test_what_a_withdrawn_visit_sent_is_shown_no_longer(
    client: FlaskClient, visit: HostingRequest, page: str, now: datetime
) -> None:
    kept = sent(visit, now)
    with writing():
        locked = queries.request_to_change(visit.public_id)
        requests.withdraw(locked, "The group stays away.", seen="confirmed", now=now, by=MEMBER)

    assert client.get(f"{page}/files/{kept.public_id}").status_code == 404


def test_a_name_of_a_file_is_no_markup(client: FlaskClient, visit: HostingRequest, page: str, now: datetime) -> None:
    sent(visit, now, name=HOSTILE)

    assert "<script>alert" not in client.get(page).text


@pytest.mark.usefixtures("without_tokens")
def test_only_those_who_work_on_the_programme_show_files(
    client: FlaskClient, visit: HostingRequest, now: datetime
) -> None:
    kept = sent(visit, now, shown=False)
    sign_in(client, "read-only", name="Reader A")
    address = f"{desk(visit)}/files/{kept.public_id}/showing"

    assert client.post(address, data={"shown": "yes"}).status_code == 403
    sign_in(client, "programme")
    assert client.post(f"{desk(visit)}/files/nothing/showing", data={"shown": "yes"}).status_code == 404
    assert [one.shown_at for one in visit_files.files_of(found(visit.public_id))] == [None]

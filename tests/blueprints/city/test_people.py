"""A city that confirmed sees who comes to it, and no more of them than its roster says; no other city sees anybody."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_person, a_registration
from tests.proposal_cast import a_visit
from tests.visitors import granted
from tourreg.db import db, writing
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.security_desks import Asking, end_request, note_request
from tourreg.domain.itineraries.models import Item
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.corrections import Introduction, correct_person, person_of
from tourreg.domain.registrations.models import Participant, Registration

A_MONTH_AFTER = datetime.fromisoformat("2027-06-15T15:00:00+00:00")
ABOUT, GOALS = "Runs <b>two</b> pumping stations.", "How a small city pays for reuse."


@pytest.fixture
def visit(client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]) -> HostingRequest:
    """Return a confirmed visit of Lan Zhou, of group A, and of Otto Berg, of group B."""
    clock_shows(now)
    request = a_visit("confirmed", now=now)
    people = [
        a_person("Zhou", given="Lan", post="Director", organisation="Water Bureau", email="lan@example.org"),
        a_person("Berg", given="Otto", country="DE", email="otto@example.org"),
    ]  # fmt: skip
    registration = a_registration(request.event, *people, now=now)
    with writing() as session:
        found = session.get_one(Registration, registration.id)
        confirm(found, now=now, by="staff:ren")
        for participant, group in zip(found.participants, ("a", "b"), strict=True):
            participant.group = group
    granted(client, the_profile(), at=now)
    return request


def the_profile() -> str:
    return str(db.session.scalars(select(HostProfile.public_id).order_by(HostProfile.id)).first())


def address(request: HostingRequest, ending: str = "") -> str:
    return f"/city/{the_profile()}/requests/{request.public_id}/people{ending}"


def lan() -> Participant:
    return db.session.scalars(select(Participant).where(Participant.surname == "Zhou")).one()


def test_a_city_reads_who_comes_and_what_they_tell_of_themselves(
    client: FlaskClient, visit: HostingRequest, now: datetime
) -> None:
    with writing():
        told = replace(person_of(lan()), introduction=Introduction(ABOUT, GOALS))
        correct_person(lan(), told, now=now, by="staff:ren")

    page = client.get(address(visit)).text

    assert all(words in page for words in ("Lan", "Director", "Water Bureau", "Otto", GOALS, "reuses water"))
    assert "Runs &lt;b&gt;two&lt;/b&gt;" in page
    assert [words for words in ("lan@example.org", "China", "Germany") if words in page.partition("<main")[2]] == []


def test_only_who_goes_to_something_there_comes_to_a_city(client: FlaskClient, visit: HostingRequest) -> None:
    with writing() as session:
        for item in session.scalars(select(Item)):
            item.group = "a"

    page = client.get(address(visit)).text

    assert ("Lan" in page, "Otto" in page) == (True, False)


def test_nationality_is_there_while_the_security_desks_request_is_noted(
    client: FlaskClient, visit: HostingRequest, now: datetime
) -> None:
    asking = Asking(visit.city.public_id, "Sgt Hale, security desk", date(2027, 2, 1))
    with writing():
        note_request(visit.event.public_id, asking, now=now, by="staff:ren")
    shown = client.get(address(visit)).text
    with writing():
        end_request(visit.event.public_id, visit.city.public_id, now=now, by="staff:ren")
    hidden = client.get(address(visit)).text

    assert ("Germany" in shown, "Germany" in hidden) == (True, False)


@pytest.mark.parametrize("state", ["asked", "held"])
def test_nobody_is_named_before_the_city_confirms(
    client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None], state: str
) -> None:
    clock_shows(now)
    request = a_visit(state, now=now)
    registration = a_registration(request.event, a_person("Zhou"), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by="staff:ren")
    granted(client, the_profile(), at=now)

    page = client.get(address(request))

    assert (page.status_code, "ZHOU" in page.text, client.get(address(request, ".pdf")).status_code) == (
        200, False, 404,
    )  # fmt: skip


def test_a_month_after_the_programme_nobody_is_named(
    client: FlaskClient, visit: HostingRequest, clock_shows: Callable[[datetime], None]
) -> None:
    clock_shows(A_MONTH_AFTER)
    granted(client, the_profile(), at=A_MONTH_AFTER)

    page = client.get(address(visit))

    assert (page.status_code, "ZHOU" in page.text, client.get(address(visit, ".pdf")).status_code) == (200, False, 404)


@pytest.mark.parametrize(("asked_for", "title"), [("en", "ROSTER FOR THE HOST"), ("zh", "名单")])
def test_the_same_people_stand_on_the_paper(
    client: FlaskClient, visit: HostingRequest, asked_for: str, title: str
) -> None:
    answer = client.get(address(visit, f".pdf?in={asked_for}"))
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages).upper()

    assert answer.mimetype == "application/pdf"
    assert [one for one in (title, "ZHOU", "BERG") if one not in words] == []

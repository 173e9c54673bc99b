"""A city prints its own days, each on a page, with who leads the group and whom to call; nobody else prints them."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from tests.cast import a_person, a_registration, the_city
from tests.hosts import MEMBER
from tests.proposal_cast import WORKS, a_visit, issued
from tests.visitors import granted
from tourreg.db import db, writing
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.itineraries.book import BookPlan, write_book
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.registrations.commands import confirm
from tourreg.kernel.bilingual import Text


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


def sheets(request: HostingRequest) -> str:
    profile = db.session.scalars(select(HostProfile.public_id).order_by(HostProfile.id)).first()
    return f"/city/{profile}/requests/{request.public_id}/days.pdf"


def let_in(client: FlaskClient, now: datetime) -> None:
    granted(client, str(db.session.scalars(select(HostProfile.public_id)).first()), at=now)


def text_of(answer: object) -> str:
    reader = PdfReader(io.BytesIO(answer.data))  # type: ignore[attr-defined]
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_a_city_prints_its_days_with_who_leads_and_whom_to_call(client: FlaskClient, now: datetime) -> None:
    visit = a_visit("confirmed", now=now)
    let_in(client, now)
    registration = a_registration(visit.event, a_person("Chen", "Guoliang", native="陈国良"), now=now)
    with writing():
        confirm(db.session.merge(registration), now=now, by=MEMBER)
        write_book(
            visit.event, BookPlan(escort_name=Text("Ana Ruiz"), escort_phone="+1 202 555 0188"), now=now, by=MEMBER
        )

    assert sheets(visit) in client.get(sheets(visit).removesuffix(".pdf")).text
    both, chinese = (text_of(client.get(f"{sheets(visit)}?in={language}")) for language in ("both", "zh"))

    for told in ("Water works", "Works on the river", "CHEN Guoliang", "Ana Ruiz", "+1 202 555 0188", "WORKING COPY"):
        assert told in both, told
    for hidden in ("Charlotte council", "4711"):
        assert hidden not in both, hidden
    assert "水厂" in chinese


def test_the_sheets_show_the_version_that_was_issued(client: FlaskClient, now: datetime) -> None:
    visit = a_visit("confirmed", now=now)
    let_in(client, now)
    issued(visit, now=now)
    with writing():
        event = queries.request_to_change(visit.public_id).event
        works = next(item for day in days_of(event) for item in day.items if item.public_id == WORKS)
        works.title = Text("Bridge works")

    assert "Water works" in text_of(client.get(sheets(visit)))


@pytest.mark.parametrize("state", ["asked", "held"])
def test_there_is_no_sheet_before_a_city_has_confirmed(client: FlaskClient, now: datetime, state: str) -> None:
    visit = a_visit(state, now=now)
    let_in(client, now)

    assert client.get(sheets(visit)).status_code == 404
    assert ".pdf" not in client.get(sheets(visit).removesuffix(".pdf")).text


def test_no_city_prints_the_days_of_another(client: FlaskClient, now: datetime) -> None:
    visit = a_visit("confirmed", now=now)
    let_in(client, now)
    assert client.get(f"{sheets(visit)}?in=fr").status_code == 200

    with writing():
        queries.request_to_change(visit.public_id).city_id = the_city("charlotte").id

    assert client.get(sheets(visit)).status_code == 404


def test_strangers_are_sent_away(client: FlaskClient, now: datetime) -> None:
    visit = a_visit("confirmed", now=now)

    assert client.get(sheets(visit)).status_code == 404

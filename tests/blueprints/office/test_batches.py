"""The office has many papers of an event made, watches them, and downloads what comes of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.batch_cast import personal_papers
from tests.cast import a_person, a_published_summit, a_registration
from tests.forms import fields_of
from tests.races import sent_at_once
from tests.staff import sign_in
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.registrations.commands import confirm
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id


@pytest.fixture
def event(app: Flask, clock_shows, monkeypatch: pytest.MonkeyPatch) -> Event:
    personal_papers(monkeypatch)
    return a_published_summit()


def page(event: Event) -> str:
    return f"/office/events/{event.public_id}/batches"


def begin(officer: FlaskClient, event: Event, **typed: object) -> TestResponse:
    fields = {**fields_of(officer.get(page(event)), "begin"), "kind": ["itinerary", "roster"], **typed}
    return officer.post(page(event), data=fields)


def test_a_batch_is_begun_watched_and_downloaded(officer: FlaskClient, event: Event) -> None:
    address = begin(officer, event).headers["Location"]
    assert "0 of 4 papers made" in officer.get(address).text

    worker.run_due()

    assert "4 of 4 papers made" in officer.get(address).text
    file = officer.get(f"{address}/file")
    assert file.data.startswith(b"%PDF")
    assert officer.get(f"{address}/file", headers={"If-None-Match": file.headers["ETag"]}).status_code == 304
    assert "4 of 4" in officer.get(page(event)).text


def test_it_is_stopped_and_resumed(officer: FlaskClient, event: Event) -> None:
    address = begin(officer, event).headers["Location"]
    officer.post(f"{address}/stop", data=fields_of(officer.get(address), "stop"))
    worker.run_due()
    assert "0 of 4 papers made" in officer.get(address).text

    officer.post(f"{address}/resume", data=fields_of(officer.get(address), "resume"))
    worker.run_due()

    assert "4 of 4 papers made" in officer.get(address).text


def test_only_those_who_are_ticked_get_a_paper_of_their_own(officer: FlaskClient, event: Event) -> None:
    begin(officer, event, **{"kind": "itinerary", "for": "person-lan", "in": "own"})

    db.session.rollback()
    assert [(paper.subject, paper.language) for paper in db.session.scalars(select(BatchPaper))] == [
        ("person-lan", "zh")
    ]


def test_nothing_chosen_is_said_and_what_was_typed_stays(officer: FlaskClient, event: Event) -> None:
    answer = begin(officer, event, kind=[], outcome="zip")

    assert answer.status_code == 422
    assert "Choose at least one paper" in answer.text
    assert fields_of(answer, "begin")["outcome"] == "zip"


@pytest.mark.both
def test_a_double_click_begins_one_batch(app: Flask, officer: FlaskClient, event: Event) -> None:
    fields = {**fields_of(officer.get(page(event)), "begin"), "kind": "itinerary"}
    address = page(event)

    answers = sent_at_once(app, officer, address, [fields] * 2)

    assert len({answer.headers["Location"] for answer in answers}) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count(PaperBatch.id))) == 1


def test_a_file_that_has_expired_is_gone_and_the_page_says_so(
    officer: FlaskClient, event: Event, now: datetime, clock_shows
) -> None:
    address = begin(officer, event).headers["Location"]
    worker.run_due()

    clock_shows(now + timedelta(days=31))
    worker.run_due()
    clock_shows(now)

    assert "Its file has expired" in officer.get(address).text
    assert officer.get(f"{address}/file").status_code == 410


def test_finance_begins_none(client: FlaskClient, event: Event) -> None:
    sign_in(client, "finance")

    assert 'id="begin"' not in client.get(page(event)).text


def test_a_file_with_papers_of_journeys_is_for_the_programme_office_alone(officer: FlaskClient, event: Event) -> None:
    address = begin(officer, event, kind=["roster", "diet_list"]).headers["Location"]
    worker.run_due()
    assert officer.get(f"{address}/file").status_code == 200

    sign_in(officer, "finance", name="Grace Amari")

    assert officer.get(f"{address}/file").status_code == 403


def test_what_comes_of_it_names_whose_own_script_could_not_be_printed(officer: FlaskClient, event: Event, now) -> None:
    registration = a_registration(event, a_person("Borjigin", "Bat", native="ᠪᠣᠷᠵᠢᠭᠢᠨ"), now=now)
    with writing():
        confirm(registration, now=now, by="staff:ren")
    address = begin(officer, event, kind=["badges"]).headers["Location"]
    assert "Bat BORJIGIN" not in officer.get(address).text

    worker.run_due()

    assert "Papers print the Latin name alone" in officer.get(address).text
    assert "Bat BORJIGIN" in officer.get(address).text


def test_a_paper_of_a_day_that_the_version_lacks_is_named_and_the_others_come_out(
    officer: FlaskClient, event: Event, now
) -> None:
    with writing() as session:
        facts = {"public_id": new_public_id(), "number": 1, "issued_at": now, "issued_by": "staff:ren"}
        session.add(ItineraryVersion(event_id=event.id, change_note=Text(), days=[], **facts))
    address = begin(officer, event, kind=["roster", "attendance"], numbered="1").headers["Location"]

    worker.run_due()

    shown = officer.get(address).text
    assert "The latest version of the itinerary, which issued papers show, does not have it." in shown
    assert "1 of " in shown

"""The page of one issued paper: what became of it, and its withdrawal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_published_summit
from tests.forms import faults_of, fields_of
from tests.papers import again, an_issued_paper
from tests.staff import sign_in
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.papers.models import Opening, Paper
from tourreg.printing import render_paper


@pytest.fixture
def event(app: Flask, clock_shows) -> Event:
    return a_published_summit()


@pytest.fixture
def itinerary(event: Event, now: datetime) -> Paper:
    paper = an_issued_paper(sample="itinerary", about=event.public_id, now=now, recipient="City of Davenport")
    render_paper(paper.public_id, files(), now=now)
    return again(paper)


def page(paper: Paper, step: str = "") -> str:
    return f"/office/papers/{paper.public_id}{step}"


def test_it_tells_size_and_hash_and_for_whom(officer: FlaskClient, itinerary: Paper) -> None:
    shown = officer.get(page(itinerary)).text

    assert (itinerary.pdf_sha256 or "-") in shown
    assert f"{len(files().get(itinerary.pdf_sha256 or '')):,} bytes" in shown
    assert "City of Davenport" in shown


def test_it_tells_to_whom_a_letter_took_it(officer: FlaskClient, itinerary: Paper, now: datetime) -> None:
    with writing():
        about, papers = itinerary.about, [itinerary.public_id]
        send_letter("quoted", {}, to="mayor@example.org", language="en", about=about, key="k", now=now, papers=papers)

    assert "mayor@example.org" in officer.get(page(itinerary)).text


def test_whoever_opens_it_is_noted_once_for_looks_that_follow_closely(
    officer: FlaskClient, itinerary: Paper, now: datetime, clock_shows
) -> None:
    for minutes in (0, 1, 30):
        clock_shows(now + timedelta(minutes=minutes))
        officer.get(page(itinerary, ".pdf"), buffered=True)
    db.session.rollback()

    opening = db.session.scalars(select(Opening)).one()
    assert (opening.times, opening.first_at, opening.last_at) == (2, now, now + timedelta(minutes=30))
    assert "Opened by" in officer.get(page(itinerary)).text


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_what_a_browser_fetches_ahead_is_not_opened(
    officer: FlaskClient, itinerary: Paper, headers: dict[str, str]
) -> None:
    officer.get(page(itinerary, ".pdf"), buffered=True, headers=headers)
    officer.head(page(itinerary, ".pdf"), buffered=True)
    db.session.rollback()

    assert db.session.scalars(select(Opening)).all() == []


def test_it_is_withdrawn_with_a_reason_and_its_bytes_stay(officer: FlaskClient, itinerary: Paper) -> None:
    before = officer.get(page(itinerary, ".pdf")).data
    form = fields_of(officer.get(page(itinerary)), "withdraw")

    assert faults_of(officer.post(page(itinerary, "/withdrawal"), data={**form, "reason": " "})).keys() == {"reason"}
    answer = officer.post(page(itinerary, "/withdrawal"), data={**form, "reason": "The host fell ill."})

    assert answer.status_code == 303
    assert "The host fell ill." in officer.get(page(itinerary)).text
    assert "Withdrawn" in officer.get("/office/papers").text
    assert officer.get(page(itinerary, ".pdf")).data == before
    db.session.rollback()
    assert db.session.scalars(select(Change.what)).all() == ["withdrawn"]


def test_the_page_of_a_withdrawn_paper_stands_in_a_frame_that_says_so(officer: FlaskClient, itinerary: Paper) -> None:
    form = fields_of(officer.get(page(itinerary)), "withdraw")
    officer.post(page(itinerary, "/withdrawal"), data={**form, "reason": "The host fell ill."})

    framed = officer.get(page(itinerary, ".html"))
    inner = officer.get(page(itinerary, ".html?as_issued=1"))

    assert "Withdrawn: The host fell ill." in framed.text
    assert "frame-src 'self'" in framed.headers["Content-Security-Policy"]
    assert inner.data == files().get(itinerary.html_sha256 or "")


def test_a_paper_of_money_is_not_withdrawn(officer: FlaskClient, event: Event, now: datetime) -> None:
    invoice = an_issued_paper(now=now)

    assert 'id="withdraw"' not in officer.get(page(invoice)).text
    form = {**fields_of(officer.get(f"/office/events/{event.public_id}/papers"), "issue-itinerary"), "reason": "x"}
    assert officer.post(page(invoice, "/withdrawal"), data=form).status_code == 404


def test_finance_withdraws_no_programme(client: FlaskClient, itinerary: Paper) -> None:
    sign_in(client, "finance")

    assert 'id="withdraw"' not in client.get(page(itinerary)).text

"""Finance has everybody of a cancelled event refunded, and watches it."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import a_study_tour
from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of
from tests.money_cast import pay_by_card, two_people_register
from tests.staff import sign_in
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.catalogue import commands
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    """Two people who have paid for an event that is called off."""
    made = two_people_register(now)
    pay_by_card(made, stripe, now)
    with writing():
        commands.cancel(db.session.get_one(Event, made.event_id), now=now, by="staff:x", why="Fire.")
    return made


def page(registration: Registration, step: str = "") -> str:
    return f"/office/money/events/{db.session.merge(registration).event.public_id}/refunds{step}"


def begin(finance: FlaskClient, registration: Registration, **typed: str) -> TestResponse:
    address = page(registration)
    why = {"why_en": "The hall has burnt down.", "why_zh": "会场失火。"}
    return finance.post(address, data={**fields_of(finance.get(address), "begin"), **why, **typed})


def test_what_will_happen_is_shown_then_done_and_watched(finance: FlaskClient, registration: Registration) -> None:
    assert "Up to US$960.00 goes back over Stripe." in finance.get(page(registration)).text

    assert begin(finance, registration).status_code == 303
    assert "0 of 1 registrations done" in finance.get(page(registration)).text
    worker.run_due()

    shown = finance.get(page(registration)).text
    assert "1 of 1 registrations done" in shown
    assert "US$960.00" in shown


def test_it_is_stopped_and_resumed(finance: FlaskClient, registration: Registration) -> None:
    begin(finance, registration)
    stop = fields_of(finance.get(page(registration)), "stop")

    finance.post(page(registration, "/stop"), data=stop)
    worker.run_due()
    assert "0 of 1 registrations done" in finance.get(page(registration)).text
    assert "Somebody was faster" in finance.post(page(registration, "/stop"), data=stop, follow_redirects=True).text

    finance.post(page(registration, "/resume"), data=fields_of(finance.get(page(registration)), "resume"))
    worker.run_due()
    assert "1 of 1 registrations done" in finance.get(page(registration)).text


def test_each_language_needs_its_reason(finance: FlaskClient, registration: Registration) -> None:
    answer = begin(finance, registration, why_zh="")

    assert (answer.status_code, list(faults_of(answer))) == (422, ["why_zh"])


def test_an_event_that_goes_on_has_no_such_page(finance: FlaskClient, registration: Registration) -> None:
    other = a_study_tour()

    assert finance.get(f"/office/money/events/{other.public_id}/refunds").status_code == 404


def test_only_finance_refunds(client: FlaskClient, registration: Registration) -> None:
    sign_in(client, "programme")

    assert client.get(page(registration)).status_code == 403

"""Browsers of the office's members; a registration whose payer asks for an invoice, and a Stripe."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fake_payments import FakePayments
from tests.money_cast import two_people_register
from tests.staff import sign_in
from tourreg.blueprints.outside import PAYMENTS
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def stripe(app: Flask, now: datetime, clock_shows: Callable[[datetime], None], monkeypatch: Any) -> FakePayments:
    fake = FakePayments(now)
    monkeypatch.setitem(app.extensions, PAYMENTS, fake)
    return fake


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    """Two people whose city asks for an invoice."""
    return two_people_register(now, pays_by="invoice")


@pytest.fixture
def finance(client: FlaskClient, registration: Registration) -> FlaskClient:
    sign_in(client, "finance")
    return client


@pytest.fixture
def officer(client: FlaskClient, clock_shows: Callable[[datetime], None]) -> FlaskClient:
    """A browser in which a programme officer is signed in."""
    sign_in(client, "programme")
    return client


@pytest.fixture
def desk(client: FlaskClient, clock_shows: Callable[[datetime], None]) -> FlaskClient:
    """A browser in which a read-only member of the office is signed in."""
    sign_in(client, "read-only")
    return client

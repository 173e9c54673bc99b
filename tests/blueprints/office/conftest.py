"""A registration whose payer asks for an invoice, a Stripe, and a browser of the finance office."""

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

"""The summit that people register for, and its form as Emily Hart fills it in for herself, to be paid by card."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.public.registration_page import filled_in
from tests.cast import a_published_summit, consent_texts, saved
from tests.fake_payments import FakePayments
from tests.forms import Fields
from tourreg.domain.catalogue.models import Event


@pytest.fixture
def stripe(app: Flask, now: datetime) -> FakePayments:
    """The account at which the application lets people pay."""
    account = FakePayments(now)
    app.extensions["tourreg.payments"] = account
    return account


@pytest.fixture
def summit(stripe: FakePayments) -> Event:
    saved(*consent_texts())
    return a_published_summit()


@pytest.fixture
def whole(client: FlaskClient, summit: Event) -> Fields:
    return filled_in(client, summit)

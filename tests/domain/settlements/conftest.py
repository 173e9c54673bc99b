"""A registration with its seats held, and a Stripe to pay at."""

from datetime import datetime

import pytest
from flask import Flask

from tests.fake_payments import FakePayments
from tests.money_cast import two_people_register
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def payments(now: datetime) -> FakePayments:
    return FakePayments(now)


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    return two_people_register(now)

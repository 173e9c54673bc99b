"""The clock stands still, and Zhou Lan has registered one person for the summit."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from tests.cast import a_published_summit, a_registration
from tourreg.domain.registrations.models import Registration


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    return a_registration(a_published_summit(), now=now)

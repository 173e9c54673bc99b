"""A registration of two whose seats are theirs, and browsers that may open or change it."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.my.changes.changing import code_from, type_code
from tests.money_cast import read_again, two_people_register
from tests.visitors import granted
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import writing
from tourreg.domain.registrations import commands
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    made = two_people_register(now, contact_name="Zhou Lan", organisation="Charlotte", contact_phone="+1 704 555 0100")
    with writing():
        commands.confirm(made, now=now, by="worker")
    return read_again(made)


@pytest.fixture
def visitor(client: FlaskClient, registration: Registration, now: datetime) -> FlaskClient:
    """A browser that the link of a letter let in."""
    granted(client, registration.public_id, at=now)
    return client


@pytest.fixture
def contact(visitor: FlaskClient, registration: Registration, mailbox: MemoryMailer) -> FlaskClient:
    """The same, after the code from the letter was typed."""
    answer = type_code(visitor, registration, code_from(visitor, registration, mailbox))
    assert answer.status_code == 303
    return visitor

"""Changing one's own registration as a browser does it: asking for a code, typing it, saving, asking to cancel."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.forms import fields_of
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.registrations.models import Registration


def page(registration: Registration, part: str = "") -> str:
    joined = part if part.startswith("?") or not part else f"/{part}"
    return f"/my/registrations/{registration.public_id}{joined}"


def ask(client: FlaskClient, registration: Registration, onward: str = "details") -> TestResponse:
    """Press the button that sends a code."""
    address = page(registration, "code")
    return client.post(address, data=fields_of(client.get(f"{address}?onward={onward}"), "code"))


def code_from(client: FlaskClient, registration: Registration, mailbox: MemoryMailer) -> str:
    """Ask for a code and return what the letter says."""
    assert ask(client, registration).status_code == 303
    worker.run_due()
    found = re.match(r"(\d{6}) is your code", str(mailbox.sent[-1]["Subject"]))
    assert found is not None
    assert found[1] in text_of(mailbox)
    return found[1]


def type_code(client: FlaskClient, registration: Registration, code: str) -> TestResponse:
    form = fields_of(client.get(page(registration, "code/entry")), "entry")
    return client.post(page(registration, "code/entry"), data={**form, "code": code})


def save(client: FlaskClient, registration: Registration, **typed: str) -> TestResponse:
    form = fields_of(client.get(page(registration, "details")), "details")
    return client.post(page(registration, "details"), data={**form, **typed})


def request_cancelling(client: FlaskClient, registration: Registration, why: str = "") -> TestResponse:
    form = fields_of(client.get(page(registration, "cancellation")), "cancellation")
    return client.post(page(registration, "cancellation"), data={**form, "why": why})


def wrong_for(code: str) -> str:
    return "000000" if code != "000000" else "000001"


def text_of(mailbox: MemoryMailer) -> str:
    return text_of_letter(mailbox.sent[-1])


def text_of_letter(letter: Any) -> str:
    text: str = letter.get_body(("plain",)).get_content()
    return text


def rows() -> tuple[int, ...]:
    """Return how many changes, moves and links there are."""
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count(key))) or 0 for key in (Change.id, Move.id, OneTimeLink.id))

"""The office answers whether people may take the fee that they chose."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_fee, a_published_summit, a_registration
from tests.forms import faults_of, fields_of
from tourreg.db import db
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def waiting(officer: FlaskClient, now: datetime) -> str:
    """Return the address of the question about a student."""
    summit = a_published_summit(fees=[a_fee("Student", "学生", 20_000, proof="approval")])
    return f"/office/registrations/{a_registration(summit, now=now).public_id}/approval"


def states() -> tuple[str, str]:
    db.session.rollback()
    person = db.session.scalars(select(Registration)).one().participants[0]
    return person.application_state, person.seats[0].state


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.template).order_by(Letter.id)))


def test_a_yes_lets_them_pay(officer: FlaskClient, waiting: str) -> None:
    answer = officer.post(waiting, data=fields_of(officer.get(waiting), "approval") | {"answer": "approve"})

    assert answer.status_code == 303
    assert (states(), letters()) == (("accepted", "held"), ["registered", "approved"])


def test_a_no_needs_a_reason_and_gives_the_seats_back(officer: FlaskClient, waiting: str) -> None:
    fields = fields_of(officer.get(waiting), "approval") | {"answer": "decline"}
    asked = officer.post(waiting, data=fields)
    assert (asked.status_code, faults_of(asked)) == (422, {"why": "Say why; the contact reads it."})

    officer.post(waiting, data=fields | {"why": "No letter of the school."})

    assert (states(), letters()) == (("declined", "released"), ["registered", "cancelled"])


def test_a_second_answer_changes_nothing(officer: FlaskClient, waiting: str) -> None:
    fields = fields_of(officer.get(waiting), "approval")
    officer.post(waiting, data=fields | {"answer": "approve"})

    officer.post(waiting, data=fields | {"answer": "decline", "why": "Late."})

    assert states() == ("accepted", "held")
    assert officer.get(waiting).status_code == 303


def test_what_waits_stands_on_the_board_and_in_the_list(officer: FlaskClient, waiting: str) -> None:
    assert "fee to approve" in officer.get("/office/").get_data(as_text=True)
    assert "周岚" in officer.get("/office/registrations?seats=review").get_data(as_text=True)

"""Choosing on the registration form how the bill is paid."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.public.registration_page import FORM, invoice
from tests.fake_payments import FakePayments
from tests.forms import Fields, faults_of
from tests.plan_cast import AFTER_EVENT, ALL_PLANS, DEPOSIT, offer_plans
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("clock_shows")


def agreed() -> tuple[str, list[tuple[date, int]]]:
    """Return the plan of the only registration, and days and amounts of its instalments."""
    db.session.rollback()
    folio = db.session.scalars(select(Registration)).one().folio
    return folio.plan, [(row.due_on, row.amount_minor) for row in folio.instalments]


def test_an_event_without_plans_asks_nothing_about_them(client: FlaskClient, whole: Fields) -> None:
    assert "When it is paid" not in client.get(FORM).get_data(as_text=True)

    client.post(FORM, data=whole)

    assert agreed() == ("in_full", [])


def test_the_form_says_of_each_plan_what_is_due_when(client: FlaskClient, summit: Event, now: datetime) -> None:
    offer_plans(summit, *ALL_PLANS, now=now)

    page = client.get(FORM).get_data(as_text=True)

    assert "30% with the registration and the rest by 31 August 2027" in page
    assert "30 days after the last day of the programme" in page


def test_a_deposit_that_was_chosen_is_agreed_and_asked_for(
    client: FlaskClient, summit: Event, whole: Fields, stripe: FakePayments, now: datetime
) -> None:
    offer_plans(summit, *ALL_PLANS, now=now)

    client.post(FORM, data=whole | {"plan": "deposit"})

    assert agreed() == ("deposit", [(date(2027, 1, 15), 14_400), (date(2027, 8, 31), 33_600)])
    assert stripe.sessions[stripe.only_session()].amount_total_minor == 14_400


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("instalments", "This way to pay is no longer offered. Choose another."),
        ("nonsense", "This way to pay is no longer offered. Choose another."),
        ("", "Choose when the bill is paid."),
        ("after_event", "Paying after the event is for institutions"),
    ],
)
def test_a_plan_that_cannot_be_had_is_told_beside_the_choice(
    client: FlaskClient, summit: Event, whole: Fields, now: datetime, plan: str, words: str
) -> None:
    offer_plans(summit, DEPOSIT, AFTER_EVENT, now=now)

    answer = client.post(FORM, data=whole | {"plan": plan})

    assert answer.status_code == 422
    assert words in faults_of(answer)["plan"]


def test_an_institution_may_pay_after_the_event(
    client: FlaskClient, summit: Event, whole: Fields, now: datetime
) -> None:
    offer_plans(summit, DEPOSIT, AFTER_EVENT, now=now)

    client.post(FORM, data=whole | invoice() | {"plan": "after_event"})

    assert agreed() == ("after_event", [(date(2027, 11, 21), 48_000)])

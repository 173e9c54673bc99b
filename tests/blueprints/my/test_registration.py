"""A registration's own page says what to do next, in every state that it can be in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.money_cast import two_people_register
from tests.visitors import granted
from tourreg.db import writing
from tourreg.domain.registrations import commands
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.rules import CARD_HOLD
from tourreg.domain.settlements import cancelling, credit
from tourreg.domain.settlements.ended_holds import release_ended_hold

Show = Callable[[datetime], None]


def held(registration: Registration, now: datetime) -> None:
    """Leave it as it is after registering."""


def confirmed(registration: Registration, now: datetime) -> None:
    commands.confirm(registration, now=now, by="worker")


def granted_credit(registration: Registration, now: datetime) -> None:
    credit.accept_credit(registration.id, po_number="PO-7", now=now, by="staff:x")


def cancelled(registration: Registration, now: datetime) -> None:
    cancelling.cancel_registration(registration.id, why="You asked for it.", now=now, by="staff:x")


def ended(registration: Registration, now: datetime) -> None:
    release_ended_hold(registration.id, now=now + CARD_HOLD + timedelta(minutes=1))


# What happened, how it is paid, what the page says first, whether it offers to pay.
STATES = [
    (held, "card", "Pay to keep your seats", True),
    (held, "invoice", "Our finance office reads your request", True),
    (granted_credit, "invoice", "Pay what is open", True),
    (confirmed, "card", "Pay what is open", True),
    (cancelled, "card", "This registration is cancelled", False),
    (ended, "card", "Your seats are no longer held", False),
]


@pytest.mark.parametrize(("happened", "pays_by", "says", "may_pay"), STATES)
def test_the_page_says_first_what_to_do(client, now, happened, pays_by: str, says: str, may_pay: bool) -> None:
    registration = two_people_register(now, pays_by=pays_by)
    with writing():
        happened(registration, now)

    page = opened(client, registration, now)

    assert says in page
    assert (f"/my/registrations/{registration.public_id}/pay" in page) is may_pay


def test_the_end_of_the_hold_is_printed_in_the_events_zone(client, now) -> None:
    page = opened(client, two_people_register(now), now)

    assert "Friday 15 January 2027, 17:45 China Standard Time (UTC+8)" in page


def test_a_hold_that_is_over_but_not_yet_freed_offers_no_payment(client, clock, now) -> None:
    registration = two_people_register(now)
    clock(now + CARD_HOLD + timedelta(seconds=1))

    page = opened(client, registration, now)

    assert "Your seats are no longer held" in page
    assert "/pay" not in page


def opened(client: FlaskClient, registration: Registration, now: datetime, language: str = "en") -> str:
    granted(client, registration.public_id, at=now)
    answer = client.get(f"/my/registrations/{registration.public_id}?language={language}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)

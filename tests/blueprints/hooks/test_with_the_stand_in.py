"""The whole way over HTTP: a running stand-in for Stripe, its page, its webhooks to our running site, our worker."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.adapters.stripe_stand_in_process import StandIn
from tests.money_cast import (
    balance_of,
    checkouts_of,
    on_the_desk,
    papers_of,
    payments_posted,
    refunds,
    seats_of,
    tasks,
)
from tourreg import worker
from tourreg.adapters.payments import Payments
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling
from tourreg.domain.settlements.inbox import HANDLE_STRIPE_EVENT
from tourreg.kernel import clock

pytestmark = pytest.mark.local_servers


def test_a_payment_told_five_times_by_its_events_is_posted_once(
    client: FlaskClient, registration: Registration, site: StandIn
) -> None:
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    for event in site.events():
        site.control("webhooks/resend", event=event["id"], times=4)
    answers = site.deliver()
    work()

    assert {answer["answer"] for answer in answers} == {"200"}
    assert payments_posted(registration) == [-96_000]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert all(task.done_at for task in tasks(HANDLE_STRIPE_EVENT))


def test_the_return_page_comes_before_the_events(
    client: FlaskClient, registration: Registration, site: StandIn
) -> None:
    answer = site.press(page_of_payment(client, registration), "pay")

    page = client.get((answer.location or "").replace("http://127.0.0.1:8000", ""))
    site.deliver()
    work()

    assert "your seats are confirmed" in page.text
    assert payments_posted(registration) == [-96_000]


def test_a_bank_debit_is_awaited_and_arrives(client: FlaskClient, registration: Registration, site: StandIn) -> None:
    site.press(page_of_payment(client, registration), "pay_later")
    site.deliver()
    work()
    assert checkouts_of(registration) == ["awaiting_funds"]
    assert seats_of(registration) == ["held", "held"]

    site.advance(60)
    site.deliver()
    work()

    assert payments_posted(registration) == [-96_000]
    assert checkouts_of(registration) == ["completed"]


def test_a_bank_debit_that_fails_opens_the_payment_again(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: "Clock"
) -> None:
    site.fault("asynchronous_payment", "fails")
    site.press(page_of_payment(client, registration), "pay_later")
    site.advance(60)
    clock_of.moves(timedelta(seconds=60))
    site.deliver()
    work()

    assert checkouts_of(registration) == ["failed"]
    assert seats_of(registration) == ["held", "held"]
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    work()
    assert payments_posted(registration) == [-96_000]


def test_a_page_that_nobody_pays_frees_the_seats(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: "Clock"
) -> None:
    page_of_payment(client, registration)

    clock_of.moves(timedelta(minutes=46))
    work()

    assert seats_of(registration) == ["released", "released"]
    assert checkouts_of(registration) == ["expired"]
    assert balance_of(registration) == 0


def test_who_pays_while_the_hold_ends_keeps_the_seats(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: "Clock"
) -> None:
    site.press(page_of_payment(client, registration), "pay")

    clock_of.moves(timedelta(minutes=46))
    work()

    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert payments_posted(registration) == [-96_000]


@pytest.mark.parametrize(
    ("ending", "balance", "desk"),
    [("pending_then_succeeds", 0, []), ("pending_then_fails", -96_000, ["failed_refund"]),
     ("succeeds_then_fails", -96_000, ["failed_refund"])],
)  # fmt: skip
def test_a_cancelled_registration_is_refunded_over_stripe(
    client: FlaskClient, registration: Registration, site: StandIn, ending: str, balance: int, desk: list[str]
) -> None:
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    work()
    site.fault("refund", ending)
    with writing():
        cancelling.cancel_registration(registration.id, why="x", now=clock.utc_now(), by="staff:x")
    work()

    site.advance(60)
    site.deliver()
    work()

    assert balance_of(registration) == balance
    assert on_the_desk() == desk
    assert len(site.look("state")["refund"]) == 1


def test_an_answer_of_stripes_that_was_lost_opens_no_second_page(
    client: FlaskClient, registration: Registration, site: StandIn
) -> None:
    site.fault("POST /v1/checkout/sessions", "drop", times=2)
    first = pay(client, registration)
    second = pay(client, registration)

    assert first == f"/my/registrations/{registration.public_id}"
    assert second.startswith(site.api_base)
    assert len(site.look("state")["checkout.session"]) == 1


def test_while_the_key_is_wrong_neither_payment_nor_refund_is_given_up(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: "Clock", app: Flask
) -> None:
    right = app.extensions[PAYMENTS]
    wrong = Payments("sk_live_rotated", site.webhook_secret, site.api_base)
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    app.extensions[PAYMENTS] = wrong
    work()
    assert payments_posted(registration) == []
    assert not any(task.given_up_at for task in tasks(HANDLE_STRIPE_EVENT))

    app.extensions[PAYMENTS] = right
    clock_of.moves(timedelta(minutes=2))
    work()
    assert payments_posted(registration) == [-96_000]

    with writing():
        cancelling.cancel_registration(registration.id, why="x", now=clock.utc_now(), by="staff:x")
    app.extensions[PAYMENTS] = wrong
    work()
    assert [refund.state for refund in refunds()] == ["requested"]
    assert on_the_desk() == []

    app.extensions[PAYMENTS] = right
    clock_of.moves(timedelta(minutes=4))
    work()
    assert [refund.state for refund in refunds()] == ["succeeded"]
    assert balance_of(registration) == 0


class Clock:
    """The clock of the world, moved ahead for our site alone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._real = clock.utc_now

    def moves(self, ahead: timedelta) -> None:
        self._monkeypatch.setattr(clock, "utc_now", lambda: self._real() + ahead)


@pytest.fixture
def clock_of(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def work() -> None:
    """Let the worker do what is due now, as another process that has read nothing yet."""
    db.session.rollback()
    worker.run_due()


def page_of_payment(client: FlaskClient, registration: Registration) -> str:
    """Go to the payment page and return its address."""
    address = pay(client, registration)
    assert "/c/pay/" in address
    return address


def pay(client: FlaskClient, registration: Registration) -> str:
    """Press the button on the page of the registration and return where that leads."""
    with client.session_transaction() as session:
        session["open"] = {registration.public_id: int(clock.utc_now().timestamp())}
    return client.post(f"/my/registrations/{registration.public_id}/pay").location or ""

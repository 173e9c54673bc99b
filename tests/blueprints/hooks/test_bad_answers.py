"""Stripe answers badly, over HTTP and through the worker: nothing is lost or goes twice, the ledger stays exact."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.adapters.stripe_stand_in_process import StandIn
from tests.blueprints.hooks.test_with_the_stand_in import Clock, page_of_payment, pay, work
from tests.money_cast import (
    balance_of,
    cancel,
    checkouts_of,
    on_the_desk,
    payments_posted,
    refunds,
)
from tourreg import reconciling
from tourreg.adapters.payments import Payments, PaymentsUnavailable
from tourreg.blueprints.outside import PAYMENTS
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import comparing, lookups
from tourreg.kernel import clock

pytestmark = pytest.mark.local_servers

# How often a fault comes so that our side hears of it: the SDK tries 500 and a lost answer once more by itself.
TIMES = {429: 1, 500: 2, 503: 2}


@pytest.fixture
def clock_of(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_stripe_answers_badly_the_person_is_told_and_the_next_press_pays(
    client: FlaskClient, registration: Registration, site: StandIn, status: int
) -> None:
    site.fault("POST /v1/checkout/sessions", "error", status=status, times=TIMES[status])

    assert pay(client, registration) == f"/my/registrations/{registration.public_id}"
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    work()

    assert payments_posted(registration) == [-96_000]
    assert len(site.look("state")["checkout.session"]) == 1


@pytest.mark.parametrize("status", [429, 500])
def test_an_event_is_followed_later_when_stripe_answers_badly_now(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: Clock, status: int
) -> None:
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    site.fault("*", "error", status=status, times=40)
    work()
    assert payments_posted(registration) == []

    site.request("DELETE", "/_control/faults")
    clock_of.moves(timedelta(minutes=5))
    work()

    assert payments_posted(registration) == [-96_000]
    assert on_the_desk() == []


@pytest.mark.parametrize(
    ("kind", "more"), [("drop", {}), ("error", {"status": 500}), ("error", {"status": 429})],
    ids=["answer lost after the work", "500", "429"],
)  # fmt: skip
def test_a_refund_goes_once_however_stripe_answers(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: Clock, kind: str, more: dict[str, Any]
) -> None:
    paid(client, registration, site)
    site.fault("POST /v1/refunds", kind, times=TIMES[more.get("status", 500)], **more)
    cancel(registration, clock.utc_now())
    work()
    clock_of.moves(timedelta(minutes=5))
    work()

    assert len(site.look("state")["refund"]) == 1
    assert [refund.state for refund in refunds()] == ["succeeded"]
    assert balance_of(registration) == 0


def test_a_refund_whose_answer_was_lost_is_not_sent_again_after_stripe_forgot_its_key(
    client: FlaskClient, registration: Registration, site: StandIn, clock_of: Clock
) -> None:
    paid(client, registration, site)
    site.fault("POST /v1/refunds", "drop", times=2)
    site.fault("refund", "stays_pending")
    cancel(registration, clock.utc_now())
    work()
    assert [refund.external_id for refund in refunds()] == [None]

    site.advance(30 * 3600)
    clock_of.moves(timedelta(hours=30))
    work()

    (sent,) = site.look("state")["refund"]
    assert [(refund.state, refund.external_id) for refund in refunds()] == [("pending", sent["id"])]


def test_a_key_that_was_spent_on_other_words_does_not_stop_the_person(
    client: FlaskClient, registration: Registration, site: StandIn
) -> None:
    form = {"mode": "payment", "success_url": "http://site.example/", "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "usd", "line_items[0][price_data][unit_amount]": "100",
            "line_items[0][price_data][product_data][name]": "x"}  # fmt: skip
    site.api("POST", "/v1/checkout/sessions", form, key=f"checkout:{registration.folio.reference}:1")

    assert pay(client, registration) == f"/my/registrations/{registration.public_id}"
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    work()

    assert checkouts_of(registration) == ["expired", "completed"]
    assert payments_posted(registration) == [-96_000]


def test_a_comparison_goes_on_after_stripe_broke_it_off(
    client: FlaskClient, registration: Registration, site: StandIn, app: Flask
) -> None:
    site.press(page_of_payment(client, registration), "pay")
    payments: Payments = app.extensions[PAYMENTS]
    now = clock.utc_now()
    with writing():
        comparison = comparing.begin(now - timedelta(days=1), is_dry=False, now=now, by="console").public_id
    site.fault("GET /v1/charges", "error", status=429, times=1)
    with pytest.raises(PaymentsUnavailable):
        reconciling.compare(comparison, payments, now=now)

    assert reconciling.compare(comparison, payments, now=now)

    assert payments_posted(registration) == [-96_000]
    db.session.rollback()
    found = lookups.comparison_by_public_id(comparison)
    assert found is not None
    assert found.failure == ""


def paid(client: FlaskClient, registration: Registration, site: StandIn) -> None:
    site.press(page_of_payment(client, registration), "pay")
    site.deliver()
    work()

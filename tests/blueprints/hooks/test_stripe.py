"""What Stripe delivers: kept once, and only when Stripe has signed it now."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from tests.fake_payments import FakePayments
from tests.money_cast import count, on_the_desk, tasks
from tourreg.domain.settlements import inbox, queries
from tourreg.domain.settlements.models import StripeEvent

EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "created": 1_800_000_000,
    "data": {"object": {"id": "cs_1", "object": "checkout.session", "customer_details": {"email": "lan@example.org"}}},
}


@pytest.fixture
def stripe(app: Flask, now: datetime, clock_shows: Callable[[datetime], None]) -> FakePayments:
    fake = FakePayments(now)
    app.extensions["tourreg.payments"] = fake
    return fake


@pytest.mark.both
def test_an_event_delivered_five_times_is_kept_once(client: FlaskClient, stripe: FakePayments) -> None:
    answers = [client.post("/hooks/stripe", **stripe.signed(EVENT)).status_code for _ in range(5)]

    assert answers == [200] * 5
    assert count(StripeEvent) == 1
    assert len(tasks(inbox.HANDLE_STRIPE_EVENT)) == 1


def test_of_an_event_only_ids_are_kept(client: FlaskClient, stripe: FakePayments) -> None:
    client.post("/hooks/stripe", **stripe.signed(EVENT))

    kept = queries.event_kept("evt_1")
    assert kept is not None
    assert kept.body == {"object": "checkout.session", "id": "cs_1"}


@pytest.mark.parametrize("minutes", [-6, 6], ids=["stale", "from the future"])
def test_an_event_signed_at_another_time_is_refused(client: FlaskClient, stripe: FakePayments, minutes: int) -> None:
    signed = stripe.signed(EVENT, at=stripe.now + timedelta(minutes=minutes))

    assert client.post("/hooks/stripe", **signed).status_code == 400
    assert count(StripeEvent) == 0


def test_a_forged_event_is_refused(client: FlaskClient, stripe: FakePayments) -> None:
    assert client.post("/hooks/stripe", **stripe.signed(EVENT, secret="whsec_guessed")).status_code == 400
    assert count(StripeEvent) == 0


@pytest.mark.parametrize("headers", [{}, {"Stripe-Signature": "t=x,v1=y"}, {"Stripe-Signature": "签名"}])
def test_an_event_without_a_signature_is_refused(
    client: FlaskClient, stripe: FakePayments, headers: dict[str, str]
) -> None:
    encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}

    assert client.post("/hooks/stripe", data=b"{}", headers=encoded).status_code == 400


@pytest.mark.parametrize("body", ["[]", "null", "no json", '{"id": 7}', '{"id": "evt_1", "data": {"object": []}}'])
def test_a_signed_body_that_is_no_event_is_refused(client: FlaskClient, stripe: FakePayments, body: str) -> None:
    signed = stripe.signed_body(body)

    assert client.post("/hooks/stripe", **signed).status_code == 400
    assert count(StripeEvent) == 0


def test_a_locked_database_asks_stripe_to_come_again(
    client: FlaskClient, stripe: FakePayments, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> bool:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(inbox, "keep", locked)

    assert client.post("/hooks/stripe", **stripe.signed(EVENT)).status_code == 503


@pytest.mark.parametrize(
    ("more", "strange"),
    [({"account": "acct_other"}, "account"), ({"livemode": True}, "mode"), ({"livemode": False}, ""),
     ({"type": "customer.created"}, "type")],
)  # fmt: skip
def test_an_event_of_another_account_mode_or_type_is_kept_and_nothing_follows(
    client: FlaskClient, stripe: FakePayments, more: dict[str, object], strange: str
) -> None:
    assert client.post("/hooks/stripe", **stripe.signed({**EVENT, **more})).status_code == 200

    kept = queries.event_kept("evt_1")
    assert kept is not None
    assert kept.strange == strange
    assert len(tasks(inbox.HANDLE_STRIPE_EVENT)) == (0 if strange else 1)
    assert on_the_desk() == (["unknown_event"] if strange else [])


def test_an_event_of_test_mode_is_none_of_a_live_account(client: FlaskClient, stripe: FakePayments) -> None:
    stripe.is_live = True

    client.post("/hooks/stripe", **stripe.signed({**EVENT, "livemode": False}))

    kept = queries.event_kept("evt_1")
    assert kept is not None
    assert kept.strange == "mode"

"""One stand-in for Stripe per worker, as good as new for each test, and a small site for its webhooks."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.adapters.stripe_stand_in_process import StandIn, running_stand_in
from tests.adapters.webhook_receiver import Receiver, running_receiver
from tourreg.adapters.payments import CheckoutSession, LineItem, Payments

OpenCheckout = Callable[..., CheckoutSession]


@pytest.fixture(scope="session")
def stand_in_process() -> Iterator[StandIn]:
    with running_stand_in() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(stand_in_process: StandIn) -> StandIn:
    """A stand-in without objects, faults or webhooks, its clock at the real time."""
    stand_in_process.control("reset")
    return stand_in_process


@pytest.fixture
def receiver(stand_in: StandIn) -> Iterator[Receiver]:
    """A site to which the stand-in sends its events; held back until `stand_in.deliver()` or paused=False."""
    with running_receiver() as receiver:
        stand_in.control("settings", webhook_url=receiver.url, paused=True)
        yield receiver
        stand_in.control("reset")


@pytest.fixture
def payments(stand_in: StandIn) -> Payments:
    return Payments(stand_in.secret_key, stand_in.webhook_secret, stand_in.api_base, timeout_seconds=5)


@pytest.fixture
def open_checkout(stand_in: StandIn, payments: Payments) -> OpenCheckout:
    """Open a session for a summit fee of USD 480; whatever is named is chosen otherwise."""
    keys = iter(range(1000))

    def checkout(**chosen: Any) -> CheckoutSession:
        usual: dict[str, Any] = {
            "lines": [LineItem("Regional summit, member city", 48_000, "USD")],
            "success_url": "http://site.example/paid?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://site.example/not-paid",
            "client_reference_id": "YZ27-7K3M9-Q",
            "customer_email": "contact@example.org",
            "locale": "en",
            "expires_at": stand_in.now() + timedelta(minutes=31),
            "metadata": {"folio": "f1"},
            "idempotency_key": f"checkout-{next(keys)}",
        }
        wanted = usual | chosen
        return payments.create_checkout_session(wanted.pop("lines"), **wanted)

    return checkout

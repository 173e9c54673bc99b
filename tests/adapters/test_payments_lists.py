"""How `Payments` walks through Stripe's lists, against a running stand-in."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.adapters.stripe_stand_in_process import StandIn
from tourreg.adapters import payments as adapter
from tourreg.adapters.payments import CheckoutSession, Payments, PaymentsUnavailable, TooMuchListed

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "PAGE_OF_LIST", 3)


def test_a_list_is_read_page_by_page_to_its_end(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    began_at = stand_in.now()
    made = [open_checkout().id for _ in range(10)]

    assert [session.id for session in payments.sessions_since(began_at)] == made[::-1]


def test_what_is_older_is_left_out(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    open_checkout()
    stand_in.advance(3600)
    new = open_checkout()

    found = payments.sessions_since(stand_in.now() - timedelta(minutes=1))

    assert [session.id for session in found] == [new.id]


def test_a_list_without_end_is_named_not_cut(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "MOST_LISTED", 4)
    for _ in range(5):
        open_checkout()

    with pytest.raises(TooMuchListed):
        list(payments.sessions_since(stand_in.now() - timedelta(hours=1)))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_page_that_stripe_does_not_give_is_named(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout, status: int
) -> None:
    for _ in range(5):
        open_checkout()
    listing = payments.sessions_since(stand_in.now() - timedelta(hours=1))
    next(listing)
    stand_in.fault("GET /v1/checkout/sessions", "error", status=status, times=5)

    with pytest.raises(PaymentsUnavailable):
        list(listing)


def test_an_answer_lost_on_the_way_is_asked_for_again(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    open_checkout()
    stand_in.fault("GET /v1/charges", "drop")

    assert list(payments.charges_since(stand_in.now())) == []

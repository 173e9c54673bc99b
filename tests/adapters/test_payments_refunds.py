"""Refunds through `Payments`, against a running stand-in for Stripe."""

from collections.abc import Callable

import pytest

from tests.adapters.stripe_stand_in_process import StandIn
from tourreg.adapters.payments import CheckoutSession, IdempotencyKeyReused, LineItem, Payments, PaymentsRefused, Refund

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]
GiveBack = Callable[..., Refund]


@pytest.fixture
def payment(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> str:
    """A payment of USD 480 by card."""
    session = open_checkout()
    stand_in.press(session.url or "", "pay")
    return payments.checkout_session(session.id).payment_intent or ""


@pytest.fixture
def give_back(payments: Payments, payment: str) -> GiveBack:
    keys = iter(range(1000))

    def refund(amount_minor: int, key: str | None = None) -> Refund:
        return payments.create_refund(
            payment,
            amount_minor=amount_minor,
            metadata={"withdrawal": "p1"},
            idempotency_key=key or f"refund-{next(keys)}",
        )

    return refund


def charge(stand_in: StandIn) -> tuple[int, bool]:
    """Return how much of the only charge went back, and whether all of it."""
    (found,) = stand_in.look("state")["charge"]
    return found["amount_refunded"], found["refunded"]


def test_a_card_is_refunded_at_once(payments: Payments, payment: str, give_back: GiveBack) -> None:
    refund = give_back(48_000)

    assert (refund.status, refund.amount_minor, refund.currency) == ("succeeded", 48_000, "USD")
    assert (refund.payment_intent, refund.failure_reason) == (payment, None)
    assert payments.refund(refund.id) == refund


def test_parts_go_back_until_nothing_is_left(stand_in: StandIn, give_back: GiveBack) -> None:
    give_back(20_000)
    assert charge(stand_in) == (20_000, False)

    give_back(28_000)

    assert charge(stand_in) == (48_000, True)


def test_more_than_is_left_is_refused(stand_in: StandIn, give_back: GiveBack) -> None:
    give_back(20_000)

    with pytest.raises(PaymentsRefused) as refusal:
        give_back(28_001)

    assert "greater than unrefunded amount" in refusal.value.message
    assert charge(stand_in) == (20_000, False)


def test_a_charge_that_went_back_cannot_go_back_again(give_back: GiveBack) -> None:
    give_back(48_000)

    with pytest.raises(PaymentsRefused) as refusal:
        give_back(1)

    assert refusal.value.code == "charge_already_refunded"


def test_the_same_key_refunds_once(stand_in: StandIn, give_back: GiveBack) -> None:
    assert give_back(10_000, key="one") == give_back(10_000, key="one")
    assert charge(stand_in) == (10_000, False)


def test_the_same_key_with_another_amount_is_named(give_back: GiveBack) -> None:
    give_back(10_000, key="one")

    with pytest.raises(IdempotencyKeyReused):
        give_back(20_000, key="one")


def test_an_answer_lost_on_the_way_does_not_refund_twice(stand_in: StandIn, give_back: GiveBack) -> None:
    stand_in.fault("POST /v1/refunds", "drop")

    give_back(10_000)

    assert charge(stand_in) == (10_000, False)


def test_a_payment_that_is_not_there_cannot_be_refunded(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay_later")
    processing = payments.checkout_session(session.id).payment_intent or ""

    with pytest.raises(PaymentsRefused, match="does not have a successful charge"):
        payments.create_refund(processing, amount_minor=100, metadata={}, idempotency_key="early")


def test_a_wallet_is_refunded_later(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout(lines=[LineItem("研讨会", 48_000, "CNY")], means=("card", "alipay"))
    stand_in.press(session.url or "", "pay_alipay")
    paid = payments.checkout_session(session.id).payment_intent or ""

    refund = payments.create_refund(paid, amount_minor=48_000, metadata={}, idempotency_key="wallet")
    assert refund.status == "pending"

    assert "refund.updated" in stand_in.advance(60)
    assert payments.refund(refund.id).status == "succeeded"


def test_a_pending_refund_can_fail_and_the_money_is_there_again(
    stand_in: StandIn, payments: Payments, give_back: GiveBack
) -> None:
    stand_in.fault("refund", "pending_then_fails")
    refund = give_back(48_000)
    assert refund.status == "pending"

    events = stand_in.advance(60)

    failed = payments.refund(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert "refund.failed" in events
    assert give_back(48_000).status == "succeeded"


def test_a_refund_that_succeeded_can_still_fail(stand_in: StandIn, payments: Payments, give_back: GiveBack) -> None:
    stand_in.fault("refund", "succeeds_then_fails")
    refund = give_back(48_000)
    assert refund.status == "succeeded"

    stand_in.advance(60)

    assert payments.refund(refund.id).status == "failed"
    assert charge(stand_in) == (0, False)


def test_a_refund_can_stay_pending_until_it_is_ended(
    stand_in: StandIn, payments: Payments, give_back: GiveBack
) -> None:
    stand_in.fault("refund", "stays_pending")
    refund = give_back(48_000)
    stand_in.advance(30 * 86_400)
    assert payments.refund(refund.id).status == "pending"

    stand_in.control("refunds/end", refund=refund.id, succeeds=False)

    assert payments.refund(refund.id).status == "failed"
    assert charge(stand_in) == (0, False)

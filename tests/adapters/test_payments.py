"""What `Payments` promises, against a running stand-in for Stripe: sessions, payments and what can go wrong."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.adapters.stripe_stand_in_process import StandIn
from tourreg.adapters.payments import (
    CheckoutSession,
    IdempotencyKeyReused,
    LineItem,
    Payments,
    PaymentsRefused,
    PaymentsUnavailable,
)

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]
CREATE = "POST /v1/checkout/sessions"
RETRIEVE = "GET /v1/checkout/sessions/:id"


def test_a_new_session_is_open_and_unpaid_and_knows_its_total(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    expires_at = stand_in.now() + timedelta(minutes=31)

    session = open_checkout(
        lines=[LineItem("Summit", 48_000, "USD", 2), LineItem("Pre-tour 北京—西安", 89_000, "USD")],
        expires_at=expires_at,
    )

    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.amount_total_minor, session.currency) == (185_000, "USD")
    assert session.url is not None
    assert session.url.startswith(stand_in.api_base)
    assert session.payment_intent is None
    assert session.client_reference_id == "YZ27-7K3M9-Q"
    assert session.expires_at == expires_at.replace(microsecond=0)


def test_whole_yen_stay_whole_yen(open_checkout: OpenCheckout) -> None:
    session = open_checkout(lines=[LineItem("Forum", 12_000, "JPY")])

    assert (session.amount_total_minor, session.currency) == (12_000, "JPY")


def test_a_paid_session_names_its_payment(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout()

    stand_in.press(session.url or "", "pay")

    paid = payments.checkout_session(session.id)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    payment = payments.payment_intent(paid.payment_intent or "")
    assert (payment.status, payment.amount_received_minor, payment.currency) == ("succeeded", 48_000, "USD")
    assert (payment.method, payment.last_four) == ("card", "4242")
    assert (payment.charge or "").startswith("ch_")
    assert payment.metadata == {"folio": "f1"}


def test_a_declined_card_leaves_the_session_open(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    session = open_checkout()

    stand_in.press(session.url or "", "fail")

    tried = payments.checkout_session(session.id)
    assert (tried.status, tried.payment_status) == ("open", "unpaid")
    payment = payments.payment_intent(tried.payment_intent or "")
    assert (payment.status, payment.amount_received_minor) == ("requires_payment_method", 0)


def test_a_declined_card_and_then_a_good_one_are_one_payment(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "fail")
    tried = payments.checkout_session(session.id)

    stand_in.press(session.url or "", "pay")

    paid = payments.checkout_session(session.id)
    assert paid.payment_intent == tried.payment_intent
    assert payments.payment_intent(paid.payment_intent or "").amount_received_minor == 48_000


def test_a_bank_debit_completes_the_session_before_it_is_paid(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    session = open_checkout()

    stand_in.press(session.url or "", "pay_later")

    begun = payments.checkout_session(session.id)
    assert (begun.status, begun.payment_status) == ("complete", "unpaid")
    payment = payments.payment_intent(begun.payment_intent or "")
    assert (payment.status, payment.amount_received_minor) == ("processing", 0)
    assert (payment.method, payment.last_four) == ("us_bank_account", "6789")


def test_a_slow_payment_arrives_when_its_time_has_come(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay_later")

    stand_in.advance(60)

    paid = payments.checkout_session(session.id)
    assert (paid.status, paid.payment_status) == ("complete", "paid")
    assert payments.payment_intent(paid.payment_intent or "").amount_received_minor == 48_000


def test_a_slow_payment_can_fail(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    stand_in.fault("asynchronous_payment", "fails")
    stand_in.press(session.url or "", "pay_later")

    stand_in.advance(60)

    failed = payments.checkout_session(session.id)
    assert (failed.status, failed.payment_status) == ("complete", "unpaid")
    assert payments.payment_intent(failed.payment_intent or "").status == "requires_payment_method"


def test_a_free_session_needs_no_payment(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout(lines=[LineItem("Guest of the city", 0, "USD")])

    stand_in.press(session.url or "", "pay")

    done = payments.checkout_session(session.id)
    assert (done.status, done.payment_status, done.payment_intent) == ("complete", "no_payment_required", None)


def test_a_session_expires_by_the_clock(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout()

    stand_in.advance(31 * 60)

    assert payments.checkout_session(session.id).status == "expired"


def test_expiring_an_open_session_closes_its_page(payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout()

    expired = payments.expire_checkout_session(session.id)

    assert (expired.status, expired.url) == ("expired", None)


def test_expiring_twice_is_no_mistake(payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    payments.expire_checkout_session(session.id)

    assert payments.expire_checkout_session(session.id).status == "expired"


def test_expiring_a_paid_session_tells_that_it_was_paid(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout
) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay")

    found = payments.expire_checkout_session(session.id)

    assert (found.status, found.payment_status) == ("complete", "paid")


def test_expiring_an_unknown_session_is_refused(payments: Payments) -> None:
    with pytest.raises(PaymentsRefused) as refusal:
        payments.expire_checkout_session("cs_test_unknown")

    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_the_same_key_opens_one_session(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    expires_at = stand_in.now() + timedelta(minutes=31)

    first = open_checkout(idempotency_key="one", expires_at=expires_at)
    second = open_checkout(idempotency_key="one", expires_at=expires_at)

    assert first == second
    assert len(stand_in.look("state")["checkout.session"]) == 1


def test_the_same_key_with_another_amount_is_named(open_checkout: OpenCheckout) -> None:
    open_checkout(idempotency_key="one")

    with pytest.raises(IdempotencyKeyReused):
        open_checkout(idempotency_key="one", lines=[LineItem("Summit", 100, "USD")])


def test_a_refusal_carries_what_stripe_said(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    with pytest.raises(PaymentsRefused) as refusal:
        open_checkout(expires_at=stand_in.now() + timedelta(minutes=29))

    assert refusal.value.http_status == 400
    assert "at least 30 minutes" in refusal.value.message


def test_a_wrong_key_is_no_answer_to_what_was_asked(stand_in: StandIn) -> None:
    payments = Payments("sk_live_nothing", "whsec_nothing", stand_in.api_base)

    with pytest.raises(PaymentsUnavailable, match="Invalid API Key"):
        payments.checkout_session("cs_test_any")


# 403 is what a restricted key gets that may not do what is asked.
@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_stripe_that_answers_errors_is_unavailable(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout, status: int
) -> None:
    session = open_checkout()
    stand_in.fault(RETRIEVE, "error", status=status, times=2)

    with pytest.raises(PaymentsUnavailable):
        payments.checkout_session(session.id)


def test_one_error_is_gone_over_silently(stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    stand_in.fault(RETRIEVE, "error")

    assert payments.checkout_session(session.id).status == "open"


def test_a_stripe_that_hangs_is_unavailable(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    impatient = Payments(
        stand_in.secret_key, "whsec_any", stand_in.api_base, timeout_seconds=0.2, max_network_retries=0
    )
    stand_in.fault(RETRIEVE, "hang", seconds=1)

    with pytest.raises(PaymentsUnavailable):
        impatient.checkout_session(session.id)


def test_a_stripe_that_is_not_there_is_unavailable() -> None:
    nowhere = Payments("sk_test_any", "whsec_any", "http://127.0.0.1:9", max_network_retries=0)

    with pytest.raises(PaymentsUnavailable):
        nowhere.checkout_session("cs_test_any")


def test_an_answer_lost_on_the_way_does_not_open_a_second_session(
    stand_in: StandIn, open_checkout: OpenCheckout
) -> None:
    stand_in.fault(CREATE, "drop")

    session = open_checkout()

    assert [found["id"] for found in stand_in.look("state")["checkout.session"]] == [session.id]


def test_asking_again_after_an_outage_finds_the_session_made_before(
    stand_in: StandIn, open_checkout: OpenCheckout
) -> None:
    expires_at = stand_in.now() + timedelta(minutes=31)
    stand_in.fault(CREATE, "drop", times=2)
    with pytest.raises(PaymentsUnavailable):
        open_checkout(idempotency_key="one", expires_at=expires_at)

    session = open_checkout(idempotency_key="one", expires_at=expires_at)

    assert [found["id"] for found in stand_in.look("state")["checkout.session"]] == [session.id]


def test_the_module_costs_nothing_until_it_is_used() -> None:
    program = "import sys, tourreg.adapters.payments; sys.exit('stripe' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

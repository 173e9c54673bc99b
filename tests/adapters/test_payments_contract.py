"""The fake that other tests use does what the adapter and a running stand-in do together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol

import pytest

from tests.adapters.stripe_stand_in_process import StandIn
from tests.conftest import NOW
from tests.fake_payments import FakePayments
from tourreg.adapters.payment_values import DisputeStatus
from tourreg.adapters.payments import (
    CheckoutSession,
    IdempotencyKeyReused,
    LineItem,
    Payments,
    PaymentsRefused,
)

pytestmark = pytest.mark.local_servers


class Stripe(Protocol):
    """An account, the buttons of its page, and its clock."""

    payments: Payments

    def now(self) -> datetime: ...
    def pay(self, session: CheckoutSession) -> None: ...
    def pay_by(self, session: CheckoutSession, wallet: str) -> None: ...
    def promise(self, session: CheckoutSession) -> None: ...
    def decline(self, session: CheckoutSession) -> None: ...
    def end(self, session: CheckoutSession) -> None: ...
    def refunds_wait(self) -> None: ...
    def dispute(self, intent: str) -> str: ...
    def decide(self, dispute: str, status: DisputeStatus) -> None: ...


class Running:
    """The stand-in in a process of its own."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        self.payments = Payments(stand_in.secret_key, stand_in.webhook_secret, stand_in.api_base, timeout_seconds=5)

    def now(self) -> datetime:
        return self.stand_in.now()

    def pay(self, session: CheckoutSession) -> None:
        self.stand_in.press(session.url or "", "pay")

    def pay_by(self, session: CheckoutSession, wallet: str) -> None:
        self.stand_in.press(session.url or "", f"pay_{wallet}")

    def promise(self, session: CheckoutSession) -> None:
        self.stand_in.fault("asynchronous_payment", "succeeds")
        self.stand_in.press(session.url or "", "pay_later")

    def decline(self, session: CheckoutSession) -> None:
        self.stand_in.press(session.url or "", "fail")

    def end(self, session: CheckoutSession) -> None:
        self.stand_in.advance(60)

    def refunds_wait(self) -> None:
        self.stand_in.fault("refund", "pending_then_succeeds")

    def dispute(self, intent: str) -> str:
        charge = next(one for one in self.stand_in.look("state")["charge"] if one["payment_intent"] == intent)
        opened: dict[str, str] = self.stand_in.control("disputes", charge=charge["id"])
        return opened["id"]

    def decide(self, dispute: str, status: DisputeStatus) -> None:
        self.stand_in.control("disputes/move", dispute=dispute, to=status)


class Pretended:
    """The fake."""

    def __init__(self) -> None:
        self.payments: FakePayments = FakePayments(NOW)

    def now(self) -> datetime:
        return self.payments.now

    def pay(self, session: CheckoutSession) -> None:
        self.payments.pay(session.id)

    def pay_by(self, session: CheckoutSession, wallet: str) -> None:
        self.payments.pay(session.id, wallet)

    def promise(self, session: CheckoutSession) -> None:
        self.payments.promise(session.id)

    def decline(self, session: CheckoutSession) -> None:
        self.payments.decline(session.id)

    def end(self, session: CheckoutSession) -> None:
        self.payments.arrive(session.id)

    def refunds_wait(self) -> None:
        self.payments.refunds_become = "pending"

    def dispute(self, intent: str) -> str:
        return self.payments.open_dispute(intent).id

    def decide(self, dispute: str, status: DisputeStatus) -> None:
        self.payments.close_dispute(dispute, status)


@pytest.fixture(params=["running", "pretended"])
def stripe(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "pretended":
        yield Pretended()
    else:
        yield Running(request.getfixturevalue("stand_in"))


def test_a_new_session_is_open_and_unpaid(stripe: Stripe) -> None:
    session = open_session(stripe)

    assert (session.status, session.payment_status, session.amount_total_minor) == ("open", "unpaid", 137_000)
    assert stripe.payments.checkout_session(session.id) == session


def test_one_key_opens_one_session_and_no_other(stripe: Stripe) -> None:
    expires_at = stripe.now() + timedelta(minutes=31)

    first = open_session(stripe, expires_at=expires_at)

    assert open_session(stripe, expires_at=expires_at) == first
    with pytest.raises(IdempotencyKeyReused):
        open_session(stripe, expires_at=expires_at, lines=[LineItem("Summit", 100, "USD")])


def test_a_page_stays_open_for_thirty_minutes_at_least(stripe: Stripe) -> None:
    with pytest.raises(PaymentsRefused):
        open_session(stripe, expires_at=stripe.now() + timedelta(minutes=29))


def test_a_paid_session_names_a_payment_that_succeeded(stripe: Stripe) -> None:
    session = open_session(stripe)

    stripe.pay(session)

    paid = stripe.payments.checkout_session(session.id)
    intent = stripe.payments.payment_intent(paid.payment_intent or "")
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (intent.status, intent.amount_received_minor, intent.currency) == ("succeeded", 137_000, "USD")
    assert (intent.method, intent.last_four) == ("card", "4242")


@pytest.mark.parametrize("wallet", ["alipay", "wechat_pay"])
@pytest.mark.parametrize(("currency", "has_it"), [("USD", True), ("CNY", True), ("EUR", False), ("JPY", False)])
def test_a_wallet_pays_at_once_where_the_currency_lets_it(
    stripe: Stripe, wallet: str, currency: str, has_it: bool
) -> None:
    session = open_session(stripe, lines=[LineItem("Summit", 137_000, currency)], means=("card", wallet))

    stripe.pay_by(session, wallet)

    paid = stripe.payments.checkout_session(session.id)
    assert (paid.status == "complete", paid.payment_status == "paid") == (has_it, has_it)
    if has_it:
        assert stripe.payments.payment_intent(paid.payment_intent or "").method == wallet


@pytest.mark.parametrize(("means", "currency"), [(("us_bank_account",), "CNY"), (("alipay",), "EUR")])
def test_a_page_without_any_means_is_refused(stripe: Stripe, means: tuple[str, ...], currency: str) -> None:
    with pytest.raises(PaymentsRefused):
        open_session(stripe, lines=[LineItem("Summit", 137_000, currency)], means=means)


def test_promised_money_is_unpaid_until_it_arrives(stripe: Stripe) -> None:
    session = open_session(stripe)

    stripe.promise(session)

    begun = stripe.payments.checkout_session(session.id)
    assert (begun.status, begun.payment_status) == ("complete", "unpaid")
    assert stripe.payments.payment_intent(begun.payment_intent or "").status == "processing"

    stripe.end(session)

    assert stripe.payments.checkout_session(session.id).payment_status == "paid"
    assert stripe.payments.payment_intent(begun.payment_intent or "").amount_received_minor == 137_000


def test_a_declined_card_leaves_the_page_open(stripe: Stripe) -> None:
    session = open_session(stripe)

    stripe.decline(session)

    tried = stripe.payments.checkout_session(session.id)
    assert tried.status == "open"
    assert stripe.payments.payment_intent(tried.payment_intent or "").status == "requires_payment_method"


def test_closing_a_page_tells_whether_somebody_was_faster(stripe: Stripe) -> None:
    left, paid = open_session(stripe, idempotency_key="left"), open_session(stripe, idempotency_key="paid")
    stripe.pay(paid)

    assert stripe.payments.expire_checkout_session(left.id).status == "expired"
    assert stripe.payments.expire_checkout_session(paid.id).status == "complete"


def test_a_refund_goes_once_and_never_above_the_payment(stripe: Stripe) -> None:
    session = open_session(stripe)
    stripe.pay(session)
    intent = stripe.payments.checkout_session(session.id).payment_intent or ""

    first = refund(stripe, intent, 100_000, key="one")

    assert (first.status, first.amount_minor, first.payment_intent) == ("succeeded", 100_000, intent)
    assert refund(stripe, intent, 100_000, key="one") == first
    with pytest.raises(PaymentsRefused):
        refund(stripe, intent, 40_000, key="two")


def test_a_refund_can_wait(stripe: Stripe) -> None:
    session = open_session(stripe)
    stripe.pay(session)
    stripe.refunds_wait()

    waiting = refund(stripe, stripe.payments.checkout_session(session.id).payment_intent or "", 137_000, key="one")

    assert waiting.status == "pending"
    assert stripe.payments.refund(waiting.id).status == "pending"


def test_pages_are_listed_newest_first_with_what_became_of_them(stripe: Stripe) -> None:
    began_at = stripe.now()
    left, paid = open_session(stripe, idempotency_key="left"), open_session(stripe, idempotency_key="paid")
    stripe.pay(paid)

    listed = list(stripe.payments.sessions_since(began_at))

    assert [(session.id, session.status) for session in listed] == [(paid.id, "complete"), (left.id, "open")]
    assert listed[0].metadata == {"checkout": "reference"}
    assert list(stripe.payments.sessions_since(began_at + timedelta(hours=1))) == []


def test_charges_are_listed_with_what_went_back(stripe: Stripe) -> None:
    began_at = stripe.now()
    declined, paid = open_session(stripe, idempotency_key="declined"), open_session(stripe, idempotency_key="paid")
    stripe.decline(declined)
    stripe.pay(paid)
    intent = stripe.payments.checkout_session(paid.id).payment_intent or ""
    refund(stripe, intent, 37_000, key="one")

    taken, tried = stripe.payments.charges_since(began_at)

    assert (taken.status, taken.payment_intent, taken.method, taken.last_four) == ("succeeded", intent, "card", "4242")
    assert (taken.amount_minor, taken.amount_refunded_minor, taken.currency) == (137_000, 37_000, "USD")
    assert (tried.status, tried.amount_minor) == ("failed", 0)


def test_refunds_are_listed_with_what_they_carry(stripe: Stripe) -> None:
    began_at = stripe.now()
    session = open_session(stripe)
    stripe.pay(session)
    intent = stripe.payments.checkout_session(session.id).payment_intent or ""
    made = [refund(stripe, intent, 1_000, key=key).id for key in ("one", "two", "three")]

    listed = list(stripe.payments.refunds_since(began_at))

    assert [one.id for one in listed] == made[::-1]
    assert listed[0].metadata == {"refund": "r1"}
    assert [one.id for one in stripe.payments.refunds_of_payment(intent)] in (made, made[::-1])


def test_a_payment_leads_back_to_its_page(stripe: Stripe) -> None:
    session = open_session(stripe)
    stripe.pay(session)
    paid = stripe.payments.checkout_session(session.id)

    assert stripe.payments.session_of_payment(paid.payment_intent or "") == paid


def test_a_disputed_payment_is_known_and_cannot_go_back_too(stripe: Stripe) -> None:
    began_at = stripe.now()
    session = open_session(stripe)
    stripe.pay(session)
    intent = stripe.payments.checkout_session(session.id).payment_intent or ""

    opened = stripe.dispute(intent)

    found = stripe.payments.dispute(opened)
    assert (found.status, found.amount_minor, found.payment_intent) == ("needs_response", 137_000, intent)
    assert list(stripe.payments.disputes_since(began_at)) == [found]
    assert [charge.disputed for charge in stripe.payments.charges_since(began_at)] == [True]
    with pytest.raises(PaymentsRefused) as refusal:
        refund(stripe, intent, 1_000, key="one")
    assert refusal.value.code == "charge_disputed"
    stripe.decide(opened, "lost")
    assert stripe.payments.dispute(opened).status == "lost"


@pytest.mark.parametrize("unknown", ["checkout_session", "payment_intent", "refund", "dispute"])
def test_what_is_unknown_is_refused(stripe: Stripe, unknown: str) -> None:
    with pytest.raises(PaymentsRefused) as refusal:
        getattr(stripe.payments, unknown)("unknown_1")

    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def open_session(stripe: Stripe, **chosen: Any) -> CheckoutSession:
    usual: dict[str, Any] = {
        "lines": [LineItem("Summit", 48_000, "USD"), LineItem("Pre-tour", 89_000, "USD")],
        "success_url": "http://site.example/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://site.example/left",
        "client_reference_id": "reference",
        "customer_email": "lan@example.org",
        "locale": "en",
        "expires_at": stripe.now() + timedelta(minutes=31),
        "metadata": {"checkout": "reference"},
        "idempotency_key": "checkout:1",
    }
    wanted = usual | chosen
    return stripe.payments.create_checkout_session(wanted.pop("lines"), **wanted)


def refund(stripe: Stripe, intent: str, amount_minor: int, *, key: str) -> Any:
    return stripe.payments.create_refund(
        intent, amount_minor=amount_minor, metadata={"refund": "r1"}, idempotency_key=key
    )

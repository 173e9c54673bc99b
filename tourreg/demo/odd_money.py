"""Money that does not add up, made at the stand-in for Stripe, so that the desk and the inbox have something to show."""

from datetime import datetime, timedelta

from tourreg import reconciling
from tourreg.adapters.payments import LineItem, Payments
from tourreg.db import writing
from tourreg.demo.stand_in import StandIn
from tourreg.domain.settlements import comparing, lookups

SHOP = "shop-1042"
A_SEASON = timedelta(days=200)
BY_HAND_MINOR = 2_500


def make_odd_money(stand_in: StandIn, payments: Payments, now: datetime) -> None:
    """Let another system sell a book over the same account, a bank dispute a payment, somebody refund one by hand.

    The comparison then finds all that, and what the sample season has left behind at Stripe.
    """
    _sell_a_book(stand_in, payments, now)
    disputed, refunded = _two_payments(payments, now)
    stand_in.open_dispute(disputed)
    payments.create_refund(
        refunded, amount_minor=BY_HAND_MINOR, metadata={}, idempotency_key="demo-refunded-at-stripe-by-hand"
    )
    stand_in.send_event("customer.created")
    stand_in.send_event("checkout.session.completed", account="acct_of_another_office")
    with writing():
        comparison = comparing.begin(now - A_SEASON, is_dry=False, now=now, by="worker").public_id
    while not reconciling.compare(comparison, payments, now=now):
        pass


def _sell_a_book(stand_in: StandIn, payments: Payments, now: datetime) -> None:
    session = payments.create_checkout_session(
        [LineItem("Eco-friendly Urbanization: A Reader", 4_800, "USD")],
        success_url="https://books.example/thanks",
        cancel_url="https://books.example/basket",
        client_reference_id=SHOP,
        customer_email="reader@example.org",
        locale="en",
        expires_at=now + timedelta(hours=1),
        metadata={},
        idempotency_key=f"demo-{SHOP}",
    )
    stand_in.pay(session.url or "")


def _two_payments(payments: Payments, now: datetime) -> tuple[str, str]:
    """Return the names of two payments of ours of which nothing went back."""
    whole = [
        f"stripe:{charge.payment_intent}"
        for charge in payments.charges_since(now - A_SEASON)
        if charge.status == "succeeded" and not charge.amount_refunded_minor
    ]
    first, second = sorted(lookups.payments_posted(whole).values(), key=lambda entry: entry.id)[:2]
    return first.reference.removeprefix("stripe:"), second.reference.removeprefix("stripe:")

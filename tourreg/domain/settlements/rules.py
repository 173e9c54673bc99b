"""How long a payment may take, and by what name the trade knows the means that Stripe names."""

from datetime import datetime, timedelta

from tourreg.domain.registrations.rules import CARD_HOLD, working_day
from tourreg.domain.settlements.models import Checkout
from tourreg.kernel.clock import end_of_day, local_day
from tourreg.kernel.money import Money

# Stripe closes no session before 30 minutes; seats are held a little longer (CARD_HOLD) than their page is open.
CHECKOUT_TERM = timedelta(minutes=31)
# However often a person begins to pay, a seat that nobody paid for is not held longer than this after registration.
LONGEST_CARD_HOLD = timedelta(hours=6)
# A payment page with less time left is replaced, so that nobody types a card number into a page that closes.
LEAST_CHECKOUT_REST = timedelta(minutes=3)
# An attempt that Stripe did not answer is asked for again under its own key, until its 30 minutes would be missed.
OPENING_TERM = timedelta(seconds=45)
# After a bank debit failed, or finance refused to wait for an invoice, the seats stay held for another try.
SECOND_TRY = timedelta(hours=24)
# Working days that accepted money may take to arrive, by Stripe's name for the means.
FUNDS_TERM_WORKING_DAYS = {"us_bank_account": 5, "wechat_pay": 1, "alipay": 1}
LONGEST_FUNDS_TERM_WORKING_DAYS = 5

# Events that are followed, by how their type begins, and those that tell nothing that another event does not tell too.
FOLLOWED_EVENTS = (
    "checkout.session.",
    "payment_intent.succeeded",
    "refund.",
    "charge.refund.",
    "charge.dispute.",
)
EVENTS_OF_NO_CONCERN = (
    "charge.captured",
    "charge.expired",
    "charge.failed",
    "charge.pending",
    "charge.refunded",
    "charge.succeeded",
    "charge.updated",
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "payment_intent.created",
    "payment_intent.partially_funded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.requires_action",
)
# A session or promise that is older than this is nobody's payment any more, and a refund older than that got lost.
LONGEST_SESSION = timedelta(hours=25)
LONGEST_PROMISE = timedelta(days=10)
LONGEST_REFUND = timedelta(days=14)
# A refund that Stripe was not even asked for by then hangs.
LONGEST_REQUEST = timedelta(days=1)
# Working days for the rest, after a part came that is too little to make the seats sure.
PART_PAID_WORKING_DAYS = 3

_MEANS = {"us_bank_account": "ach", "wechat_pay": "wechat_pay", "alipay": "alipay"}


def card_hold_until(registered_at: datetime, now: datetime) -> datetime:
    """Return until when seats are held for somebody who begins to pay now."""
    return min(now + CARD_HOLD, registered_at + LONGEST_CARD_HOLD)


def funds_hold_until(method: str | None, now: datetime, zone: str) -> datetime:
    """Return until when seats are held for money that was promised now.

    method  Stripe's name of the means
    """
    days = FUNDS_TERM_WORKING_DAYS.get(method or "", LONGEST_FUNDS_TERM_WORKING_DAYS)
    return end_of_day(working_day(local_day(now, zone), days), zone)


def part_paid_hold_until(now: datetime, zone: str) -> datetime:
    """Return until when seats are held after a part of what makes them sure was paid."""
    return end_of_day(working_day(local_day(now, zone), PART_PAID_WORKING_DAYS), zone)


def can_be_used(checkout: Checkout, owed: Money, now: datetime) -> bool:
    """Tell whether a payment page, open or being opened, asks for the right amount and stays long enough."""
    if (checkout.amount_minor, checkout.currency) != (owed.minor, owed.currency):
        return False
    if checkout.state == "opening":
        return now < checkout.created_at + OPENING_TERM
    return now < checkout.expires_at - LEAST_CHECKOUT_REST


def means_of(method: str | None) -> str:
    """Return the means of a payment by Stripe's name; whatever is not one of ours is a card behind a wallet."""
    return _MEANS.get(method or "", "card")


def is_followed_event(event_type: str) -> bool:
    """Tell whether something follows from events of this type."""
    return event_type.startswith(FOLLOWED_EVENTS)


def is_known_event(event_type: str) -> bool:
    """Tell whether the program knows what an event of this type means."""
    return is_followed_event(event_type) or event_type in EVENTS_OF_NO_CONCERN


def is_behind(state: str, status: str, payment_status: str) -> bool:
    """Tell whether a checkout of ours may not have heard yet what Stripe says of its session, which is not open.

    A session that is complete and unpaid may go on, so that only asking for its payment tells.
    """
    if status == "expired":
        return state in ("opening", "open")
    return state != "completed" if payment_status == "paid" else state not in ("failed", "completed")

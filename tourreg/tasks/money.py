"""What follows from payments, holds and refunds: asking Stripe, and noting what it says."""

from datetime import datetime

from tourreg import reconciling, settling
from tourreg.adapters.payments import AnswerNotUnderstood, PaymentsRefused, TooMuchListed
from tourreg.blueprints.outside import payments
from tourreg.db import writing
from tourreg.domain.billing.commands import LOOK_AT_DUES
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.settlements import arrears, comparing, due_looks, inbox
from tourreg.domain.settlements.checkouts import RELEASE_HOLD
from tourreg.domain.settlements.comparing import COMPARE, COMPARE_NIGHTLY
from tourreg.domain.settlements.ended_holds import WORKER
from tourreg.domain.settlements.inbox import HANDLE_STRIPE_EVENT
from tourreg.domain.settlements.refunding import SEND_REFUND
from tourreg.tasks.registry import Hopeless, NotYet, task


@task(HANDLE_STRIPE_EVENT)
def handle_stripe_event(event: str, *, now: datetime) -> None:
    """Do what follows from an event of Stripe's; why it failed is noted with it, for the inbox.

    One that speaks of nothing Stripe knows is given up; one that speaks of nothing of ours is set aside.
    """
    try:
        settling.handle_event(event, payments(), now=now)
    except PaymentsRefused as refusal:
        with writing():
            inbox.note_failure(event, refusal.message, now=now, hopeless=True)
        raise Hopeless(str(refusal)) from refusal
    except AnswerNotUnderstood:
        with writing():
            inbox.set_aside(event, now=now)
    except Exception as fault:
        with writing():
            inbox.note_failure(event, f"{type(fault).__name__}: {fault}", now=now, hopeless=False)
        raise


@task(COMPARE)
def compare_with_stripe(comparison: str, *, now: datetime) -> None:
    """Compare Stripe's lists with our books, a slice at a time."""
    try:
        is_whole = reconciling.compare(comparison, payments(), now=now)
    except TooMuchListed as fault:
        raise Hopeless(str(fault)) from fault
    if not is_whole:
        raise NotYet(now)


@task(COMPARE_NIGHTLY)
def compare_nightly(*, now: datetime) -> None:
    """Begin the comparison of a night."""
    with writing():
        comparing.ask_for_comparison(comparing.nightly_since(now), is_dry=False, now=now, by=WORKER)


@task(RELEASE_HOLD)
def release_hold(registration: str, *, now: datetime) -> None:
    """Free the seats of a hold that is over; one that was prolonged has a later task of its own."""
    found = registrations.by_public_id(registration)
    if found is not None and holds.ended(found, now):
        settling.release_hold(found.id, payments(), now=now)


@task(SEND_REFUND)
def send_refund(refund: str, *, now: datetime) -> None:
    """Send a refund home over Stripe."""
    settling.send_refund(refund, payments(), now=now)


@task(LOOK_AT_DUES)
def look_at_due_dates(folio: str, *, now: datetime) -> None:
    """Remind of what is due on a bill, if it is still unpaid, and ask for the next look."""
    with writing():
        due_looks.look(folio, now=now)


@task(due_looks.RELEASE_UNPAID)
def release_unpaid(folio: str, *, now: datetime) -> None:
    """Give seats back by the event's rule, unless what was missed has been paid or is on its way."""
    bill = arrears.bill_to_read(folio)
    if bill is not None:
        try:
            settling.release_unpaid(bill.folio.id, payments(), why="", now=now, by="worker")
        except (arrears.NothingOverdue, arrears.NothingToRelease):
            return

"""Money on its way back: asked for, sent over Stripe or by hand, arrived or failed."""

from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries, rules
from tourreg.domain.billing.commands import lock_folio, post_refund, post_returned_refund
from tourreg.domain.billing.models import REFUND_MOVES, Entry, Folio, Refund
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

REFUND = Axis("refund", "state", REFUND_MOVES)
BY_STRIPE = "stripe:"
LONGEST_FAILURE = 500


class NotToPayOut(Refusal):
    """Finance has nothing to pay: Stripe still sends the refund, or it has left; facts: refund."""


class BankHasTheMoney(NotToPayOut):
    """The payer's bank disputes the payment, and may send home by itself what would be paid out; facts: refund."""


def ask_for_refunds(
    folio: Folio, amount: Money, *, key: str, why: str, now: datetime, by: str, cause: str = ""
) -> list[Refund]:
    """Ask for money to go back over the payments it came with, newest first; the same key asks once.

    cause   public id of the cancellation that it follows from
    raises  AmountNotPositive, RefundTooLarge
    """
    known = queries.refunds_asked_by(key)
    if known:
        return known
    parts = rules.shares(amount, queries.left_of_payments(folio))
    refunds = [_ask(folio, payment, part, key=key, why=why, now=now, by=by) for payment, part in parts]
    for refund in refunds:
        refund.cause = cause
    db.session.add_all(refunds)
    db.session.flush()
    return refunds


def note_progress(refund: Refund, outcome: str, *, now: datetime, by: str, failure: str = "") -> bool:
    """Move the refund to what became of it, and post the money where it moved; tell whether anything is new.

    outcome  "pending", "succeeded" or "failed"; news older than what is known changes nothing
    """
    if outcome == refund.state or (outcome == "pending" and refund.state in ("succeeded", "failed")):
        return False
    had_left = refund.state == "succeeded"
    failure = failure[:LONGEST_FAILURE]
    move_to(refund, REFUND, outcome, now=now, by=by, why=failure)
    if outcome == "pending":
        return True
    refund.finished_at = now
    refund.failure = failure
    if outcome == "succeeded":
        post_refund(refund.folio, refund, means=_left_by(refund), now=now, by=by)
    elif had_left:
        post_returned_refund(refund.folio, refund, now=now, by=by)
        refund.returns += 1
    return True


def pay_out_by_hand(refund: Refund, detail: str, *, now: datetime, by: str) -> bool:
    """Note that finance has paid the refund out; tell whether that is new.

    detail  the number of the wire or check
    raises  NotToPayOut, also where it was paid out by another wire or check
    """
    if (refund.means, refund.state, refund.detail) == ("by_hand", "succeeded", detail):
        return False
    if not refund.is_to_pay_out:
        raise NotToPayOut(refund=refund)
    refund.means = "by_hand"
    refund.detail = detail
    return note_progress(refund, "succeeded", now=now, by=by)


def note_taken_back(payment: Entry, amount: Money, *, external_id: str, why: str, now: datetime, by: str) -> Refund:
    """Post money that left over a payment without our asking: refunded at Stripe by hand, or taken by a bank; once.

    What waits to go back over the same payment is to give way before, by `give_way`.

    external_id  by which Stripe knows it
    """
    known = queries.refund_by_external_id(external_id)
    if known is not None:
        return known
    taken = _ask(payment.folio, payment, amount, key=f"taken_back:{external_id}", why=why, now=now, by=by)
    taken.external_id = external_id
    db.session.add(taken)
    db.session.flush()
    note_progress(taken, "succeeded", now=now, by=by)
    return taken


def give_way(payment: Entry, amount: Money, *, external_id: str, now: datetime, by: str) -> list[Refund]:
    """Lessen what waits to go back over a payment, newest first, until an amount that has left has room beside it.

    Return the refunds that were lessened; one of which nothing is left has gone home by what left.

    external_id  by which Stripe knows what left; a second time changes nothing
    """
    if queries.refund_by_external_id(external_id) is not None:
        return []
    asked = [refund for refund in queries.refunds_of(payment.folio) if refund.payment_id == payment.id]
    lacking_minor = sum(refund.amount_minor for refund in asked) + amount.minor + payment.amount_minor
    lessened = []
    for refund in reversed([one for one in asked if one.state in ("requested", "failed")]):
        part = min(lacking_minor, refund.amount_minor)
        if part > 0:
            lacking_minor -= part
            lessened.append(_lessen(refund, part, external_id, now=now, by=by))
    return lessened


def _lessen(refund: Refund, part_minor: int, external_id: str, *, now: datetime, by: str) -> Refund:
    refund.amount_minor -= part_minor
    if not refund.amount_minor:
        refund.means, refund.detail, refund.finished_at = "by_hand", external_id, now
        move_to(refund, REFUND, "succeeded", now=now, by=by, why=external_id)
    db.session.flush()
    return refund


def _left_by(refund: Refund) -> str | None:
    """Return the means by which the money left: that by which it came, or the bank where Stripe could not send it."""
    came_over_stripe = goes_by_stripe(refund.payment)
    return "wire" if came_over_stripe and refund.means == "by_hand" else refund.payment.means


def goes_by_stripe(payment: Entry) -> bool:
    """Tell whether a payment came over Stripe, so that it can go back the same way."""
    return payment.reference.startswith(BY_STRIPE)


def locked(refund: Refund) -> Refund:
    """Return the refund as it is after every other transaction on its folio has ended."""
    lock_folio(refund.folio)
    db.session.refresh(refund)
    return refund


def _ask(folio: Folio, payment: Entry, amount: Money, *, key: str, why: str, now: datetime, by: str) -> Refund:
    return Refund(
        folio=folio,
        payment=payment,
        key=f"{key}:{payment.public_id}",
        means="stripe" if goes_by_stripe(payment) else "by_hand",
        amount_minor=amount.minor,
        why=why,
        requested_at=now,
        requested_by=by,
    )

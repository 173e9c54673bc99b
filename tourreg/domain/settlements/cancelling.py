"""Cancelling a registration with a full refund, and money on its way back."""

from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.models import Refund
from tourreg.domain.billing.refund_advices import issue_refund_advice
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.chosen import everything
from tourreg.domain.settlements import cancellations, desk, mails, queries
from tourreg.domain.settlements.bills import bill_of, lock_bill_of
from tourreg.domain.settlements.foreseeing import Order
from tourreg.domain.settlements.models import Cancellation
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.domain.settlements.refunding import ask_for_refunds
from tourreg.domain.settlements.taken_back import FAILED_REFUND
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id


def cancel_registration(registration_id: int, *, why: str, now: datetime, by: str) -> Cancellation:
    """Cancel for everybody and keep nothing, whatever the event's terms say.

    Open payment pages are to be closed at Stripe before; money that still comes waits on the desk and takes no seat.

    why     for the payer
    raises  NothingToCancel
    """
    registration = holds.lock(registration_id)
    order = Order(everything(registration), why, new_public_id(), full_refund=True)
    return cancellations.cancel(registration_id, order, now=now, by=by)


def refund_overpayment(
    registration_id: int, *, why: str, now: datetime, by: str, folio_id: int | None = None
) -> list[Refund]:
    """Send home what was paid beyond the bill; nothing where refunds for it are under way.

    folio_id  of the bill; the registration's main one unless it is given
    raises    RefundTooLarge
    """
    folio = lock_bill_of(registration_id, folio_id).folio
    lock_folio(folio)
    overpaid = billing.overpaid(folio)
    if not overpaid:
        return []
    return ask_for_refunds(folio, overpaid, why=why, now=now, by=by)


def note_refund(
    refund_id: str, outcome: str, *, now: datetime, by: str, external_id: str | None = None, failure: str = ""
) -> None:
    """Note what Stripe says of a refund: post what moved, tell the payer, and lay a failure on the desk.

    Once finance has paid it out, Stripe's failure is old news; that Stripe sent it too is for the desk.

    refund_id    its public id
    outcome      "pending", "succeeded" or "failed"
    external_id  by which Stripe knows it
    """
    refund = _locked(refund_id)
    if external_id:
        refund.external_id = external_id
    if refund.means == "by_hand":
        if outcome == "succeeded":
            _left_twice(refund, now=now)
    elif billing_refunds.note_progress(refund, outcome, now=now, by=by, failure=failure):
        _tell(refund, outcome, now=now, by=by)


def pay_out_by_hand(refund_id: str, detail: str, *, now: datetime, by: str) -> None:
    """Note that finance has paid a refund out by wire, check or cash; a second time changes nothing.

    That it had failed on its way is off the desk then.

    raises  NotToPayOut, BankHasTheMoney
    """
    refund = _locked(refund_id)
    if refund.is_to_pay_out and queries.is_disputed(refund.payment):
        raise billing_refunds.BankHasTheMoney(refund=refund)
    if not billing_refunds.pay_out_by_hand(refund, detail, now=now, by=by):
        return
    _tell(refund, "succeeded", now=now, by=by)
    failed = queries.case_by_key(_failure_of(refund))
    if failed is not None and failed.closed_at is None:
        desk.close_case(failed, detail, now=now, by=by)


def unknown_refund(external_id: str, payment_intent: str | None, amount: Money, *, now: datetime) -> None:
    """Lay a refund on the desk that somebody made at Stripe without us, with the bill whose payment it took from."""
    facts = {
        "refund": external_id,
        "payment_intent": payment_intent,
        "amount_minor": amount.minor,
        "currency": amount.currency,
    }
    payment = billing.posted(f"{billing_refunds.BY_STRIPE}{payment_intent}")
    folio_id = payment.folio_id if payment else None
    desk.open_case("unknown_refund", key=f"unknown_refund:{external_id}", folio_id=folio_id, facts=facts, now=now)


def _left_twice(refund: Refund, *, now: datetime) -> None:
    """Lay on the desk that Stripe has sent what finance has paid out; the ledger knows of one of the two."""
    facts = {**_facts(refund), "refund": refund.external_id, "paid_out_by": refund.detail}
    key = f"unknown_refund:{refund.external_id}"
    desk.open_case("unknown_refund", key=key, folio_id=refund.folio_id, facts=facts, now=now)


def _locked(refund_id: str) -> Refund:
    refund = billing.refund_by_public_id(refund_id)
    if refund is None:
        raise LookupError(f"no refund {refund_id}")
    return billing_refunds.locked(refund)


def _tell(refund: Refund, outcome: str, *, now: datetime, by: str) -> None:
    if outcome == "failed":
        facts = {**_facts(refund), "failure": refund.failure, "refund": refund.public_id}
        desk.open_case("failed_refund", key=_failure_of(refund), folio_id=refund.folio_id, facts=facts, now=now)
    if outcome == "succeeded":
        key = f"{refund.public_id}:{refund.returns}"
        bill = bill_of(refund.folio_id)
        advice = issue_refund_advice(refund, purpose_of(bill), now=now, by=by)
        mails.refunded(bill, refund.amount, [advice] if advice else [], key=key, now=now)


def _failure_of(refund: Refund) -> str:
    """Return the key of the case that tells of the refund's failure."""
    return FAILED_REFUND % refund.public_id


def _facts(refund: Refund) -> dict[str, object]:
    folio = refund.folio
    return {"reference": folio.reference, "amount_minor": refund.amount_minor, "currency": folio.currency}

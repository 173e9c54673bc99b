"""Cancelling a registration with a full refund, and money on its way back."""

from dataclasses import dataclass
from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing import rules as billing_rules
from tourreg.domain.billing.commands import lock_folio, take_back
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.billing.refund_advices import issue_refund_advice
from tourreg.domain.billing.refunds import goes_by_stripe
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.commands import withdraw
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import desk, mails, queries
from tourreg.domain.settlements.bills import PayersBill, bill_of, bills_of, lines_of, lock_bill_of
from tourreg.domain.settlements.invoices import correct_invoices
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money, total
from tourreg.kernel.refusals import Refusal

SEND_REFUND = "send_refund"
CANCELLED = Text("The registration %s was cancelled.", "报名%s已取消。")


class NothingToCancel(Refusal):
    """The registration has neither seats nor money nor an invoice."""


@dataclass(frozen=True)
class Part:
    """What cancelling does on one bill.

    invoices   numbers of those that a credit note takes back
    by_stripe  what goes back over Stripe
    by_hand    what finance pays out
    """

    bill: PayersBill
    lines: tuple[Entry, ...]
    invoices: tuple[str, ...]
    by_stripe: Money
    by_hand: Money


@dataclass(frozen=True)
class Cancellation:
    """What cancelling does, shown before it is done: seats that are freed, and the parts of its bills summed up."""

    seats: int
    lines: tuple[Entry, ...]
    invoices: tuple[str, ...]
    by_stripe: Money
    by_hand: Money
    parts: tuple[Part, ...]

    @property
    def refund(self) -> Money:
        return self.by_stripe + self.by_hand

    @property
    def is_nothing(self) -> bool:
        return not (self.seats or self.lines or self.invoices or self.refund)


def foresee(registration: Registration) -> Cancellation:
    """Return what cancelling the registration would do now."""
    parts = [_part(bill, registration) for bill in bills_of(registration)]
    return Cancellation(
        seats=len(holds.live_seats(registration)),
        lines=tuple(line for part in parts for line in part.lines),
        invoices=tuple(number for part in parts for number in part.invoices),
        by_stripe=total((part.by_stripe for part in parts), registration.folio.currency),
        by_hand=total((part.by_hand for part in parts), registration.folio.currency),
        parts=tuple(parts),
    )


def _part(bill: PayersBill, registration: Registration) -> Part:
    """Return what cancelling does on one of the registration's bills: of a joint one, its own lines go.

    What is paid for others stays; of what is beyond their lines, and not on its way, all goes back.
    """
    entries = billing.entries_of(bill.folio)
    lines = tuple(line for line in lines_of(bill, registration, entries) if line.amount_minor)
    invoices = billing.invoices_asking_for(bill.folio, [line.id for line in lines])
    left = billing.left_of_payments(bill.folio, entries)
    rest_minor = sum(money.minor for _payment, money in left)
    charged = billing_rules.money_standing(entries, bill.folio.currency).charged
    owed_for_others = max(0, charged.minor - sum(line.amount_minor for line in lines))
    refund = Money(max(0, rest_minor - owed_for_others), bill.folio.currency)
    shares = billing_rules.shares(refund, left) if refund else []
    return Part(
        bill=bill,
        lines=lines,
        invoices=tuple(invoice.paper.number for invoice in invoices),
        by_stripe=total((rest for payment, rest in shares if goes_by_stripe(payment)), refund.currency),
        by_hand=total((rest for payment, rest in shares if not goes_by_stripe(payment)), refund.currency),
    )


def cancel_registration(registration_id: int, *, why: str, now: datetime, by: str) -> Cancellation:
    """Withdraw everybody, free the seats, take lines and invoices back, and send all money home the way it came.

    Open payment pages are to be closed at Stripe before; money that still comes waits on the desk and takes no seat.

    why     for the payer
    raises  NothingToCancel
    """
    registration = holds.lock(registration_id)
    done = foresee(registration)
    if done.is_nothing:
        raise NothingToCancel
    withdraw(registration, now=now, by=by, why=why)
    for part in done.parts:
        lock_folio(part.bill.folio)
    reason = Text(*(f"{text % registration.reference} {why}".strip() for text in (CANCELLED.en, CANCELLED.zh)))
    for part in done.parts:
        _cancel_part(_part(part.bill, registration), registration, why=why, reason=reason, now=now, by=by)
    return done


def _cancel_part(part: Part, registration: Registration, *, why: str, reason: Text, now: datetime, by: str) -> None:
    """Take the registration's lines back on one bill, send the money for them home, and tell who pays it.

    A bill on which nothing of it stands or is paid any more stays as it is; its payer hears nothing.
    """
    refund = part.by_stripe + part.by_hand
    if not part.lines and not refund and part.bill.folio.id != registration.folio_id:
        return
    take_back(part.bill.folio, part.lines, why=why, now=now, by=by)
    if refund:
        _ask_for_refunds(part.bill.folio, refund, why=why, now=now, by=by)
    papers = correct_invoices(part.bill, reason, now=now, by=by)
    mails.cancelled(part.bill.only(registration), refund, why, papers, now=now)


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
    return _ask_for_refunds(folio, overpaid, why=why, now=now, by=by)


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

    raises  NotToPayOut
    """
    refund = _locked(refund_id)
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
    return f"failed_refund:{refund.public_id}"


def _facts(refund: Refund) -> dict[str, object]:
    folio = refund.folio
    return {"reference": folio.reference, "amount_minor": refund.amount_minor, "currency": folio.currency}


def _ask_for_refunds(folio: Folio, amount: Money, *, why: str, now: datetime, by: str) -> list[Refund]:
    key = f"refund:{folio.reference}:{len(billing.refunds_of(folio)) + 1}"
    asked = billing_refunds.ask_for_refunds(folio, amount, key=key, why=why, now=now, by=by)
    for refund in asked:
        if refund.means == "stripe":
            add_task(SEND_REFUND, {"refund": refund.public_id}, key=f"{SEND_REFUND}:{refund.public_id}", now=now)
    return asked

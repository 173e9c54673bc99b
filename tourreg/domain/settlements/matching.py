"""What finance decides about money that lies on the desk: post it, send it home, count it in."""

from dataclasses import dataclass
from datetime import datetime

from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing.commands import MoneyIn, lock_folio
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.settlements import desk, queries, rules
from tourreg.domain.settlements.bills import lock_bill
from tourreg.domain.settlements.commands import take_in
from tourreg.domain.settlements.models import DeskCase
from tourreg.domain.settlements.taken_back import note_taken_back
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.refusals import Refusal

UNPOSTED = ("unknown_payment", "wrong_amount")
POSTED_TO = "→ %s"
SENT_BACK = "sent_back"
COUNTED_IN = "counted_in"
REFUNDED_AT_STRIPE = "Refunded at Stripe."


class NotThisCase(Refusal):
    """This cannot be done with what lies there; facts: kind."""


class BillUnknown(Refusal):
    """No bill has this reference; facts: reference."""


class BeingSentBack(Refusal):
    """Somebody has begun to send the money home."""


class AlreadyPosted(Refusal):
    """The money stands in the ledger; facts: entry."""


@dataclass(frozen=True)
class WayHome:
    """What to ask of Stripe to send unposted money home; the case's id makes asking twice harmless."""

    case: str
    payment_intent: str
    amount: Money


def post_money(case_id: str, reference: str, *, now: datetime, by: str) -> Entry:
    """Post unposted money to the bill with this reference, with all that follows from a payment, and close the case.

    raises  NotThisCase, BillUnknown, CurrenciesDiffer, BeingSentBack, CaseClosed
    """
    case = _unposted(case_id)
    folio = billing.folio_by_reference(reference)
    if folio is None:
        raise BillUnknown(reference=reference)
    bill = lock_bill(folio.id)
    case = _locked(case)
    if case.facts.get("sending_back"):
        raise BeingSentBack
    entry = take_in(bill, _money(case, folio), now=now, by=by)
    desk.close_case(case, POSTED_TO % folio.reference, now=now, by=by)
    return entry


def begin_sending_back(case_id: str, *, by: str) -> WayHome:
    """Note that unposted money goes home, so that nobody posts it meanwhile, and return what to ask of Stripe.

    raises  NotThisCase, AlreadyPosted, CaseClosed
    """
    case = _locked(_unposted(case_id))
    intent = str(case.facts["payment_intent"])
    entry = billing.posted(f"{billing_refunds.BY_STRIPE}{intent}")
    if entry is not None:
        raise AlreadyPosted(entry=entry)
    case.facts = {**case.facts, "sending_back": by}
    return WayHome(case.public_id, intent, _amount(case))


def note_sent_back(case_id: str, refund_id: str, *, now: datetime, by: str) -> None:
    """Close the case of money that Stripe has taken to send home; a second time changes nothing."""
    case = queries.case_by_public_id(case_id)
    if case is not None and case.closed_at is None:
        case.facts = {**case.facts, "sent_back": refund_id}
        desk.close_case(case, SENT_BACK, now=now, by=by)


def note_not_sent_back(case_id: str, failure: str) -> None:
    """Note that Stripe refused to send money home, so that it may be posted after all."""
    case = queries.case_by_public_id(case_id)
    if case is not None and case.closed_at is None:
        facts = {name: value for name, value in case.facts.items() if name != "sending_back"}
        case.facts = {**facts, "failure": failure}


def came_back(case_id: str, refund_id: str, failure: str, *, now: datetime) -> None:
    """Lay money on the desk once more that was sent home from there and did not arrive."""
    case = queries.case_by_public_id(case_id)
    if case is None:
        return
    facts = {name: value for name, value in case.facts.items() if name not in ("sending_back", "sent_back")}
    key = f"unknown:{facts.get('payment_intent')}:again:{refund_id}"[:120]
    desk.open_case("unknown_payment", key=key, folio_id=case.folio_id, facts={**facts, "failure": failure}, now=now)


def count_in(case_id: str, *, now: datetime, by: str) -> Refund:
    """Post a refund that was made at Stripe without us over the payment that it took from, and close the case.

    raises  NotThisCase, also where the payment stands in no bill of ours; CurrenciesDiffer, CaseClosed
    """
    case = queries.case_by_public_id(case_id)
    payment = billing.posted(f"{billing_refunds.BY_STRIPE}{case.facts.get('payment_intent')}") if case else None
    if case is None or payment is None or case.kind != "unknown_refund" or "paid_out_by" in case.facts:
        raise NotThisCase(kind=case.kind if case else "")
    amount = _amount(case)
    if amount.currency != payment.folio.currency:
        raise CurrenciesDiffer(currencies=(payment.folio.currency, amount.currency))
    lock_folio(payment.folio)
    external_id = str(case.facts["refund"])
    refund = note_taken_back(payment, amount, external_id=external_id, why=REFUNDED_AT_STRIPE, now=now, by=by)
    desk.close_case(_locked(case), COUNTED_IN, now=now, by=by)
    return refund


def can_be_counted_in(case: DeskCase) -> bool:
    """Tell whether a refund made without us belongs to a payment of ours."""
    if case.kind != "unknown_refund" or "paid_out_by" in case.facts:
        return False
    return billing.posted(f"{billing_refunds.BY_STRIPE}{case.facts.get('payment_intent')}") is not None


def _unposted(case_id: str) -> DeskCase:
    case = queries.case_by_public_id(case_id)
    if case is None or case.kind not in UNPOSTED or not case.facts.get("payment_intent"):
        raise NotThisCase(kind=case.kind if case else "")
    return case


def _locked(case: DeskCase) -> DeskCase:
    db.session.refresh(case, with_for_update={"of": DeskCase})
    if case.closed_at is not None:
        raise desk.CaseClosed(answer=case.answer)
    return case


def _money(case: DeskCase, folio: Folio) -> MoneyIn:
    return MoneyIn(
        amount=_amount(case),
        means=rules.means_of(case.facts.get("method")),
        detail=str(case.facts.get("detail") or ""),
        received_on=local_day(case.opened_at, folio.issuer.zone),
        reference=f"{billing_refunds.BY_STRIPE}{case.facts['payment_intent']}",
    )


def _amount(case: DeskCase) -> Money:
    return Money(case.facts["amount_minor"], case.facts["currency"])

"""What finance asks of Stripe from the desk, and what follows from the answers."""

from __future__ import annotations

from datetime import datetime

from tourreg import settling
from tourreg.adapters.payments import Payments, PaymentsRefused
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.settlements import matching, moot, queries
from tourreg.domain.settlements.models import DeskCase


def send_back(case_id: str, payments: Payments, *, now: datetime, by: str) -> None:
    """Send money home that is posted nowhere; asking again asks for the same refund.

    raises  NotThisCase, AlreadyPosted, CaseClosed; PaymentsUnavailable, after which it is to be asked for again;
            PaymentsRefused, after which the money may be posted after all
    """
    with writing():
        way = matching.begin_sending_back(case_id, by=by)
    try:
        sent = payments.create_refund(
            way.payment_intent,
            amount_minor=way.amount.minor,
            metadata={"case": way.case},
            idempotency_key=f"case:{way.case}",
        )
    except PaymentsRefused as refusal:
        with writing():
            matching.note_not_sent_back(case_id, refusal.message)
        raise
    with writing():
        matching.note_sent_back(case_id, sent.id, now=now, by=by)


def ask_stripe(case_id: str, payments: Payments, *, now: datetime) -> bool:
    """Ask Stripe how something on the desk stands and do what follows; tell whether it is off the desk then.

    raises  PaymentsUnavailable, PaymentsRefused
    """
    case = queries.case_by_public_id(case_id)
    if case is None:
        return False
    key = case.key
    _ask(case, payments, now)
    with writing():
        moot.close_if_moot(key, now=now)
    left = queries.case_by_key(key)
    return left is None or left.closed_at is not None


def _ask(case: DeskCase, payments: Payments, now: datetime) -> None:
    facts = dict(case.facts)
    if case.kind == "dispute":
        settling.settle_dispute(facts["dispute"], payments, now=now)
    elif case.kind == "stale_session":
        if settling.settle_session(facts["session"], payments, now=now) == "open":
            settling.close_session(facts["session"], payments, now=now)
    elif case.kind == "slow_refund":
        refund = billing.refund_by_public_id(facts["refund"])
        if refund is not None and refund.external_id is None:
            settling.send_refund(facts["refund"], payments, now=now)
        elif refund is not None:
            settling.settle_refund(refund.external_id or "", facts["refund"], payments, now=now)

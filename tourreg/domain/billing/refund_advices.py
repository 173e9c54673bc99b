"""Refund advices: what went back to a payer, over which means, when, and for which lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from tourreg.domain.billing import queries, rules
from tourreg.domain.billing.documents import (
    Purpose,
    amount_of,
    is_chinese,
    moved_on_day,
    order_of,
    payer_of,
    payment_of,
    payment_reference,
    programme_of,
)
from tourreg.domain.billing.issuing import issue_paper
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import by_submission_key
from tourreg.domain.papers.sheets import PaidBack, RefundAdviceSheet, TakenBack


def issue_refund_advice(refund: Refund, purpose: Purpose, *, now: datetime, by: str) -> Paper | None:
    """Issue the advice of a refund that has left, once for each leaving; None while it has not left.

    Take it last in a transaction, the folio being locked.
    """
    left = queries.posted(f"refund:{refund.public_id}:{refund.returns}")
    if left is None:
        return None
    key, folio = queries.advice_key(left), refund.folio
    return by_submission_key(key) or issue_paper(
        folio, "refund_advice", refund_advice_sheet(refund, left, purpose), now=now, by=by, submission_key=key
    )


def refund_advice_sheet(refund: Refund, left: Entry, purpose: Purpose) -> RefundAdviceSheet:
    """Return the sheet of the advice.

    left  the posting of the money that has left
    """
    folio = refund.folio
    entries = [entry for entry in queries.entries_of(folio) if entry.id <= left.id]
    lines = taken_back_with(refund, entries)
    standing = rules.money_standing(entries, folio.currency)
    origin = payment_of(folio, refund.payment)
    origin["amount"] = amount_of(folio, -refund.payment.amount_minor)
    return {
        **head("refund_advice", folio.issuer, made_at=None),
        "currency": folio.currency,
        "payer": payer_of(folio),
        "order": order_of(folio),
        "programme": programme_of(purpose),
        "refund": _paid_back(folio, left),
        "origin": origin,
        "parts": _parts(refund, left, entries),
        "reason": refund.why,
        "lines": [_taken_back(folio, line, purpose) for line in lines],
        "credit_note": ", ".join(dict.fromkeys(queries.papers_by_entry(lines).values())),
        "charged": amount_of(folio, standing.charged.minor),
        "received": amount_of(folio, -standing.received.minor),
        "paid_back": amount_of(folio, standing.paid_back.minor),
        "balance": amount_of(folio, standing.balance.minor),
        "remit_to": [],
        "payment_reference": payment_reference(folio, purpose),
        "not_a_fapiao": is_chinese(folio),
        "notes": [],
    }


def taken_back_with(refund: Refund, entries: Sequence[Entry]) -> list[Entry]:
    """Return what was taken back, and the fees that were kept, in the same act that asked for the refund."""
    return [
        entry
        for entry in entries
        if entry.posted_at == refund.requested_at and (entry.reverses_id or entry.kind == "cancellation_fee")
    ]


def _parts(refund: Refund, left: Entry, entries: Sequence[Entry]) -> list[PaidBack]:
    """Return all that was asked to go back with a refund, in the order in which it was asked for."""
    leavings = {entry.reference: entry for entry in entries if entry.kind == "refund"}
    asked = [one for one in queries.refunds_of(refund.folio) if one.requested_at == refund.requested_at]
    return [
        _part(one, left if one.id == refund.id else leavings.get(f"refund:{one.public_id}:{one.returns}"))
        for one in asked
    ]


def _part(refund: Refund, left: Entry | None) -> PaidBack:
    if left is not None:
        return _paid_back(refund.folio, left)
    return cast(
        PaidBack,
        {
            "means": refund.payment.means or "wire",
            "reference": refund.detail or refund.payment.detail,
            "left_on": "",
            "amount": amount_of(refund.folio, refund.amount_minor),
        },
    )


def _paid_back(folio: Folio, left: Entry) -> PaidBack:
    return cast(
        PaidBack,
        {
            "means": left.means or "wire",
            "reference": left.detail,
            "left_on": moved_on_day(folio, left).isoformat(),
            "amount": amount_of(folio, left.amount_minor),
        },
    )


def _taken_back(folio: Folio, line: Entry, purpose: Purpose) -> TakenBack:
    """Return one line as it was charged, since what stands above it says that it was taken back."""
    named = line.reverses.description if line.reverses else line.description
    return {
        "description": both(named),
        "detail": purpose.names.get(line.subject, ""),
        "amount": amount_of(folio, line.amount_minor),
    }

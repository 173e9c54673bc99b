"""What must hold between our ledger and Stripe's own books."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from tests.domain.settlements.books import net_of, net_paid_out
from tests.fake_payments import FakePayments
from tourreg.db import db
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.settlements.models import DeskCase
from tourreg.domain.settlements.recording import BY_BANK, RECORDED_MEANS

NOT_OVER_STRIPE = (BY_BANK, *(f"{means}:" for means in RECORDED_MEANS))


def each_object_posts_at_most_once(payments: FakePayments) -> None:
    """A payment by its own name, for what it brought; a refund or a lost dispute by one refund of ours, alike."""
    for entry in db.session.scalars(select(Entry).where(Entry.kind == "payment")):
        if not entry.reference.startswith(NOT_OVER_STRIPE):
            intent = payments.intents[entry.reference.removeprefix("stripe:")]
            assert (intent.status, intent.amount_received_minor) == ("succeeded", -entry.amount_minor)
            assert intent.currency == entry.folio.currency
    for refund in db.session.scalars(select(Refund).where(Refund.external_id.is_not(None))):
        known = payments.refunds.get(refund.external_id or "") or payments.disputes[refund.external_id or ""]
        assert (known.amount_minor, f"stripe:{known.payment_intent}") == (refund.amount_minor, refund.payment.reference)
        if refund.means == "stripe":
            assert net_of(refund) in (0, known.amount_minor)


def equal_stripes(payments: FakePayments) -> None:
    """Once all news has come: what succeeded at Stripe is posted or lies on the desk, and nothing is posted beside."""
    for intent in payments.intents.values():
        entry = _posted(f"stripe:{intent.id}")
        if intent.status != "succeeded":
            assert entry is None, intent.id
        elif entry is None:
            assert f"unknown:{intent.id}" in _cases("unknown_payment"), intent.id
    for refund in payments.refunds.values():
        if refund.status == "succeeded" and "case" not in refund.metadata:
            assert _refund(refund.id) or f"unknown_refund:{refund.id}" in _cases("unknown_refund"), refund.id
    for dispute in payments.disputes.values():
        if dispute.status == "lost" and _posted(f"stripe:{dispute.payment_intent}"):
            assert _refund(dispute.id), dispute.id
    left: dict[int, int] = defaultdict(int)
    for known in db.session.scalars(select(Refund)):
        left[known.payment_id] += known.amount_minor if _has_left(known, payments) else 0
    assert {key: minor for key, minor in net_paid_out().items() if minor} == {k: v for k, v in left.items() if v}


def _has_left(refund: Refund, payments: FakePayments) -> bool:
    if refund.means == "by_hand":
        return refund.state == "succeeded"
    if refund.external_id in payments.disputes:
        return payments.disputes[refund.external_id].status == "lost"
    return refund.external_id in payments.refunds and payments.refunds[refund.external_id].status == "succeeded"


def _posted(reference: str) -> Entry | None:
    return db.session.scalar(select(Entry).where(Entry.reference == reference))


def _refund(external_id: str) -> Refund | None:
    return db.session.scalar(select(Refund).where(Refund.external_id == external_id))


def _cases(kind: str) -> set[str]:
    """Return the keys of all cases of a kind, closed or not."""
    return set(db.session.scalars(select(DeskCase.key).where(DeskCase.kind == kind)))

"""What must hold of all money, whatever has happened: asked of the database as it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import sha256
from json import dumps

from sqlalchemy import func, select

from tests.fake_payments import FakePayments
from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.journal import accounts_of
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.catalogue.models import Pool
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Seat

STRIPE_SAYS_SENT = ("succeeded",)


def balances_are_the_sums_of_their_entries() -> None:
    for folio in db.session.scalars(select(Folio)):
        entries = billing.entries_of(folio)
        assert billing.balance(folio) == billing.standing(folio).balance, folio.reference
        assert billing.balance(folio).minor == sum(entry.amount_minor for entry in entries), folio.reference


def nothing_was_paid_out_that_had_not_come_in() -> None:
    """Of every single payment, with what is still on its way."""
    for payment_id, minor in net_paid_out().items():
        payment = db.session.get_one(Entry, payment_id)
        assert 0 <= minor <= -payment.amount_minor, payment.reference
    asked = select(Refund.payment_id, func.sum(Refund.amount_minor)).group_by(Refund.payment_id)
    for payment_id, minor in db.session.execute(asked):
        assert minor <= -db.session.get_one(Entry, payment_id).amount_minor


def every_payment_at_stripe_posted_at_most_once(payments: FakePayments) -> None:
    posted = Counter(db.session.scalars(select(Entry.reference).where(Entry.kind == "payment")))
    assert all(times == 1 for times in posted.values())
    for entry in db.session.scalars(select(Entry).where(Entry.reference.startswith("stripe:"))):
        intent = payments.intents[entry.reference.removeprefix("stripe:")]
        assert (intent.status, intent.amount_received_minor) == ("succeeded", -entry.amount_minor)


def numbers_have_no_gap_and_no_repeat() -> None:
    """Each seller's papers of one kind and year are counted from one."""
    series: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for paper in db.session.scalars(select(Paper).order_by(Paper.id)):
        stem, _, number = paper.number.rpartition("-")
        series[paper.issuer_id, paper.kind, stem].append(int(number))
    for key, numbers in series.items():
        assert numbers == list(range(1, len(numbers) + 1)), key


def no_pool_is_overdrawn_and_every_seat_is_counted() -> None:
    living = select(Seat.pool_id, func.count()).where(Seat.state != "released").group_by(Seat.pool_id)
    live: dict[int | None, int] = dict(db.session.execute(living).all())
    for pool in db.session.scalars(select(Pool)):
        assert pool.taken == live.get(pool.id, 0) <= pool.capacity


def the_journal_adds_up_to_zero() -> None:
    """By currency; and what stands on the account of receivables is what all folios owe."""
    accounts: dict[tuple[str, str], int] = defaultdict(int)
    for entry in db.session.scalars(select(Entry)):
        reversed_kind = entry.reverses.kind if entry.reverses else None
        debit, credit = accounts_of(entry.kind, entry.means, reversed_kind)
        accounts[entry.folio.currency, debit] += abs(entry.amount_minor)
        accounts[entry.folio.currency, credit] -= abs(entry.amount_minor)
    for currency in {currency for currency, _account in accounts}:
        assert sum(minor for (of, _account), minor in accounts.items() if of == currency) == 0
        folios = db.session.scalars(select(Folio).where(Folio.currency == currency))
        assert accounts[currency, "receivable"] == sum(billing.balance(folio).minor for folio in folios)


def frozen() -> dict[str, str]:
    """Return the fingerprint of everything a paper's bytes are made from, by its public id."""
    return {
        paper.public_id: sha256(
            dumps([paper.number, paper.template, paper.template_version, paper.language, paper.sheet]).encode()
        ).hexdigest()
        for paper in db.session.scalars(select(Paper))
    }


def net_paid_out() -> dict[int, int]:
    """Return what the ledger says has left of each payment, by the id of its entry."""
    gone: dict[int, int] = defaultdict(int)
    for refund in db.session.scalars(select(Refund)):
        moves = select(func.coalesce(func.sum(Entry.amount_minor), 0)).where(
            Entry.reference.startswith(f"refund:{refund.public_id}:")
            | Entry.reference.startswith(f"refund_returned:{refund.public_id}:")
        )
        gone[refund.payment_id] += int(db.session.scalar(moves) or 0)
    return gone


def equal_stripes(payments: FakePayments) -> None:
    """Once all news has come: each payment that succeeded at Stripe is posted, and each refund that left."""
    posted = {
        entry.reference: -entry.amount_minor
        for entry in db.session.scalars(select(Entry).where(Entry.reference.startswith("stripe:")))
    }
    assert posted == {
        f"stripe:{intent.id}": intent.amount_received_minor
        for intent in payments.intents.values()
        if intent.status == "succeeded"
    }
    left: dict[int, int] = defaultdict(int)
    for refund in db.session.scalars(select(Refund)):
        at_stripe = payments.refunds.get(refund.external_id or "")
        if refund.means == "by_hand":
            left[refund.payment_id] += refund.amount_minor if refund.state == "succeeded" else 0
        elif at_stripe is not None and at_stripe.status in STRIPE_SAYS_SENT:
            left[refund.payment_id] += at_stripe.amount_minor
    assert {key: minor for key, minor in net_paid_out().items() if minor} == {k: v for k, v in left.items() if v}

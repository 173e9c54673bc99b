"""How far the refunds of a cancelled event are, and what they will come to: each figure in a bounded statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.billing.refunds import BY_STRIPE
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.models import BatchItem, Cancellation, RefundBatch
from tourreg.kernel.money import Money

MOST_SHOWN = 50


@dataclass(frozen=True)
class Progress:
    """Registrations of a batch, and money of its refunds by currency.

    on_its_way   asked of Stripe and not arrived yet
    arrived      gone back over Stripe
    to_pay_out   waits for finance, because it came by bank or failed on its way
    paid_out     gone back by hand
    """

    waiting: int
    done: int
    failed: int
    on_its_way: tuple[Money, ...]
    arrived: tuple[Money, ...]
    to_pay_out: tuple[Money, ...]
    paid_out: tuple[Money, ...]

    @property
    def registrations(self) -> int:
        return self.waiting + self.done + self.failed


@dataclass(frozen=True)
class AtStake:
    """What an event's registrations are and hold before they are refunded."""

    registrations: int
    by_stripe: tuple[Money, ...]
    by_hand: tuple[Money, ...]


def progress_of(batch: RefundBatch) -> Progress:
    """Return how far a batch is, in two statements."""
    standing = case((BatchItem.done_at.is_not(None), "done"), (BatchItem.failure != "", "failed"), else_="waiting")
    counted = select(standing, func.count()).where(BatchItem.batch_id == batch.id).group_by(standing)
    counts = {str(name): int(number) for name, number in db.session.execute(counted).all()}
    sums = _refunded(batch)
    return Progress(
        waiting=counts.get("waiting", 0),
        done=counts.get("done", 0),
        failed=counts.get("failed", 0),
        **{name: sums.get(name, ()) for name in ("on_its_way", "arrived", "to_pay_out", "paid_out")},
    )


def failed_items(batch: RefundBatch) -> Sequence[BatchItem]:
    """Return the registrations that could not be refunded, with the reasons, at most MOST_SHOWN."""
    failed = select(BatchItem).where(BatchItem.batch_id == batch.id, BatchItem.failure != "")
    with_registration = failed.options(joinedload(BatchItem.registration)).order_by(BatchItem.id).limit(MOST_SHOWN)
    return db.session.scalars(with_registration).all()


def at_stake(event: Event) -> AtStake:
    """Return what a batch of the event would come to with a full refund, in three statements."""
    count = db.session.scalar(select(func.count(Registration.id)).where(Registration.event_id == event.id)) or 0
    came, went = _by_way(_paid(event)), _by_way(_asked_back(event))
    left = {key: minor - went.get(key, 0) for key, minor in came.items()}
    return AtStake(count, _sums(left, by_stripe=True), _sums(left, by_stripe=False))


_Way = tuple[str, bool]


def _paid(event: Event) -> Select[str, bool, int]:
    by_stripe = Entry.reference.startswith(BY_STRIPE)
    paid = select(Folio.currency, by_stripe, func.sum(-Entry.amount_minor)).join(Entry.folio)
    return paid.where(Folio.event == event.public_id, Entry.kind == "payment").group_by(Folio.currency, by_stripe)


def _asked_back(event: Event) -> Select[str, bool, int]:
    by_stripe = Entry.reference.startswith(BY_STRIPE)
    asked = select(Folio.currency, by_stripe, func.sum(Refund.amount_minor)).join(Refund.folio).join(Refund.payment)
    return asked.where(Folio.event == event.public_id).group_by(Folio.currency, by_stripe)


def _by_way(sums: Select[str, bool, int]) -> dict[_Way, int]:
    return {(currency, bool(by_stripe)): int(minor) for currency, by_stripe, minor in db.session.execute(sums)}


def _sums(left: dict[_Way, int], *, by_stripe: bool) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for (currency, way), minor in left.items() if way is by_stripe and minor)


def _refunded(batch: RefundBatch) -> dict[str, tuple[Money, ...]]:
    """Return the money of the batch's refunds by where it stands."""
    standing = case(
        (Refund.is_to_pay_out, "to_pay_out"),
        (Refund.means == "by_hand", "paid_out"),
        (Refund.state == "succeeded", "arrived"),
        else_="on_its_way",
    )
    summed = (
        select(standing, Folio.currency, func.sum(Refund.amount_minor))
        .join(Refund.folio)
        .join(Cancellation, Cancellation.public_id == Refund.cause)
        .where(Cancellation.batch_id == batch.id)
        .group_by(standing, Folio.currency)
    )
    found: dict[str, tuple[Money, ...]] = {}
    for name, currency, minor in db.session.execute(summed).all():
        found[name] = (*found.get(name, ()), Money(int(minor), currency))
    return found

"""An event that is called off: everybody's registration cancelled and refunded, one after the other.

Each registration is one transaction that also notes that it is done, so that a worker may be killed at any moment and
nobody is refunded twice; whoever stops the batch stops it before the next registration.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, literal, select, update

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue.models import Event
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.registrations.chosen import everything
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancellations
from tourreg.domain.settlements.cancellations import NothingToCancel
from tourreg.domain.settlements.foreseeing import Order
from tourreg.domain.settlements.models import BATCH_MOVES, BatchItem, RefundBatch
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

REFUND_EVENT = "refund_event"
BATCH = Axis("refund_batch", "state", BATCH_MOVES)
LONGEST_FAILURE = 500


class EventGoesOn(Refusal):
    """Only an event that is called off refunds everybody."""


@dataclass(frozen=True)
class Due:
    """A registration that a batch comes to next."""

    item_id: int
    registration_id: int


def begin(event: Event, why: Text, *, by_terms: bool, now: datetime, by: str) -> RefundBatch:
    """Note everybody who registered, and hand the work to the worker; an event has one batch.

    event     from `desk.event_to_change`, so that two who begin at once begin one
    why       for the payers, in each one's language
    by_terms  keep what the event's terms keep; else everything goes back
    raises    EventGoesOn
    """
    if event.state != "cancelled":
        raise EventGoesOn
    known = batch_of(event)
    if known is not None:
        return known
    batch = RefundBatch(event_id=event.id, why=why, by_terms=by_terms, runs=1, begun_at=now, begun_by=by)
    db.session.add(batch)
    db.session.flush()
    everybody = select(literal(batch.id), Registration.id).where(Registration.event_id == event.id)
    ordered = everybody.order_by(Registration.id)
    db.session.execute(insert(BatchItem).from_select(["batch_id", "registration_id"], ordered, include_defaults=False))
    _hand_over(batch, now)
    return batch


def stop(batch: RefundBatch, *, now: datetime, by: str) -> None:
    """Let the batch rest before its next registration; what is done stays done.

    raises  MoveRefused where it does not run
    """
    locked(batch)
    move_to(batch, BATCH, "stopped", now=now, by=by)


def resume(batch: RefundBatch, *, now: datetime, by: str) -> None:
    """Go on where the batch stopped, and try again what had failed.

    raises  MoveRefused where it runs
    """
    locked(batch)
    move_to(batch, BATCH, "running", now=now, by=by)
    batch.runs += 1
    batch.ended_at = None
    again = update(BatchItem).where(BatchItem.batch_id == batch.id, BatchItem.done_at.is_(None)).values(failure="")
    db.session.execute(again.execution_options(synchronize_session=False))
    _hand_over(batch, now)


def next_due(batch: RefundBatch) -> Due | None:
    """Return the registration that comes next; None where all are done or failed, or the batch does not run."""
    if batch.state != "running":
        return None
    waiting = select(BatchItem).where(
        BatchItem.batch_id == batch.id, BatchItem.done_at.is_(None), BatchItem.failure == ""
    )
    item = db.session.scalars(waiting.order_by(BatchItem.id).limit(1)).first()
    return Due(item.id, item.registration_id) if item else None


def refund(due: Due, *, now: datetime, by: str) -> bool:
    """Cancel one registration of the batch and note that it is done; tell whether anything was done.

    Its payment pages are to be closed at Stripe before.
    """
    item = db.session.scalars(select(BatchItem).where(BatchItem.id == due.item_id).with_for_update(of=BatchItem)).one()
    batch = locked(item.batch)
    if item.done_at is not None or batch.state != "running":
        return False
    registration = db.session.get_one(Registration, item.registration_id)
    order = Order(
        chosen=everything(registration),
        why=batch.why.in_(registration.language),
        submission_key=f"{batch.public_id}:{registration.public_id}",
        full_refund=not batch.by_terms,
        batch_id=batch.id,
    )
    try:
        with db.session.begin_nested():
            cancellations.cancel(registration.id, order, now=now, by=by)
    except NothingToCancel:
        pass
    item.done_at = now
    return True


def note_failure(due: Due, failure: str) -> None:
    """Note why a registration could not be refunded, so that the batch goes on without it."""
    noting = update(BatchItem).where(BatchItem.id == due.item_id, BatchItem.done_at.is_(None))
    db.session.execute(noting.values(failure=failure[:LONGEST_FAILURE]).execution_options(synchronize_session=False))


def hand_on(batch: RefundBatch, after: Due, *, now: datetime) -> None:
    """Ask the worker to go on after a portion."""
    key = f"{REFUND_EVENT}:{batch.public_id}:{batch.runs}:{after.item_id}"
    add_task(REFUND_EVENT, {"batch": batch.public_id}, key=key, now=now)


def end(batch: RefundBatch, *, now: datetime, by: str) -> None:
    """Note that nothing is left to do; what failed is for people to look at."""
    locked(batch)
    if batch.state == "running" and next_due(batch) is None:
        move_to(batch, BATCH, "done", now=now, by=by)
        batch.ended_at = now


def locked(batch: RefundBatch) -> RefundBatch:
    """Return the batch as it is after every other transaction on it has ended."""
    db.session.refresh(batch, with_for_update=True)
    return batch


def batch_of(event: Event) -> RefundBatch | None:
    return db.session.scalar(select(RefundBatch).where(RefundBatch.event_id == event.id))


def batch_by_public_id(public_id: str) -> RefundBatch | None:
    return db.session.scalar(select(RefundBatch).where(RefundBatch.public_id == public_id))


def _hand_over(batch: RefundBatch, now: datetime) -> None:
    key = f"{REFUND_EVENT}:{batch.public_id}:{batch.runs}"
    add_task(REFUND_EVENT, {"batch": batch.public_id}, key=key, now=now)

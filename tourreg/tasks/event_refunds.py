"""Refunding everybody of a cancelled event, portion by portion."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from tourreg import settling
from tourreg.adapters.payments import PaymentsUnavailable
from tourreg.blueprints.outside import payments
from tourreg.db import db, writing
from tourreg.domain.settlements import batches
from tourreg.domain.settlements.batches import REFUND_EVENT, Due
from tourreg.domain.settlements.ended_holds import WORKER
from tourreg.domain.settlements.models import RefundBatch
from tourreg.tasks.registry import NotYet, task

# Registrations of one portion: well within the time that a worker may keep a task.
PORTION = 25
WAIT_FOR_STRIPE = timedelta(minutes=2)
_LOG = logging.getLogger(__name__)


@task(REFUND_EVENT)
def refund_event(batch: str, *, now: datetime) -> None:
    """Refund the next portion and ask for the one after it; begun again it goes on where it was killed."""
    found = batches.batch_by_public_id(batch)
    if found is None:
        return
    last = None
    for _place in range(PORTION):
        due = batches.next_due(found)
        if due is None:
            break
        _refund(due, now)
        last = due
    _go_on(found, last, now)


def _refund(due: Due, now: datetime) -> None:
    """Refund one registration; what keeps it from that is noted, so that the others do not wait for it.

    raises  NotYet while Stripe cannot be asked
    """
    try:
        settling.refund_due(due, payments(), now=now)
    except PaymentsUnavailable as fault:
        raise NotYet(now + WAIT_FOR_STRIPE) from fault
    except Exception as fault:
        _LOG.exception("registration %s was not refunded", due.registration_id)
        with writing():
            batches.note_failure(due, f"{type(fault).__name__}: {fault}")


def _go_on(batch: RefundBatch, last: Due | None, now: datetime) -> None:
    with writing():
        db.session.refresh(batch)
        if last is not None and batches.next_due(batch) is not None:
            batches.hand_on(batch, last, now=now)
        else:
            batches.end(batch, now=now, by=WORKER)

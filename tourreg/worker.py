"""The worker: claims what the outbox holds, does it, and notes what became of it.

A worker may be killed at any moment. What then happens to a task:
  before its claim is committed   nothing has happened; anybody takes it
  once it is claimed              it waits until the lease ends, then anybody takes it
  while it is done                likewise; what it wrote it wrote whole, and it is made to be done again
  once it is done, unnoted        likewise; doing it again changes nothing (and sends nothing: a letter notes its own
                                  leaving first, in the moment after the mail server's answer)
"""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta

from flask import Flask

from tourreg import tasks
from tourreg.adapters.bell import HueyBell
from tourreg.adapters.memory import give_back, own_megabytes
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.outside import bell
from tourreg.db import db, writing
from tourreg.domain.outbox import queries, queue
from tourreg.domain.outbox.queue import Claim
from tourreg.domain.settlements import comparing
from tourreg.kernel import clock
from tourreg.kernel.clock import at_local_time, local_day
from tourreg.tasks import registry

__all__ = ["run_due", "run_one", "serve", "tasks"]

NAME = "worker"
# When a night's comparison with Stripe begins, in the office's zone, when few people pay.
NIGHT = time(3, 30)
WITHIN_THE_DAY = timedelta(hours=3, minutes=30)
BETWEEN_BEATS = timedelta(seconds=30)
# What a process may hold beyond what it began with when it begins a task that needs much itself: papers leave more.
MOST_LEFT_MEGABYTES = 50
_LOG = logging.getLogger(__name__)


class NoQueue(Exception):
    """The settings name no queue that a worker could serve."""


class GrewHeavy(Exception):
    """What this process holds leaves too little room for the next task, which waits for the process begun anew."""


def serve(app: Flask, *, threads: int) -> None:
    """Run what is due at each ring of the bell and each minute, until SIGTERM; a task under way is finished first."""
    with app.app_context():
        found = bell()
    if not isinstance(found, HueyBell):
        raise NoQueue

    most = own_megabytes() + MOST_LEFT_MEGABYTES

    def is_heavy() -> bool:
        give_back()
        return own_megabytes() > most

    def answer(is_to_stop: Callable[[], bool]) -> bool:
        with app.app_context():
            ask_for_tonight(clock.utc_now())
            try:
                if run_due(is_to_stop, is_heavy):
                    give_back()
            except GrewHeavy:
                return True
        return False

    found.ring()
    found.serve(answer, threads=threads)


def run_due(is_to_stop: Callable[[], bool] = lambda: False, is_heavy: Callable[[], bool] = lambda: False) -> int:
    """Run one task after the other until none is due; return how many were run.

    raises  GrewHeavy
    """
    count = 0
    _beat()
    while not is_to_stop() and run_one(is_heavy):
        count += 1
        _beat()
    return count


def run_one(is_heavy: Callable[[], bool] = lambda: False) -> bool:
    """Run the task that is due longest; tell whether there was one.

    raises  GrewHeavy
    """
    now = clock.utc_now()
    claimed = _claim(now)
    if claimed is None:
        return False
    if registry.begins_light(claimed.kind) and is_heavy():
        with writing():
            queue.postpone(claimed, now)
        raise GrewHeavy
    try:
        registry.do(claimed.kind, claimed.arguments, now=now)
    except registry.NotYet as early:
        with writing():
            queue.postpone(claimed, early.until)
    except registry.Hopeless as fault:
        _LOG.error("%s was given up: %s", claimed.key, fault)
        with writing():
            queue.give_up(claimed, str(fault), now=clock.utc_now())
    except Exception as fault:
        _LOG.exception("%s failed in attempt %s", claimed.key, claimed.attempts)
        with writing():
            queue.fail(claimed, f"{type(fault).__name__}: {fault}", now=clock.utc_now())
    else:
        with writing():
            queue.finish(claimed, now=clock.utc_now())
    return True


def _claim(now: datetime) -> Claim | None:
    """Claim a task; an empty outbox is found empty without a lock."""
    if not queue.is_anything_due(now):
        db.session.rollback()
        return None
    with writing():
        return queue.claim(now)


def _beat() -> None:
    """Note for /readyz that this worker is alive, at most twice a minute."""
    now = clock.utc_now()
    last = queries.last_beat()
    if last is None or now - last >= BETWEEN_BEATS:
        with writing():
            queue.beat(NAME, now=now)


def ask_for_tonight(now: datetime) -> None:
    """Ask for the comparison with Stripe in the night to come, once, however many workers ask."""
    zone = desk_zone()
    tonight_on = local_day(now - WITHIN_THE_DAY, zone) + timedelta(days=1)
    is_asked = comparing.is_asked_for(tonight_on.isoformat())
    db.session.rollback()
    if not is_asked:
        with writing():
            comparing.ask_for_tonight(at_local_time(tonight_on, NIGHT, zone), tonight_on.isoformat(), now=now)

"""A hundred invoices as finance sends them: issued in as many transactions, rendered and stored by two workers."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from bench.figures import Figure, milliseconds
from bench.season import an_open_summit
from bench.site import Site, site
from tests.many import many_registrations
from tests.worker_process import worker_process
from tourreg.db import db, writing
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices
from tourreg.kernel import clock

INVOICES, PROCESSES, MOST_MILLISECONDS = 100, 2, 60
# Registrations are written without their commands; every second of them owes.
WRITTEN = 3 * INVOICES
PATIENCE_SECONDS = 300


def figures() -> Iterator[Figure]:
    with site("SQLite", partial(_fill, WRITTEN)) as place, place.app.app_context():
        issued = _issue(INVOICES)
        made = _make(place, INVOICES)
        each = (issued + made) / INVOICES
        work = f"{INVOICES} invoices issued, rendered and stored, {PROCESSES} workers"
        beside = f"{milliseconds(issued / INVOICES)} to issue, {milliseconds(made / INVOICES)} to make"
        gate = f"≤ {MOST_MILLISECONDS} ms each"
        yield Figure(work, f"{milliseconds(each)} each", beside, gate, each * 1000 <= MOST_MILLISECONDS)


def _fill(count: int) -> None:
    many_registrations(an_open_summit("summit"), count, now=clock.utc_now())


def _issue(count: int) -> float:
    """Issue so many invoices, each in a transaction of its own, and return the seconds it took."""
    ids = list(db.session.scalars(select(Registration.id).order_by(Registration.id)))
    db.session.rollback()
    started, done = time.perf_counter(), 0
    for registration_id in ids:
        try:
            with writing():
                invoices.issue_now(registration_id, now=clock.utc_now(), by="staff:bench")
            done += 1
        except invoices.NothingToInvoice:
            continue
        if done == count:
            return time.perf_counter() - started
    raise SystemExit(f"bench: only {done} registrations can be invoiced")


def _make(place: Site, count: int) -> float:
    """Let two workers make the files, and return the seconds from the first made to the last, for all of them.

    Their start is not counted, since workers run all day.
    """
    with ExitStack() as workers:
        for number in range(PROCESSES):
            workers.enter_context(worker_process(place.environment, Path(place.place.folder, f"worker-{number}.log")))
        _wait_for(PROCESSES)
        first, started = _made(), time.perf_counter()
        _wait_for(count)
        return (time.perf_counter() - started) * count / (count - first)


def _wait_for(count: int) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while _made() < count:
        if time.monotonic() > ends_at:
            raise SystemExit(f"bench: only {_made()} of {count} papers were made")
        time.sleep(0.02)


def _made() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Paper.id)).where(Paper.rendered_at.is_not(None))) or 0

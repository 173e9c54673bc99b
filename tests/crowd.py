"""Many at once: each in a thread and an application context of its own, all let go at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError

from tourreg.db import db, is_conflict

TRIES = 5


def at_once(app: Flask, works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all the works at once and return what each returned or raised, in their order.

    Work that lost a race for a lock is done again, as a view does it.
    """
    db.session.rollback()
    start = Barrier(len(works))

    def alone(work: Callable[[], Any]) -> Any:
        with app.app_context():
            start.wait()
            try:
                return _until_it_is_done(work)
            except Exception as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(alone, works))


def _until_it_is_done(work: Callable[[], Any]) -> Any:
    for _ in range(TRIES - 1):
        try:
            return work()
        except DBAPIError as error:
            if not is_conflict(error):
                raise
            db.session.rollback()
    return work()

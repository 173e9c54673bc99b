"""Writing that is tried again when it loses a race for a lock or a name, for forms that then show what was typed."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from tourreg.db import db, is_conflict
from tourreg.kernel.refusals import Refusal

Made = TypeVar("Made")
ATTEMPTS = 2
# Each loses to one who then has a name that the next attempt passes by or refuses.
ATTEMPTS_AT_A_NAME = 5


class ManyAtOnce(Refusal):
    """The database was busy each time; nothing was written."""


def try_again(work: Callable[[], Made]) -> Made:
    """Return what the work makes, done once more after a lost race.

    raises  ManyAtOnce, and whatever else the work raises
    """
    for _attempt in range(ATTEMPTS):
        try:
            return work()
        except DBAPIError as error:
            if not is_conflict(error):
                raise
            db.session.rollback()
    raise ManyAtOnce


def with_free_name(work: Callable[[], Made], *refusals: type[Refusal]) -> Made:
    """Return what the work makes, done anew while others take, between its look and its writing, what must be unique.

    refusals  by which the work itself says so
    raises    the last of them, or IntegrityError, where it stays taken
    """
    taken: tuple[type[Exception], ...] = (IntegrityError, *refusals)
    for _attempt in range(ATTEMPTS_AT_A_NAME - 1):
        try:
            return work()
        except taken:
            db.session.rollback()
    return work()

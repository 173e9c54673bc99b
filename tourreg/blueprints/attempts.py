"""Writing that is tried again when it loses a race for a lock, for forms that then show what was typed."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from tourreg.db import db, is_conflict
from tourreg.kernel.refusals import Refusal

Made = TypeVar("Made")
ATTEMPTS = 2


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

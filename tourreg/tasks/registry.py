"""Which function does which kind of task.

A function is registered under the kind that `add_task` names; it is handed the task's arguments by name and `now`. It
asks the outside world outside any transaction and writes what came of it in one `writing()`, so that a worker that is
killed between the two does no harm by beginning again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Work = Callable[..., None]
_WORKS: dict[str, Work] = {}
_LIGHT: set[str] = set()


class NotYet(Exception):
    """It is too early for the task; it comes again at `until`, and that is no failure."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class Hopeless(Exception):
    """However often the task is tried it will fail; the message tells a person why."""


class KindUnknown(Exception):
    """No function does this kind; a newer release may have added it."""


def task(kind: str, *, begins_light: bool = False) -> Callable[[Work], Work]:
    """Register the function that does a kind of task.

    begins_light  it needs so much memory that a process which other work left heavy begins anew before it
    """

    def registered(work: Work) -> Work:
        _WORKS[kind] = work
        if begins_light:
            _LIGHT.add(kind)
        return work

    return registered


def begins_light(kind: str) -> bool:
    return kind in _LIGHT


def do(kind: str, arguments: Mapping[str, Any], *, now: datetime) -> None:
    """Do a task; whatever its function raises comes through.

    raises  KindUnknown, NotYet, Hopeless
    """
    work = _WORKS.get(kind)
    if work is None:
        raise KindUnknown(kind)
    work(**arguments, now=now)

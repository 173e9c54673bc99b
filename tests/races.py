"""Many people at one moment: real threads, each with its own connection, let go together."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

Answer = TypeVar("Answer")
LONGEST_WAIT = 60


def all_at_once(app: Flask, doings: Iterable[Callable[[], Answer]]) -> list[Answer]:
    """Return what each doing answered, in their order; one that fails fails the test."""
    waiting = list(doings)
    gate = Barrier(len(waiting))

    def do(doing: Callable[[], Answer]) -> Answer:
        gate.wait(LONGEST_WAIT)
        with app.app_context():
            return doing()

    with ThreadPoolExecutor(len(waiting)) as people:
        return list(people.map(do, waiting))

"""The worker's bell: Huey carries "there is work" from the web to the worker; what work stands in the outbox alone."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy import make_url

NAME = "tourreg"
# Seconds between looks at a queue file; Redis and PostgreSQL wake the worker themselves.
LONGEST_POLL = 0.5
# Is handed what tells whether the worker is to stop; tells whether its process is to begin anew.
Answer = Callable[[Callable[[], bool]], bool]
_LOG = logging.getLogger(__name__)


class Bell(Protocol):
    """Something that wakes the worker."""

    def ring(self) -> None:
        """Tell the worker that there is work; a ring that is lost is made good by the sweep each minute."""


def open_bell(url: str, secret: str) -> Bell:
    """Return the bell that a URL names: sqlite:///file (not the application's own), redis://…, postgresql://…, memory://."""
    return MemoryBell() if urlsplit(url).scheme == "memory" else HueyBell(url, secret)


class HueyBell:
    """A queue of rings, signed, so that nobody else's bytes are unpacked. Huey's own retries are off."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._answer: Callable[[], None] = lambda: None

    def ring(self) -> None:
        try:
            self._rung()
        except Exception:
            # Whatever is wrong with the queue: what was committed stands in the outbox, and the sweep finds it.
            _LOG.warning("The bell could not be rung; the sweep will find the work.", exc_info=True)

    def serve(self, answer: Answer, *, threads: int) -> None:
        """Answer each ring, and one each minute, in some threads until SIGTERM; an answer under way is waited for.

        SIGHUP, or an answer that says so, ends the process likewise and begins it anew.
        """
        self._rung()
        # Huey begins a process anew by these words, which lack the interpreter's own, such as -m.
        sys.argv = sys.orig_argv[1:]
        consumer = self._huey.create_consumer(workers=threads, max_delay=LONGEST_POLL, graceful_signal="TERM")
        is_to_stop = consumer.stop_flag.is_set

        def answer_once() -> None:
            if answer(is_to_stop) and not is_to_stop():
                os.kill(os.getpid(), signal.SIGHUP)

        self._answer = answer_once
        consumer.run()

    @cached_property
    def _huey(self) -> Huey:
        """Return the queue, opened when it is first used and so never before a process forks."""
        return _huey(self._url, SignedSerializer(secret=self._secret, salt=NAME))

    @cached_property
    def _rung(self) -> Any:
        """Return what puts a ring into the queue; the worker, which knows the same two names, takes it out."""

        def answer() -> None:
            self._answer()

        self._huey.periodic_task(crontab(), name="sweep", retries=0)(answer)
        return self._huey.task(name="ring", retries=0)(answer)


class MemoryBell:
    """Counts its rings; for tests."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1


def _huey(url: str, serializer: SignedSerializer) -> Huey:
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        # A ring may be lost in a power cut, so none waits for the disk.
        place = Path(make_url(url).database or "")
        place.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(place), fsync=False, results=False, serializer=serializer)
    if scheme in ("redis", "rediss"):
        return RedisHuey(NAME, url=url, results=False, serializer=serializer)
    if scheme.partition("+")[0] == "postgresql":
        dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey(NAME, dsn=dsn, results=False, serializer=serializer)
    raise ValueError(f"no queue can be kept at {scheme}://")

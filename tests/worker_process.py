"""A worker as it runs in earnest: a process of its own, started by the command, that may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 30


class DidNotHappen(AssertionError):
    """What the test waited for did not come in time."""


@contextmanager
def worker_process(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `tourreg worker` while the block lasts; whatever is still alive then is killed."""
    with log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "tourreg", "worker", "--threads", "1"],
            env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
            stdout=lines,
            stderr=lines,
            cwd=ROOT,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=PATIENCE_SECONDS)


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> int:
    """Send a signal and return how the process ended."""
    process.send_signal(how)
    return process.wait(timeout=PATIENCE_SECONDS)


def wait_until(happened: Callable[[], bool], what: str) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > ends_at:
            raise DidNotHappen(what)
        time.sleep(0.05)

"""Work in a child of this process: its memory is free again afterwards, and its death is not ours."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from tourreg.kernel.refusals import Refusal

Given = TypeVar("Given", str, bytes)
_FORK = get_context("fork")  # what this process has loaded, its child has as well


class DidNotFinish(Exception):
    """The child died, or took too long; if it failed, the log tells how."""


def aside(work: Callable[[Given], bytes], given: Given, *, seconds: float) -> bytes:
    """Return what the work makes of what it is given, done in a child of this process.

    work    must leave alone what the child shares with this process: connections, files, locks
    raises  what the work refuses, DidNotFinish
    """
    receiver, sender = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_send, args=(sender, work, given), daemon=True)
    with receiver:
        child.start()
        sender.close()
        try:
            if not receiver.poll(seconds):
                raise DidNotFinish(f"not within {seconds:g} seconds")
            answer: bytes | Refusal = receiver.recv()
        except EOFError as ended:
            raise DidNotFinish("it died") from ended
        finally:
            child.kill()
            child.join()
            child.close()
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _send(sender: Connection, work: Callable[[Given], bytes], given: Given) -> None:
    try:
        answer: bytes | Refusal = work(given)
    except Refusal as refusal:
        answer = refusal
    sender.send(answer)

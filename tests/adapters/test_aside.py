"""Work aside: its answer comes back, and neither its memory nor its death is ours."""

import os
import signal
import time

import pytest

from tourreg.adapters.aside import DidNotFinish, aside
from tourreg.kernel.refusals import Refusal

PATIENCE_SECONDS = 20


def own_number(_text: str) -> bytes:
    return str(os.getpid()).encode()


def shouted(text: str) -> bytes:
    return text.upper().encode()


class Refused(Refusal):
    """Facts: what."""


def refuses(text: str) -> bytes:
    raise Refused(what=text)


def dies(_text: str) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def fails(text: str) -> bytes:
    raise ValueError(text)


def never_ends(_text: str) -> bytes:
    time.sleep(600)
    return b""


def test_what_is_made_aside_comes_back_from_another_process():
    assert aside(shouted, "roster" * 100_000, seconds=PATIENCE_SECONDS) == b"ROSTER" * 100_000
    assert int(aside(own_number, "", seconds=PATIENCE_SECONDS)) != os.getpid()


def test_nobody_is_left_behind():
    child = int(aside(own_number, "", seconds=PATIENCE_SECONDS))

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_what_is_refused_aside_is_refused_here():
    with pytest.raises(Refused) as refusal:
        aside(refuses, "paper", seconds=PATIENCE_SECONDS)

    assert refusal.value.what == "paper"


@pytest.mark.parametrize("work", [dies, fails])
def test_a_death_aside_is_told_and_survived(work):
    with pytest.raises(DidNotFinish):
        aside(work, "paper", seconds=PATIENCE_SECONDS)


def test_what_does_not_end_is_ended():
    with pytest.raises(DidNotFinish, match=r"0\.05"):
        aside(never_ends, "paper", seconds=0.05)

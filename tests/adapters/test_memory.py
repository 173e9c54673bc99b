"""Memory that is free goes back to the machine."""

import os
from pathlib import Path

import pytest

from tourreg.adapters.memory import give_back, own_megabytes

MANY, KILOBYTES = 200_000, 1024


def weight() -> int:
    """Return the kilobytes that this process holds."""
    line = next(line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process weighs")
def test_what_small_objects_left_is_given_back() -> None:
    kept = [bytes(KILOBYTES) for _each in range(MANY)]
    last, full = kept[-1], weight()
    kept.clear()

    give_back()

    assert full - weight() > MANY // 2, len(last)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process weighs")
def test_what_a_process_holds_is_told_in_megabytes() -> None:
    before = own_megabytes()
    held = bytearray(os.urandom(64 << 20))

    assert 60 < own_megabytes() - before < 70
    assert len(held) == 64 << 20

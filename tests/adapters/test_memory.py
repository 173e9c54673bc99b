"""Memory that is free goes back to the machine."""

from pathlib import Path

import pytest

from tourreg.adapters.memory import give_back, own_megabytes

MANY, KILOBYTE = 200_000, 1024
MEGABYTES = MANY * KILOBYTE / 2**20


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process weighs")
def test_what_small_objects_left_is_given_back() -> None:
    kept = [bytes(KILOBYTE) for _each in range(MANY)]
    last, full = kept[-1], own_megabytes()
    kept.clear()

    give_back()

    assert full - own_megabytes() > MEGABYTES / 2, len(last)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process weighs")
def test_what_a_process_holds_is_told_in_megabytes() -> None:
    give_back()
    before = own_megabytes()
    held = bytearray(b"x") * (64 << 20)

    assert 32 < own_megabytes() - before < 128
    assert len(held) == 64 << 20

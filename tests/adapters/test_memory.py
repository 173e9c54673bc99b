"""Memory that is free goes back to the machine."""

from pathlib import Path

import pytest

from tourreg.adapters.memory import give_back

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

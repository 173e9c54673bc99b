"""The bell wakes a worker in another process; what is wrong with it never stops a commit."""

import logging
from pathlib import Path

import pytest

from tourreg.adapters.bell import HueyBell, MemoryBell, open_bell

SECRET = "only for tests " * 4


def test_a_ring_waits_in_the_queue_for_the_worker(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'queue' / 'queue.db'}"

    open_bell(url, SECRET).ring()

    assert waiting(url) == 1


def test_nothing_is_opened_before_the_first_ring(tmp_path: Path) -> None:
    open_bell(f"sqlite:///{tmp_path / 'queue.db'}", SECRET)

    assert list(tmp_path.iterdir()) == []


def test_a_queue_that_is_gone_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        open_bell("sqlite:////proc/no-such-folder/queue.db", SECRET).ring()

    assert "the sweep will find the work" in caplog.text


def test_memory_counts_its_rings() -> None:
    bell = open_bell("memory://", SECRET)
    assert isinstance(bell, MemoryBell)

    bell.ring()

    assert bell.rings == 1


def waiting(url: str) -> int:
    count: int = HueyBell(url, SECRET)._huey.pending_count()
    return count

"""Letters are sent by the worker while papers are made only when a test says so."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from tourreg.adapters.files import Files
from tourreg.blueprints import outside
from tourreg.domain.papers.commands import RENDER_PAPER
from tourreg.tasks import registry

Show = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are made by `render`, when the test says so."""
    monkeypatch.setitem(registry._WORKS, RENDER_PAPER, lambda **_: None)


@pytest.fixture
def files(app: Flask) -> Files:
    kept: Files = app.extensions[outside.FILES]
    return kept

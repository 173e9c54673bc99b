"""Ready is whoever has a database, a worker that lives, fonts and mail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tourreg.blueprints import health
from tourreg.db import writing
from tourreg.domain.outbox import queries, queue

Show = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


@pytest.fixture(autouse=True)
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = replace(app.extensions["tourreg.settings"], mail_url="smtp://127.0.0.1:25")
    monkeypatch.setitem(app.extensions, "tourreg.settings", chosen)


@pytest.mark.parametrize(
    ("silence", "status"), [(timedelta(), 200), (health.LONGEST_SILENCE, 200), (timedelta(seconds=151), 503)]
)
def test_a_worker_that_is_silent_too_long_is_not_ready(client, clock, now, silence: timedelta, status: int) -> None:
    with writing():
        queue.beat("worker", now=now)
    clock(now + silence)

    answer = client.get("/readyz")

    assert answer.status_code == status
    assert answer.json["worker"] is (status == 200)


def test_without_any_worker_the_site_is_not_ready_but_the_process_lives(client) -> None:
    assert client.get("/readyz").json == {
        "ready": False, "database": True, "worker": False, "fonts": True, "mail": True
    }  # fmt: skip
    assert client.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_said_so_and_no_more(client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "last_beat", gone)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["database"] is False
    assert "secret.example" not in answer.get_data(as_text=True)


def gone() -> None:
    raise OperationalError("SELECT", {}, Exception("no connection to secret.example"))

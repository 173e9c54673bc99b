"""The site, served: one application for all web processes, each of which may die."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.ports import free_port
from tests.settings import test_settings
from tests.worker_process import PATIENCE_SECONDS, wait_until
from tourreg import create_app
from tourreg.db import db
from tourreg.demo.servers import Place


@pytest.mark.local_servers
def test_a_web_process_that_died_is_replaced_and_all_end_with_their_server(tmp_path: Path) -> None:
    place = Place(tmp_path, free_port(), free_port())
    with serving(place, "--bind", f"127.0.0.1:{place.port}") as server:
        wait_until(lambda: answers(place) and len(web_processes(server)) == 2, "the site answers")
        killed, _other = web_processes(server)

        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: killed not in web_processes(server) and len(web_processes(server)) == 2, "it is replaced")
        wait_until(lambda: answers(place), "the site answers again")
        living = web_processes(server)

    assert [process for process in living if Path(f"/proc/{process}").exists()] == []


def test_settings_that_cannot_be_run_with_are_named(tmp_path: Path) -> None:
    place = Place(tmp_path, free_port(), free_port())

    with serving(place, TOURREG_SECRET_KEY="short", TOURREG_MAIL_FROM="") as server:
        server.wait(timeout=PATIENCE_SECONDS)
    said = log(place).read_text("utf-8")

    assert server.returncode == 1
    assert "TOURREG_SECRET_KEY needs at least 32 characters." in said
    assert "TOURREG_MAIL_FROM is missing." in said
    assert "Traceback" not in said


def test_making_the_application_opens_no_connection_that_processes_would_share(tmp_path: Path) -> None:
    app = create_app(test_settings(f"sqlite:///{tmp_path}/tourreg.db"))

    with app.app_context():
        assert "Connections in pool: 0" in db.engine.pool.status()
    assert not (tmp_path / "tourreg.db").exists()


@contextmanager
def serving(place: Place, *options: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `tourreg serve` while the block lasts; what it says goes into the place's log."""
    command = [sys.executable, "-m", "tourreg", "serve", *options]
    environment = {**os.environ, **place.environment(), **settings}
    with log(place).open("wb") as lines, subprocess.Popen(command, env=environment, stderr=lines) as server:
        try:
            yield server
        finally:
            server.terminate()


def log(place: Place) -> Path:
    return place.folder / "web.log"


def web_processes(server: subprocess.Popen[bytes]) -> list[int]:
    return [int(child) for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("utf-8").split()]


def answers(place: Place) -> bool:
    try:
        with urlopen(f"{place.site}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False

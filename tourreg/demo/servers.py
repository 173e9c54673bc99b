"""The demo's processes beside each other: web, worker and the stand-in for Stripe; all end together."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

PATIENCE_SECONDS = 60
_ROOT = Path(__file__).parent.parent.parent


class DidNotStart(Exception):
    """A server did not answer in time; the message names it and its log."""


@dataclass(frozen=True)
class Place:
    """Where the demo lives: its folder and its two ports on this machine."""

    folder: Path
    port: int
    stand_in_port: int

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stand_in(self) -> str:
        return f"http://127.0.0.1:{self.stand_in_port}"

    def environment(self) -> dict[str, str]:
        """Return the settings of the demo; its secrets are made once and kept in its folder."""
        return {
            "TOURREG_DATABASE_URL": f"sqlite:///{self.folder / 'tourreg.db'}",
            "TOURREG_SECRET_KEY": self._secret("secret-key"),
            "TOURREG_BASE_URL": self.site,
            "TOURREG_STRIPE_SECRET_KEY": "sk_test_demo",
            "TOURREG_STRIPE_WEBHOOK_SECRET": "whsec_" + self._secret("webhook-secret"),
            "TOURREG_STRIPE_API_BASE": self.stand_in,
            "TOURREG_SITE_NAME_EN": "Center for City Exchange",
            "TOURREG_SITE_NAME_ZH": "城市交流中心",
            "TOURREG_MAIL_URL": f"folder://{self.folder / 'mail'}",
            "TOURREG_MAIL_FROM": "Center for City Exchange <desk@example.org>",
            "TOURREG_QUEUE_URL": f"sqlite:///{self.folder / 'queue.db'}",
            "TOURREG_FILES_URL": str(self.folder / "files"),
            "TOURREG_DEMO": "1",
        }

    def _secret(self, name: str) -> str:
        file = self.folder / name
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(48), "utf-8")
        return file.read_text("utf-8")


@contextmanager
def stand_in_for_stripe(place: Place) -> Iterator[None]:
    """Run the stand-in for Stripe while the block lasts."""
    command = [
        *_tourreg("stripe-stand-in"),
        *("--port", str(place.stand_in_port)),
        *("--database", str(place.folder / "stripe.db")),
        *("--webhook-url", f"{place.site}/hooks/stripe"),
        *("--webhook-secret", place.environment()["TOURREG_STRIPE_WEBHOOK_SECRET"]),
        *("--delay", "1"),
    ]
    with _running("stand-in", command, place):
        _wait_for(f"{place.stand_in}/_control/state", "stand-in", place)
        yield


@contextmanager
def web_and_worker(place: Place) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the web server and the worker while the block lasts."""
    serve = _tourreg("serve", "--bind", f"127.0.0.1:{place.port}")
    with _running("worker", _tourreg("worker"), place) as worker, _running("web", serve, place) as web:
        _wait_for(f"{place.site}/healthz", "web", place)
        yield [web, worker]


def wait_for_end(processes: list[subprocess.Popen[bytes]]) -> str:
    """Wait until somebody presses Ctrl-C or a process ends by itself; return why it ended."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return "stopped"
    return "a server ended by itself; its log stands in the demo's folder"


def _tourreg(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tourreg", *arguments]


@contextmanager
def _running(name: str, command: list[str], place: Place) -> Iterator[subprocess.Popen[bytes]]:
    environment: Mapping[str, str] = {**os.environ, **place.environment(), "PYTHONUNBUFFERED": "1"}
    with (
        (place.folder / f"{name}.log").open("ab") as log,
        subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, cwd=_ROOT, start_new_session=True
        ) as process,
    ):
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def _wait_for(address: str, name: str, place: Place) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends_at:
        try:
            with urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise DidNotStart(f"The {name} does not answer at {address}; see {place.folder / f'{name}.log'}")

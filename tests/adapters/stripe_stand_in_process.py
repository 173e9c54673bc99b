"""A running stand-in for Stripe, for any test that needs one: `with running_stand_in() as stand_in`."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def location(self) -> str | None:
        return self.headers.get("location")


@dataclass(frozen=True)
class StandIn:
    """A stand-in that runs; its levers are described in the docstring of tourreg.adapters.stripe_stand_in."""

    api_base: str
    webhook_secret: str
    secret_key: str = "sk_test_stand_in"

    def control(self, path: str, **posted: Any) -> Any:
        """Pull a lever, as `control("clock", advance_seconds=60)`, and return what it answers."""
        return self._levered("POST", path, posted)

    def look(self, path: str) -> Any:
        """Read a lever: clock, settings, faults or state."""
        return self._levered("GET", path, None)

    def fault(self, on: str, kind: str, **more: Any) -> None:
        self.control("faults", on=on, kind=kind, **more)

    def advance(self, seconds: int) -> list[str]:
        """Move the clock, and return the types of the events that this brought about."""
        return [event["type"] for event in self.control("clock", advance_seconds=seconds)["events"]]

    def deliver(self) -> list[dict[str, str]]:
        """Have every waiting event sent once, now, and return what the site answered."""
        delivered: list[dict[str, str]] = self.control("webhooks/deliver")["delivered"]
        return delivered

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.look("clock")["now"], UTC)

    def events(self) -> list[dict[str, Any]]:
        """Return all events, oldest first."""
        return list(reversed(self.look("state")["event"]))

    def press(self, session_url: str, action: str) -> Answer:
        """Press a button of the hosted page (pay, pay_later, fail, leave); redirects are not followed."""
        return self.request("POST", urlsplit(session_url).path, {"action": action})

    def api(
        self, method: str, path: str, form: dict[str, Any] | None = None, *, key: str | None = None, **headers: str
    ) -> Answer:
        """Ask the interface of Stripe, without the SDK; key is an idempotency key."""
        keyed = {"Idempotency-Key": key} if key else {}
        return self.request(method, path, form, {"Authorization": f"Bearer {self.secret_key}"} | keyed | headers)

    def request(
        self, method: str, path: str, form: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        body = urlencode(form) if form is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        return _ask(self.api_base, method, path, body, kind | (headers or {}))

    def _levered(self, method: str, path: str, posted: dict[str, Any] | None) -> Any:
        body = json.dumps(posted) if posted is not None else None
        answer = _ask(self.api_base, method, f"/_control/{path}", body, {"Content-Type": "application/json"})
        assert answer.status == 200, answer.text
        return answer.json


def _ask(base: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, response.read().decode())
    finally:
        connection.close()


@contextmanager
def running_stand_in(
    webhook_url: str | None = None,
    *,
    webhook_secret: str = "whsec_stand_in",
    delay_seconds: float = 0,
    database: str = ":memory:",
    site_name: str = "tourreg",
) -> Iterator[StandIn]:
    """Start a stand-in on a free port and stop it afterwards.

    webhook_url  may be set later: stand_in.control("settings", webhook_url=…)
    """
    command = [sys.executable, "-m", "tourreg.adapters.stripe_stand_in", "--port", "0", "--database", database]
    command += ["--webhook-secret", webhook_secret, "--delay", str(delay_seconds), "--site-name", site_name]
    command += ["--webhook-url", webhook_url] if webhook_url else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            greeting = process.stdout.readline()
            assert " at http" in greeting, "the stand-in did not start; see its standard error"
            yield StandIn(api_base=greeting.split(" at ")[1].strip(), webhook_secret=webhook_secret)
        finally:
            process.terminate()

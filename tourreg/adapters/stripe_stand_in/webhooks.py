"""The thread that sends events to the site, and moves what the clock has made due."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from tourreg.adapters.stripe_stand_in import clock, deliveries
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.store import Object, Store

PATIENCE_SECONDS = 20.0
LONGEST_SLEEP_SECONDS = 1.0
LONG_AGO_SECONDS = 3600


class Sender:
    """Sends one event after the other; a site that does not answer 2xx gets it again."""

    def __init__(self, store: Store, wall_clock: Callable[[], float]) -> None:
        self._store, self._wall_clock = store, wall_clock
        self._woken = threading.Event()
        self._sending = threading.Lock()

    def start(self) -> None:
        threading.Thread(target=self._run, name="webhooks", daemon=True).start()

    def wake(self) -> None:
        self._woken.set()

    def _run(self) -> None:
        while True:
            self._woken.wait(self._pause_seconds())
            self._woken.clear()
            with self._store.work():
                clock.catch_up(Account(self._store, self._wall_clock, self.wake))
                stopped = self._store.setting("paused", False)
            if not stopped:
                self.send(self._wall_clock())

    def _pause_seconds(self) -> float:
        with self._store.work():
            due_at = None if self._store.setting("paused", False) else deliveries.next_due_at(self._store)
        if due_at is None:
            return LONGEST_SLEEP_SECONDS
        return min(max(due_at - self._wall_clock(), 0.01), LONGEST_SLEEP_SECONDS)

    def send(self, until: float) -> list[Object]:
        """Try once whatever is due until then, in order, and return what the site answered.

        until  real time; infinity sends what waits for its delay or its next try too
        """
        with self._sending:
            with self._store.work():
                waiting = deliveries.due(self._store, until)
            return [self._try(delivery) for delivery in waiting]

    def _try(self, delivery: Object) -> Object:
        with self._store.work():
            event = self._store.find(delivery["event"])
            url, secret = self._store.setting("webhook_url"), self._store.setting("webhook_secret")
        if event is None:
            return {"event": delivery["event"], "type": None, "answer": "forgotten"}
        body = json.dumps(event, ensure_ascii=False, indent=2).encode()
        signature = _signature(body, secret, int(self._wall_clock()), delivery["signing"])
        answer, taken = _post(url, body, signature)
        with self._store.work():
            if self._store.find(event["id"]):
                deliveries.note(self._store, delivery, answer, taken=taken, now=self._wall_clock())
        return {"event": event["id"], "type": event["type"], "answer": answer}


def require_address(text: str) -> str:
    """Return the address if events can be sent there.

    raises  ValueError
    """
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or not text.isascii():
        raise ValueError(f"no http or https address: {text}")
    return text


def _signature(body: bytes, secret: str, now: int, signing: str | None) -> str:
    """Return the header Stripe-Signature; Stripe signs each try anew, with the real time."""
    signed_at = now - LONG_AGO_SECONDS if signing == "sign_long_ago" else now
    key = secret[::-1] if signing == "sign_wrongly" else secret
    mac = hmac.new(key.encode(), str(signed_at).encode() + b"." + body, hashlib.sha256)
    return f"t={signed_at},v1={mac.hexdigest()}"


def _post(url: str, body: bytes, signature: str) -> tuple[str, bool]:
    """Return what was answered, and whether that was a 2xx; a redirect is none."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (stand-in)",
    }
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        status = connection.getresponse().status
        return str(status), 200 <= status < 300
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, False
    finally:
        connection.close()

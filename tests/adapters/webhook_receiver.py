"""A small site that takes webhooks: it keeps what it gets, and answers what it is told to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    body: bytes
    signature: str

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.body)
        return event


class Receiver:
    """What was received so far, and what will be answered: the listed statuses first, then 200."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[Received] = []
        self.answers: list[int] = []
        self._changed = threading.Condition()

    def take(self, received: Received) -> int:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()
            return self.answers.pop(0) if self.answers else 200

    def types(self) -> list[str]:
        return [received.event["type"] for received in self.received]

    def wait_for(self, count: int, kind: str | None = None) -> list[Received]:
        """Return what was received of a type once there are so many of it, in order."""
        found: list[Received] = []

        def there() -> bool:
            found[:] = [one for one in self.received if kind in (None, one.event["type"])]
            return len(found) >= count

        with self._changed:
            assert self._changed.wait_for(there, timeout=15), f"only {len(found)} of {count}: {self.types()}"
        return found


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """Listen on a free port of this machine."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver.take))
    receiver.url = f"http://127.0.0.1:{server.server_port}/hooks/stripe"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def _handler(take: Callable[[Received], int]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(take(Received(body, self.headers["Stripe-Signature"])))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler

"""The levers of the stand-in for Stripe that the demo pulls while it makes what happened in the past."""

import json
from datetime import datetime
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener


class StandIn:
    """A running stand-in, spoken to over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = build_opener(_StayHere())

    def show(self, moment: datetime, *, now: datetime) -> None:
        """Let its clock show a moment and run on from there.

        now  by the clock on the wall, which runs on while a season is made: on a slow machine by minutes
        """
        self._post("/_control/clock", json.dumps({"offset_seconds": int((moment - now).total_seconds())}))

    def hold_webhooks(self, paused: bool) -> None:
        """Keep events back, or let those that wait go."""
        self._post("/_control/settings", json.dumps({"paused": paused}))

    def pay(self, page: str, button: str = "pay") -> str:
        """Press a button on a hosted page and return the id of its session."""
        path = urlsplit(page).path
        self._post(path, urlencode({"action": button}), kind="application/x-www-form-urlencoded")
        return path.rpartition("/")[2]

    def open_dispute(self, payment_intent: str) -> None:
        """Let the payer's bank dispute a payment."""
        charges = self._state()["charge"]
        charge = next(one["id"] for one in charges if one["payment_intent"] == payment_intent)
        self._post("/_control/disputes", json.dumps({"charge": charge, "reason": "product_not_received"}))

    def send_event(self, kind: str, **strange: Any) -> None:
        """Send an event that nothing at the stand-in has brought about."""
        self._post("/_control/events", json.dumps({"type": kind, **strange}))

    def _state(self) -> dict[str, Any]:
        with self._opener.open(f"{self.address}/_control/state", timeout=20) as answer:
            state: dict[str, Any] = json.load(answer)
        return state

    def _post(self, path: str, body: str, kind: str = "application/json") -> None:
        request = Request(self.address + path, body.encode(), {"Content-Type": kind})  # noqa: S310
        try:
            self._opener.open(request, timeout=20).close()
        except HTTPError as answer:
            if answer.code != 303:
                raise


class _StayHere(HTTPRedirectHandler):
    """The button leads back to the site, which is not served yet."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None

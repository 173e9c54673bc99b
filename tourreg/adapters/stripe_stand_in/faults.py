"""Things that go wrong on purpose, each for the next so many times."""

from __future__ import annotations

import json
from typing import Any

from tourreg.adapters.stripe_stand_in.store import Object, Store

REFUND_ENDINGS = ("pending_then_succeeds", "pending_then_fails", "succeeds_then_fails", "stays_pending")
KINDS = {
    "endpoint": ("error", "hang", "drop"),
    "webhook": ("drop", "duplicate", "delay", "reorder", "sign_wrongly", "sign_long_ago"),
    "asynchronous_payment": ("fails", "succeeds"),
    "refund": REFUND_ENDINGS,
}
NUMBERS = {"times": 1, "status": 500, "seconds": 5.0, "copies": 1}


class FaultUnknown(Exception):
    """No such fault can be ordered."""


def add(store: Store, wanted: Object) -> None:
    """Order a fault.

    on     `POST /v1/refunds`, `GET /v1/checkout/sessions/:id`, … or `*`; `webhook` or `webhook:<event type>`;
           `asynchronous_payment`; `refund`
    kind   one of KINDS
    times  how often; 1 unless given
    """
    on, kind = wanted.get("on"), wanted.get("kind")
    if not isinstance(on, str) or kind not in KINDS[_place(on)]:
        raise FaultUnknown(f"no fault {kind!r} on {on!r}")
    strange = set(wanted) - {"on", "kind", *NUMBERS}
    if strange:
        raise FaultUnknown(f"a fault has no {', '.join(sorted(strange))}")
    fault = {"on": on, "kind": kind} | {name: _number(wanted, name) for name in NUMBERS}
    store.connection.execute("INSERT INTO faults (body) VALUES (?)", (json.dumps(fault),))


def _place(on: str) -> str:
    place = on.partition(":")[0] if on.startswith("webhook") else on
    return place if place in KINDS else "endpoint"


def _number(wanted: Object, name: str) -> Any:
    value = wanted.get(name, NUMBERS[name])
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100_000:
        raise FaultUnknown(f"{name} is no number")
    return value


def ordered(store: Store) -> list[Object]:
    return [json.loads(row["body"]) for row in store.connection.execute("SELECT body FROM faults ORDER BY id")]


def clear(store: Store) -> None:
    store.connection.execute("DELETE FROM faults")


def take(store: Store, *places: str) -> Object | None:
    """Return the oldest fault ordered for one of the places and count it down; its `times` is what is left then."""
    for row in store.connection.execute("SELECT id, body FROM faults ORDER BY id").fetchall():
        fault: Object = json.loads(row["body"])
        if fault["on"] in places:
            fault["times"] -= 1
            if fault["times"] > 0:
                store.connection.execute("UPDATE faults SET body = ? WHERE id = ?", (json.dumps(fault), row["id"]))
            else:
                store.connection.execute("DELETE FROM faults WHERE id = ?", (row["id"],))
            return fault
    return None

"""Events on their way to the site: what is to be sent, when, and how often it was tried."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in import chance, faults
from tourreg.adapters.stripe_stand_in.store import Object, Store

MOST_ATTEMPTS = 16
LONGEST_PAUSE_SECONDS = 3600.0


def add(store: Store, event: Object, now: float) -> None:
    """Queue a new event, as the ordered faults want it; now is real time."""
    fault = faults.take(store, "webhook", f"webhook:{event['type']}") or chance.draw(store) or {}
    kind = fault.get("kind")
    if kind == "drop" or not store.setting("webhook_url"):
        return
    due_at = now + store.setting("delay_seconds", 0)
    if kind in ("delay", "reorder"):
        due_at += fault["seconds"]
    signing = kind if kind in ("sign_wrongly", "sign_long_ago") else None
    for _ in range(1 + (fault["copies"] if kind == "duplicate" else 0)):
        _queue(store, event["id"], due_at, rank=fault.get("rank", 0), signing=signing)
    if kind == "reorder" and "rank" not in fault:
        _reorder(store, event["id"], now, last=fault["times"] <= 0)


def _queue(store: Store, event_id: str, due_at: float, *, rank: int = 0, signing: str | None = None) -> None:
    store.connection.execute(
        "INSERT INTO deliveries (event, due_at, rank, signing) VALUES (?, ?, ?, ?)", (event_id, due_at, rank, signing)
    )


def _reorder(store: Store, event_id: str, now: float, *, last: bool) -> None:
    """Let a later event go before an earlier one; with the last of them they all go."""
    store.connection.execute("UPDATE deliveries SET rank = -id WHERE event = ?", (event_id,))
    if last:
        due_at = now + store.setting("delay_seconds", 0)
        store.connection.execute("UPDATE deliveries SET due_at = ? WHERE rank < 0 AND state = 'waiting'", (due_at,))


def send_again(store: Store, event_id: str, times: int, now: float) -> None:
    """Queue an event that was made before, any number of times, with no delay."""
    for _ in range(times):
        _queue(store, event_id, now)


def due(store: Store, now: float) -> list[Object]:
    """Return what is to be sent now, in order."""
    rows = store.connection.execute(
        "SELECT * FROM deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY rank, id", (now,)
    )
    return [dict(row) for row in rows]


def next_due_at(store: Store) -> float | None:
    row = store.connection.execute("SELECT min(due_at) AS due_at FROM deliveries WHERE state = 'waiting'").fetchone()
    return row["due_at"] if row else None


def everything(store: Store) -> list[Object]:
    return [dict(row) for row in store.connection.execute("SELECT * FROM deliveries ORDER BY id")]


def note(store: Store, delivery: Object, answer: str, *, taken: bool, now: float) -> None:
    """Note what the site answered: done, or again after a pause that doubles, or given up."""
    attempts = delivery["attempts"] + 1
    pause = min(store.setting("retry_seconds", 2.0) * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
    state = "delivered" if taken else "waiting" if attempts < MOST_ATTEMPTS else "given_up"
    store.connection.execute(
        "UPDATE deliveries SET attempts = ?, state = ?, last_answer = ?, due_at = ? WHERE id = ?",
        (attempts, state, answer, now + (0 if taken else pause), delivery["id"]),
    )
    if taken:
        event = store.get(delivery["event"])
        store.save(event | {"pending_webhooks": 0})

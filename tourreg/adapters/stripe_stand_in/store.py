"""What the stand-in remembers: one SQLite file, one writer at a time."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Object = dict[str, Any]

_TABLES = """
CREATE TABLE IF NOT EXISTS objects (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body TEXT NOT NULL, notes TEXT NOT NULL, due_at INTEGER
);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, position);
CREATE INDEX IF NOT EXISTS objects_due ON objects (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    request TEXT NOT NULL, kept_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL, due_at REAL NOT NULL, rank INTEGER NOT NULL, signing TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting', last_answer TEXT
);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """Objects by their id, and a few tables beside them; every call stands inside `with store.work()`."""

    def __init__(self, path: str) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self.connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.executescript(_TABLES)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Do all that is inside, or nothing of it; work inside work belongs to the outer one."""
        with self._lock:
            if self._depth == 0:
                self.connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self.connection.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self.connection.execute("COMMIT")

    def clear(self) -> None:
        """Forget all but the settings."""
        self.connection.execute("DELETE FROM objects")
        self.connection.execute("DELETE FROM answers")
        self.connection.execute("DELETE FROM deliveries")
        self.connection.execute("DELETE FROM faults")

    def save(self, thing: Object, *, notes: Object | None = None, due_at: int | None = None) -> Object:
        """Keep the object as it is now; notes stay as they were unless given.

        due_at  when something will happen to it by itself, on the stand-in's clock; None if nothing will
        """
        kept = json.dumps(self.notes(thing["id"]) if notes is None else notes)
        self.connection.execute(
            "INSERT INTO objects (id, kind, body, notes, due_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body, notes = excluded.notes, due_at = excluded.due_at",
            (thing["id"], thing["object"], json.dumps(thing), kept, due_at),
        )
        return thing

    def find(self, object_id: str) -> Object | None:
        row = self.connection.execute("SELECT body FROM objects WHERE id = ?", (object_id,)).fetchone()
        return json.loads(row["body"]) if row else None

    def get(self, object_id: str) -> Object:
        """Return an object that must be there."""
        found = self.find(object_id)
        if found is None:
            raise LookupError(object_id)
        return found

    def notes(self, object_id: str) -> Object:
        row = self.connection.execute("SELECT notes FROM objects WHERE id = ?", (object_id,)).fetchone()
        found: Object = json.loads(row["notes"]) if row else {}
        return found

    def all_of(self, kind: str) -> list[Object]:
        """Return the objects of a kind, newest first, as Stripe lists them."""
        rows = self.connection.execute("SELECT body FROM objects WHERE kind = ? ORDER BY position DESC", (kind,))
        return [json.loads(row["body"]) for row in rows]

    def page_of(
        self, kind: str, tests: Iterable[tuple[str, Sequence[object]]], *, limit: int, newest: bool
    ) -> list[Object]:
        """Return at most so many objects of a kind, newest first.

        tests   conditions in SQL on `position` and `body`, with their values
        newest  whether those are left out that are too old, or those that are too new
        """
        conditions = [("kind = ?", (kind,)), *tests]
        where = " AND ".join(condition for condition, _values in conditions)
        values = [value for _condition, given in conditions for value in given]
        order = "DESC" if newest else "ASC"
        rows = self.connection.execute(
            f"SELECT body FROM objects WHERE {where} ORDER BY position {order} LIMIT ?",  # noqa: S608
            (*values, limit),
        ).fetchall()
        return [json.loads(row["body"]) for row in (rows if newest else reversed(rows))]

    def next_due(self, now: int) -> tuple[Object, int] | None:
        """Return the object to which something happens first, and when, if that is not after now."""
        row = self.connection.execute(
            "SELECT body, due_at FROM objects WHERE due_at <= ? ORDER BY due_at, position LIMIT 1", (now,)
        ).fetchone()
        return (json.loads(row["body"]), row["due_at"]) if row else None

    def setting(self, name: str, otherwise: Any = None) -> Any:
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return json.loads(row["value"]) if row else otherwise

    def set(self, name: str, value: Any) -> None:
        self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, json.dumps(value)))

"""A bounded store in the process's memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


class Shelf(Generic[Key, Thing]):
    """Holds the things that were asked for last; beyond its bounds those unasked for longest go.

    most, most_bytes  how many things it holds, and how many bytes in all; one thing larger than that is not held
    """

    def __init__(self, *, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._things: OrderedDict[Key, tuple[Thing, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes_held = 0

    def get(self, key: Key) -> Thing | None:
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][0]

    def put(self, key: Key, thing: Thing, size: int) -> None:
        with self._lock:
            self._take_out(key)
            if size > self._most_bytes:
                return
            self._things[key] = (thing, size)
            self.bytes_held += size
            while len(self._things) > self._most or self.bytes_held > self._most_bytes:
                self._take_out(next(iter(self._things)))

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self.bytes_held = 0

    def _take_out(self, key: Key) -> None:
        _thing, size = self._things.pop(key, (None, 0))
        self.bytes_held -= size

    def __contains__(self, key: Key) -> bool:
        return key in self._things

    def __len__(self) -> int:
        return len(self._things)

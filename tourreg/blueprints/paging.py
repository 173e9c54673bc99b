"""Lists that page in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from tourreg.blueprints.this_page import this_page

PAGE_ROWS = 25


@dataclass(frozen=True)
class Page:
    """One page of a list.

    number  counts from 1
    total   rows of the whole list
    """

    rows: Sequence[Any]
    number: int
    total: int
    size: int = PAGE_ROWS

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)

    def numbers(self) -> list[int | None]:
        """Return the page numbers to show; None stands for a gap."""
        near = sorted({1, self.count, *range(max(1, self.number - 1), min(self.count, self.number + 1) + 1)})
        shown: list[int | None] = []
        for before, number in zip([0, *near], near, strict=False):
            shown += [None, number] if number - before > 1 else [number]
        return shown

    def address(self, number: int) -> str:
        """Return the address of another page of the same list, with its filters."""
        return this_page({**request.args.to_dict(flat=False), "page": number})


def asked_page() -> int:
    """Return the page number in the address; 1 when there is none or it is no number."""
    asked = request.args.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1

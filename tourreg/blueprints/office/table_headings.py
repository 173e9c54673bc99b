"""The headings of a table that people send, found under whatever titles they put above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tourreg.adapters.workbooks import Table
from tourreg.blueprints.office import spreadsheet_cells as cells

# A heading stands in one of these rows; above it people put titles.
_HEADING_ROWS = 10


@dataclass(frozen=True)
class RowFault:
    """One thing that is wrong or doubtful: the row as the file counts it, the heading of its column, and a sentence."""

    row: int
    heading: str
    sentence: str


def headings(table: Table, column_of: Callable[[str], str | None]) -> tuple[int, dict[int, str], list[str]]:
    """Return the row of headings, the key of each column that is known, and the headings that are not.

    column_of  the key of the column that a heading names; None for none
    """
    counted = []
    for number, row in enumerate(table.rows[:_HEADING_ROWS]):
        named = [column_of(cells.words(value)) for value in row]
        counted.append((len({key for key in named if key}), -number))
    best, place = max(counted, default=(0, 0))
    keys: dict[int, str] = {}
    unread = []
    for column, value in enumerate(table.rows[-place] if best else (table.rows or [[]])[0]):
        heading = cells.words(value)
        key = column_of(heading)
        if key and key not in keys.values():
            keys[column] = key
        elif heading:
            unread.append(heading[:60])
    return -place if best else 0, keys, unread

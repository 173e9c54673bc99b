"""Excel files as people send them, made by openpyxl."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def a_workbook(
    *rows: Sequence[Any], change: Callable[[Worksheet], None] | None = None, sheets: Sequence[str] = ()
) -> bytes:
    """Return a file with these rows on its first sheet, changed as asked, and with further empty sheets."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for name in sheets:
        book.create_sheet(name)
    if change:
        change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()

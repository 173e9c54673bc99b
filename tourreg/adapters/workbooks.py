"""Excel files of rows with days and times in them: read with what makes them hard to read, and written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from tourreg.adapters.spreadsheets import LARGEST_PART, NoSpreadsheet

MOST_COLUMNS = 80
# All parts together, unpacked.
LARGEST_BOOK = 2 * LARGEST_PART
MOST_PARTS = 500
# Between and below rows with values others may be empty, up to so many times as many.
MOST_GAPS = 10
Value = str | int | float | bool | Decimal | date | time | timedelta | None
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class TooManyRows(ValueError):
    """The sheet has more rows than are read."""


class OldOrProtected(NoSpreadsheet):
    """The file is of Excel before 2007, or a password protects it."""


@dataclass(frozen=True)
class Merged:
    """Cells that are one; rows and columns count from 0, the last included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Table:
    """What the first sheet of a file holds.

    rows      values as Excel knows them, days and times as such; empty cells are None
    merged    which cells are one; only the first of them has a value
    unsaved   (row, column) of formulas whose results are not in the file
    sheets    names of the other sheets, which are not read
    """

    rows: list[list[Value]]
    merged: list[Merged] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


def read_table(content: bytes, *, most_rows: int) -> Table:
    """Return the first sheet, whatever its name.

    most_rows  reading ends there
    raises     NoSpreadsheet, OldOrProtected, TooManyRows
    """
    if content.startswith(_PROTECTED):
        raise OldOrProtected
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _require_no_bomb(parts)
        return _read(content, most_rows)
    except (zipfile.BadZipFile, ElementTree.ParseError, LookupError, TypeError, OSError, RuntimeError) as error:
        raise NoSpreadsheet from error
    except ValueError as error:
        if isinstance(error, TooManyRows | NoSpreadsheet):
            raise
        raise NoSpreadsheet from error


def write_table(headings: Sequence[str], rows: Iterable[Sequence[Value]], *, widths: Sequence[int], name: str) -> bytes:
    """Return a file with one sheet: headings that stay in sight, text that is never a formula, days, times and
    amounts (as Decimal) as such.

    widths  of the columns, in letters; 0 hides one
    """
    import xlsxwriter

    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet(name)
        text = {"text_wrap": True, "valign": "top"}
        plain, bold = book.add_format(text), book.add_format({**text, "bold": True, "bottom": 1})
        formats = {
            date: book.add_format({**text, "num_format": "yyyy-mm-dd", "align": "left"}),
            time: book.add_format({**text, "num_format": "hh:mm", "align": "left"}),
            Decimal: book.add_format({**text, "num_format": "#,##0.00"}),
        }
        whole = book.add_format({**text, "num_format": "#,##0"})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width or None, plain, {} if width else {"hidden": True})
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value is not None and value != "":
                    is_whole = isinstance(value, Decimal) and value.as_tuple().exponent == 0
                    sheet.write(number, column, value, whole if is_whole else formats.get(type(value), plain))
        sheet.set_landscape()
        sheet.repeat_rows(0)
    return made.getvalue()


def _require_no_bomb(parts: zipfile.ZipFile) -> None:
    """Refuse a file that would unpack into more than any itinerary has.

    raises  NoSpreadsheet
    """
    sizes = [part.file_size for part in parts.infolist()]
    if len(sizes) > MOST_PARTS or sum(sizes) > LARGEST_BOOK or max(sizes, default=0) > LARGEST_PART:
        raise NoSpreadsheet
    for part in parts.infolist():
        if part.filename.endswith(".xml"):
            with parts.open(part) as opened:
                if b"<!DOCTYPE" in opened.read(2_000):
                    raise NoSpreadsheet


def _read(content: bytes, most_rows: int) -> Table:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = book.worksheets
        if not sheets:
            raise NoSpreadsheet
        with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open(sheets[0]._worksheet_path) as part:  # noqa: SLF001
            last_row, merged, unsaved = _hard_cells(part)
        if last_row >= MOST_GAPS * most_rows:
            raise TooManyRows
        rows: list[list[Value]] = []
        for row in sheets[0].iter_rows(max_row=last_row + 1, max_col=MOST_COLUMNS, values_only=True):
            if len(rows) >= most_rows and any(value is not None for value in row):
                raise TooManyRows
            rows.append(_trimmed([_plain(value) for value in row]))
        while rows and not rows[-1]:
            rows.pop()
        return Table(rows, merged, unsaved, [sheet.title for sheet in sheets[1:]])
    finally:
        book.close()


def _trimmed(row: list[Value]) -> list[Value]:
    while row and row[-1] is None:
        row.pop()
    return row


def _plain(value: Any) -> Value:
    """Return a value as what it means: a day without an hour is a day."""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date()
    return value if isinstance(value, str | int | float | bool | date | time | timedelta) else None


def _hard_cells(part: Any) -> tuple[int, list[Merged], list[tuple[int, int]]]:
    """Return the last row with a value, merged cells, and formulas without a result, reading a sheet as a stream.

    A format in the last of a million rows is no row: whoever reads goes no further than the last value.
    """
    last_row = 0
    merged, unsaved = [], []
    for _event, element in ElementTree.iterparse(part):  # noqa: S314 - without a document type there are no entities
        if element.tag == f"{_NAMESPACE}mergeCell":
            merged += list(_range(element.get("ref", "")))
        elif element.tag == f"{_NAMESPACE}c":
            value = element.findtext(f"{_NAMESPACE}v")
            if value or element.find(f"{_NAMESPACE}is") is not None:
                last_row = max([last_row, *(row for row, _column in _place(element.get("r", "")))])
            if element.find(f"{_NAMESPACE}f") is not None and not value:
                unsaved += list(_place(element.get("r", "")))
        elif element.tag == f"{_NAMESPACE}row":
            element.clear()
    return last_row, merged, unsaved


def _range(reference: str) -> Iterator[Merged]:
    first, _colon, last = reference.partition(":")
    for row, column in _place(first):
        for last_row, last_column in _place(last or first):
            yield Merged(row, column, last_row, last_column)


def _place(reference: str) -> Iterator[tuple[int, int]]:
    """Yield row and column of a cell, from 0; nothing where the reference is none."""
    match = _CELL.fullmatch(reference)
    if match:
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        yield int(match[2]) - 1, column - 1

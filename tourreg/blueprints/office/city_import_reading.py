"""A file of cities read: CSV or Excel, the values of each row, and what is wrong in which cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tourreg.adapters.spreadsheets import is_xlsx
from tourreg.adapters.workbooks import Table, TooManyRows, Value, read_table
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office import spreadsheet_cells as cells
from tourreg.blueprints.office.city_import_cells import READERS
from tourreg.blueprints.office.city_import_columns import CONTACT_COLUMNS, column_of, heading_of, lacking
from tourreg.blueprints.office.table_headings import RowFault, headings
from tourreg.blueprints.spreadsheets import as_typed
from tourreg.domain.banking.csv_reading import rows_of
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.mappings import Mapping as Layout
from tourreg.domain.hosting.city_outcomes import FileRow

MOST_ROWS = 3_000
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EXCEL_BEGINS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class QuoteIsOpen(ValueError):
    """A CSV opens a quotation mark that it does not close; the row where it does."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


@dataclass
class ReadCities:
    """What a file says.

    unread   headings of columns that are not known
    lacking  headings of columns without which nothing is read
    """

    rows: list[FileRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def table_of(content: bytes) -> Table:
    """Return what a CSV or an Excel file holds, by its content, whatever it is called.

    raises  FileRefused of banking, NoSpreadsheet, OldOrProtected, QuoteIsOpen, TooManyRows
    """
    if content.startswith(_EXCEL_BEGINS) or is_xlsx(content):
        return read_table(content, most_rows=MOST_ROWS + 1)
    rows: list[list[Value]] = []
    lines = rows_of(content, Layout(delimiter=guess(content).delimiter), most=MOST_ROWS + 2)
    for read, row in enumerate(lines, start=1):
        if row.is_broken:
            raise QuoteIsOpen(row.number)
        if read > MOST_ROWS + 1:
            raise TooManyRows
        rows += [[] for _gap in range(len(rows), row.number - 1)]
        rows.append([as_typed(cell) for cell in row.cells])
    return Table(rows)


def read_cities(table: Table) -> ReadCities:
    """Return what the rows say, and all that is wrong in them."""
    heading, keys, unread = headings(table, column_of)
    read = ReadCities(unread=unread, lacking=lacking(list(keys.values())))
    if read.lacking:
        return read
    unsaved = {(row, column) for row, column in table.unsaved if column in keys and row > heading}
    for number in range(heading + 1, len(table.rows)):
        said = _said(table, keys, number)
        faults = {keys[column]: _formula() for row, column in unsaved if row == number}
        if said or faults:
            _read_row(number + 1, said, faults, read)
    return read


def _formula() -> str:
    return _("Its formula has no saved result. Open the file, save it once more, or type the value.")


def _said(table: Table, keys: Mapping[int, str], number: int) -> dict[str, Value]:
    """Return the cells of a row that say something; a city whose cell is merged over several rows is that of each."""
    row = table.rows[number]
    said = {key: row[column] for column, key in keys.items() if column < len(row) and row[column] not in (None, "")}
    for merged in table.merged:
        key = keys.get(merged.first_column, "")
        if merged.first_row < number <= merged.last_row and key and key not in CONTACT_COLUMNS:
            above = table.rows[merged.first_row]
            said.setdefault(key, above[merged.first_column] if merged.first_column < len(above) else None)
    return said


def _read_row(number: int, said: Mapping[str, Value], faults: dict[str, str], read: ReadCities) -> None:
    values: dict[str, Any] = {}
    for key, value in said.items():
        try:
            values[key] = READERS[key](value)
        except cells.CellWrong as wrong:
            faults.setdefault(key, str(wrong))
    read.faults += [RowFault(number, heading_of(key), sentence) for key, sentence in faults.items()]
    if not faults and any(value not in (None, "", ()) for value in values.values()):
        contact = {_contact_field(key): value for key, value in values.items() if key in CONTACT_COLUMNS and value}
        city = {key: value for key, value in values.items() if key not in CONTACT_COLUMNS}
        read.rows.append(FileRow(number, _in_own_language(city), contact))


def _contact_field(key: str) -> str:
    return "name" if key == "contact_name" else key


def _in_own_language(city: dict[str, Any]) -> dict[str, Any]:
    """Return the row with Chinese that stands in a column for both languages in the one for Chinese."""
    for name in ("name", "region"):
        words = city.get(f"{name}_en", "")
        if _HAN.search(words):
            city[f"{name}_en"] = ""
            city[f"{name}_zh"] = city.get(f"{name}_zh") or words
    return city

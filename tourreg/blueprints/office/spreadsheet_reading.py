"""An itinerary's spreadsheet read: the day and the item of each row, and what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from tourreg.adapters.workbooks import Table, Value
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office import spreadsheet_cells as cells
from tourreg.blueprints.office.sheet_reading import LONGEST
from tourreg.blueprints.office.spreadsheet_columns import column_of, currency_of, heading_of, lacking
from tourreg.blueprints.office.spreadsheet_items import Known, attempt, read_item
from tourreg.blueprints.office.spreadsheet_notes import notes_of
from tourreg.blueprints.office.table_headings import RowFault, headings
from tourreg.domain.itineraries.merging import DayName, FileRow
from tourreg.kernel.bilingual import Text

_DAY_COLUMNS = ("on", "city", "part", "day_title_en", "day_title_zh", "zone")


@dataclass
class ReadFile:
    """What a file says.

    notes    what is right and yet to be looked at
    unread   headings of columns that are not known
    lacking  headings of columns without which nothing is read
    marks    of items that a row was of; a mark that stands a second time was copied, and its row is a new one
    """

    rows: list[FileRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    notes: list[RowFault] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


def read_file(table: Table, known: Known) -> ReadFile:
    """Return what the rows say, and all that is wrong in them."""
    heading, keys, unread = headings(table, column_of)
    read = ReadFile(unread=unread, lacking=lacking(list(keys.values())))
    if read.lacking:
        return read
    _note_hard_cells(table, keys, heading, read)
    _note_other_currency(table, keys, heading, known, read)
    above: dict[str, Value] = {}
    for number in range(heading + 1, len(table.rows)):
        said = {
            key: value for column, key in keys.items() if (value := _value(table, number, column)) not in (None, "")
        }
        if said:
            row = _filled(table, keys, number, said, above)
            above = row
            _read_row(number + 1, row, set(keys.values()), known, read)
    return read


def _value(table: Table, row: int, column: int) -> Value:
    values = table.rows[row]
    return values[column] if column < len(values) else None


def _filled(
    table: Table, keys: Mapping[int, str], number: int, row: Mapping[str, Value], above: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the row with what merged cells of its day say; a row without a date is of the day above."""
    filled: dict[str, Value] = dict(row)
    for merged in table.merged:
        if merged.first_row < number <= merged.last_row and keys.get(merged.first_column) in _DAY_COLUMNS:
            filled.setdefault(keys[merged.first_column], _value(table, merged.first_row, merged.first_column))
    if "on" not in filled:
        filled = {**{key: above[key] for key in _DAY_COLUMNS if key in above and key != "zone"}, **filled}
    return filled


def _note_hard_cells(table: Table, keys: Mapping[int, str], heading: int, read: ReadFile) -> None:
    for row, column in table.unsaved:
        if column in keys and row > heading:
            sentence = _("Its formula has no saved result. Open the file, save it once more, or type the value.")
            read.faults.append(RowFault(row + 1, heading_of(keys[column]), sentence))
    for merged in table.merged:
        key = keys.get(merged.first_column)
        if merged.last_row > merged.first_row > heading and key and key not in _DAY_COLUMNS:
            sentence = _("This cell is merged over several rows. Split it, so that each row says its own.")
            read.faults.append(RowFault(merged.first_row + 1, heading_of(key), sentence))


def _note_other_currency(table: Table, keys: Mapping[int, str], heading: int, known: Known, read: ReadFile) -> None:
    for column in (column for column, key in keys.items() if key == "fee"):
        named = currency_of(cells.words(_value(table, heading, column)))
        if named and named != known.event.currency:
            sentence = _("The event takes %(currency)s. Write the fees in it.", currency=known.event.currency)
            read.faults.append(RowFault(heading + 1, heading_of("fee"), sentence))


def _read_row(number: int, row: Mapping[str, Value], keys: set[str], known: Known, read: ReadFile) -> None:
    """Add what a row says to what is read, or what is wrong in it."""
    faults: dict[str, str] = {}
    day = _read_day(row, known, faults)
    says_more = any(key not in _DAY_COLUMNS and key != "id" for key in row)
    mark = cells.words(row.get("id"))
    item = mark if mark in known.items and mark not in read.marks else ""
    read.marks.add(item)
    said, details = read_item(row, keys, known, known.items.get(item), day, faults) if says_more else (None, {})
    read.faults += [RowFault(number, heading_of(key), sentence) for key, sentence in faults.items()]
    if day is not None and not faults:
        title = _day_title(row) if {"day_title_en", "day_title_zh"} & keys else None
        understood = FileRow(number, day, title, item, said, details)
        notes = notes_of(understood, known.event, first_of_day=not read.rows or read.rows[-1].day != day)
        read.notes += [RowFault(number, heading_of(key), sentence) for key, sentence in notes.items()]
        read.rows.append(understood)


def _read_day(row: Mapping[str, Value], known: Known, faults: dict[str, str]) -> DayName | None:
    city, part = cells.words(row.get("city")).casefold(), cells.words(row.get("part")).casefold()
    cities = known.cities_called(city)
    if city and not cities:
        faults["city"] = _("No city is called so. Add it to the cities first, or leave it empty on the way.")
    if len(cities) > 1:
        faults["city"] = _("Several cities are called so. Write its name in the other language.")
    if part not in known.part_names:
        faults["part"] = _("No tour of this event is called so. Leave it empty for the programme.")
    for key in ("day_title_en", "day_title_zh"):
        attempt(partial(cells.text, most=LONGEST["title"]), row.get(key), key, faults)
    on_date = attempt(cells.day, row.get("on"), "on", faults)
    if on_date is None or faults:
        return None
    return DayName(on_date, cities[0].public_id if cities else "", known.part_names[part])


def _day_title(row: Mapping[str, Value]) -> Text:
    return Text(cells.words(row.get("day_title_en")), cells.words(row.get("day_title_zh")))

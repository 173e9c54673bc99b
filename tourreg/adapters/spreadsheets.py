"""Tables that people send: the cells of an Excel file's first sheet, as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

# Unpacked; far more than a list of people needs, far less than a bomb gives.
LARGEST_PART = 40 * 1024 * 1024
MOST_ROWS = 60_000
MOST_COLUMNS = 60
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")
_WHOLE = re.compile(r"(\d+)\.0+")


class NoSpreadsheet(ValueError):
    """The file is no Excel file that can be read."""


def is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def rows_of_xlsx(content: bytes) -> list[list[str]]:
    """Return the rows of the first sheet, empty ones among them; formulas as what they showed when it was saved.

    raises  NoSpreadsheet
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            shared = _shared(book) if "xl/sharedStrings.xml" in names else []
            sheets = sorted(name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            if not sheets:
                raise NoSpreadsheet
            first = min(sheets, key=lambda name: int(re.sub(r"\D", "", name)))
            return list(_rows(_part(book, first), shared))
    except (zipfile.BadZipFile, ElementTree.ParseError, LookupError, ValueError, RuntimeError) as error:
        raise NoSpreadsheet from error


def _part(book: zipfile.ZipFile, name: str) -> Element:
    """Return a part of the file; one with a document type, by which entities come, is refused."""
    if book.getinfo(name).file_size > LARGEST_PART:
        raise NoSpreadsheet
    with book.open(name) as part:
        text = part.read(LARGEST_PART + 1)
    if len(text) > LARGEST_PART or b"<!DOCTYPE" in text[:2000] or b"<!ENTITY" in text:
        raise NoSpreadsheet
    return ElementTree.fromstring(text)  # noqa: S314  # without a document type there are no entities


def _shared(book: zipfile.ZipFile) -> list[str]:
    return [_text(entry) for entry in _part(book, "xl/sharedStrings.xml").iter(f"{_NAMESPACE}si")]


def _rows(sheet: Element, shared: list[str]) -> Iterator[list[str]]:
    last = 0
    for row in sheet.iter(f"{_NAMESPACE}row"):
        number = int(row.get("r") or last + 1)
        if not last < number <= MOST_ROWS:
            raise NoSpreadsheet
        yield from ([] for _ in range(last + 1, number))
        yield _cells(row, shared)
        last = number


def _cells(row: Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_NAMESPACE}c"):
        match = _COLUMN.fullmatch(cell.get("r", ""))
        place = _place(match[1]) if match else len(cells)
        if place < MOST_COLUMNS:
            cells += [""] * (place + 1 - len(cells))
            cells[place] = _value(cell, shared)
    return cells


def _value(cell: Element, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_NAMESPACE}v") or ""
    if kind == "s":
        return shared[int(value)] if value else ""
    if kind == "inlineStr":
        return _text(cell)
    whole = _WHOLE.fullmatch(value)
    return whole[1] if whole and kind == "n" else value


def _text(entry: Element) -> str:
    """Return the text of an entry without the readings that stand above Chinese and Japanese characters."""
    readings = {part for reading in entry.iter(f"{_NAMESPACE}rPh") for part in reading.iter(f"{_NAMESPACE}t")}
    return "".join(part.text or "" for part in entry.iter(f"{_NAMESPACE}t") if part not in readings)


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1

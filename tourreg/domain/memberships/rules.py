"""What a file of members says, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tourreg.kernel.refusals import Refusal
from tourreg.kernel.typed import plain_width, tidy

MOST_MEMBERS = 50_000
LONGEST_NUMBER, LONGEST_NAME = 40, 200
MOST_FAULTS = 50
_SEPARATORS = re.compile(r"[\s._\-–—/]+")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
_HEADINGS = {
    "number": ("number", "membernumber", "membershipnumber", "memberno", "no", "id", "会员号", "会员编号", "编号"),
    "name": ("name", "member", "membername", "姓名", "名称", "会员", "单位"),
    "until_on": ("until", "validuntil", "expires", "expiry", "有效期", "有效期至", "到期日"),
}


class FileUnreadable(Refusal):
    """The file is no table of members; facts: kind ("empty", "no_numbers", "too_many", "not_a_table"), most."""


class RowsWrong(Refusal):
    """Some rows cannot be read, so none was imported; facts: faults (MOST_FAULTS at most), number."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; rows count from 1 as spreadsheets do."""

    row: int
    kind: str
    value: str = ""


@dataclass(frozen=True)
class MemberRow:
    """One member of a file."""

    number: str
    name: str = ""
    until_on: date | None = None


@dataclass
class _Reading:
    members: dict[str, MemberRow] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)


def normal_number(typed: str) -> str:
    """Return a member's number as it is compared: capitals, without spaces, dots and dashes."""
    return _SEPARATORS.sub("", plain_width(typed)).upper()


def read_members(rows: Iterable[Sequence[str]]) -> list[MemberRow]:
    """Return the members of a table: its columns by their heading, else number, name and last day in this order.

    raises  FileUnreadable, RowsWrong
    """
    table = [(number, [tidy(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    table = [(number, cells) for number, cells in table if any(cells)]
    if not table:
        raise FileUnreadable(kind="empty", most=MOST_MEMBERS)
    columns = _columns(table[0][1])
    reading = _Reading()
    for number, cells in table[1:] if columns else table:
        _read_row(number, cells, columns or {"number": 0, "name": 1, "until_on": 2}, reading)
    if len(reading.members) > MOST_MEMBERS:
        raise FileUnreadable(kind="too_many", most=MOST_MEMBERS)
    if reading.faults:
        raise RowsWrong(faults=reading.faults[:MOST_FAULTS], number=len(reading.faults))
    if not reading.members:
        raise FileUnreadable(kind="no_numbers", most=MOST_MEMBERS)
    return list(reading.members.values())


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Return where each column stands by its heading; nothing where the first row is no heading."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        word = _SEPARATORS.sub("", cell).casefold()
        for name, words in _HEADINGS.items():
            if word in words:
                found.setdefault(name, place)
    return found if "number" in found else {}


def _read_row(row: int, cells: Sequence[str], columns: dict[str, int], reading: _Reading) -> None:
    values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    number = normal_number(values["number"])
    fault = _fault(row, number, values, reading)
    if fault:
        reading.faults.append(fault)
    else:
        until = values.get("until_on", "")
        reading.members[number] = MemberRow(number, values.get("name", ""), _day(until) if until else None)


def _fault(row: int, number: str, values: dict[str, str], reading: _Reading) -> RowFault | None:
    if not number:
        return RowFault(row, "number_missing")
    if len(number) > LONGEST_NUMBER or not number.isprintable():
        return RowFault(row, "number_unfit", values["number"][:LONGEST_NUMBER])
    if number in reading.members:
        return RowFault(row, "number_twice", values["number"])
    if len(values.get("name", "")) > LONGEST_NAME:
        return RowFault(row, "name_too_long")
    until = values.get("until_on", "")
    return RowFault(row, "day_unreadable", until[:LONGEST_NUMBER]) if until and _day(until) is None else None


def _day(text: str) -> date | None:
    if _SERIAL.fullmatch(text):  # as Excel counts days
        return date(1899, 12, 30) + timedelta(days=int(text))
    match = _DATE.fullmatch(plain_width(text))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None

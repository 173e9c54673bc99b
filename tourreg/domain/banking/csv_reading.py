"""A bank's CSV read by its mapping: each row a booking, or a fault that says what is wrong with it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from tourreg.domain.banking.decoding import decoded
from tourreg.domain.banking.mappings import Mapping
from tourreg.domain.banking.values import (
    LONGEST_PAYER,
    LONGEST_REFERENCE,
    LONGEST_TEXT,
    MOST_LINES,
    FileRefused,
    ReadFile,
    ReadLine,
    RowFault,
    without_repeats,
)
from tourreg.kernel.money import CURRENCIES, Money, digits
from tourreg.kernel.typed import plain_width, tidy

CAME_IN = frozenset(
    ("c", "cr", "crdt", "credit", "in", "incoming", "deposit", "+", "h", "haben", "贷", "贷方", "收", "收入", "转入")
)
WENT_OUT = frozenset(
    ("d", "dr", "dbit", "debit", "out", "outgoing", "withdrawal", "-", "s", "soll", "借", "借方", "支", "支出", "转出")
)
# Longer than any statement's own cell, and than what the csv module takes by default.
_LONGEST_CELL = 131_072
_SIGN_OF_CURRENCY = re.compile(r"US\$|RMB|[$€¥￥元]|\b[A-Z]{3}\b")
_CURRENCY_WORDS = {
    "RMB": "CNY",
    "人民币": "CNY",
    "人民币元": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "CNH": "CNY",
}
_SPACES = str.maketrans(dict.fromkeys(" \u00a0\u2009\u202f'’", ""))
_MINUS = str.maketrans({"−": "-", "–": "-", "－": "-", "（": "(", "）": ")"})
_MOST_DIGITS = 15


class _Wrong(Exception):
    """A row cannot be read; the fault without its row."""

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind)
        self.kind, self.facts = kind, facts


def read_csv(content: bytes, mapping: Mapping, currency: str, today: date) -> ReadFile:
    """Return what the file says, read by the mapping.

    currency  of the account
    today     in the seller's zone; nothing is booked after it
    raises    FileRefused
    """
    rows = list(rows_of(content, mapping))
    heading = [tidy(cell) for cell in rows[0].cells] if rows and mapping.has_heading else []
    lines: list[ReadLine] = []
    faults: list[RowFault] = []
    for row in rows[1:] if mapping.has_heading else rows:
        if len(lines) + len(faults) >= MOST_LINES:
            raise FileRefused(kind="too_many_lines", most=MOST_LINES)
        try:
            lines.append(_line(row, mapping, currency, today))
        except _Wrong as wrong:
            faults.append(RowFault(row.number, wrong.kind, dict(wrong.facts)))
    kept, repeats = without_repeats(lines)
    return ReadFile(kept, sorted([*faults, *repeats], key=lambda fault: fault.row), heading=heading)


class Row:
    """One row of a CSV: its cells, and the line of the file on which it begins."""

    __slots__ = ("cells", "is_broken", "number")

    def __init__(self, number: int, cells: Sequence[str], *, is_broken: bool = False) -> None:
        self.number, self.cells, self.is_broken = number, cells, is_broken


def rows_of(content: bytes, mapping: Mapping, most: int | None = None) -> Iterator[Row]:
    """Yield the rows that have something in them, from the one with the columns' names on.

    most    rows
    raises  FileRefused
    """
    text = decoded(content, mapping.encoding)
    lines = io.StringIO(text, newline="")
    for _ in range(mapping.skipped):
        lines.readline()
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(lines, delimiter=mapping.delimiter, strict=True)
    count, begins = 0, mapping.skipped + 1
    while most is None or count < most:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(begins, (), is_broken=True)
            return
        if any(cell.strip() for cell in cells):
            count += 1
            yield Row(begins, cells)
        begins = mapping.skipped + reader.line_num + 1


def _line(row: Row, mapping: Mapping, currency: str, today: date) -> ReadLine:
    if row.is_broken:
        raise _Wrong("unclosed")
    if len(row.cells) < mapping.widest:
        raise _Wrong("cut", found=len(row.cells), needed=mapping.widest)
    booked_on = _date(row, mapping, "booked_on")
    if booked_on > today:
        raise _Wrong("future", date=booked_on)
    _require_currency(_cell(row, mapping.at("currency")), currency)
    amount = _amount(row, mapping, currency)
    valued = _cell(row, mapping.at("valued_on"))
    said = [_cell(row, mapping.at("text")), _cell(row, mapping.at("more_text"))]
    return ReadLine(
        row=row.number,
        booked_on=booked_on,
        amount=amount,
        text=" ".join(part for part in said if part)[:LONGEST_TEXT],
        payer=_cell(row, mapping.at("payer"))[:LONGEST_PAYER],
        reference=_cell(row, mapping.at("reference"))[:LONGEST_REFERENCE],
        valued_on=read_date(valued, mapping.date_format) if valued else None,
    )


def _cell(row: Row, column: int) -> str:
    return tidy(row.cells[column - 1]) if 0 < column <= len(row.cells) else ""


def _date(row: Row, mapping: Mapping, column: str) -> date:
    typed = _cell(row, mapping.at(column))
    found = read_date(typed, mapping.date_format)
    if found is None:
        raise _Wrong("date", typed=typed[:40])
    return found


def read_date(typed: str, date_format: str) -> date | None:
    """Return the day that a cell names, whatever time of day stands behind it; None where it is none."""
    text = plain_width(typed)
    parts = text.split("T")[0] if "%b" not in date_format else text
    words = parts.split()
    for candidate in (" ".join(words), *(words[:1]), " ".join(words[:3])):
        try:
            day = datetime.strptime(candidate, date_format).date()  # noqa: DTZ007  # a day of the bank's calendar
        except ValueError:
            continue
        return day if 2000 <= day.year < 2100 else None
    return None


def _amount(row: Row, mapping: Mapping, currency: str) -> Money:
    if mapping.amount_style == "debit_credit":
        return _of_two_columns(row, mapping, currency)
    typed = _cell(row, mapping.at("amount"))
    if not typed:
        raise _Wrong("no_amount")
    amount = read_amount(typed, mapping.decimal, currency)
    if not amount:
        raise _Wrong("no_amount")
    return _directed(amount, _cell(row, mapping.at("direction"))) if mapping.amount_style == "direction" else amount


def _of_two_columns(row: Row, mapping: Mapping, currency: str) -> Money:
    """Return what stands in the column of debits as gone out, and what stands in that of credits as it is."""
    out, came = (
        read_amount(typed, mapping.decimal, currency) if typed else Money(0, currency)
        for typed in (_cell(row, mapping.at("debit")), _cell(row, mapping.at("credit")))
    )
    if out and came:
        raise _Wrong("both_amounts")
    if not out and not came:
        raise _Wrong("no_amount")
    return came or Money(-abs(out.minor), currency)


def _directed(amount: Money, said: str) -> Money:
    word = plain_width(said).casefold().strip(" .")
    if word in WENT_OUT:
        return Money(-abs(amount.minor), amount.currency)
    if word not in CAME_IN:
        raise _Wrong("direction", typed=said[:40])
    if amount.minor < 0:
        raise _Wrong("sign", typed=said[:40])
    return amount


def read_amount(typed: str, decimal: str, currency: str) -> Money:
    """Return an amount as banks write it: with signs between thousands, a minus before or after, or in brackets.

    raises  _Wrong where it is no amount of the currency
    """
    text = unicodedata.normalize("NFKC", typed).translate(_MINUS)
    text = _SIGN_OF_CURRENCY.sub("", text).translate(_SPACES)
    is_negative = text.startswith(("-", "(")) or text.endswith("-")
    text = text.strip("+-()")
    thousands = "." if decimal == "," else ","
    whole, _, fraction = text.partition(decimal)
    groups = whole.split(thousands)
    grouped = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    places = digits(currency)
    spare = fraction[places:].strip("0")
    number = "".join(groups) + fraction[:places].ljust(places, "0")
    if not grouped or spare or not number.isascii() or not number.isdecimal() or len(number) > _MOST_DIGITS:
        raise _Wrong("amount", typed=typed[:40])
    if not "".join(groups):
        raise _Wrong("amount", typed=typed[:40])
    return Money(-int(number) if is_negative else int(number), currency)


def _require_currency(said: str, currency: str) -> None:
    word = plain_width(said).upper()
    if word and _CURRENCY_WORDS.get(word, word) != currency:
        raise _Wrong("currency", said=word[:20], currency=currency, known=word in CURRENCIES)

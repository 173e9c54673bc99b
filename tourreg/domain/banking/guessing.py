"""How a bank's CSV that nobody has mapped yet is most likely to be read; people see it and put it right."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from tourreg.domain.banking.csv_reading import CAME_IN, WENT_OUT, read_date
from tourreg.domain.banking.decoding import decoded
from tourreg.domain.banking.mappings import (
    AMOUNT_STYLES,
    DATE_FORMATS,
    DELIMITERS,
    MOST_COLUMNS,
    MOST_SKIPPED,
    AmountStyle,
    Mapping,
)
from tourreg.kernel.typed import plain_width

_LOOKED_AT = MOST_SKIPPED + 20
# What banks call their columns; the first that fits wins, so the longer words stand first.
_WORDS = {
    "valued_on": "value date|valuta|起息日|wertstellung",
    "booked_on": "booking date|posting date|transaction date|交易日期|记账日期|入账日期|交易时间|buchungstag|date|日期",
    "payer": "counterparty|payer|对方户名|对方账户名称|付款人|对方名称|originator|auftraggeber|name",
    "direction": "debit/credit|dr/cr|d/c|cr/dr|借贷标志|收支|借贷|direction|type",
    "debit": "debit|withdrawal|paid out|money out|借方|支出|soll",
    "credit": "credit|deposit|paid in|money in|贷方|收入|haben",
    "amount": "amount|交易金额|发生额|金额|betrag|umsatz",
    "currency": "currency|币种|货币|währung|ccy",
    "reference": "bank reference|transaction id|transaction reference|交易流水号|流水号|reference|凭证号",
    "text": "description|details|memo|remittance|摘要|附言|用途|verwendungszweck|text|narrative",
    "more_text": "附言|用途|备注|memo|additional|details|notes",
}


def guess(content: bytes) -> Mapping:
    """Return the mapping that fits the file best, as far as its first lines tell.

    raises  FileRefused
    """
    text = decoded(content)
    head = text.splitlines()[:_LOOKED_AT]
    delimiter = _delimiter(head)
    rows = [_cells(line, delimiter) for line in head]
    place = _heading(rows)
    mapping = Mapping(delimiter=delimiter, skipped=place, columns=_columns(rows[place] if rows else ()))
    return _refined(mapping, [row for row in rows[place + 1 :] if any(cell.strip() for cell in row)])


def _delimiter(head: Sequence[str]) -> str:
    """Return the sign that parts most lines into the same number of cells, and into most cells."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        counts = Counter(len(_cells(line, delimiter)) for line in head if line.strip())
        cells, lines = max(
            ((cells, lines) for cells, lines in counts.items() if cells > 1), key=_weight, default=(0, 0)
        )
        if cells * lines > most:
            best, most = delimiter, cells * lines
    return best


def _weight(counted: tuple[int, int]) -> int:
    return counted[0] * counted[1]


def _cells(line: str, delimiter: str) -> list[str]:
    with suppress(csv.Error):
        return next(csv.reader([line], delimiter=delimiter), [])
    return line.split(delimiter)


def _heading(rows: Sequence[Sequence[str]]) -> int:
    """Return which row names the columns: the one in which most words of banks stand; the first where none does."""
    known = [(len(_columns(row)), -place) for place, row in enumerate(rows[:MOST_SKIPPED])]
    found, place = max(known, default=(0, 0))
    return -place if found > 1 else 0


def _columns(heading: Sequence[str]) -> dict[str, int]:
    names = [plain_width(cell).casefold() for cell in islice(heading, MOST_COLUMNS)]
    found: dict[str, int] = {}
    for column, words in _WORDS.items():
        place = _place(names, words.split("|"), set(found.values()))
        if place:
            found[column] = place
    return found


def _place(names: Sequence[str], words: Sequence[str], taken: set[int]) -> int:
    """Return the first free column called by one of the words, from 1; a longer name that holds a word counts last."""
    for fits in (str.__eq__, str.__contains__):
        for word in words:
            for place, name in enumerate(names, start=1):
                if place not in taken and name and len(name) <= 40 and fits(name, word):
                    return place
    return 0


def _refined(mapping: Mapping, rows: Sequence[Sequence[str]]) -> Mapping:
    """Return the mapping with what the rows themselves tell: dates, decimals, and where amounts stand."""
    style = _style(mapping, rows)
    unused = {name for other in AMOUNT_STYLES for name in Mapping(amount_style=other).amounts}
    columns = {name: place for name, place in mapping.columns.items() if name not in unused}
    columns.update((name, mapping.at(name)) for name in Mapping(amount_style=style).amounts)
    mapping = replace(mapping, amount_style=style, columns=columns)
    amounts = [cell for name in mapping.amounts if name != "direction" for cell in _column(rows, mapping.at(name))]
    dates = _column(rows, mapping.at("booked_on"))
    return replace(mapping, date_format=_date_format(dates), decimal=_decimal(amounts))


def _style(mapping: Mapping, rows: Sequence[Sequence[str]]) -> AmountStyle:
    if mapping.at("debit") and mapping.at("credit"):
        return "debit_credit"
    return "direction" if _directions(rows, mapping.at("direction")) else "signed"


def _directions(rows: Sequence[Sequence[str]], column: int) -> bool:
    said = [plain_width(cell).casefold().strip(" .") for cell in _column(rows, column)]
    return bool(said) and all(word in CAME_IN | WENT_OUT for word in said)


def _date_format(cells: Sequence[str]) -> str:
    """Return the first way of writing dates that reads most of the cells."""
    read = {shape: sum(read_date(cell, shape) is not None for cell in cells) for shape in DATE_FORMATS}
    return max(DATE_FORMATS, key=lambda shape: read[shape])


def _decimal(cells: Sequence[str]) -> str:
    """Return the sign that stands last before two digits."""
    endings = Counter(cell.strip(" )-")[-3:-2] for cell in cells)
    return "," if endings[","] > endings["."] else "."


def _column(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column - 1].strip() for row in rows if 0 < column <= len(row) and row[column - 1].strip()]

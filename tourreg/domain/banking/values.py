"""What a bank's statement says, whatever file it came in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

MOST_LINES = 20_000
LONGEST_TEXT, LONGEST_PAYER, LONGEST_REFERENCE = 1_000, 200, 80


class FileRefused(Refusal):
    """The file is no statement that can be read.

    facts  kind: "empty", "web_page", "spreadsheet", "pdf", "binary", "encoding", "entities", "broken_xml",
           "not_a_statement", "other_account", "too_many_lines" or "no_lines"; for some of them more
    """


@dataclass(frozen=True)
class ReadLine:
    """One booking as the bank wrote it.

    row          where it stands in the file, from 1: a line of a CSV, an entry of a CAMT
    valued_on    when it counts for interest; None where the file does not say
    amount       positive when it came in, negative when it went out
    payer        the other side: who paid, or who was paid
    reference    the bank's own id of the booking, or ""
    is_reversal  the bank takes an earlier booking back
    """

    row: int
    booked_on: date
    amount: Money
    text: str = ""
    payer: str = ""
    reference: str = ""
    valued_on: date | None = None
    is_reversal: bool = False


@dataclass(frozen=True)
class RowFault:
    """Why one row cannot be read.

    kind   "cut", "unclosed", "date", "future", "amount", "no_amount", "both_amounts", "direction", "sign", "currency"
           or "repeated"
    facts  what the sentence about it names
    """

    row: int
    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadFile:
    """All that a file says.

    waiting   bookings that the bank has announced and not made; they are left out
    heading   the names of a CSV's columns
    does_not_add_up  opening balance and bookings are not the closing balance
    """

    lines: list[ReadLine]
    faults: list[RowFault]
    waiting: int = 0
    heading: list[str] = field(default_factory=list)
    does_not_add_up: bool = False

    @property
    def first_on(self) -> date | None:
        return min((line.booked_on for line in self.lines), default=None)

    @property
    def last_on(self) -> date | None:
        return max((line.booked_on for line in self.lines), default=None)


def identities(lines: Sequence[ReadLine]) -> list[str]:
    """Return the name of each line by which it is known in whatever file it comes again.

    With the bank's own id it is that; without, it is what the line says and its place among those that say the same,
    so that two equal bookings of one day stay two, and the same file again brings neither anew.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for line in lines:
        said = _said(line)
        place = seen[said]
        seen[said] += 1
        names.append(_hash((*said, "" if line.reference else str(place))))
    return names


def without_repeats(lines: Iterable[ReadLine]) -> tuple[list[ReadLine], list[RowFault]]:
    """Return the lines without those that one file brings twice under one id of the bank, and a fault for each."""
    first: dict[tuple[str, ...], int] = {}
    kept, faults = [], []
    for line in lines:
        said = _said(line)
        if line.reference and said in first:
            faults.append(RowFault(line.row, "repeated", {"first": first[said], "reference": line.reference}))
            continue
        first.setdefault(said, line.row)
        kept.append(line)
    return kept, faults


def _said(line: ReadLine) -> tuple[str, ...]:
    what = (line.booked_on.isoformat(), str(line.amount.minor), line.amount.currency)
    if line.reference:
        return ("id", line.reference, *what)
    return ("text", *what, _plain(line.text), _plain(line.payer))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _hash(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

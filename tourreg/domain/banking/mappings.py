"""How a bank's CSV is read: kept with the account, so that the next file needs no questions."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from tourreg.domain.banking.decoding import ENCODINGS, Encoding

AmountStyle = Literal["signed", "debit_credit", "direction"]
AMOUNT_STYLES: tuple[AmountStyle, ...] = ("signed", "debit_credit", "direction")
DELIMITERS = (",", ";", "\t", "|")
DATE_FORMATS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%m/%d/%Y", "%m/%d/%y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y",
    "%d %b %Y", "%d-%b-%Y", "%Y年%m月%d日",
)  # fmt: skip
COLUMNS = (
    "booked_on", "valued_on", "amount", "debit", "credit", "direction", "currency", "text", "more_text", "payer",
    "reference",
)  # fmt: skip
MOST_SKIPPED, MOST_COLUMNS = 100, 200


@dataclass(frozen=True)
class Mapping:
    """Where a CSV says what.

    columns       by their names in COLUMNS, counted from 1; 0 is one that the file does not have
    skipped       lines before the one with the columns' names
    amount_style  signed: one column, minus for what went out; debit_credit: a column each; direction: one column
                  without a sign, and another that says in or out
    """

    encoding: Encoding = "auto"
    delimiter: str = ","
    skipped: int = 0
    has_heading: bool = True
    date_format: str = "%Y-%m-%d"
    decimal: str = "."
    amount_style: AmountStyle = "signed"
    columns: Dict[str, int] = field(default_factory=dict)

    def at(self, name: str) -> int:
        """Return the column that says it, 0 where none does."""
        return self.columns.get(name, 0)

    @property
    def amounts(self) -> tuple[str, ...]:
        """Return the names of the columns in which this style says the amount."""
        return {
            "signed": ("amount",),
            "debit_credit": ("debit", "credit"),
            "direction": ("amount", "direction"),
        }[self.amount_style]

    @property
    def widest(self) -> int:
        """Return the last column that a line must have: that of its date or of its amount."""
        return max(self.at(name) for name in ("booked_on", *self.amounts))

    @property
    def lacking(self) -> list[str]:
        """Return the columns without which no line can be read."""
        return [name for name in ("booked_on", *self.amounts) if not self.at(name)]


def plain(mapping: Mapping) -> dict[str, Any]:
    """Return the mapping as it is kept."""
    return asdict(mapping)


def mapping_of(kept: Dict[str, Any]) -> Mapping | None:
    """Return a mapping that was kept; None where none was, or where it is none any more."""
    known = {one.name for one in fields(Mapping)}
    values = {name: value for name, value in kept.items() if name in known}
    if not values or values.get("encoding", "auto") not in ENCODINGS:
        return None
    return Mapping(**values)

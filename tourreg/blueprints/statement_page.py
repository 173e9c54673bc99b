"""A statement of account as pages show it: the paper's own sheet, its plain values read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tourreg.domain.papers.sheets import Movement, StatementSheet
from tourreg.kernel.bilingual import Text, text_of
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class Row:
    """One movement; its detail is what somebody typed, a name or a number."""

    on: date
    what: Text
    detail: str
    paper: str
    registration: str
    amount: Money
    balance: Money


@dataclass(frozen=True)
class StatementPage:
    """What the page of a statement shows.

    ages  what is open by how long it has been due, without the ages at which nothing is
    """

    several: bool
    first_on: date | None
    last_on: date
    opening: Money
    closing: Money
    rows: list[Row]
    ages: dict[str, Money]


def shown(sheet: StatementSheet) -> StatementPage:
    """Return the sheet as its page shows it."""
    return StatementPage(
        several=len(sheet["programmes"]) > 1,
        first_on=date.fromisoformat(sheet["first_on"]) if sheet["first_on"] else None,
        last_on=date.fromisoformat(sheet["last_on"]),
        opening=_money(sheet["opening"]),
        closing=_money(sheet["closing"]),
        rows=[_row(move) for move in sheet["movements"]],
        ages={part["age"]: _money(part["amount"]) for part in sheet["ages"] if part["amount"]["minor"]},
    )


def _row(move: Movement) -> Row:
    return Row(
        on=date.fromisoformat(move["on"]),
        what=_text(move["what"]),
        detail=str(move["detail"]),
        paper=move["paper"],
        registration=move["registration"],
        amount=_money(move["amount"]),
        balance=_money(move["balance"]),
    )


def _text(words: Any) -> Text:
    return Text(words, words) if isinstance(words, str) else text_of(words)


def _money(amount: Mapping[str, Any]) -> Money:
    return Money(amount["minor"], amount["currency"])

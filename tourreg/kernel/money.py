"""Amounts of money: whole minor units and a currency, never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tourreg.kernel.refusals import Refusal

CURRENCIES = ("USD", "CNY", "EUR", "JPY")
_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0}


class CurrenciesDiffer(Refusal):
    """Two currencies met in one sum; facts: currencies."""


class AmountUnreadable(Refusal):
    """The text is no amount of the currency; facts: text, currency."""


def digits(currency: str) -> int:
    """Return how many decimals the currency has (ISO 4217)."""
    return _DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, fen, whole yen) of one currency (ISO 4217)."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        self._require_same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._require_same(other)
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def _require_same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrenciesDiffer(currencies=(self.currency, other.currency))


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum; zero of the currency when there is nothing to add."""
    return sum(amounts, Money(0, currency))


def read_money(text: str, currency: str) -> Money:
    """Return the amount a person typed: digits, with commas between thousands and a point before the decimals.

    raises  AmountUnreadable for signs, more decimals than the currency has, more than twelve digits before them, or
            anything else
    """
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(\d+))?", text.strip(), flags=re.ASCII)
    places = digits(currency)
    if match is None or len(match[2] or "") > places:
        raise AmountUnreadable(text=text, currency=currency)
    whole, fraction = match[1].replace(",", ""), (match[2] or "").ljust(places, "0")
    return Money(int(whole + fraction), currency)

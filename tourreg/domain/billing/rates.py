"""What an amount is in another currency, for information: bills are never converted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money, digits

INFORMATION = Text(
    "For information only: about %s at 1 %s = %s %s of %s. The amount due is the one in %s.",
    "仅供参考：约合%s（汇率1 %s = %s %s，%s）。应付金额以%s为准。",
)


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency was in another on a day, as the office typed it."""

    currency: str
    other: str
    figure: str
    on: date

    def told(self, amount: Money) -> Text | None:
        """Return the sentence for an amount in either of the two currencies; none for a third."""
        other = self._in_other(amount)
        if other is None:
            return None
        facts = (_figures(other), self.currency, self.figure, self.other, self.on.isoformat(), amount.currency)
        return Text(INFORMATION.en % facts, INFORMATION.zh % facts)

    def _in_other(self, amount: Money) -> Money | None:
        units = Decimal(amount.minor).scaleb(-digits(amount.currency))
        if amount.currency == self.currency:
            return _money(units * Decimal(self.figure), self.other)
        if amount.currency == self.other and Decimal(self.figure):
            return _money(units / Decimal(self.figure), self.currency)
        return None


def _money(units: Decimal, currency: str) -> Money:
    """Return the amount, half a minor unit rounded up."""
    minor = units.scaleb(digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Money(int(minor), currency)


def _figures(amount: Money) -> str:
    units = Decimal(amount.minor).scaleb(-digits(amount.currency))
    return f"{amount.currency} {units:,}"

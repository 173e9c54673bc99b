"""What a code takes off, for whom, and why it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tourreg.domain.catalogue.seats import PoolIsFull
from tourreg.domain.discounts.models import Code
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

CALLED = Text("Code %s", "优惠码%s")
LONGEST_WORD = 30
_SEPARATORS = re.compile(r"[\s._\-–—/]+")


class CodeRefused(Refusal):
    """A code takes nothing off this bill; facts: reason, code (None where it is unknown)."""


class NoUsesLeft(PoolIsFull):
    """A code that was given back has been used up by others meanwhile; facts as of a pool."""


@dataclass(frozen=True)
class Seeker:
    """One participant who may pay less: the position from 1, the fee and what it costs."""

    position: int
    fee: str
    price: Money


@dataclass(frozen=True)
class Discount:
    """What a code takes off a bill.

    off_minor  by the position of each participant who pays less; more than nothing, but for codes that only open a fee
    """

    code: Code
    off_minor: Mapping[int, int]
    currency: str

    @property
    def people(self) -> int:
        return len(self.off_minor)

    @property
    def total(self) -> Money:
        return Money(sum(self.off_minor.values()), self.currency)

    @property
    def label(self) -> Text:
        return Text(CALLED.en % self.code.word, CALLED.zh % self.code.word)

    def of(self, position: int) -> Money:
        return Money(self.off_minor.get(position, 0), self.currency)


def normal_word(typed: str) -> str:
    """Return a code as it is compared: capitals, without spaces, dots and dashes."""
    return _SEPARATORS.sub("", typed).upper()


def discount(
    code: Code, seekers: Sequence[Seeker], *, event: str, currency: str, day: date, used_by_contact: int
) -> Discount:
    """Return what the code takes off, for those whose fee it is for, in their order, and for no more than it has left.

    event            its public id
    day              the day of the event's zone
    used_by_contact  people for whom this contact uses the code already
    raises           CodeRefused
    """
    _require_in_force(code, event, day)
    offs = {seeker.position: off(code, seeker.price) for seeker in seekers if not code.fees or seeker.fee in code.fees}
    covered = {position: minor for position, minor in offs.items() if minor or code.fees}
    if not covered:
        raise CodeRefused(reason="other_fee", code=code)
    if code.currency and code.currency != currency:
        raise CodeRefused(reason="other_currency", code=code)
    taken = dict(list(covered.items())[: _left(code, used_by_contact)])
    if code.budget_minor is not None and code.spent_minor + sum(taken.values()) > code.budget_minor:
        raise CodeRefused(reason="budget", code=code)
    return Discount(code, taken, currency)


def off(code: Code, price: Money) -> int:
    """Return what the code takes off one fee, in minor units; half a unit is rounded up, and nobody gets money back."""
    if code.kind == "percent":
        return (price.minor * (code.percent or 0) + 50) // 100
    if code.kind == "amount":
        return min(price.minor, code.off_minor or 0)
    return price.minor if code.kind == "free_seat" else 0


def opens(code: Code, fee: str) -> bool:
    """Tell whether the code lets people to a fee that asks for one; only a code that names the fee does."""
    return fee in code.fees


def _require_in_force(code: Code, event: str, day: date) -> None:
    if code.switched_off:
        raise CodeRefused(reason="unknown", code=None)
    if code.events and event not in code.events:
        raise CodeRefused(reason="other_event", code=code)
    if code.from_on and day < code.from_on:
        raise CodeRefused(reason="not_yet", code=code)
    if code.until_on and day > code.until_on:
        raise CodeRefused(reason="over", code=code)


def _left(code: Code, used_by_contact: int) -> int | None:
    """Return for how many people the code is good yet; None without a limit.

    raises  CodeRefused
    """
    left = None
    if code.most_uses is not None:
        left = code.most_uses - code.used
        if left <= 0:
            raise CodeRefused(reason="used_up", code=code)
    if code.most_per_contact is not None:
        own = code.most_per_contact - used_by_contact
        if own <= 0:
            raise CodeRefused(reason="used_by_contact", code=code)
        left = own if left is None else min(left, own)
    return left

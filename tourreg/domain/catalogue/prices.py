"""What a fee or an add-on costs on a day of the event's zone, and on which days that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money

Tier = Literal["early", "regular", "late"]

TIERS: dict[Tier, Text] = {
    "early": Text("%s, early price", "%s（早鸟价）"),
    "regular": Text("%s", "%s"),
    "late": Text("%s, late price", "%s（后期价）"),
}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One price of a fee and the days on which it holds, both inclusive; None is "without a limit"."""

    tier: Tier
    minor: int
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class PriceList:
    """What things cost on one day, in one of the event's currencies; nothing is converted.

    main  the event's own currency, in which everything has a price
    """

    day: date
    currency: str
    main: str

    def of(self, thing: Fee | AddOn) -> Money:
        """Return what the thing costs; only of one that has a price in the currency."""
        step = step_on(thing, self.day) if isinstance(thing, Fee) else None
        if self.currency == self.main:
            return Money(step.minor if step else thing.amount_minor, self.currency)
        other = thing.other_prices[self.currency]
        return Money(other.get(step.tier, other["regular"]) if step else other["regular"], self.currency)

    def has(self, thing: Fee | AddOn) -> bool:
        """Tell whether the thing has a price in the currency."""
        return self.currency == self.main or "regular" in (thing.other_prices or {}).get(self.currency, {})

    def label_of(self, thing: Fee | AddOn) -> Text:
        """Return what bills call the thing: a fee that has several prices says which of them it is."""
        if not isinstance(thing, Fee):
            return thing.label
        words = TIERS[step_on(thing, self.day).tier]
        return Text(*(pattern % label if label else "" for pattern, label in _sides(words, thing.label)))


def price_list(event: Event, now: datetime, currency: str = "") -> PriceList:
    """Return what the event's fees and add-ons cost now, in its own currency unless another of them is named."""
    return PriceList(local_day(now, event.zone), currency or event.currency, event.currency)


def currencies_of(event: Event) -> list[str]:
    """Return the currencies in which people can be billed, the event's own first: all that is offered has a price."""
    things: list[Fee | AddOn] = [*event.fees, *event.add_ons]
    offered = [thing for thing in things if not thing.withdrawn]
    others = (PriceList(event.starts_on, currency, event.currency) for currency in event.other_currencies or ())
    return [event.currency, *(prices.currency for prices in others if all(prices.has(thing) for thing in offered))]


def steps_of(fee: Fee) -> list[Step]:
    """Return the prices of a fee in the order of their days; one that is the same all the time is one step."""
    early_until, late_from = fee.early_until_on, fee.late_from_on
    steps = []
    if early_until is not None and fee.early_minor is not None:
        steps.append(Step("early", fee.early_minor, None, early_until))
    begins = early_until + _ONE_DAY if steps and early_until else None
    if late_from is None or fee.late_minor is None:
        return [*steps, Step("regular", fee.amount_minor, begins, fee.last_on)]
    steps.append(Step("regular", fee.amount_minor, begins, late_from - _ONE_DAY))
    return [*steps, Step("late", fee.late_minor, late_from, fee.last_on)]


def step_on(fee: Fee, day: date) -> Step:
    """Return the price that holds on a day; after the fee has ended, its last."""
    steps = steps_of(fee)
    return next((step for step in steps if step.until_on is None or day <= step.until_on), steps[-1])


def steps_after(fee: Fee, day: date) -> list[Step]:
    """Return the prices that are still to come, the next one first."""
    return [step for step in steps_of(fee) if step.from_on is not None and step.from_on > day]


def last_days(fee: Fee) -> list[date]:
    """Return the last day of each price of a fee that has one."""
    return [step.until_on for step in steps_of(fee) if step.until_on is not None]


def _sides(words: Text, label: Text) -> list[tuple[str, str]]:
    return [(words.en, label.en), (words.zh, label.zh)]

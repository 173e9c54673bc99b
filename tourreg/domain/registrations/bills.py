"""What a booking costs, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tourreg.domain.catalogue import rules as catalogue
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.catalogue.prices import price_list
from tourreg.domain.discounts.models import Code
from tourreg.domain.discounts.rules import Discount, Seeker
from tourreg.domain.discounts.rules import discount as taken_off
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money, total


class Chooses(Protocol):
    """One participant and what they take, by public id."""

    @property
    def fee(self) -> str: ...
    @property
    def add_ons(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Choice:
    """What one participant takes, by public id; a fee may still be missing."""

    fee: str
    add_ons: Sequence[str] = ()


@dataclass(frozen=True)
class BillLine:
    """One fee or add-on and who takes it.

    positions  of participants, from 1
    label      with the name of the price, where the thing has several
    """

    thing: Fee | AddOn
    positions: tuple[int, ...]
    unit: Money
    label: Text

    @property
    def amount(self) -> Money:
        return self.unit * len(self.positions)


@dataclass(frozen=True)
class Bill:
    """What a booking costs.

    discount  what a code takes off; its total is positive, and `total` is without it
    """

    lines: tuple[BillLine, ...]
    total: Money
    discount: Discount | None = None


def bill(
    event: Event, choices: Iterable[Chooses], now: datetime, discount: Discount | None = None, currency: str = ""
) -> Bill:
    """Return what the choices cost: fees in the event's order, then add-ons; what is not offered costs nothing.

    currency  one of the event's; its first unless it is named
    """
    takers: dict[str, list[int]] = defaultdict(list)
    for position, choice in enumerate(choices, start=1):
        for chosen in dict.fromkeys((choice.fee, *choice.add_ons)):
            takers[chosen].append(position)
    prices = price_list(event, now, currency)
    offered: list[Fee | AddOn] = [*catalogue.fees_open(event, now), *catalogue.add_ons_offered(event)]
    lines = tuple(
        BillLine(thing, tuple(takers[thing.public_id]), prices.of(thing), prices.label_of(thing))
        for thing in offered
        if thing.public_id in takers
    )
    gross = total((line.amount for line in lines), prices.currency)
    return Bill(lines, gross - discount.total if discount else gross, discount)


def discount_by(
    code: Code, event: Event, choices: Iterable[Chooses], now: datetime, *, used_by_contact: int, currency: str = ""
) -> Discount:
    """Return what a code takes off the choices.

    used_by_contact  people for whom the contact uses the code already
    raises           CodeRefused
    """
    prices = price_list(event, now, currency)
    fees = {fee.public_id: prices.of(fee) for fee in catalogue.fees_open(event, now)}
    seekers = [
        Seeker(position, choice.fee, fees[choice.fee])
        for position, choice in enumerate(choices, start=1)
        if choice.fee in fees
    ]
    return taken_off(
        code,
        seekers,
        event=event.public_id,
        currency=prices.currency,
        day=prices.day,
        used_by_contact=used_by_contact,
    )


def changed_in_price(
    event: Event, people: Iterable[Chooses], shown_minor: Mapping[str, int], now: datetime, currency: str = ""
) -> list[Fee | AddOn]:
    """Return what somebody chose that costs another amount than was shown: fees in the event's order, then add-ons."""
    chosen = {public_id for person in people for public_id in (person.fee, *person.add_ons)}
    prices = price_list(event, now, currency)
    things: list[Fee | AddOn] = [*event.fees, *event.add_ons]
    return [
        thing
        for thing in things
        if thing.public_id in chosen
        and prices.has(thing)
        and shown_minor.get(thing.public_id, prices.of(thing).minor) != prices.of(thing).minor
    ]

"""What is due when, on each bill: its instalments, or else its invoices, paid by what has come, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tourreg.domain.billing import plans, queries
from tourreg.domain.billing.models import AgreedInstalment, Folio
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.billing.rules import MoneyStanding
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money, total

DueState = Literal["paid", "part_paid", "due", "overdue", "later"]


@dataclass(frozen=True)
class Due:
    """A part of a bill, and how much of it has been paid.

    name    "" where it is a whole invoice
    due_on  the last day to pay it, in the event's zone
    is_next whether it is the first that is not paid
    """

    name: Text
    due_on: date
    amount: Money
    paid: Money
    is_next: bool

    @property
    def open(self) -> Money:
        return self.amount - self.paid

    def state(self, today: date) -> DueState:
        if not self.open:
            return "paid"
        if self.due_on < today:
            return "overdue"
        if self.paid:
            return "part_paid"
        return "due" if self.is_next else "later"

    def days_over(self, today: date) -> int:
        """Return for how many days it is overdue; 0 until its last day has ended."""
        return max(0, (today - self.due_on).days) if self.open else 0


def dues_of(folio: Folio, standing: MoneyStanding | None = None) -> list[Due]:
    """Return the parts of a bill, in the order in which they are due; none while no day is set for anything.

    standing  of the folio, where it is known already
    """
    stands = standing or queries.standing(folio)
    agreed = [_instalment(row, folio.currency) for row in folio.instalments]
    parts = plans.as_charged(agreed, stands.charged) if agreed else _of_invoices(folio)
    names = [plans.name_of(folio.plan, place, len(parts)) if agreed else Text() for place in range(len(parts))]
    return allocated(parts, names, stands.kept)


def allocated(parts: Sequence[Instalment], names: Sequence[Text], kept: Money) -> list[Due]:
    """Return the parts with what has been paid of each: the oldest first."""
    dues: list[Due] = []
    rest, is_any_open = max(kept, Money(0, kept.currency)), False
    for part, name in zip(parts, names, strict=True):
        paid = min(part.amount, rest)
        rest -= paid
        is_open = paid < part.amount
        dues.append(Due(name, part.due_on, part.amount, paid, is_next=is_open and not is_any_open))
        is_any_open = is_any_open or is_open
    return dues


def first_part_open(folio: Folio, standing: MoneyStanding | None = None) -> Money:
    """Return what is missing of the part that makes the seats sure: the first, or the whole bill without a plan."""
    stands = standing or queries.standing(folio)
    if not folio.instalments:
        return stands.owed
    first = dues_of(folio, stands)[:1]
    return first[0].open if first else Money(0, folio.currency)


def next_to_pay(folio: Folio, standing: MoneyStanding | None = None) -> Money:
    """Return what is to be paid next: the first open instalment; the whole balance where there is no plan."""
    stands = standing or queries.standing(folio)
    if not folio.instalments:
        return stands.owed
    return next((due.open for due in dues_of(folio, stands) if due.is_next), stands.owed)


def overdue_of(dues: Iterable[Due], today: date, currency: str) -> Money:
    """Return how much should have been paid by yesterday and was not."""
    return total((due.open for due in dues if due.state(today) == "overdue"), currency)


def _instalment(row: AgreedInstalment, currency: str) -> Instalment:
    return Instalment(row.due_on, Money(row.amount_minor, currency))


def _of_invoices(folio: Folio) -> list[Instalment]:
    """Return what the invoices that stand ask for, by the day on which it is due."""
    by_day: dict[date, int] = {}
    for invoice in queries.live_invoices(folio):
        if invoice.due_on:
            by_day[invoice.due_on] = by_day.get(invoice.due_on, 0) + invoice.total_minor
    return [Instalment(day, Money(minor, folio.currency)) for day, minor in sorted(by_day.items())]

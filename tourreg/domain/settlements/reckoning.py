"""What giving something up comes to: what is taken back of a bill, what is kept, what goes back and over what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.taking_back import CHARGED_AGAIN, MOVED
from tourreg.kernel.money import Money, total


@dataclass(frozen=True)
class GivenUp:
    """One thing of one person that is given up: the line of its price and those that lessen it.

    thing      public id of an add-on, "" for the programme
    price      what was to be paid for it, reductions counted
    by_policy  what the event's terms keep of it
    kept       what is kept: that, or what staff decided
    """

    line: Entry
    lessening: tuple[Entry, ...]
    thing: str
    price: Money
    by_policy: Money
    kept: Money

    @property
    def key(self) -> str:
        return str(self.line.public_id)

    @property
    def back(self) -> Money:
        return self.price - self.kept

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.line, *self.lessening)


@dataclass(frozen=True)
class Account:
    """Where a bill stands before anything is given up, in minor units.

    balance         what is owed; negative when more came than was charged
    going_back      what was asked to go back and has not left yet
    left            what has come and has neither gone back nor is on its way
    """

    balance: int
    going_back: int
    left: int


def back_minor(account: Account, *, given_up: int, kept: int, all_of_it: bool) -> int:
    """Return how much goes back, in minor units: never below zero, never more than is left of what came.

    given_up   sum of the prices taken back
    kept       sum of what is kept of them
    all_of_it  whether nothing else stands on the bill, so that what had been paid too much goes back with it
    """
    before = max(0, -account.balance - account.going_back)
    after = max(0, -(account.balance - given_up + kept) - account.going_back)
    wanted = after if all_of_it else after - before
    return max(0, min(wanted, account.left))


def first_references(charges: Iterable[Entry], known: Iterable[Entry]) -> dict[int, str]:
    """Return under what reference each charge was posted first, however often it was charged again or moved since.

    known  postings among which its story is looked for; what has no beginning there is left out
    """
    listed = list(known)
    story = _Story({entry.public_id: entry for entry in listed}, {entry.id: entry for entry in listed})
    found = {charge.id: story.first(charge) for charge in charges}
    return {entry_id: reference for entry_id, reference in found.items() if reference}


def lessened(price: Entry, reductions: Iterable[Entry], currency: str) -> Money:
    """Return a price with its reductions, never below zero."""
    amount = total((Money(entry.amount_minor, currency) for entry in (price, *reductions)), currency)
    return max(amount, Money(0, currency))


@dataclass(frozen=True)
class _Story:
    """Postings by which a line can be followed to its beginning."""

    by_public_id: Mapping[str, Entry]
    by_id: Mapping[int, Entry]

    def first(self, line: Entry | None) -> str:
        """Return the line's first reference; "" where its story is not among the postings."""
        while line is not None and line.reference.startswith((CHARGED_AGAIN, MOVED)):
            cancellation = self.by_public_id.get(line.reference.partition(":")[2])
            line = self.by_id.get(cancellation.reverses_id or 0) if cancellation else None
        return line.reference if line else ""

"""What a ledger says about money, and in what form a payer gets papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tourreg.domain.billing.models import Entry, Folio
from tourreg.kernel.money import Money, total
from tourreg.kernel.refusals import Refusal

MoneyState = Literal["nothing_due", "owed", "part_paid", "paid", "overpaid", "refunded"]
PaperLanguage = Literal["en", "zh", "both"]
PageSize = Literal["letter", "a4"]

LINE_KINDS = ("charge", "discount", "cancellation_fee")
WIRE_SIGNS = "-./ "


class AmountNotPositive(Refusal):
    """A payment or a refund is more than nothing; facts: amount."""


class NothingToCredit(Refusal):
    """The invoice was taken back before; facts: number."""


class RefundTooLarge(Refusal):
    """More is to be paid back than is left of the payments; facts: wanted, left."""


@dataclass(frozen=True)
class MoneyStanding:
    """Where one folio stands.

    charged     charges and fees, less discounts, cancellations and what was written off
    received    what the payer has paid
    paid_back   what has gone back to the payer
    """

    charged: Money
    received: Money
    paid_back: Money

    @property
    def balance(self) -> Money:
        """Return what is still to be paid; negative when more came than was charged."""
        return self.charged - self.received + self.paid_back

    @property
    def owed(self) -> Money:
        return max(self.balance, Money(0, self.charged.currency))

    @property
    def overpaid(self) -> Money:
        return max(-self.balance, Money(0, self.charged.currency))

    @property
    def kept(self) -> Money:
        """Return what was received and not paid back."""
        return self.received - self.paid_back

    @property
    def state(self) -> MoneyState:
        if self.overpaid:
            return "overpaid"
        if self.owed:
            return "part_paid" if self.kept else "owed"
        if self.received:
            return "paid" if self.kept else "refunded"
        return "nothing_due"


def money_standing(entries: Iterable[Entry], currency: str) -> MoneyStanding:
    """Return where the folio of these postings stands."""
    sums = {"charged": 0, "received": 0, "paid_back": 0}
    for entry in entries:
        if entry.kind == "payment":
            sums["received"] -= entry.amount_minor
        elif entry.kind in ("refund", "refund_returned"):
            sums["paid_back"] += entry.amount_minor
        else:
            sums["charged"] += entry.amount_minor
    return MoneyStanding(**{name: Money(minor, currency) for name, minor in sums.items()})


def standing_lines(entries: Iterable[Entry]) -> list[Entry]:
    """Return what an invoice of the folio would list now: charges, fees and discounts that nothing took back."""
    posted = list(entries)
    taken_back = {entry.reverses_id for entry in posted}
    return [
        entry
        for entry in posted
        if entry.kind in LINE_KINDS and entry.reverses_id is None and entry.id not in taken_back
    ]


def with_discounts(lines: Iterable[Entry], chosen: Collection[str]) -> list[Entry]:
    """Return the lines that were chosen by public id and are not free, each with what is let off of it, never alone."""
    every = [line for line in lines if line.amount_minor]
    wanted = {line.id for line in every if line.public_id in chosen and line.reduces_id is None}
    return [line for line in every if line.id in wanted or line.reduces_id in wanted]


def paper_form(folio: Folio) -> tuple[PaperLanguage, PageSize]:
    """Return the language and the size of the payer's papers.

    Chinese readers, and payers in China, get both languages on A4, because their finance office and ours both read it;
    U.S. payers get English on Letter, everybody else English on A4.
    """
    if folio.language == "zh" or folio.payer_country == "CN":
        return "both", "a4"
    return "en", "letter" if folio.payer_country == "US" else "a4"


def shares(wanted: Money, left: Iterable[tuple[Entry, Money]]) -> list[tuple[Entry, Money]]:
    """Return how much goes back over which payment, newest payment first.

    left    each payment with what is left of it
    raises  AmountNotPositive, RefundTooLarge
    """
    payments = sorted(left, key=lambda pair: pair[0].id, reverse=True)
    available = total((rest for _, rest in payments), wanted.currency)
    if wanted.minor <= 0:
        raise AmountNotPositive(amount=wanted)
    if available < wanted:
        raise RefundTooLarge(wanted=wanted, left=available)
    parts, open_minor = [], wanted.minor
    for payment, rest in payments:
        part = min(open_minor, rest.minor)
        if part > 0:
            parts.append((payment, Money(part, wanted.currency)))
            open_minor -= part
    return parts


def normal_number(typed: str) -> str:
    """Return the number of a wire or check as it is compared: capitals, without spaces and dashes.

    It is never longer than what was typed: a letter whose capital would be several letters stays as it is.
    """
    capitals = (sign.upper() if len(sign.upper()) == 1 else sign for sign in typed)
    return "".join(sign for sign in capitals if sign not in WIRE_SIGNS)


def due_on(issued_on: date, terms_days: int) -> date:
    """Return the last day of the terms, inclusive."""
    return issued_on + timedelta(days=terms_days)

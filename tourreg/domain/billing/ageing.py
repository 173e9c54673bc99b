"""How long what is open has been due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tourreg.domain.billing import plans
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.papers.sheets import AgeName
from tourreg.kernel.money import Money

AGES: tuple[AgeName, ...] = ("not_due", "1_30", "31_60", "61_90", "over_90", "not_invoiced")
_UP_TO_DAYS: tuple[tuple[int, AgeName], ...] = ((0, "not_due"), (30, "1_30"), (60, "31_60"), (90, "61_90"))


def age_of(due_on: date | None, today: date) -> AgeName:
    """Return how long something has been overdue; days count from the day after it was due."""
    if due_on is None:
        return "not_invoiced"
    days = (today - due_on).days
    return next((age for most, age in _UP_TO_DAYS if days <= most), "over_90")


def agreed_parts(agreed: Sequence[Instalment], charged: Money) -> list[tuple[int, date | None]]:
    """Return what the instalments of a bill come to by now, latest first, as `open_parts` takes them."""
    return [(part.amount.minor, part.due_on) for part in reversed(plans.as_charged(agreed, charged))]


def open_parts(balance_minor: int, parts: Sequence[tuple[int, date | None]]) -> Iterable[tuple[int, date | None]]:
    """Yield what is open of a folio, latest part first, then what no part asks for.

    What has come in pays the earliest part first, so that what is open stands on the latest ones.

    parts  its instalments, or else its invoices: total in minor units and last day to pay, latest first
    """
    for total_minor, due_on in parts:
        part = min(balance_minor, total_minor)
        if part > 0:
            yield part, due_on
            balance_minor -= part
    if balance_minor > 0:
        yield balance_minor, None

"""Plans by which a bill is paid: what an event offers, and the instalments that follow for one bill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

PlanKind = Literal["in_full", "deposit", "instalments", "after_event"]
PLAN_KINDS: tuple[PlanKind, ...] = ("in_full", "deposit", "instalments", "after_event")
MOST_INSTALMENTS = 12
# Shares are whole hundredths of a percent, so that 33.33 % is exact.
WHOLE = 10_000
DEPOSIT = Text("Deposit", "预付款")
BALANCE = Text("Balance", "余款")
INSTALMENT = Text("Instalment %d", "第%d期")
IN_FULL = Text("Payment in full", "全款")
AFTER_EVENT = Text("Payment after the event", "项目结束后付款")


@dataclass(frozen=True)
class PlanPart:
    """One payment of a plan; the first is due with the registration and has no day.

    share         in hundredths of a percent of the bill
    each_minor    for each participant, where there is no share; the last part may have neither and is the rest
    due_on        a fixed day, or
    days_before   so many days before the event's first day, or
    days_after    so many days after its last
    """

    share: int | None = None
    each_minor: int | None = None
    due_on: date | None = None
    days_before: int | None = None
    days_after: int | None = None

    @property
    def is_rest(self) -> bool:
        return self.share is None and self.each_minor is None


@dataclass(frozen=True)
class Plan:
    """One way to pay that an event offers."""

    kind: PlanKind
    parts: tuple[PlanPart, ...] = ()


@dataclass(frozen=True)
class Instalment:
    """A part of one bill and the last day to pay it, in the event's zone."""

    due_on: date
    amount: Money


@dataclass(frozen=True)
class Bounds:
    """Days that a plan's days count from: when the first part falls due, and the event's first and last day."""

    first_on: date
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class PlanFault:
    """What keeps a plan from adding up; `place` counts parts from 0, and `share` is what the parts come to."""

    code: str
    place: int = 0
    share: int = 0


def schedule(plan: Plan, bill: Money, people: int, bounds: Bounds) -> list[Instalment]:
    """Return the instalments of a bill, in the order of their days; none where it is paid in full at once.

    Each share is rounded down to the smallest unit and the last part takes the rest. What falls due no later than the
    first part is paid with it.
    """
    if not plan.parts or bill.minor <= 0:
        return []
    dated = zip(_days(plan, bounds), _amounts(plan, bill, people), strict=True)
    by_day: dict[date, int] = {}
    for day, minor in sorted(dated):
        by_day[day] = by_day.get(day, 0) + minor
    return [Instalment(day, Money(minor, bill.currency)) for day, minor in by_day.items() if minor]


def faults_of(plan: Plan, starts_on: date, ends_on: date) -> list[PlanFault]:
    """Return why a plan does not add up, by its parts in their order."""
    found = [*_day_faults(plan, starts_on, ends_on), *_amount_faults(plan)]
    if plan.kind == "deposit" and len(plan.parts) != 2:
        found.insert(0, PlanFault("two_parts"))
    if plan.kind == "instalments" and not 2 <= len(plan.parts) <= MOST_INSTALMENTS:
        found.insert(0, PlanFault("number"))
    return found


def as_charged(agreed: Sequence[Instalment], charged: Money) -> list[Instalment]:
    """Return the instalments as the bill has them now.

    What was added to the bill since they were agreed is due with the last; what was taken off comes off the last, then
    off the one before.
    """
    if not agreed:
        return []
    *before, last = agreed
    difference = charged - _sum(agreed, charged.currency)
    if difference.minor >= 0:
        return [*before, Instalment(last.due_on, last.amount + difference)]
    kept, rest = [], max(charged.minor, 0)
    for part in agreed:
        minor = min(part.amount.minor, rest)
        rest -= minor
        if minor:
            kept.append(Instalment(part.due_on, Money(minor, charged.currency)))
    return kept


def name_of(kind: str, place: int, number: int) -> Text:
    """Return what papers and pages call a part.

    place   from 0
    number  of parts in all
    """
    if kind == "after_event":
        return AFTER_EVENT
    if number == 1:
        return IN_FULL
    if kind == "deposit":
        return DEPOSIT if place == 0 else BALANCE
    return Text(INSTALMENT.en % (place + 1), INSTALMENT.zh % (place + 1))


def day_of(part: PlanPart, bounds: Bounds) -> date:
    """Return when a part falls due, never before the first."""
    if part.due_on is not None:
        day = part.due_on
    elif part.days_before is not None:
        day = bounds.starts_on - timedelta(days=part.days_before)
    elif part.days_after is not None:
        day = bounds.ends_on + timedelta(days=part.days_after)
    else:
        day = bounds.first_on
    return max(day, bounds.first_on)


def _days(plan: Plan, bounds: Bounds) -> list[date]:
    return [day_of(part, bounds) for part in plan.parts]


def _amounts(plan: Plan, bill: Money, people: int) -> list[int]:
    """Return the parts of a bill in minor units; fixed amounts take no more than is left."""
    amounts, rest = [], bill.minor
    for part in plan.parts[:-1]:
        wanted = bill.minor * part.share // WHOLE if part.share is not None else (part.each_minor or 0) * people
        amounts.append(min(wanted, rest))
        rest -= amounts[-1]
    return [*amounts, rest]


def _sum(parts: Sequence[Instalment], currency: str) -> Money:
    return Money(sum(part.amount.minor for part in parts), currency)


def _day_faults(plan: Plan, starts_on: date, ends_on: date) -> list[PlanFault]:
    found = []
    before: date | None = None
    for place, part in enumerate(plan.parts):
        day = _own_day(part, starts_on, ends_on)
        if plan.kind == "after_event" or place == 0:
            continue
        if day is None:
            found.append(PlanFault("no_day", place))
        elif before is not None and day <= before:
            found.append(PlanFault("days_not_rising", place))
        elif day > ends_on:
            found.append(PlanFault("after_the_event", place))
        before = day or before
    return found


def _own_day(part: PlanPart, starts_on: date, ends_on: date) -> date | None:
    if part.due_on is None and part.days_before is None and part.days_after is None:
        return None
    return day_of(part, Bounds(date.min, starts_on, ends_on))


def _amount_faults(plan: Plan) -> list[PlanFault]:
    if not plan.parts or plan.kind == "after_event":
        return []
    *before, last = plan.parts
    found = [PlanFault("no_amount", place) for place, part in enumerate(before) if part.is_rest]
    share = sum(part.share or 0 for part in plan.parts)
    if last.is_rest:
        return [*found, PlanFault("nothing_left", len(before), share)] if share >= WHOLE else found
    if any(part.each_minor is not None for part in plan.parts):
        return [*found, PlanFault("amounts_leave_no_rest", len(before))]
    return [*found, PlanFault("not_whole", len(before), share)] if share != WHOLE else found

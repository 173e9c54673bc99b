"""What an event still lacks before the public may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from tourreg.domain.catalogue.plans import AddOnPlan, EventPlan, FeePlan, Prices, StopPlan
from tourreg.kernel.clock import zones
from tourreg.kernel.refusals import Refusal

# What a public page cannot do without, in at least one language.
NEEDED_TEXTS = ("title", "summary", "description", "audience", "organiser", "included", "cancellation_policy")


@dataclass(frozen=True)
class Fault:
    """One thing that keeps an event from the public; `row` counts the fees, add-ons or stops from 0."""

    code: str
    row: int | None = None


class EventIsNotReady(Refusal):
    """The event cannot be shown to the public as it is; facts: faults (all of them)."""


def require_ready(
    plan: EventPlan,
    *,
    currencies: Collection[str],
    terms_in: Collection[str] | None = None,
    today: date | None = None,
) -> None:
    """Refuse an event that is not ready for the public, with everything that is wrong; arguments as in `faults_of`.

    raises  EventIsNotReady
    """
    faults = faults_of(plan, currencies=currencies, terms_in=terms_in, today=today)
    if faults:
        raise EventIsNotReady(faults=tuple(faults))


def faults_of(
    plan: EventPlan,
    *,
    currencies: Collection[str],
    terms_in: Collection[str] | None = None,
    today: date | None = None,
) -> list[Fault]:
    """Return everything that is wrong with the event, in the order of its form.

    currencies  those in which its issuer has a bank account
    today       the event's local day when registration is about to open; None when it is only edited
    """
    return [
        *(Fault(f"{name}_missing") for name in NEEDED_TEXTS if not getattr(plan, name)),
        *_date_faults(plan, today),
        *_number_faults(plan),
        *([] if plan.currency in currencies else [Fault("bank_missing")]),
        *([] if set(plan.other_currencies) <= set(currencies) else [Fault("other_bank_missing")]),
        *([] if terms_in is None or set(plan.other_currencies) <= {*terms_in} else [Fault("terms_amounts_missing")]),
        *_rate_faults(plan),
        *_offer_faults(plan),
        *_route_faults(plan),
    ]


def _date_faults(plan: EventPlan, today: date | None) -> Iterator[Fault]:
    if plan.ends_on < plan.starts_on:
        yield Fault("ends_before_start")
    if plan.zone not in zones():
        yield Fault("zone_unknown")
    if plan.closes_on < plan.opens_on:
        yield Fault("closes_before_opening")
    if plan.closes_on > plan.starts_on:
        yield Fault("closes_after_start")
    elif today is not None and plan.closes_on < today:
        yield Fault("registration_over")


def _number_faults(plan: EventPlan) -> Iterator[Fault]:
    if plan.capacity < 1:
        yield Fault("capacity_missing")
    elif plan.minimum > plan.capacity:
        yield Fault("minimum_above_capacity")


def _offer_faults(plan: EventPlan) -> Iterator[Fault]:
    if all(fee.withdrawn for fee in plan.fees):
        yield Fault("fees_missing")
    for row, fee in enumerate(plan.fees):
        yield from _fee_faults(plan, row, fee)
    for row, add_on in enumerate(plan.add_ons):
        yield from _add_on_faults(row, add_on)
        if not add_on.withdrawn and not _has_prices(plan, add_on.other_prices):
            yield Fault("other_add_on_price_missing", row)


def _fee_faults(plan: EventPlan, row: int, fee: FeePlan) -> Iterator[Fault]:
    if not fee.label:
        yield Fault("fee_label_missing", row)
    if fee.last_on and fee.last_on < plan.opens_on and not fee.withdrawn:
        yield Fault("fee_ends_before_opening", row)
    yield from _step_faults(plan, row, fee)
    if not fee.withdrawn and not _has_prices(plan, fee.other_prices, fee.early_minor, fee.late_minor):
        yield Fault("other_price_missing", row)
    if fee.proof == "number" and not fee.member_list:
        yield Fault("member_list_missing", row)
    if fee.capacity == 0 and not fee.withdrawn:
        yield Fault("fee_without_places", row)


def _has_prices(plan: EventPlan, prices: Prices, early: int | None = None, late: int | None = None) -> bool:
    """Tell whether a thing has, in each further currency, every price that it has in the first."""
    tiers = ["regular", *(["early"] if early is not None else []), *(["late"] if late is not None else [])]
    return all(tier in prices.get(currency, {}) for currency in plan.other_currencies for tier in tiers)


def _rate_faults(plan: EventPlan) -> Iterator[Fault]:
    given = [bool(plan.rate), bool(plan.rate_currency), plan.rate_on is not None]
    if any(given) and not all(given):
        yield Fault("rate_incomplete")
    elif plan.rate_currency and plan.rate_currency == plan.currency:
        yield Fault("rate_of_itself")


def _step_faults(plan: EventPlan, row: int, fee: FeePlan) -> Iterator[Fault]:
    """Early and late prices have an amount and a day each, and their days follow each other."""
    early, late = fee.early_until_on, fee.late_from_on
    if (early is None) != (fee.early_minor is None):
        yield Fault("early_price_incomplete", row)
    elif early and early < plan.opens_on and not fee.withdrawn:
        yield Fault("early_price_ends_before_opening", row)
    if (late is None) != (fee.late_minor is None):
        yield Fault("late_price_incomplete", row)
    elif late and early and late <= early:
        yield Fault("late_price_before_early_ends", row)
    elif late and late > (fee.last_on or plan.closes_on):
        yield Fault("late_price_never", row)


def _add_on_faults(row: int, add_on: AddOnPlan) -> Iterator[Fault]:
    if not add_on.label:
        yield Fault("add_on_label_missing", row)
    if add_on.from_on and add_on.to_on and add_on.to_on < add_on.from_on:
        yield Fault("add_on_ends_before_start", row)


def _route_faults(plan: EventPlan) -> Iterator[Fault]:
    if not any(stop.part == "main" for stop in plan.stops):
        yield Fault("stops_missing")
    for row, stop in enumerate(plan.stops):
        if stop.to_on < stop.from_on:
            yield Fault("stop_ends_before_start", row)
        elif stop.part == "main" and not _within(plan, stop):
            yield Fault("stop_outside", row)


def _within(plan: EventPlan, stop: StopPlan) -> bool:
    return plan.starts_on <= stop.from_on and stop.to_on <= plan.ends_on

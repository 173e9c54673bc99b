"""What is kept of a price when something is given up: the terms of an event, and what they come to.

Terms speak of one line of the bill each: of the programme, or of one add-on. Days are days of the event's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tourreg.domain.catalogue.models import Event
from tourreg.kernel.refusals import Refusal

MOST_STEPS = 12
MOST_DAYS = 730
ALL_PERCENT = 100

# Minor units by currency, sorted: what a fixed amount is for bills in further currencies; nothing is converted.
Others = tuple[tuple[str, int], ...]


class TermsUnfit(Refusal):
    """The steps cannot be applied; facts: faults, (row, code) of each, rows counted from 0 as they were given."""


@dataclass(frozen=True)
class Step:
    """What is kept of a line that is given up at least so many days before its start.

    kept_percent  of the price, rounded down to the whole minor unit, so that the payer gets the fraction
    kept_minor    a fixed amount instead, where it is not zero; never more than the price
    kept_others   the fixed amount in further currencies
    """

    days: int
    kept_percent: int = 0
    kept_minor: int = 0
    kept_others: Others = ()


@dataclass(frozen=True)
class Terms:
    """How a line may be given up.

    steps           most days first; nearer to the start than the last of them everything is kept
    deposit_minor   the least that is kept of a line, however early
    deposit_others  the deposit in further currencies
    last_refund_on  after this day nothing comes back, whatever the steps say
    """

    steps: tuple[Step, ...]
    deposit_minor: int = 0
    last_refund_on: date | None = None
    deposit_others: Others = ()


@dataclass(frozen=True)
class Promise:
    """Terms, and the day from which their days are counted back."""

    terms: Terms
    starts_on: date


@dataclass(frozen=True)
class Stage:
    """One row of terms as people read them: until the end of a day, this much is kept."""

    until_on: date
    kept_percent: int
    kept_minor: int
    kept_others: Others = ()


@dataclass(frozen=True)
class EventTerms:
    """The terms of an event and of those add-ons that have their own, by public id; without any, nothing is kept."""

    programme: Terms | None = None
    add_ons: Mapping[str, Terms] | None = None


def kept_minor(price_minor: int, promise: Promise, today: date) -> int:
    """Return what is kept of a price that is given up today: from nothing to all of it.

    today  in the event's zone
    """
    terms = promise.terms
    if terms.last_refund_on is not None and today > terms.last_refund_on:
        return price_minor
    days = (promise.starts_on - today).days
    step = next((step for step in terms.steps if days >= step.days), None)
    if step is None:
        return price_minor
    kept = step.kept_minor or price_minor * step.kept_percent // ALL_PERCENT
    return min(price_minor, max(kept, terms.deposit_minor))


def stages(promise: Promise) -> list[Stage]:
    """Return the terms as rows with their last days, earliest first; after the last row nothing comes back."""
    rows: list[Stage] = []
    for step in promise.terms.steps:
        until = promise.starts_on - timedelta(days=step.days)
        last = promise.terms.last_refund_on
        if last is not None and until > last:
            rows.append(Stage(last, step.kept_percent, step.kept_minor, step.kept_others))
            break
        rows.append(Stage(until, step.kept_percent, step.kept_minor, step.kept_others))
    return rows


def require_fit(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps in their order, most days first.

    raises  TermsUnfit where two share a day, one keeps less than an earlier one, or a number is out of bounds
    """
    given = list(steps)
    faults = [(row, code) for row, step in enumerate(given) if (code := _fault(step, given[:row]))]
    if faults:
        raise TermsUnfit(faults=tuple(faults))
    ordered = sorted(given, key=lambda step: -step.days)
    for earlier, later in pairwise(ordered):
        if _keeps_less(later, earlier):
            raise TermsUnfit(faults=((given.index(later), "keeps_less"),))
    return tuple(ordered)


def promises_of(event: Event, currency: str = "") -> dict[str, Promise]:
    """Return what holds now for whoever gives something up, by add-on, "" for the programme; none without terms.

    currency  of the bill; promises whose amounts are not written in it are left out. "" leaves all amounts in
    """
    promises = _promises(event)
    if not currency:
        return promises
    told = {thing: _in(promise.terms, currency, event.currency) for thing, promise in promises.items()}
    return {thing: Promise(terms, promises[thing].starts_on) for thing, terms in told.items() if terms}


def amounts_written_in(event: Event) -> set[str] | None:
    """Return the currencies in which all amounts of the terms are written; None where they have none."""
    terms = event_terms(event)
    parts = [terms.programme, *(terms.add_ons or {}).values()]
    amounts = [amount for part in parts if part for amount in _amounts(part)]
    if not amounts:
        return None
    return set.intersection(*({event.currency, *(currency for currency, _minor in others)} for others in amounts))


def _amounts(terms: Terms) -> list[Others]:
    """Return each fixed amount as it stands in further currencies."""
    kept = [step.kept_others for step in terms.steps if step.kept_minor]
    return [*kept, terms.deposit_others] if terms.deposit_minor else kept


def _in(terms: Terms, currency: str, main: str) -> Terms | None:
    """Return the terms with the amounts of one currency alone; None where one is not written in it."""
    if currency != main and not all(currency in dict(others) for others in _amounts(terms)):
        return None
    steps = tuple(
        replace(step, kept_minor=_amount(step.kept_minor, step.kept_others, currency), kept_others=())
        for step in terms.steps
    )
    deposit = _amount(terms.deposit_minor, terms.deposit_others, currency)
    return replace(terms, steps=steps, deposit_minor=deposit, deposit_others=())


def _amount(minor: int, others: Others, currency: str) -> int:
    return dict(others).get(currency, minor)


def _promises(event: Event) -> dict[str, Promise]:
    terms = event_terms(event)
    if terms.programme is None:
        return {}
    own = terms.add_ons or {}
    of_add_ons = {
        add_on.public_id: Promise(own.get(add_on.public_id, terms.programme), add_on.from_on or event.starts_on)
        for add_on in event.add_ons
    }
    return {"": Promise(terms.programme, event.starts_on), **of_add_ons}


def event_terms(event: Event) -> EventTerms:
    """Return the terms that are written down for an event."""
    plain = event.cancellation_terms or {}
    if not plain.get("programme"):
        return EventTerms()
    return EventTerms(
        programme=_terms_of(plain["programme"]),
        add_ons={add_on: _terms_of(terms) for add_on, terms in plain.get("add_ons", {}).items()},
    )


def plain_terms(terms: EventTerms) -> dict[str, Any]:
    """Return the terms as the event keeps them."""
    if terms.programme is None:
        return {}
    add_ons = {add_on: _plain(own) for add_on, own in sorted((terms.add_ons or {}).items())}
    return {"programme": _plain(terms.programme), "add_ons": add_ons}


def plain_promises(promises: Mapping[str, Promise]) -> dict[str, Any]:
    """Return promises as a registration keeps them."""
    return {
        thing: {**_plain(promise.terms), "starts_on": promise.starts_on.isoformat()}
        for thing, promise in promises.items()
    }


def promises_from(plain: Mapping[str, Any]) -> dict[str, Promise]:
    """Return the promises that `plain_promises` wrote."""
    return {
        thing: Promise(_terms_of(kept), date.fromisoformat(kept["starts_on"])) for thing, kept in (plain or {}).items()
    }


def _fault(step: Step, before: list[Step]) -> str:
    if not 0 <= step.days <= MOST_DAYS:
        return "days"
    if not 0 <= step.kept_percent <= ALL_PERCENT or step.kept_minor < 0 or (step.kept_percent and step.kept_minor):
        return "kept"
    return "same_day" if any(step.days == other.days for other in before) else ""


def _keeps_less(later: Step, earlier: Step) -> bool:
    """Tell whether a step keeps less than an earlier one; a part and a fixed amount cannot be compared."""
    earlier_others = dict(earlier.kept_others)
    if any(0 < minor < earlier_others.get(currency, 0) for currency, minor in later.kept_others):
        return True
    if later.kept_minor or earlier.kept_minor:
        return 0 < later.kept_minor < earlier.kept_minor or _is_free(later)
    return later.kept_percent < earlier.kept_percent


def _is_free(step: Step) -> bool:
    return not step.kept_percent and not step.kept_minor


def _plain(terms: Terms) -> dict[str, Any]:
    return {
        "steps": [_plain_step(step) for step in terms.steps],
        "deposit_minor": terms.deposit_minor,
        **({"deposit_others": dict(terms.deposit_others)} if terms.deposit_others else {}),
        "last_refund_on": terms.last_refund_on.isoformat() if terms.last_refund_on else "",
    }


def _plain_step(step: Step) -> list[Any]:
    others = [dict(step.kept_others)] if step.kept_others else []
    return [step.days, step.kept_percent, step.kept_minor, *others]


def _terms_of(plain: Mapping[str, Any]) -> Terms:
    last = plain["last_refund_on"]
    return Terms(
        steps=tuple(_step(*step) for step in plain["steps"]),
        deposit_minor=plain["deposit_minor"],
        deposit_others=others_of(plain.get("deposit_others", {})),
        last_refund_on=date.fromisoformat(last) if last else None,
    )


def _step(days: int, kept_percent: int, kept_minor: int, others: Mapping[str, int] | None = None) -> Step:
    return Step(days, kept_percent, kept_minor, others_of(others or {}))


def others_of(amounts: Mapping[str, int]) -> Others:
    """Return amounts in further currencies as terms have them."""
    return tuple(sorted(amounts.items()))

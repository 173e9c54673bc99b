"""What stands in an event's form: written from a plan, or typed by somebody, with rows put in and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from werkzeug.datastructures import MultiDict

from tourreg import formats
from tourreg.domain.catalogue.plans import AddOnPlan, EventPlan, FeePlan, Prices, StopPlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

Typed = MultiDict[str, str]

# The rows of a form, with the most that there may be of each.
ROWS = {"fees": 20, "add_ons": 20, "stops": 30}
TEXTS = (
    "title", "theme", "summary", "description", "audience", "venue", "languages", "access", "included",
    "not_included", "cancellation_policy", "organiser",
)  # fmt: skip
_OF_A_ROW = re.compile(r"(fees|add_ons|stops)-(\d{1,3})-(\w+)", re.ASCII)
_WISH = re.compile(r"(add|drop|up)-(fees|add_ons|stops)(?:-(\d{1,3}))?", re.ASCII)
_HAN = re.compile(r"[\u3400-\u9fff]")


def rows_of(typed: Typed, name: str) -> int:
    """Return how many rows were sent; they are counted from 0 without a gap."""
    return len(_numbers(typed, name))


def numbered_anew(typed: Typed) -> Typed:
    """Return what was typed with the rows counted from 0 without a gap, and no more of them than there may be."""
    orders = {name: _numbers(typed, name)[:most] for name, most in ROWS.items()}
    return _in_order(typed, orders)


def rearranged(typed: Typed, wish: str) -> Typed:
    """Return what was typed with a row more, a row less, or two rows changed over.

    wish  add-fees, drop-fees-2 or up-fees-2; anything else changes nothing
    """
    match = _WISH.fullmatch(wish)
    if match is None:
        return numbered_anew(typed)
    what, name, number = match[1], match[2], int(match[3] or 0)
    order = _numbers(typed, name)
    if what == "add":
        return _with_one_more(numbered_anew(typed), name)
    if what == "drop":
        order = [kept for place, kept in enumerate(order) if place != number]
    elif 0 < number < len(order):
        order[number - 1], order[number] = order[number], order[number - 1]
    return numbered_anew(_in_order(typed, {name: order}))


def typed_of(plan: EventPlan) -> Typed:
    """Return the form as it stands when nobody has typed yet."""
    typed: Typed = MultiDict(
        {
            **{name: str(getattr(plan, name)) for name in _PLAIN},
            **{name: getattr(plan, name).isoformat() for name in _DAYS},
            "partners": "\n".join(partner_line(partner) for partner in plan.partners),
        }
    )
    typed.setlist("other_currencies", list(plan.other_currencies))
    typed["rate_on"] = _day(plan.rate_on)
    for name in TEXTS:
        typed.update(_both(name, getattr(plan, name)))
    for row, fee in enumerate(plan.fees):
        typed.update({f"fees-{row}-{name}": value for name, value in _fee(fee, plan.currency).items()})
    for row, add_on in enumerate(plan.add_ons):
        typed.update(typed_add_on(add_on, row, plan.currency))
    for row, stop in enumerate(plan.stops):
        typed.update({f"stops-{row}-{name}": value for name, value in _stop(stop).items()})
    return typed


def typed_add_on(add_on: AddOnPlan, row: int, currency: str) -> Typed:
    """Return a row of the form as it stands when nobody has typed into it yet."""
    return MultiDict({f"add_ons-{row}-{name}": value for name, value in _add_on(add_on, currency).items()})


def partner_line(partner: Text) -> str:
    """Return a partner as one types it: English | 中文."""
    return f"{partner.en} | {partner.zh}".rstrip(" |") if partner.en else f"| {partner.zh}"


def read_partners(lines: str) -> tuple[Text, ...]:
    """Return the partners of the lines; a line without a bar is Chinese if it has a Chinese character."""
    return tuple(filter(None, map(_partner, lines.splitlines())))


_PLAIN = (
    "slug", "reference_prefix", "kind", "direction", "zone", "capacity", "minimum", "cover", "slip", "issuer",
    "currency", "rate", "rate_currency",
)  # fmt: skip
_DAYS = ("starts_on", "ends_on", "opens_on", "closes_on")


def _partner(line: str) -> Text:
    before, bar, after = line.replace("｜", "|").partition("|")
    if bar:
        return Text(before.strip(), after.strip())
    return Text("", line.strip()) if _HAN.search(line) else Text(line.strip())


def _both(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}


def _fee(fee: FeePlan, currency: str) -> dict[str, str]:
    return {
        "public_id": fee.public_id,
        **_both("label", fee.label),
        **_both("audience", fee.audience),
        "amount": _amount(fee.amount_minor, currency),
        "last_on": _day(fee.last_on),
        "early_amount": _amount(fee.early_minor, currency),
        "early_until_on": _day(fee.early_until_on),
        "late_amount": _amount(fee.late_minor, currency),
        "late_from_on": _day(fee.late_from_on),
        "admits": fee.admits,
        "proof": fee.proof,
        "member_list": fee.member_list,
        "population_most": "" if fee.population_most is None else str(fee.population_most),
        "capacity": "" if fee.capacity is None else str(fee.capacity),
        **_other_prices(fee.other_prices),
        "withdrawn": "1" if fee.withdrawn else "",
    }


def _add_on(add_on: AddOnPlan, currency: str) -> dict[str, str]:
    return {
        "public_id": add_on.public_id,
        "kind": add_on.kind,
        **_both("label", add_on.label),
        **_both("summary", add_on.summary),
        "amount": _amount(add_on.amount_minor, currency),
        "from_on": _day(add_on.from_on),
        "to_on": _day(add_on.to_on),
        "capacity": "" if add_on.capacity is None else str(add_on.capacity),
        **_other_prices(add_on.other_prices),
        "withdrawn": "1" if add_on.withdrawn else "",
    }


def _stop(stop: StopPlan) -> dict[str, str]:
    return {"city": stop.city, "part": stop.part, "from_on": _day(stop.from_on), "to_on": _day(stop.to_on)}


def _other_prices(prices: Prices) -> dict[str, str]:
    return {
        f"{currency.lower()}_{tier}": _amount(minor, currency)
        for currency, tiers in prices.items()
        for tier, minor in tiers.items()
    }


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else formats.plain_amount(Money(minor, currency))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _numbers(typed: Typed, name: str) -> list[int]:
    matches = (_OF_A_ROW.fullmatch(key) for key in typed)
    return sorted({int(match[2]) for match in matches if match and match[1] == name})


def _in_order(typed: Typed, orders: dict[str, list[int]]) -> Typed:
    """Return what was typed with the rows of each name in that order; rows that it leaves out are dropped."""
    places = {name: {number: place for place, number in enumerate(order)} for name, order in orders.items()}
    return MultiDict(_placed(typed, places))


def _placed(typed: Typed, places: dict[str, dict[int, int]]) -> Iterator[tuple[str, str]]:
    for key, value in typed.items(multi=True):
        match = _OF_A_ROW.fullmatch(key)
        if match is None or match[1] not in places:
            yield key, value
        elif int(match[2]) in places[match[1]]:
            yield f"{match[1]}-{places[match[1]][int(match[2])]}-{match[3]}", value


def _with_one_more(typed: Typed, name: str) -> Typed:
    rows = rows_of(typed, name)
    if rows < ROWS[name]:
        typed[f"{name}-{rows}-to_on"] = ""
    return typed

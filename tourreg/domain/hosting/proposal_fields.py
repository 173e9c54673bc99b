"""Which particulars of an item a host city may propose to change, in one language, and what that makes of the item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.domain.itineraries.rules import Overlap, in_order, overlaps, read_clock, read_end, typed_end
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint


@dataclass(frozen=True)
class Particulars:
    """What a city reads and types of an item of its own days; "" is nothing.

    starts, ends  as typed on the itinerary's sheet: 09:00, and 05:10+1 for the next morning
    """

    starts: str
    ends: str
    place: str
    address: str
    room: str
    entrance: str
    access: str
    host_name: str
    host_title: str
    host_phone: str
    notes: str


NAMES = tuple(field.name for field in fields(Particulars))
_OF_ITEM = ("place", "address", "notes")
_OF_DETAILS = ("room", "entrance", "access", "host_name", "host_title")
IN_LANGUAGES = _OF_ITEM + _OF_DETAILS


def particulars_of(plan: ItemPlan, language: str) -> Particulars:
    """Return what stands in an item, in one language alone."""
    said = {name: getattr(getattr(plan, name), language) for name in _OF_ITEM}
    said |= {name: getattr(getattr(plan.details, name), language) for name in _OF_DETAILS}
    return Particulars(f"{plan.starts:%H:%M}", typed_end(plan), host_phone=plan.details.host_phone, **said)


def changes(before: Particulars, after: Particulars) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fields that differ, as they were and as they would be."""
    was, would = asdict(before), asdict(after)
    differ = [name for name in NAMES if was[name] != would[name]]
    return {name: was[name] for name in differ}, {name: would[name] for name in differ}


def applied(plan: ItemPlan, after: Mapping[str, str], language: str) -> ItemPlan:
    """Return the item with the fields that were proposed; everything else, and the other language, stays.

    raises  TimeUnreadable
    """
    texts: dict[str, Any] = {name: _said(getattr(plan, name), after, name, language) for name in _OF_ITEM}
    details: dict[str, Any] = {name: _said(getattr(plan.details, name), after, name, language) for name in _OF_DETAILS}
    details["host_phone"] = after.get("host_phone", plan.details.host_phone)
    if "starts" in after:
        texts["starts"] = read_clock(after["starts"])
    if "ends" in after:
        texts["ends"], texts["ends_days"] = read_end(after["ends"]) if after["ends"] else (None, 0)
    return replace(plan, **texts, details=replace(plan.details, **details))


def seen_stamp(particulars: Particulars, version: int | None) -> str:
    """Return what a page keeps of what it showed: the issued version, and the item as the city reads it."""
    return f"{version or 0}.{fingerprint(particulars)}"


def overlap_of(day: DayPlan, plan: ItemPlan) -> tuple[ItemPlan, int] | None:
    """Return the item of the day with which the plan, put in its place, overlaps, and by how many minutes."""
    items = in_order(day.on_date, [plan if one.public_id == plan.public_id else one for one in day.items])
    for found in overlaps(replace(day, items=items)):
        other = _other(found, items, plan.public_id)
        if other is not None:
            return other, found.minutes
    return None


def is_over(on_date: date, today: date) -> bool:
    """Tell whether the day has passed, so that nothing of it can be changed."""
    return on_date < today


def _other(found: Overlap, items: tuple[ItemPlan, ...], public_id: str) -> ItemPlan | None:
    pair = items[found.item], items[found.earlier]
    if public_id not in (one.public_id for one in pair):
        return None
    return next(one for one in pair if one.public_id != public_id)


def _said(text: Text, after: Mapping[str, str], name: str, language: str) -> Text:
    if name not in after:
        return text
    said = after[name]
    return Text(text.en, said) if language == "zh" else Text(said, text.zh)

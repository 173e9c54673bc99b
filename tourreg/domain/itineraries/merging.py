"""Rows of a file put into an itinerary: which items they change, which are new, and which the file does not name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from tourreg.domain.itineraries.commands import DayEdit
from tourreg.domain.itineraries.details import NOTHING, Details
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint


class DayName(NamedTuple):
    """What makes a day of an event one: its date, and the public ids of its city and of its tour, or ""."""

    on_date: date
    city: str
    add_on: str


@dataclass(frozen=True)
class FileRow:
    """One row of a file, understood.

    number     as the file counts it, from 1
    day_title  None where the file has no column for it
    item       public id of the item that it is of; "" or another event's is a new one
    said       fields of `ItemPlan` that it says; None for a row that only names a day
    details    fields of `Details` that it says
    """

    number: int
    day: DayName
    day_title: Text | None = None
    item: str = ""
    said: Mapping[str, Any] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row: `names` are the fields that change, those of the details as details.room."""

    number: int
    what: Literal["added", "changed", "moved", "same"]
    title: Text
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayOutcome:
    """A day that a file adds, or whose date, city, part or title it changes."""

    what: Literal["added", "changed"]
    day: DayName
    title: Text


@dataclass(frozen=True)
class Merge:
    """What a file makes of an itinerary; `missing` are the items that it does not name."""

    edits: list[DayEdit]
    days: list[DayOutcome]
    outcomes: list[Outcome]
    missing: list[ItemPlan]


def merge(days: Mapping[str, DayPlan], rows: Sequence[FileRow], *, remove_missing: bool) -> Merge:
    """Return what the rows make of the days, by their public ids; rows of one day stand together or apart.

    A day that all its items leave for another date stays the same day. What a file does not name stays as it is, or
    goes with its days where that is wanted.
    """
    groups: dict[DayName, list[FileRow]] = {}
    for row in rows:
        groups.setdefault(row.day, []).append(row)
    named = {row.item for row in rows if row.item}
    homes = _homes(days, groups)
    known = {item.public_id: (day, item) for day, plan in days.items() for item in plan.items}
    missing = [item for item_id, (_day, item) in known.items() if item_id not in named]
    kept = [] if remove_missing else missing
    edits: list[DayEdit] = []
    outcomes: list[Outcome] = []
    changed_days: list[DayOutcome] = []
    for name, group in groups.items():
        home = homes[name]
        before = days.get(home)
        items = []
        for row in group:
            if row.said is not None:
                was_in, item = known.pop(row.item, ("", None))
                written = _written(row, item)
                items.append(written)
                outcomes.append(_outcome(row, item, written, moved=was_in != home or _is_moved(before, name)))
        stay = [item for item in before.items if item in kept] if before else []
        plan = DayPlan(*name, title=_title(group, before), items=(*items, *stay))
        if before is None or replace(before, items=()) != replace(plan, items=()):
            changed_days.append(DayOutcome("changed" if before else "added", name, plan.title))
        edits.append(DayEdit(home, fingerprint(before) if before else "", plan))
    edits += _left_behind(days, set(homes.values()), named, remove_missing=remove_missing)
    return Merge(edits, changed_days, sorted(outcomes, key=lambda outcome: outcome.number), missing)


def _homes(days: Mapping[str, DayPlan], groups: Mapping[DayName, Sequence[FileRow]]) -> dict[DayName, str]:
    """Return the public id of the day that each group of rows is of, "" for a new one."""
    by_name = {DayName(plan.on_date, plan.city, plan.add_on): day for day, plan in days.items()}
    homes = {name: by_name.get(name, "") for name in groups}
    free = {
        frozenset(item.public_id for item in plan.items): day
        for day, plan in days.items()
        if day not in homes.values() and plan.items
    }
    for name, home in homes.items():
        items = {row.item for row in groups[name] if row.item}
        renamed = next((ids for ids in free if ids <= items), None)
        if not home and renamed is not None:
            homes[name] = free.pop(renamed)
    return homes


def _written(row: FileRow, item: ItemPlan | None) -> ItemPlan:
    """Return the item as the row says it; what the row is silent on stays, or is as usual."""
    said = dict(row.said or {})
    details = replace(item.details if item else NOTHING, **row.details)
    return replace(item, **said, details=details) if item else ItemPlan(**said, details=details)


def _is_moved(before: DayPlan | None, name: DayName) -> bool:
    return before is not None and DayName(before.on_date, before.city, before.add_on) != name


def _outcome(row: FileRow, before: ItemPlan | None, after: ItemPlan, *, moved: bool) -> Outcome:
    if before is None:
        return Outcome(row.number, "added", after.title)
    names = tuple(_changed(before, after))
    if moved:
        return Outcome(row.number, "moved", after.title, names)
    return Outcome(row.number, "changed" if names else "same", after.title, names)


def _changed(before: ItemPlan, after: ItemPlan) -> list[str]:
    plain = [each.name for each in fields(ItemPlan) if each.name != "details"]
    names = [name for name in plain if getattr(before, name) != getattr(after, name)]
    inner = [each.name for each in fields(Details)]
    return names + [
        f"details.{name}" for name in inner if getattr(before.details, name) != getattr(after.details, name)
    ]


def _title(group: Sequence[FileRow], before: DayPlan | None) -> Text:
    """Return the first title that a row of the day says; where the file has no column for it, the one that stands."""
    titles = [row.day_title for row in group if row.day_title is not None]
    if not titles:
        return before.title if before else Text()
    return next((title for title in titles if title), Text())


def _left_behind(
    days: Mapping[str, DayPlan], homes: set[str], named: set[str], *, remove_missing: bool
) -> list[DayEdit]:
    """Return what becomes of days that no row is of: items that moved leave them, and they go where that is wanted."""
    edits = []
    for day, plan in days.items():
        if day in homes:
            continue
        stay = tuple(item for item in plan.items if item.public_id not in named)
        if remove_missing:
            edits.append(DayEdit(day, fingerprint(plan), None))
        elif stay != plan.items:
            edits.append(DayEdit(day, fingerprint(plan), replace(plan, items=stay)))
    return edits

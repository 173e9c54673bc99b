"""What is different between two versions of an itinerary, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tourreg.domain.papers.sheets import Day, Item

# When something happens; a change of these alone is a move.
TIMES = ("starts", "zone", "ends", "ends_on", "ends_zone")
_OF_A_DAY = ("on", "part", "city", "hotel", "title")
_NOT_COMPARED = ("id",)
# What an item says where its version is silent, since it was issued before there were such things.
_USUAL: dict[str, Any] = {
    "nature": "official",
    "cost": "included",
    "group": "all",
    "optional": False,
    "standing": "none",
    "standing_by": "",
    "standing_on": "",
    "speakers": [],
}


@dataclass(frozen=True)
class Difference:
    """One thing that is said otherwise: its name (starts, place, details.room) and what it was and is."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """An item that was added, removed, moved to another time or day, or changed otherwise, or both.

    day, was_on  of the day on which it is, and the date on which it was; of a removed one both are those of before
    differences  nothing where it was added or removed
    """

    what: Literal["added", "removed", "moved", "changed"]
    day: Day
    was_on: str
    before: Item | None
    after: Item | None
    differences: tuple[Difference, ...] = ()

    @property
    def item(self) -> Item:
        """The item as it is now, or as it was before it was removed."""
        item = self.after or self.before
        if item is None:
            raise ValueError("a change is of an item")
        return item


@dataclass(frozen=True)
class DayChange:
    """A day that was added, removed, or is another date, city, hotel or title; its items are told by themselves."""

    what: Literal["added", "removed", "changed"]
    day: Day
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What somebody who knows the earlier version has to learn, in the order in which it happens."""

    days: tuple[DayChange, ...]
    items: tuple[Change, ...]

    def __len__(self) -> int:
        return len(self.days) + len(self.items)


def compare(before: Sequence[Day], after: Sequence[Day]) -> Comparison:
    """Return what is different; days and items are the same by their ids, and items that no longer are come last."""
    earlier, later = {_id(day): day for day in before}, {_id(day): day for day in after}
    days = [_day_change(earlier.get(_id(day)), day) for day in after]
    gone = [DayChange("removed", day) for day in before if _id(day) not in later]
    return Comparison(
        tuple(change for change in [*days, *gone] if change is not None),
        tuple(_item_changes(_placed(before), _placed(after))),
    )


def _id(day: Day) -> str:
    return day.get("id", "") or f"{day['on']} {day['city']['en']}"


def _placed(days: Sequence[Day]) -> dict[str, tuple[Day, Item]]:
    return {item.get("id", ""): (day, item) for day in days for item in day["items"]}


def _day_change(before: Day | None, after: Day) -> DayChange | None:
    if before is None:
        return DayChange("added", after)
    differences = tuple(_differences(before, after, _OF_A_DAY))
    return DayChange("changed", after, differences) if differences else None


def _item_changes(before: Mapping[str, tuple[Day, Item]], after: Mapping[str, tuple[Day, Item]]) -> Iterator[Change]:
    for key, (day, item) in after.items():
        if key not in before:
            yield Change("added", day, day["on"], None, item)
            continue
        was, earlier = before[key]
        differences = tuple(_said_otherwise(earlier, item))
        if was["on"] != day["on"]:
            differences = (Difference("on", was["on"], day["on"]), *differences)
        if differences:
            moved = any(difference.name in ("on", *TIMES) for difference in differences)
            yield Change("moved" if moved else "changed", day, was["on"], earlier, item, differences)
    for key, (day, item) in before.items():
        if key not in after:
            yield Change("removed", day, day["on"], item, None)


def _said_otherwise(before: Item, after: Item) -> Iterator[Difference]:
    names = [name for name in dict.fromkeys([*TIMES, *before, *after]) if name not in (*_NOT_COMPARED, "details")]
    yield from _differences(before, after, names)
    earlier, later = before.get("details", {}), after.get("details", {})
    for name in dict.fromkeys([*later, *earlier]):
        if earlier.get(name) != later.get(name):
            yield Difference(f"details.{name}", earlier.get(name), later.get(name))


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], names: Sequence[str]) -> Iterator[Difference]:
    for name in names:
        was, is_now = (side.get(name, _USUAL.get(name)) for side in (before, after))
        if was != is_now:
            yield Difference(name, was, is_now)

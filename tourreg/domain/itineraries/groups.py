"""Whose an item is where a programme is divided: groups A and B, and the programme of the guests."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tourreg.domain.itineraries.models import GROUPS
from tourreg.domain.papers.sheets import Item

# What people can be put into; "" is nothing of it.
ASSIGNED = ("", "a", "b", "guests")
ALL_GROUPS = frozenset(GROUPS)


def groups_seen(assigned: str, *, brings_guest: bool = False) -> frozenset[str]:
    """Return the groups whose items stand in somebody's own programme.

    Whoever was put into no group sees all of them, each item with its group. Whoever brings a guest sees what the
    guest does too.
    """
    if not assigned:
        return ALL_GROUPS
    return frozenset({"all", assigned, *(["guests"] if brings_guest else [])})


def heads_by_group(people: Iterable[tuple[str, bool]]) -> dict[str, int]:
    """Return how many go to what is for one group alone, by the group; nothing where nobody was put into one.

    people  of each the group, or "" of whoever may go to all, and whether they bring a guest
    """
    known = list(people)
    if not any(group for group, _ in known):
        return {}
    heads = {name: sum(group in ("", name) for group, _ in known) for name in ("a", "b")}
    guests = sum((group == "guests") + brings for group, brings in known)
    return {**heads, "guests": guests}


def is_own(item: Item, parts: Collection[str], groups: Collection[str]) -> bool:
    """Tell whether an item is somebody's: of what is optional only what they chose, and that whatever their group.

    parts   public ids of the tours and optional items that the person takes
    groups  as `groups_seen` returns them
    """
    if item.get("optional"):
        return item.get("id") in parts
    return item.get("group", "all") in groups


def goes(item: Item, parts: Collection[str], group: str) -> bool:
    """Tell whether somebody goes to an item in person; from A and B nobody goes to the guests' programme."""
    chosen_for_guest = item.get("group") == "guests" and group in ("a", "b")
    return is_own(item, parts, groups_seen(group)) and not chosen_for_guest


def guest_goes(item: Item, items: Iterable[Item], parts: Collection[str], group: str) -> bool:
    """Tell whether somebody's guest goes to an item: along with them, unless the guests do something else just then.

    items  of the day
    group  of the person who brings the guest
    """
    if not is_own(item, parts, groups_seen(group, brings_guest=True)):
        return False
    theirs = (other for other in items if other.get("group") == "guests" and not other.get("optional"))
    return item.get("group") == "guests" or not any(_at_once(item, other) for other in theirs)


def _at_once(one: Item, other: Item) -> bool:
    return one["starts"] < _end(other) and other["starts"] < _end(one)


def _end(item: Item) -> str:
    """Return when an item of a day ends, as its clock shows it; one that ends another day takes all the evening."""
    if item.get("ends_on"):
        return "24:00"
    return item.get("ends") or item["starts"]

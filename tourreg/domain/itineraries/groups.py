"""Whose an item is where a programme is divided: groups A and B, and the programme of the guests."""

from __future__ import annotations

from collections.abc import Collection

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


def is_own(item: Item, parts: Collection[str], groups: Collection[str]) -> bool:
    """Tell whether an item is somebody's: of what is optional only what they chose, and that whatever their group.

    parts   public ids of the tours and optional items that the person takes
    groups  as `groups_seen` returns them
    """
    if item.get("optional"):
        return item.get("id") in parts
    return item.get("group", "all") in groups

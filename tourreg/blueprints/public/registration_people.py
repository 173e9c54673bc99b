"""Participants as they were typed, each field under the number of its participant: one more, one less, counted anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

Typed = MultiDict[str, str]

_OF_A_PERSON = re.compile(r"p([1-9]\d{0,3})-(\w+)", re.ASCII)
# What a new participant most likely shares with the one before.
_SHARED = ("organisation", "country", "fee")


def add_person(typed: Typed) -> Typed:
    """Return what was typed with one participant more, who shares what such people mostly share."""
    kept = numbered_anew(typed)
    last = len(numbers_in(kept))
    shared = {name: kept.get(f"p{last}-{name}", "") for name in _SHARED}
    for name, value in {"surname": "", **shared}.items():
        kept[f"p{last + 1}-{name}"] = value
    return kept


def drop_person(typed: Typed, number: int) -> Typed:
    """Return what was typed without one participant; the last one is only emptied."""
    rest = MultiDict((name, value) for name, value in typed.items(multi=True) if not name.startswith(f"p{number}-"))
    return numbered_anew(rest)


def numbered_anew(typed: Typed) -> Typed:
    """Return what was typed with the participants counted from 1 without a gap."""
    places = {number: place for place, number in enumerate(numbers_in(typed), start=1)}
    return MultiDict(_placed(typed, places))


def _placed(typed: Typed, places: dict[int, int]) -> Iterator[tuple[str, str]]:
    for name, value in typed.items(multi=True):
        match = _OF_A_PERSON.fullmatch(name)
        if match is None:
            yield name, value
        elif int(match[1]) in places:
            yield f"p{places[int(match[1])]}-{match[2]}", value


def numbers_in(typed: Typed) -> list[int]:
    """Return the numbers of the participants, each of whom has a surname field."""
    matches = [_OF_A_PERSON.fullmatch(name) for name in typed]
    return sorted(int(match[1]) for match in matches if match and match[2] == "surname")

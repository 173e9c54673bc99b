"""What a notice of changes is made from: the differences of two versions that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypedDict, cast

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.comparison import Change, DayChange, Difference, compare
from tourreg.domain.itineraries.documents import public_day
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Day, Head


class NoticedDifference(TypedDict):
    """One thing that is said otherwise, as `comparison.Difference` tells it."""

    name: str
    before: Any
    after: Any


class NoticedChange(TypedDict):
    """A change of one item, or of a day as a whole, which begins at no time ("")."""

    what: str
    on: str
    starts: str
    zone: str
    city: Bilingual
    title: Bilingual
    differences: list[NoticedDifference]


class ChangeNoticeSheet(Head):
    """The changes from one version to another."""

    programme_version: int
    version_before: int
    currency: str
    title: Bilingual
    change_note: Bilingual
    changes: list[NoticedChange]


class ReaderNoticeSheet(ChangeNoticeSheet):
    """The changes of the days of one reader."""

    reader: Bilingual


def change_notice_sheet(
    event: Event, before: ItineraryVersion, after: ItineraryVersion, *, now: datetime
) -> ChangeNoticeSheet:
    return {
        **head("change_notice", event.issuer, made_at=now),
        "programme_version": after.number,
        "version_before": before.number,
        "currency": event.currency,
        "title": both(event.title),
        "change_note": both(after.change_note),
        "changes": public_changes(cast(list[Day], before.days), cast(list[Day], after.days)),
    }


def public_changes(before: Sequence[Day], after: Sequence[Day]) -> list[NoticedChange]:
    """Return what is different for those who read neither the notes of others nor what hosts have answered."""
    return changes_between([public_day(day) for day in before], [public_day(day) for day in after])


def changes_between(before: Sequence[Day], after: Sequence[Day]) -> list[NoticedChange]:
    """Return what is different of days that were cut for their reader, in the order in which it happens."""
    found = compare(before, after)
    told = [*_of_days(found.days), *(_of_item(change) for change in found.items)]
    return sorted(told, key=lambda change: (change["on"], change["starts"]))


def _of_days(changes: Sequence[DayChange]) -> Iterator[NoticedChange]:
    """Yield the changes of days; that a day with items is new or gone is told by its items."""
    for change in changes:
        if change.what == "changed" or not change.day["items"]:
            day = change.day
            title = day["title"] if any(day["title"].values()) else day["city"]
            yield _noticed(change.what, day, "", "", title, change.differences)


def _of_item(change: Change) -> NoticedChange:
    item = change.item
    return _noticed(change.what, change.day, item["starts"], item["zone"], item["title"], change.differences)


def _noticed(
    what: str, day: Day, starts: str, zone: str, title: Bilingual, differences: Sequence[Difference]
) -> NoticedChange:
    return {
        "what": what,
        "on": day["on"],
        "starts": starts,
        "zone": zone,
        "city": day["city"],
        "title": title,
        "differences": [
            {"name": difference.name, "before": difference.before, "after": difference.after}
            for difference in differences
        ],
    }

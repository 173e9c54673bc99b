"""The programme of one participant: the days of the parts that the person takes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NotRequired

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import programme_sheet, public_day
from tourreg.domain.itineraries.groups import ALL_GROUPS, is_own
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.sheets import Bilingual, Day, Item, ItinerarySheet
from tourreg.kernel.bilingual import Text


class PersonalSheet(ItinerarySheet):
    """A programme for one participant; organisation is theirs, group where they were put into one."""

    reader: Bilingual
    organisation: Bilingual
    group: NotRequired[str]


def personal_sheet(
    event: Event,
    printed: Printed,
    *,
    parts: Collection[str],
    groups: Collection[str] = ALL_GROUPS,
    group: str = "",
    reader: Text,
    organisation: Text,
    now: datetime,
) -> PersonalSheet:
    """Return somebody's own programme, with what is noted for participants.

    parts, groups  as `personal_days` takes them
    group          into which the person was put, or ""
    """
    days = personal_days(printed.days, parts, groups)
    sheet = programme_sheet("personal_itinerary", event, days, now=now, version=printed.version)
    dates = [day["on"] for day in days] or [sheet["first_on"], sheet["last_on"]]
    return {
        **sheet,
        "first_on": min(dates),
        "last_on": max(dates),
        "reader": both(reader),
        "organisation": both(organisation),
        "group": group,
    }


def personal_days(days: Sequence[Day], parts: Collection[str], groups: Collection[str] = ALL_GROUPS) -> list[Day]:
    """Return the days of the parts that somebody takes, without what is not theirs and the notes for others.

    parts   public ids of the tours and optional items that the person takes, "" for the programme itself
    groups  those whose items are the person's, as `groups.groups_seen` returns them
    """
    return [_own(day, parts, groups) for day in days if day.get("add_on", "") in parts]


def _own(day: Day, parts: Collection[str], groups: Collection[str]) -> Day:
    pairs = zip(public_day(day)["items"], day["items"], strict=True)
    items = [_with_own_note(*pair) for pair in pairs if is_own(pair[1], parts, groups)]
    return {**day, "items": items}


def _with_own_note(shown: Item, whole: Item) -> Item:
    note = whole.get("details", {}).get("for_participants")
    return {**shown, "details": {**shown.get("details", {}), "for_participants": note}} if note else shown

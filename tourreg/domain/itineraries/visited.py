"""What a programme does officially in one city, for letters and certificates to that city."""

from __future__ import annotations

from collections.abc import Iterable

from tourreg.domain.itineraries.documents import public_day
from tourreg.domain.papers.sheets import Day, Item

OFFICIAL = ("meeting", "site_visit", "lecture")


def days_in(days: Iterable[Day], city: str) -> list[Day]:
    """Return the days in a city, without what only some read.

    city  its public id
    """
    return [public_day(day) for day in days if day.get("city_id") == city]


def official(days: Iterable[Day]) -> list[Item]:
    """Return the meetings, visits of places and lectures of the days, in their order."""
    return [item for day in days for item in day["items"] if item["kind"] in OFFICIAL]

"""The ways of a day: when a vehicle leaves, from where to where; and the sheet for its driver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item
from tourreg.kernel.bilingual import EMPTY


class Ride(TypedDict):
    """One way of a vehicle: when it leaves, from where to where, and when it is there.

    arrives  HH:MM, or "" where nobody said how long it takes
    group    whose it is, as the programme has it: "all", "a", "b" or "guests"
    """

    leaves: str
    zone: str
    arrives: str
    minutes: int | None
    start: Bilingual
    start_address: Bilingual
    end: Bilingual
    end_address: Bilingual
    entrance: Bilingual
    vehicle: Bilingual
    driver: str
    driver_phone: str
    note: Bilingual
    group: NotRequired[str]


class DriverSheet(Head):
    """The ways of one day.

    people  the most that ride on any of them
    heads   how many ride on each, where that was counted
    """

    programme_version: int | None
    title: Bilingual
    on: str
    city: Bilingual
    people: int
    heads: NotRequired[list[int]]
    rides: list[Ride]


def driver_sheet(
    event: Event, printed: Printed, *, day: str, people: int, heads: Sequence[int] = (), now: datetime
) -> DriverSheet:
    """Return the ways of the day with this id; a day without any gives none.

    heads  how many ride on each way; nothing where all of the people ride on all of them
    """
    found = next((each for each in printed.days if each.get("id") == day), None)
    return {
        **head("driver_sheet", event.issuer, made_at=now),
        "programme_version": printed.version,
        "title": both(event.title),
        "on": found["on"] if found else "",
        "city": found["city"] if found else both(EMPTY),
        "people": max(heads, default=people),
        "heads": list(heads),
        "rides": [ride for _, ride in rides_of(found)] if found else [],
    }


def rides_of(day: Day) -> Iterator[tuple[Item, Ride]]:
    """Yield each way, with the item for which a vehicle leaves: from where the group was before to where that is.

    A transfer is at the place where it begins; it leads to where the next item is.
    """
    nowhere = both(EMPTY)
    place, address = nowhere, nowhere
    for number, item in enumerate(day["items"]):
        details = item.get("details", {})
        if _leaves(item):
            minutes = details.get("minutes")
            end = item
            if item["kind"] == "transfer":
                place, address = item["place"], item["address"]
                end = next(iter(day["items"][number + 1 :]), item)
            ride: Ride = {
                "leaves": details["leaves"],
                "zone": item["zone"],
                "arrives": _after(day["on"], details["leaves"], minutes) if minutes else "",
                "minutes": minutes,
                "start": place,
                "start_address": address,
                "end": end["place"] if any(end["place"].values()) else end["title"],
                "end_address": end["address"],
                "entrance": details.get("entrance", nowhere),
                "vehicle": details.get("vehicle", nowhere),
                "driver": details.get("driver", ""),
                "driver_phone": details.get("driver_phone", ""),
                "note": details.get("for_driver", nowhere),
                "group": item.get("group", "all"),
            }
            yield item, ride
        if any(item["place"].values()):
            place, address = item["place"], item["address"]


def days_with_rides(days: Sequence[Day]) -> list[Day]:
    """Return the days on which a vehicle leaves."""
    return [day for day in days if any(_leaves(item) for item in day["items"])]


def _leaves(item: Item) -> str:
    leaves: str = item.get("details", {}).get("leaves", "")
    return leaves


def _after(on: str, at: str, minutes: int) -> str:
    arrived = datetime.combine(date.fromisoformat(on), time.fromisoformat(at)) + timedelta(minutes=minutes)
    return f"{arrived:%H:%M}"

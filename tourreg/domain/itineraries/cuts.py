"""Cuts of a programme: what each reader needs of the same days, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import programme_sheet, public_day
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item, ItinerarySheet, Signed
from tourreg.kernel.bilingual import EMPTY, Text

NOTES_FOR = ("for_participants", "for_host", "for_driver", "for_escort")
CHINA = ("Asia/Shanghai", "Asia/Urumqi")


class CutSheet(ItinerarySheet):
    """A programme for one kind of reader.

    reader  for whom it is, where it is for one: a host city
    people  how many take part
    """

    reader: Bilingual
    people: int


class Ride(TypedDict):
    """One way of a vehicle: when it leaves, from where to where, and when it is there.

    arrives  HH:MM, or "" where nobody said how long it takes
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


class DriverSheet(Head):
    """The ways of one day."""

    programme_version: int | None
    title: Bilingual
    on: str
    city: Bilingual
    people: int
    rides: list[Ride]


class CardHotel(TypedDict):
    """Where the group sleeps: the nights from one date to the morning of the other."""

    first_on: str
    last_on: str
    city: Bilingual
    zone: str
    name: Bilingual
    address: Bilingual
    phone: str


class CardFlight(TypedDict):
    """One flight or train with both of its clocks."""

    title: Bilingual
    on: str
    starts: str
    zone: str
    ends: str
    ends_on: str
    ends_zone: str


class CardSheet(Head):
    """A card for the pocket; country is the one that is visited, home the zone of those who carry it."""

    programme_version: int | None
    title: Bilingual
    first_on: str
    last_on: str
    country: str
    home: str
    hotels: list[CardHotel]
    ways: list[CardFlight]


class OfficialDay(TypedDict):
    """A day as an approving office reads it: its number from leaving the country to entering it again."""

    number: int
    on: str
    country: NotRequired[str]
    city: Bilingual
    activities: list[Item]


class ApprovalSheet(Head):
    """The programme for an approving office: official items only.

    days_abroad  from leaving China to entering it, both included
    official     how many official activities there are, of how many in all
    """

    programme_version: int | None
    title: Bilingual
    first_on: str
    last_on: str
    days_abroad: int
    cities: list[Bilingual]
    official: int
    items_in_all: int
    days: list[OfficialDay]
    signed: NotRequired[Signed]


def summary_sheet(event: Event, printed: Printed, *, now: datetime) -> ItinerarySheet:
    """Return the programme in two pages, for everybody: what happens when and in which place."""
    days = [_with_items(day, (_bare(item) for item in day["items"])) for day in printed.days]
    return programme_sheet("itinerary_summary", event, days, now=now, version=printed.version)


def host_day_sheet(event: Event, printed: Printed, *, city: str, reader: Text, people: int, now: datetime) -> CutSheet:
    """Return a host city's own days, with what is noted for it.

    city    its public id
    people  how many come
    """
    days = host_days(printed.days, city)
    sheet = programme_sheet("host_day", event, days, now=now, version=printed.version)
    dates = [day["on"] for day in days] or [sheet["first_on"]]
    return {**sheet, "first_on": min(dates), "last_on": max(dates), "reader": both(reader), "people": people}


def host_days(days: Sequence[Day], city: str) -> list[Day]:
    """Return the days in the city with this public id, with what is noted for its hosts and for nobody else."""
    own = [day for day in days if day.get("city_id") == city]
    return [_with_items(day, (_for(item, "for_host") for item in day["items"])) for day in own]


def driver_sheet(event: Event, printed: Printed, *, day: str, people: int, now: datetime) -> DriverSheet:
    """Return the ways of the day with this id; a day without any gives none."""
    found = next((each for each in printed.days if each.get("id") == day), None)
    return {
        **head("driver_sheet", event.issuer, made_at=now),
        "programme_version": printed.version,
        "title": both(event.title),
        "on": found["on"] if found else "",
        "city": found["city"] if found else both(EMPTY),
        "people": people,
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
            }
            yield item, ride
        if any(item["place"].values()):
            place, address = item["place"], item["address"]


def days_with_rides(days: Sequence[Day]) -> list[Day]:
    """Return the days on which a vehicle leaves."""
    return [day for day in days if any(_leaves(item) for item in day["items"])]


def card_sheet(event: Event, printed: Printed, *, now: datetime) -> CardSheet:
    """Return what everybody carries: hotels, flights, and whom to call."""
    days = [public_day(day) for day in printed.days]
    dates = [event.starts_on.isoformat(), event.ends_on.isoformat(), *(day["on"] for day in days)]
    return {
        **head("pocket_card", event.issuer, made_at=now),
        "programme_version": printed.version,
        "title": both(event.title),
        "first_on": min(dates),
        "last_on": max(dates),
        "country": "CN" if event.direction == "to_china" else _most_visited(days),
        "home": CHINA[0] if event.direction == "to_us" else event.issuer.zone,
        "hotels": _hotels(days),
        "ways": [_way(day, item) for day in days for item in day["items"] if item["kind"] in ("flight", "train")],
    }


def approval_sheet(event: Event, printed: Printed, *, now: datetime) -> ApprovalSheet:
    """Return the programme as a Chinese approving office asks for it (报批件)."""
    days = [public_day(day) for day in printed.days]
    first, last = _abroad(days)
    counted = [item for day in days for item in day["items"] if _counted(item)]
    return {
        **head("approval_cut", event.issuer, made_at=now),
        "programme_version": printed.version,
        "title": both(event.title),
        "first_on": first,
        "last_on": last,
        "days_abroad": _number(first, last) if first else 0,
        "cities": [both(stop.city.name) for stop in event.stops],
        "official": sum(item.get("nature", "official") == "official" for item in counted),
        "items_in_all": len(counted),
        "days": [_official(day, first) for day in days if first <= day["on"] <= last],
        "signed": signed("approval_cut", event.issuer),
    }


def _with_items(day: Day, items: Iterable[Item]) -> Day:
    return {**day, "items": list(items)}


def _for(item: Item, *notes: str) -> Item:
    """Return an item with the notes that these may read, and without what hosts have answered to others."""
    kept = {name: said for name, said in item.get("details", {}).items() if name not in NOTES_FOR or name in notes}
    return {**item, "details": kept, "standing": "none", "standing_by": "", "standing_on": ""}


def _bare(item: Item) -> Item:
    return {**_for(item), "details": {}, "address": both(EMPTY), "notes": both(EMPTY), "speakers": []}


def _leaves(item: Item) -> str:
    leaves: str = item.get("details", {}).get("leaves", "")
    return leaves


def _after(on: str, at: str, minutes: int) -> str:
    arrived = datetime.combine(date.fromisoformat(on), time.fromisoformat(at)) + timedelta(minutes=minutes)
    return f"{arrived:%H:%M}"


def _most_visited(days: Sequence[Day]) -> str:
    countries = [day.get("country", "") for day in days if day.get("country")]
    return max(dict.fromkeys(countries), key=countries.count, default="US")


def _hotels(days: Sequence[Day]) -> list[CardHotel]:
    """Return the hotels in which the nights are spent, one after the other, each with its first and last date."""
    found: list[CardHotel] = []
    for day in days:
        for item in day["items"]:
            name = item["place"] if any(item["place"].values()) else item["title"]
            if item["kind"] != "hotel":
                continue
            if found and found[-1]["name"] == name:
                found[-1]["last_on"] = day["on"]
                continue
            if found:
                found[-1]["last_on"] = day["on"]
            found.append(
                {
                    "first_on": day["on"],
                    "last_on": day["on"],
                    "city": day["city"],
                    "zone": item["zone"],
                    "name": name,
                    "address": item["address"],
                    "phone": item.get("details", {}).get("host_phone", ""),
                }
            )
    if found and days:
        found[-1]["last_on"] = max(found[-1]["last_on"], days[-1]["on"])
    return found


def _way(day: Day, item: Item) -> CardFlight:
    return {
        "title": item["title"],
        "on": day["on"],
        "starts": item["starts"],
        "zone": item["zone"],
        "ends": item["ends"],
        "ends_on": item["ends_on"] or day["on"],
        "ends_zone": item["ends_zone"] or item["zone"],
    }


def _abroad(days: Sequence[Day]) -> tuple[str, str]:
    """Return the dates of leaving China and of entering it again; the first and the last where no flight tells."""
    leaving = _first_date(days, lambda item: item["zone"] in CHINA and _lands(item) not in CHINA, landed=False)
    entering = _first_date(days[::-1], lambda item: item["zone"] not in CHINA and _lands(item) in CHINA, landed=True)
    dates = [day["on"] for day in days]
    return leaving or min(dates, default=""), entering or max(dates, default="")


def _first_date(days: Sequence[Day], told: Callable[[Item], bool], *, landed: bool) -> str:
    for day in days:
        for item in day["items"]:
            if item["kind"] in ("flight", "train") and told(item):
                return item["ends_on"] or day["on"] if landed else day["on"]
    return ""


def _lands(item: Item) -> str:
    return item["ends_zone"] or item["zone"]


def _counted(item: Item) -> bool:
    """Tell whether an item is an activity, and not a meal, a room, a way across the city, or time of their own."""
    return item["kind"] not in ("meal", "hotel", "transfer", "free_time")


def _number(first: str, on: str) -> int:
    return (date.fromisoformat(on) - date.fromisoformat(first)).days + 1


def _official(day: Day, first: str) -> OfficialDay:
    activities = [item for item in day["items"] if _counted(item) and item.get("nature", "official") == "official"]
    return {
        "number": _number(first, day["on"]),
        "on": day["on"],
        "country": day.get("country", ""),
        "city": day["city"],
        "activities": [_bare_with_host(item) for item in activities],
    }


def _bare_with_host(item: Item) -> Item:
    """Return an item with nothing but what an approving office asks: who receives the group, and the topics."""
    kept = ("host_name", "host_title", "topics")
    details = {name: said for name, said in item.get("details", {}).items() if name in kept}
    return {**_bare(item), "details": details}

"""The card for the pocket: hotels, flights, and what anybody needs who is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import public_day
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item

HOME_OF_DELEGATIONS = "Asia/Shanghai"


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
    """One flight or train with both of its clocks; group is whose it is."""

    title: Bilingual
    on: str
    starts: str
    zone: str
    ends: str
    ends_on: str
    ends_zone: str
    group: NotRequired[str]


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
        "home": HOME_OF_DELEGATIONS if event.direction == "to_us" else event.issuer.zone,
        "hotels": _hotels(days),
        "ways": [_way(day, item) for day in days for item in day["items"] if item["kind"] in ("flight", "train")],
    }


def _most_visited(days: Sequence[Day]) -> str:
    countries = [day.get("country", "") for day in days if day.get("country")]
    return max(dict.fromkeys(countries), key=countries.count, default="US")


def _hotels(days: Sequence[Day]) -> list[CardHotel]:
    """Return the hotels in which the nights are spent, one after the other, each with its first and last date.

    Where two parts of a journey meet on a date, the hotel stands in the city of the later part.
    """
    found: list[CardHotel] = []
    for day in days:
        for item in day["items"]:
            name = item["place"] if any(item["place"].values()) else item["title"]
            if item["kind"] != "hotel":
                continue
            if found and found[-1]["name"] == name:
                if day["on"] == found[-1]["first_on"]:
                    found[-1]["city"] = day["city"]
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
        "group": item.get("group", "all"),
    }

"""The programme as a Chinese approving office asks for it (报批件)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NotRequired, TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.cuts import bare
from tourreg.domain.itineraries.documents import public_day
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item, Signed

CHINA = ("Asia/Shanghai", "Asia/Urumqi")


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
        "days": _told([_official(day, first) for day in days if first <= day["on"] <= last]),
        "signed": signed("approval_cut", event.issuer),
    }


def _told(days: Sequence[OfficialDay]) -> list[OfficialDay]:
    """Return the days without those that are empty on a date which another day fills: two parts meet on such a date."""
    filled = {day["on"] for day in days if day["activities"]}
    return [day for day in days if day["activities"] or day["on"] not in filled]


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
    return {**bare(item), "details": details}

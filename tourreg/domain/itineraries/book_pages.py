"""The pages of a programme book beside its days, gathered from the days and from what was written for the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.book import BookPlan, lines
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.sheets import Bilingual, Day, Item, RosterRow, Speaker
from tourreg.kernel.bilingual import EMPTY, Text


class ZoneRow(TypedDict):
    """One zone of the strip: what its clocks show while those of the first zone show 0 to 23.

    hours  None beside a half hour stands for no full one; midnight is 0
    """

    city: Bilingual
    on: str
    zone: str
    hours: list[int]
    half: str


class Journey(TypedDict):
    """A flight or a train, on the date of its departure."""

    on: str
    item: Item


class Hotel(TypedDict):
    """A hotel and the evenings on which people go to bed in it."""

    name: Bilingual
    address: Bilingual
    phone: str
    reference: str
    nights: list[str]


class Host(TypedDict):
    """Somebody who receives the group, and where."""

    name: Bilingual
    title: Bilingual
    phone: str
    city: Bilingual


class CityPage(TypedDict):
    """One city: its figures, how it is governed, whom and what the group meets there."""

    name: Bilingual
    region: Bilingual
    population: int | None
    population_source: Bilingual
    government: Bilingual
    summary: Bilingual
    days: list[int]
    hosts: list[Host]
    sites: list[Bilingual]


class BookPages(TypedDict):
    """Everything in a book beside its cover and its days; what is empty prints nothing."""

    texts: dict[str, list[Bilingual]]
    escort_phone: str
    zones: list[ZoneRow]
    delegation: list[RosterRow]
    cities: list[CityPage]
    hotels: list[Hotel]
    journeys: list[Journey]
    speakers: list[Speaker]
    hosts: list[Host]


def book_pages(
    days: Sequence[Day], plan: BookPlan, cities: Sequence[City], delegation: Sequence[RosterRow]
) -> BookPages:
    """Return the pages of a book.

    days        as everybody may read them, without private notes
    delegation  those who agreed to be named, in protocol order
    """
    texts = {name: value for name in BookPlan.__dataclass_fields__ if isinstance(value := getattr(plan, name), Text)}
    return {
        "texts": {name: [both(line) for line in lines(text)] for name, text in texts.items()},
        "escort_phone": plan.escort_phone,
        "zones": zone_strip(days, cities),
        "delegation": list(delegation),
        "cities": [_city(city, days) for city in dict.fromkeys(cities)],
        "hotels": _hotels(days),
        "journeys": [
            {"on": day["on"], "item": item} for day, item in _items(days) if item["kind"] in ("flight", "train")
        ],
        "speakers": list(
            {
                _key(speaker["name"]): speaker for _day, item in _items(days) for speaker in item.get("speakers", ())
            }.values()
        ),
        "hosts": _hosts(days),
    }


def zone_strip(days: Sequence[Day], cities: Sequence[City] = ()) -> list[ZoneRow]:
    """Return the zones of the days, each as it stands on its first day; nothing where there is one only.

    cities  name the zones in which they lie; a zone in which none of them lies is named by itself alone
    """
    first: dict[str, Day] = {}
    for day, item in _items(days):
        first.setdefault(item["zone"], day)
        if item["ends_zone"]:
            first.setdefault(item["ends_zone"], day)
    if len(first) < 2:
        return []
    base = _offset(*next((zone, day["on"]) for zone, day in first.items()))
    names = {city.zone: both(city.name) for city in reversed(cities)}
    return [_zone_row(zone, day["on"], names.get(zone, both(EMPTY)), base) for zone, day in first.items()]


def _zone_row(zone: str, on: str, city: Bilingual, base: int) -> ZoneRow:
    ahead = _offset(zone, on) - base
    hours = [(hour * 60 + ahead) // 60 % 24 for hour in range(24)]
    return {"city": city, "on": on, "zone": zone, "hours": hours, "half": f":{ahead % 60:02}" if ahead % 60 else ""}


def _offset(zone: str, on: str) -> int:
    """Return how many minutes a zone is ahead of UTC at noon of a day."""
    ahead = datetime.combine(date.fromisoformat(on), time(12), ZoneInfo(zone)).utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead else 0


def _city(city: City, days: Sequence[Day]) -> CityPage:
    own = [day for day in days if day.get("city_id") == city.public_id]
    visits = [item["title"] for _day, item in _items(own) if item["kind"] == "site_visit"]
    return {
        "name": both(city.name),
        "region": both(city.region),
        "population": city.population,
        "population_source": both(city.population_source),
        "government": both(city.government),
        "summary": both(city.summary),
        "days": sorted({day["number"] for day in own if day["number"]}),
        "hosts": _hosts(own),
        "sites": list({_key(title): title for title in visits}.values()),
    }


def _hotels(days: Sequence[Day]) -> list[Hotel]:
    found: dict[tuple[str, str], Hotel] = {}
    for _day, item in _items(days):
        name = item["place"] if any(item["place"].values()) else item["title"]
        if item["kind"] == "hotel":
            said = item.get("details", {})
            hotel = found.setdefault(
                _key(name), {"name": name, "address": item["address"], "phone": "", "reference": "", "nights": []}
            )
            hotel["phone"] = hotel["phone"] or said.get("host_phone", "")
            hotel["reference"] = hotel["reference"] or said.get("reference", "")
    for day in days:
        night = found.get(_key(day["hotel"])) if "hotel" in day else None
        if night:
            night["nights"].append(day["on"])
    return list(found.values())


def _hosts(days: Sequence[Day]) -> list[Host]:
    nobody: dict[str, Any] = {"en": "", "zh": ""}
    found: dict[tuple[str, str], Host] = {}
    for day, item in _items(days):
        said = item.get("details", {})
        if name := said.get("host_name"):
            host: Host = {
                "name": name,
                "title": said.get("host_title", nobody),
                "phone": said.get("host_phone", ""),
                "city": day["city"],
            }
            found.setdefault(_key(name), host)
    return list(found.values())


def _items(days: Iterable[Day]) -> Iterator[tuple[Day, Item]]:
    return ((day, item) for day in days for item in day["items"])


def _key(name: Bilingual) -> tuple[str, str]:
    return name["en"], name["zh"]

"""What itineraries on paper are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.itineraries import rules
from tourreg.domain.itineraries.book import NO_BOOK, BookPlan
from tourreg.domain.itineraries.book_pages import BookPages, book_pages
from tourreg.domain.itineraries.models import Day, Item, Speaker
from tourreg.domain.itineraries.plans import ItemPlan, plan_of
from tourreg.domain.papers import sheets
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import IncludedDay, ItinerarySheet, Organisation, RosterRow
from tourreg.kernel.bilingual import EMPTY, Text, text_of

DIRECTIONS = {"none": EMPTY, "to_china": Text("To China", "赴中国"), "to_us": Text("To the United States", "赴美国")}
PROGRAMME = Text("Programme", "正式日程")


class BookSheet(ItinerarySheet):
    """A programme book: the itinerary with its other pages."""

    book: BookPages


def itinerary_sheet(
    event: Event,
    days: Sequence[sheets.Day],
    *,
    now: datetime,
    version: int | None = None,
    book: BookPlan = NO_BOOK,
    delegation: Sequence[RosterRow] = (),
) -> BookSheet:
    """Return the sheet of the programme book.

    days        from `versions.days_for_print`, with the number of their version
    delegation  those who agreed to be named, in protocol order
    """
    shown = [public_day(day) for day in days]
    pages = book_pages(shown, book, [stop.city for stop in event.stops], delegation)
    return {**programme_sheet("itinerary", event, shown, now=now, version=version), "book": pages}


def programme_sheet(
    kind: str, event: Event, days: Sequence[sheets.Day], *, now: datetime, version: int | None
) -> ItinerarySheet:
    """Return what every paper of a programme begins with, and the days that this one may show."""
    dates = [event.starts_on.isoformat(), event.ends_on.isoformat(), *(day["on"] for day in days)]
    return {
        **head(kind, event.issuer, made_at=now),
        "programme_version": version,
        "currency": event.currency,
        "title": both(event.title),
        "direction": both(DIRECTIONS[event.direction]),
        "summary": both(event.summary),
        "first_on": min(dates),
        "last_on": max(dates),
        "cities": [both(name) for name in dict.fromkeys(stop.city.name for stop in event.stops)],
        "partners": [_partner(text_of(partner["name"])) for partner in event.partners],
        "days": list(days),
    }


def included_days(days: Sequence[Day]) -> list[IncludedDay]:
    """Return the nights and meals that the days of a programme contain, part by part, as travellers' offices ask.

    days  of the parts that somebody takes, as `itinerary_days` takes them
    """
    has_parts = any(day.add_on for day in days)
    included = []
    for add_on in dict.fromkeys(day.add_on for day in days):
        part = _part(add_on) if has_parts else EMPTY
        included += _included_of_part(part, [day for day in days if day.add_on is add_on])
    return included


def _included_of_part(part: Text, days: Sequence[Day]) -> list[IncludedDay]:
    items = _by_date(days)
    slept = rules.nights(items)
    return [_included(on, items[on], night=on in slept, part=part) for on in items]


def _included(on: date, items: Sequence[ItemPlan], *, night: bool, part: Text) -> IncludedDay:
    meals = {rules.meal_at(item.starts) for item in items if item.kind == "meal"}
    return {
        "on": on.isoformat(),
        "part": both(part),
        "night": night,
        "breakfast": "breakfast" in meals,
        "lunch": "lunch" in meals,
        "dinner": "dinner" in meals,
    }


def itinerary_days(event: Event, days: Sequence[Day]) -> list[sheets.Day]:
    """Return the days with everything that any paper may show of them; a paper cuts away what its readers may not see.

    days  as they are lived, with cities, add-ons and items, from `queries.days_of`; each part counts its own
    """
    has_parts = any(day.add_on for day in days)
    written: dict[Day, sheets.Day] = {}
    for add_on in dict.fromkeys(day.add_on for day in days):
        of_part = [day for day in days if day.add_on is add_on]
        numbers = rules.day_numbers((day.on_date for day in of_part), None if add_on else event.starts_on)
        hotels = _hotels(of_part)
        part = _part(add_on) if has_parts else EMPTY
        written |= {day: _day(day, numbers[day.on_date], part, hotels.get(day.on_date, EMPTY)) for day in of_part}
    return [written[day] for day in days]


def _day(day: Day, number: int, part: Text, hotel: Text) -> sheets.Day:
    return {
        "id": day.public_id,
        "add_on": day.add_on.public_id if day.add_on else "",
        "city_id": day.city.public_id if day.city else "",
        "country": day.city.country if day.city else "",
        "number": number,
        "on": day.on_date.isoformat(),
        "part": both(part),
        "city": both(day.city.name if day.city else EMPTY),
        "hotel": both(hotel),
        "title": both(day.title),
        "items": [_item(item) for item in day.items],
    }


def _hotels(days: Sequence[Day]) -> dict[date, Text]:
    """Return where one part sleeps, by the date: in the hotel that was named last."""
    items = _by_date(days)
    slept, hotel, hotels = rules.nights(items), EMPTY, {}
    for on, on_that_day in items.items():
        hotel = next((item.place or item.title for item in reversed(on_that_day) if item.kind == "hotel"), hotel)
        if on in slept:
            hotels[on] = hotel
    return hotels


def _by_date(days: Sequence[Day]) -> dict[date, list[ItemPlan]]:
    items: dict[date, list[ItemPlan]] = {}
    for day in sorted(days, key=lambda day: day.on_date):
        items.setdefault(day.on_date, []).extend(plan_of(day).items)
    return items


def _part(add_on: AddOn | None) -> Text:
    return add_on.label if add_on else PROGRAMME


def public_day(day: sheets.Day) -> sheets.Day:
    """Return the day without the notes that only some read, and without what hosts have answered."""
    return {**day, "items": [_public_item(item) for item in day["items"]]}


def _public_item(item: sheets.Item) -> sheets.Item:
    details = {name: said for name, said in item.get("details", {}).items() if not name.startswith("for_")}
    return {**item, "details": details, "standing": "none", "standing_by": "", "standing_on": ""}


def _item(item: Item) -> sheets.Item:
    return {
        "id": item.public_id,
        "kind": item.kind,
        "starts": f"{item.starts:%H:%M}",
        "zone": item.zone,
        "ends": f"{item.ends:%H:%M}" if item.ends else "",
        "ends_on": item.ends_on.isoformat() if item.ends_on else "",
        "ends_zone": item.ends_zone or "",
        "title": both(item.title),
        "place": both(item.place),
        "address": both(item.address),
        "notes": both(item.notes),
        "nature": item.nature,
        "cost": item.cost,
        "group": item.group,
        "optional": item.optional,
        "capacity": item.capacity,
        "fee": item.fee_minor,
        "standing": item.standing,
        "standing_by": item.standing_by,
        "standing_on": item.standing_on.isoformat() if item.standing_on else "",
        "details": item.details.plain(),
        "speakers": [_speaker(appearance.speaker) for appearance in item.appearances],
    }


def _speaker(speaker: Speaker) -> sheets.Speaker:
    return {
        "name": both(speaker.name),
        "title": both(speaker.title),
        "organisation": both(speaker.organisation),
        "bio": both(speaker.bio),
    }


def _partner(name: Text) -> Organisation:
    return {
        "name": both(name),
        "address": both(EMPTY),
        "phone": "",
        "email": "",
        "tax_id": "",
        "tax_id_label": both(EMPTY),
        "mark": "",
        "accent": "ink",
    }

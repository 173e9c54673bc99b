"""What itineraries on paper are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tourreg.domain.billing.documents import both, seller
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.papers import sheets
from tourreg.domain.papers.sheets import ItinerarySheet, Organisation
from tourreg.kernel.bilingual import EMPTY, Text, text_of

DIRECTIONS = {"none": EMPTY, "to_china": Text("To China", "赴中国"), "to_us": Text("To the United States", "赴美国")}
PROGRAMME = Text("Programme", "正式日程")


def itinerary_sheet(event: Event, days: Sequence[Day], *, now: datetime) -> ItinerarySheet:
    """Return the sheet of an itinerary.

    days  as they are lived, with cities, add-ons and items, from `queries.days_of`; each part counts its own from 1
    """
    issuer = event.issuer
    dates = [event.starts_on, event.ends_on, *(day.on_date for day in days)]
    return {
        "kind": "itinerary",
        "number": "",
        "version": 1,
        "issued_at": now.isoformat(),
        "zone": issuer.zone,
        "replaces": "",
        "seller": seller(issuer),
        "question": {"name": both(issuer.name), "phone": issuer.phone, "email": issuer.email},
        "sample": issuer.sample,
        "title": both(event.title),
        "direction": both(DIRECTIONS[event.direction]),
        "summary": both(event.summary),
        "first_on": min(dates).isoformat(),
        "last_on": max(dates).isoformat(),
        "cities": [both(name) for name in dict.fromkeys(stop.city.name for stop in event.stops)],
        "partners": [_partner(text_of(partner["name"])) for partner in event.partners],
        "days": _days(days),
    }


def _days(days: Sequence[Day]) -> list[sheets.Day]:
    has_parts = any(day.add_on for day in days)
    dates: dict[int | None, list[str]] = {}
    written: list[sheets.Day] = []
    for day in days:
        of_its_part = dates.setdefault(day.add_on_id, [])
        if day.on_date.isoformat() not in of_its_part:
            of_its_part.append(day.on_date.isoformat())
        written.append(
            {
                "number": of_its_part.index(day.on_date.isoformat()) + 1,
                "on": day.on_date.isoformat(),
                "part": both(_part(day.add_on) if has_parts else EMPTY),
                "city": both(day.city.name if day.city else EMPTY),
                "title": both(day.title),
                "items": [_item(item) for item in day.items],
            }
        )
    return written


def _part(add_on: AddOn | None) -> Text:
    return add_on.label if add_on else PROGRAMME


def _item(item: Item) -> sheets.Item:
    return {
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

"""What the office writes down about a day: plain values, compared and kept as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tourreg.domain.itineraries.details import NOTHING, Details, details_of
from tourreg.domain.itineraries.models import Day, Item, Speaker
from tourreg.kernel.bilingual import EMPTY, Text, text_of


@dataclass(frozen=True)
class ItemPlan:
    """One thing in a day, as `models.Item` describes it; `public_id` is empty for a new one.

    ends_days  local days from the day's date to the end's: 1 after a night flight, -1 over the date line
    speakers   their public ids, in the order in which they speak
    """

    kind: str
    starts: time
    zone: str
    title: Text
    ends: time | None = None
    ends_zone: str | None = None
    ends_days: int = 0
    place: Text = EMPTY
    address: Text = EMPTY
    notes: Text = EMPTY
    nature: str = "official"
    cost: str = "included"
    group: str = "all"
    optional: bool = False
    capacity: int | None = None
    fee_minor: int | None = None
    standing: str = "none"
    standing_by: str = ""
    standing_on: date | None = None
    details: Details = NOTHING
    speakers: tuple[str, ...] = ()
    public_id: str = ""


@dataclass(frozen=True)
class DayPlan:
    """One date in one city, with its items in order.

    city    its public id, or "" on the way
    add_on  public id of the tour that the day belongs to, or "" for the programme itself
    """

    on_date: date
    city: str
    add_on: str
    title: Text = EMPTY
    items: tuple[ItemPlan, ...] = ()


def plan_of(day: Day) -> DayPlan:
    """Return what is written down about a day now."""
    return DayPlan(
        on_date=day.on_date,
        city=day.city.public_id if day.city else "",
        add_on=day.add_on.public_id if day.add_on else "",
        title=day.title,
        items=tuple(_item(day.on_date, item) for item in day.items),
    )


def _item(on_date: date, item: Item) -> ItemPlan:
    return ItemPlan(
        kind=item.kind,
        starts=item.starts,
        zone=item.zone,
        title=item.title,
        ends=item.ends,
        ends_zone=item.ends_zone,
        ends_days=(item.ends_on - on_date).days if item.ends_on else 0,
        place=item.place,
        address=item.address,
        notes=item.notes,
        nature=item.nature,
        cost=item.cost,
        group=item.group,
        optional=item.optional,
        capacity=item.capacity,
        fee_minor=item.fee_minor,
        standing=item.standing,
        standing_by=item.standing_by,
        standing_on=item.standing_on,
        details=item.details,
        speakers=tuple(appearance.speaker.public_id for appearance in item.appearances),
        public_id=item.public_id,
    )


def read_plan(written: dict[str, Any]) -> DayPlan:
    """Return the day that `kernel.plans.plain` wrote down."""
    return DayPlan(
        on_date=date.fromisoformat(written["on_date"]),
        city=written["city"],
        add_on=written["add_on"],
        title=text_of(written["title"]),
        items=tuple(_read_item(item) for item in written["items"]),
    )


def _read_item(written: dict[str, Any]) -> ItemPlan:
    texts = {name: text_of(written[name]) for name in ("title", "place", "address", "notes")}
    read = {
        "starts": time.fromisoformat(written["starts"]),
        "ends": time.fromisoformat(written["ends"]) if written["ends"] else None,
        "standing_on": date.fromisoformat(written["standing_on"]) if written["standing_on"] else None,
        "details": details_of(written["details"]),
        "speakers": tuple(written["speakers"]),
    }
    return ItemPlan(**{**written, **texts, **read})


@dataclass(frozen=True)
class SpeakerPlan:
    """What the office writes down about a speaker."""

    name: Text
    title: Text = EMPTY
    organisation: Text = EMPTY
    bio: Text = EMPTY


def speaker_plan(speaker: Speaker) -> SpeakerPlan:
    """Return what is written down about a speaker now."""
    return SpeakerPlan(speaker.name, speaker.title, speaker.organisation, speaker.bio)

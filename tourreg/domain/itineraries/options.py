"""What people choose of an itinerary: each optional item of the latest version is an add-on, with its places and fee.

The add-on has its item's public id, so that whoever knows which add-ons somebody has taken knows their items too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.catalogue import seats
from tourreg.domain.catalogue.models import AddOn, Event, Pool
from tourreg.domain.catalogue.rules import over_at, places_free
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.papers.sheets import Day, Item
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

# Of an item without a limit; many more than ever come to one event.
NO_LIMIT = 1_000_000


class MoreHaveChosen(Refusal):
    """More people have chosen an item than it shall have places; facts: title, capacity, taken."""


@dataclass(frozen=True)
class Option:
    """An optional item of the latest version, as it can be chosen.

    part       public id of the tour on whose day it is, or "" for the programme itself
    group      whose it is, as the item's: "guests" for guests only
    closes_at  until when it can be chosen: the end of the last day for that in the event's zone, or before its start
    fee_minor  in the event's currency, what is charged for it; what is paid on the spot is not charged
    on_spot_minor  what each pays there
    free       places that are left; None without a limit
    """

    add_on: AddOn
    day: Day
    item: Item
    part: str
    group: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    fee_minor: int
    on_spot_minor: int
    free: int | None


def offer_options(event: Event, days: Sequence[Day]) -> None:
    """Let people choose from now on what these days call optional, and nothing else.

    What somebody has chosen already stays theirs, also where it is no longer offered.

    event   from `catalogue.desk.event_to_change`
    raises  MoreHaveChosen
    """
    known = {add_on.public_id: add_on for add_on in _add_ons(event)}
    offered = list(_optional(days))
    for day, item in offered:
        _offer(event, known.get(item["id"]), day, item)
    kept = {item["id"] for _day, item in offered}
    for add_on in known.values():
        if add_on.public_id not in kept:
            add_on.withdrawn = True
    db.session.flush()


def options_of(event: Event) -> list[Option]:
    """Return what can be chosen of the latest version, in the order in which it happens, in two statements.

    What is closed or full is among it.
    """
    latest = select(ItineraryVersion.days).where(ItineraryVersion.event_id == event.id)
    days = db.session.scalar(latest.order_by(ItineraryVersion.number.desc()).limit(1)) or []
    offered = {add_on.public_id: add_on for add_on in _add_ons(event) if not add_on.withdrawn}
    pairs = [(day, item) for day, item in _optional(cast(list[Day], days)) if item["id"] in offered]
    return [_option(event, offered[item["id"]], day, item) for day, item in pairs]


def has_options(event: Event) -> bool:
    """Tell whether anything optional is or was offered at an event."""
    return db.session.scalar(select(AddOn.id).where(AddOn.event_id == event.id, AddOn.is_option).limit(1)) is not None


def _add_ons(event: Event) -> Sequence[AddOn]:
    marked = select(AddOn).where(AddOn.event_id == event.id, AddOn.is_option).order_by(AddOn.id)
    fresh = marked.options(joinedload(AddOn.pool)).execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()


def _optional(days: Sequence[Day]) -> Iterator[tuple[Day, Item]]:
    return ((day, item) for day in days for item in day["items"] if item.get("optional") and item.get("id"))


def _offer(event: Event, known: AddOn | None, day: Day, item: Item) -> None:
    capacity = item.get("capacity")
    places = NO_LIMIT if capacity is None else capacity
    add_on = known or _new(event, item, places)
    add_on.label, add_on.amount_minor = _label(day, item), _charged(item)
    add_on.from_on = add_on.to_on = date.fromisoformat(day["on"])
    add_on.withdrawn = False
    if known is not None and known.pool is not None and known.pool.capacity != places:
        _resize(known, places)


def _new(event: Event, item: Item, places: int) -> AddOn:
    add_on = AddOn(
        public_id=item["id"],
        event_id=event.id,
        position=0,
        kind="other",
        is_option=True,
        pool=Pool(public_id=new_public_id(), capacity=places, taken=0),
    )
    db.session.add(add_on)
    return add_on


def _resize(add_on: AddOn, places: int) -> None:
    try:
        seats.resize({add_on.pool_id or 0: places})
    except seats.CapacityBelowTaken as refusal:
        raise MoreHaveChosen(title=add_on.label, capacity=places, taken=refusal.taken) from refusal


def _label(day: Day, item: Item) -> Text:
    return Text(**item["title"]) or Text(**day["title"])


def _charged(item: Item) -> int:
    """Return what is charged for an item; what people pay on the spot is not."""
    return 0 if item.get("cost") == "own" else item.get("fee") or 0


def _option(event: Event, add_on: AddOn, day: Day, item: Item) -> Option:
    starts_at = _instant(day["on"], item["starts"], item["zone"])
    ends = _instant(item["ends_on"] or day["on"], item["ends"] or item["starts"], item["ends_zone"] or item["zone"])
    last_day = item.get("details", {}).get("choose_until")
    closes_at = over_at(date.fromisoformat(last_day), event.zone) if last_day else starts_at
    return Option(
        add_on=add_on,
        day=day,
        item=item,
        part=day.get("add_on", ""),
        group=item.get("group", "all"),
        starts_at=starts_at,
        ends_at=max(ends, starts_at),
        closes_at=min(closes_at, starts_at),
        fee_minor=add_on.amount_minor,
        on_spot_minor=item.get("fee") or 0 if item.get("cost") == "own" else 0,
        free=places_free(add_on.pool) if item.get("capacity") is not None and add_on.pool else None,
    )


def _instant(on: str, at: str, zone: str) -> datetime:
    return datetime.combine(date.fromisoformat(on), time.fromisoformat(at), ZoneInfo(zone))

"""Writing the days of an event down: all of what one editor changed, and none of what another changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.catalogue.plans import EventPlan
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.models import Appearance, Day, Item, Speaker
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan, plan_of
from tourreg.domain.itineraries.queries import day_with, days_of
from tourreg.domain.itineraries.rules import in_order
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal


class DaysEditedMeanwhile(Refusal):
    """Somebody changed or removed days that this editor changed as well; facts: days (now, by public id), by, at."""


class ItemEditedMeanwhile(Refusal):
    """Somebody changed the item that this editor changed as well; facts: now (its plan), by, at."""


class ItemGone(Refusal):
    """The item is no longer in the itinerary."""


class SameDayTwice(Refusal):
    """Two days have the same date, city and part; facts: on_date, city, add_on."""


class AddOnsHaveDays(Refusal):
    """Days of the itinerary belong to add-ons that the event is to lose; facts: add_ons (public ids)."""


@dataclass(frozen=True)
class DayEdit:
    """What an editor wants of one day.

    day   its public id, or "" for a new one
    seen  fingerprint of the plan that the editor began from, "" for a new one
    plan  None removes it
    """

    day: str
    seen: str
    plan: DayPlan | None


def rewrite(event: Event, edits: Sequence[DayEdit], *, now: datetime, by: str) -> None:
    """Write down what an editor changed of an itinerary, all of it or nothing; days left alone stay as they are now.

    event   from `catalogue.desk.event_to_change`, so that nobody else writes meanwhile
    raises  DaysEditedMeanwhile, SameDayTwice
    """
    days = {day.public_id: day for day in days_of(event)}
    wanted = [_sorted(edit) for edit in edits if not edit.day or _is_change(edit)]
    _require_unchanged(days, wanted)
    for edit in wanted:
        day = days.get(edit.day)
        if day is not None and edit.plan is not None:
            revise_day(day, edit.plan, now=now, by=by)
        elif day is not None:
            remove_day(day, now=now, by=by)
        elif edit.plan is not None:
            add_day(event, edit.plan, now=now, by=by)
    _require_each_once(event)


def revise_item(event: Event, item: str, plan: ItemPlan, *, seen: str, now: datetime, by: str) -> None:
    """Write down what an editor changed of one item; what others changed of its day stays as it is now.

    event   from `catalogue.desk.event_to_change`, so that nobody else writes meanwhile
    item    its public id
    seen    fingerprint of the plan that the editor began from
    raises  ItemGone, ItemEditedMeanwhile
    """
    day = day_with(event, item)
    if day is None:
        raise ItemGone
    before = plan_of(day)
    current = next(each for each in before.items if each.public_id == item)
    if fingerprint(current) != seen and current != plan:
        change = last_change(day.public_id)
        raise ItemEditedMeanwhile(now=current, by=change.by if change else "", at=change.at if change else None)
    changed = tuple(plan if each.public_id == item else each for each in before.items)
    revise_day(day, replace(before, items=changed), now=now, by=by)


def require_no_day_lost(event: Event, plan: EventPlan) -> None:
    """Refuse a plan that takes add-ons away to which days belong; asked before the event is revised.

    event   from `catalogue.desk.event_to_change`; once it was public, add-ons are withdrawn and never taken away
    raises  AddOnsHaveDays
    """
    kept = {add_on.public_id for add_on in plan.add_ons}
    lived = select(AddOn.public_id).join(Day).where(AddOn.event_id == event.id, AddOn.public_id.not_in(kept))
    lost = tuple(db.session.scalars(lived.distinct().order_by(AddOn.public_id)))
    if lost and event.state == "draft":
        raise AddOnsHaveDays(add_ons=lost)


def add_day(event: Event, plan: DayPlan, *, now: datetime, by: str) -> Day:
    """Write a new day down, with its items sorted by time."""
    day = Day(public_id=new_public_id(), event=event)
    _write(day, replace(plan, items=in_order(plan.on_date, plan.items)))
    db.session.add(day)
    db.session.flush()
    note_change(day.public_id, "day", {}, plain(plan_of(day)), now=now, by=by)
    return day


def revise_day(day: Day, plan: DayPlan, *, now: datetime, by: str) -> None:
    """Write down what was changed of a day, its items sorted by time; items keep who they are."""
    before = plain(plan_of(day))
    _write(day, replace(plan, items=in_order(plan.on_date, plan.items)))
    db.session.flush()
    note_change(day.public_id, "day", before, plain(plan_of(day)), now=now, by=by)


def remove_day(day: Day, *, now: datetime, by: str) -> None:
    """Take a day and everything in it off the itinerary; the record of changes keeps it."""
    before = plain(plan_of(day))
    for item in day.items:
        db.session.delete(item)
    db.session.delete(day)
    db.session.flush()
    note_change(day.public_id, "day", before, dict.fromkeys(before), now=now, by=by)


def _sorted(edit: DayEdit) -> DayEdit:
    if edit.plan is None:
        return edit
    return replace(edit, plan=replace(edit.plan, items=in_order(edit.plan.on_date, edit.plan.items)))


def _is_change(edit: DayEdit) -> bool:
    return edit.plan is None or fingerprint(edit.plan) != edit.seen


def _require_unchanged(days: dict[str, Day], edits: Sequence[DayEdit]) -> None:
    """Refuse edits of days that are no longer what their editor saw, unless both want the same."""
    current = {edit.day: plan_of(days[edit.day]) if edit.day in days else None for edit in edits if edit.day}
    lost = {
        edit.day: current[edit.day]
        for edit in edits
        if edit.day and current[edit.day] != edit.plan and _fingerprint(current[edit.day]) != edit.seen
    }
    if lost:
        change = last_change(next(iter(lost)))
        raise DaysEditedMeanwhile(days=lost, by=change.by if change else "", at=change.at if change else None)


def _fingerprint(plan: DayPlan | None) -> str:
    return fingerprint(plan) if plan else ""


def _require_each_once(event: Event) -> None:
    known = set()
    for day in days_of(event):
        names = (day.on_date, day.city_id, day.add_on_id)
        if names in known:
            plan = plan_of(day)
            raise SameDayTwice(on_date=plan.on_date, city=plan.city, add_on=plan.add_on)
        known.add(names)


def _write(day: Day, plan: DayPlan) -> None:
    day.on_date, day.title = plan.on_date, plan.title
    day.city = _city(plan.city)
    day.add_on = _add_on(day.event, plan.add_on)
    known = {item.public_id: item for item in day.items}
    written = []
    for place, item_plan in enumerate(plan.items, start=1):
        item = known.pop(item_plan.public_id, None) or Item(public_id=new_public_id())
        _write_item(item, item_plan, plan, place)
        _write_speakers(item, item_plan.speakers)
        written.append(item)
    day.items = written
    for left_out in known.values():
        db.session.delete(left_out)


def _write_item(item: Item, plan: ItemPlan, day: DayPlan, place: int) -> None:
    item.position, item.kind = place, plan.kind
    item.starts, item.zone = plan.starts, plan.zone
    item.ends, item.ends_zone = plan.ends, plan.ends_zone
    item.ends_on = day.on_date + timedelta(days=plan.ends_days) if plan.ends and plan.ends_days else None
    item.title, item.place, item.address, item.notes = plan.title, plan.place, plan.address, plan.notes
    item.nature, item.cost, item.group = plan.nature, plan.cost, plan.group
    item.optional, item.capacity, item.fee_minor = plan.optional, plan.capacity, plan.fee_minor
    item.standing, item.standing_by, item.standing_on = plan.standing, plan.standing_by, plan.standing_on
    item.details = plan.details


def _write_speakers(item: Item, speakers: Sequence[str]) -> None:
    """Let these speak at an item, and no others."""
    if [appearance.speaker.public_id for appearance in item.appearances] == list(speakers):
        return
    found = db.session.scalars(select(Speaker).where(Speaker.public_id.in_(speakers)))
    by_id = {speaker.public_id: speaker for speaker in found}
    known = {appearance.speaker.public_id: appearance for appearance in item.appearances}
    item.appearances = [known.get(each) or Appearance(speaker=by_id[each]) for each in speakers]
    for place, appearance in enumerate(item.appearances, start=1):
        appearance.position = place


def _city(public_id: str) -> City | None:
    return db.session.scalars(select(City).where(City.public_id == public_id)).one() if public_id else None


def _add_on(event: Event, public_id: str) -> AddOn | None:
    return next(add_on for add_on in event.add_ons if add_on.public_id == public_id) if public_id else None

"""Writing the days of an event down: all of what one editor changed, and none of what another changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

# What the record of changes calls a step of an itinerary: the days that were written together.
STEP = "itinerary"


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

    An item that leaves one day for another stays the same item, so that versions and calendars tell that it moved.

    event   from `catalogue.desk.event_to_change`, so that nobody else writes meanwhile
    raises  DaysEditedMeanwhile, SameDayTwice
    """
    days = {day.public_id: day for day in days_of(event)}
    wanted = [_sorted(edit) for edit in edits if not edit.day or is_change(edit)]
    _require_unchanged(days, wanted)
    put_in_place(event, _naming_what_is_there(wanted, days), now=now, by=by)
    require_each_once(event)


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
    edit = DayEdit(day.public_id, "", replace(before, items=in_order(before.on_date, changed)))
    put_in_place(event, [edit], now=now, by=by)


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


def put_in_place(event: Event, edits: Sequence[DayEdit], *, now: datetime, by: str, undoes: int | None = None) -> None:
    """Write days down together, items in the given order, and note it as one step that can be undone.

    edits   a day or an item that is not there, or no longer, gets the public id that it names, or a new one
    undoes  the step that this one takes back
    """
    days = {day.public_id: day for day in days_of(event)}
    before = {edit.day: plain(plan_of(days[edit.day])) for edit in edits if edit.day in days}
    with db.session.no_autoflush:
        written = _write_all(event, days, edits)
    db.session.flush()
    notes = []
    for day, plan in written:
        known = before.get(day.public_id, {})
        now_said = plain(plan_of(day)) if plan else dict.fromkeys(known)
        notes.append(note_change(day.public_id, "day", known, now_said, now=now, by=by))
    db.session.flush()
    step = {"changes": [note.id for note in notes if note], "undoes": undoes}
    if step["changes"]:
        note_change(event.public_id, STEP, {}, step, now=now, by=by)


def _write_all(event: Event, days: Mapping[str, Day], edits: Sequence[DayEdit]) -> list[tuple[Day, DayPlan | None]]:
    """Write each day, give items to the days that name them, and delete what no day names any more."""
    left = {item.public_id: item for edit in edits if edit.day in days for item in days[edit.day].items}
    written: list[tuple[Day, DayPlan | None]] = []
    for edit in edits:
        day = days.get(edit.day)
        if edit.plan is not None:
            day = day or Day(public_id=edit.day or new_public_id(), event=event)
            db.session.add(day)
            _write(day, edit.plan, left)
        if day is not None:
            written.append((day, edit.plan))
    for item in left.values():
        db.session.delete(item)
    for day, plan in written:
        if plan is None:
            db.session.delete(day)
    return written


def _naming_what_is_there(edits: Sequence[DayEdit], days: Mapping[str, Day]) -> list[DayEdit]:
    """Return the edits naming no day that is gone, and no item but those of the days edited, each of them once."""
    there = {item.public_id for edit in edits if edit.day in days for item in days[edit.day].items}
    named = []
    for edit in edits:
        plan = edit.plan
        if plan is not None:
            items = []
            for item in plan.items:
                items.append(item if item.public_id in there else replace(item, public_id=""))
                there.discard(item.public_id)
            plan = replace(plan, items=tuple(items))
        named.append(DayEdit(edit.day if edit.day in days else "", edit.seen, plan))
    return named


def _sorted(edit: DayEdit) -> DayEdit:
    if edit.plan is None:
        return edit
    return replace(edit, plan=replace(edit.plan, items=in_order(edit.plan.on_date, edit.plan.items)))


def is_change(edit: DayEdit) -> bool:
    """Tell whether an edit asks for something else than what its editor saw."""
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


def require_each_once(event: Event) -> None:
    """Refuse two days of one date, city and part.

    raises  SameDayTwice
    """
    known = set()
    for day in days_of(event):
        names = (day.on_date, day.city_id, day.add_on_id)
        if names in known:
            plan = plan_of(day)
            raise SameDayTwice(on_date=plan.on_date, city=plan.city, add_on=plan.add_on)
        known.add(names)


def _write(day: Day, plan: DayPlan, left: dict[str, Item]) -> None:
    """Write a day with its items, which it takes out of those that are left."""
    day.on_date, day.title = plan.on_date, plan.title
    day.city = _city(plan.city)
    day.add_on = _add_on(day.event, plan.add_on)
    written = []
    for place, item_plan in enumerate(plan.items, start=1):
        item = left.pop(item_plan.public_id, None) or Item(public_id=item_plan.public_id or new_public_id())
        _write_item(item, item_plan, plan, place)
        _write_speakers(item, item_plan.speakers)
        written.append(item)
    day.items = written


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
    """Let these speak at an item, and no others; whoever was taken off the event meanwhile stays off."""
    if [appearance.speaker.public_id for appearance in item.appearances] == list(speakers):
        return
    found = db.session.scalars(select(Speaker).where(Speaker.public_id.in_(speakers)))
    by_id = {speaker.public_id: speaker for speaker in found}
    known = {appearance.speaker.public_id: appearance for appearance in item.appearances}
    there = [each for each in speakers if each in by_id]
    item.appearances = [known.get(each) or Appearance(speaker=by_id[each]) for each in there]
    for place, appearance in enumerate(item.appearances, start=1):
        appearance.position = place


def _city(public_id: str) -> City | None:
    return db.session.scalars(select(City).where(City.public_id == public_id)).one() if public_id else None


def _add_on(event: Event, public_id: str) -> AddOn | None:
    return next(add_on for add_on in event.add_ons if add_on.public_id == public_id) if public_id else None

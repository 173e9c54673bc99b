"""The days that a host city confirmed, put into the draft of the programme, each once and over nothing that stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import AddOn
from tourreg.domain.hosting.day_plans import hosted_item, items_of
from tourreg.domain.hosting.request_models import HostingDay, HostingRequest
from tourreg.domain.hosting.request_rules import Span, today_in
from tourreg.domain.itineraries.commands import DayEdit, put_in_place
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.plans import DayPlan, plan_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.rules import in_order
from tourreg.kernel.numbers import new_public_id

WHAT = "confirmed days"
TOURS = {"pre": "pre_tour", "post": "post_tour"}
Standing = Literal["in_draft", "taken_out", "in_the_way", "left_out"]


@dataclass(frozen=True)
class ConfirmedDay:
    """One day of a confirmed visit, and what became of it.

    others  the days of the draft on the same date that staff wrote, where they stand in its way
    """

    on_date: date
    standing: Standing
    others: tuple[Day, ...] = ()


def put_in(request: HostingRequest, *, now: datetime, by: str) -> None:
    """Put the confirmed days into the draft; those that were looked at before, and days that stand there, stay.

    request  from `request_queries.request_to_change`
    """
    looked_at = {row.on_date for row in request.days}
    fresh = [on for on in Span(request.first_on, request.last_on).days() if on not in looked_at]
    if not fresh:
        return
    days = _days_to_change(request)
    free = [on for on in fresh if not _others(request, days, on)]
    request.days += [HostingDay(on_date=on, day="", item="") for on in fresh]
    _write(request, free, [], now=now, by=by)


def put_in_anyway(request: HostingRequest, dates: Collection[date], *, now: datetime, by: str) -> None:
    """Put days in beside those that stand in their way; a day of the same city gets the item. Again changes nothing."""
    open_dates = [row.on_date for row in request.days if row.on_date in dates and not row.day]
    if open_dates:
        _write(request, open_dates, _days_to_change(request), now=now, by=by)


def leave_out(request: HostingRequest, dates: Collection[date], *, now: datetime, by: str) -> None:
    """Note that days stay out of the draft; again changes nothing."""
    left = [row for row in request.days if row.on_date in dates and not row.day and row.left_out_at is None]
    for row in left:
        row.left_out_at = now
        said = {"left_out": row.on_date.isoformat()}
        note_change(request.public_id, WHAT, {"left_out": ""}, said, now=now, by=by)


def mark_withdrawn(request: HostingRequest, why: str, *, now: datetime, by: str) -> None:
    """Let the items that were put in say that their host does not receive the group any more; the days stay."""
    marked = {row.item for row in request.days if row.item}
    if not marked:
        return
    edits, today = [], today_in(request.city.zone, now)
    for day in _days_to_change(request):
        plan = plan_of(day)
        items = tuple(
            replace(item, standing="declined", standing_by=why[:120], standing_on=today)
            if item.public_id in marked
            else item
            for item in plan.items
        )
        if items != plan.items:
            edits.append(DayEdit(day.public_id, "", replace(plan, items=items)))
    put_in_place(request.event, edits, now=now, by=by)


def confirmed_days(request: HostingRequest) -> list[ConfirmedDay]:
    """Return the confirmed days in order with what became of each; nothing before any was looked at."""
    if not request.days:
        return []
    days = days_of(request.event)
    there = {day.public_id for day in days} | {item.public_id for day in days for item in day.items}
    return [_told(request, row, days, there) for row in request.days]


def approval_is_lacking(request: HostingRequest) -> bool:
    """Tell whether the city asked its council or its lawyers for a yes to the offer, and has noted none of them."""
    if request.offer is None:
        return False
    noted = {approval.step for approval in request.approvals}
    waiting = {step.step for step in request.offer.steps if step.asked_on and not step.done_on}
    council, review = "council_approval" in waiting, "legal_review" in waiting
    return (council and "council" not in noted) or (review and not noted)


def _told(request: HostingRequest, row: HostingDay, days: Sequence[Day], there: Collection[str]) -> ConfirmedDay:
    if row.day:
        return ConfirmedDay(row.on_date, "in_draft" if {row.day, row.item} <= set(there) else "taken_out")
    if row.left_out_at is not None:
        return ConfirmedDay(row.on_date, "left_out")
    return ConfirmedDay(row.on_date, "in_the_way", tuple(_others(request, days, row.on_date)))


def _days_to_change(request: HostingRequest) -> Sequence[Day]:
    """Return the draft, which nobody else changes until the transaction ends."""
    return days_of(desk.event_to_change(request.event.public_id))


def _write(request: HostingRequest, dates: Iterable[date], days: Sequence[Day], *, now: datetime, by: str) -> None:
    """Write a day for each date, or its item into a day of the same date, city and part among `days`."""
    rows = {row.on_date: row for row in request.days}
    edits = []
    for on in dates:
        row, part = rows[on], _part(request, on)
        own = next((day for day in _others(request, days, on) if day.city_id == request.city_id), None)
        row.day, row.item, row.left_out_at = own.public_id if own else new_public_id(), new_public_id(), None
        if own is None:
            items = items_of(request, on, item=row.item)
            plan = DayPlan(on, request.city.public_id, part.public_id if part else "", items=items)
        else:
            plan = plan_of(own)
            items = (*plan.items, hosted_item(request, item=row.item))
            plan = replace(plan, items=in_order(on, items))
        edits.append(DayEdit(row.day, "", plan))
    db.session.flush()
    put_in_place(request.event, edits, now=now, by=by)


def _others(request: HostingRequest, days: Iterable[Day], on: date) -> list[Day]:
    """Return the days of the date in the same part of the programme."""
    part = _part(request, on)
    return [day for day in days if day.on_date == on and day.add_on_id == (part.id if part else None)]


def _part(request: HostingRequest, on: date) -> AddOn | None:
    """Return the tour before or after the programme to which a day in the city belongs; None for the programme."""
    event = request.event
    tours = [one for one in event.add_ons if one.kind in TOURS.values() and not one.withdrawn]
    stops = [one for one in event.stops if one.city_id == request.city_id and one.from_on <= on <= one.to_on]
    if stops and stops[0].part in TOURS:
        tours = [one for one in tours if one.kind == TOURS[stops[0].part]]
    elif stops or event.starts_on <= on <= event.ends_on:
        return None
    around = [one for one in tours if one.from_on and one.to_on and one.from_on <= on <= one.to_on]
    return around[0] if len(around) == 1 else None

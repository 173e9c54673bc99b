"""Days taken as a template: what a tour did once, on the days on which another does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tourreg.domain.itineraries.plans import DayPlan, ItemPlan


def as_new(item: ItemPlan) -> ItemPlan:
    """Return an item as it happens once more: nobody was asked for it yet, and it has no reference number."""
    details = replace(item.details, reference="")
    return replace(item, public_id="", standing="none", standing_by="", standing_on=None, details=details)


def template_days(days: Sequence[DayPlan], first_on: date, add_on: str) -> list[DayPlan]:
    """Return the days as another tour begins with them, each as long after the first as it was.

    first_on  the date of the new first day
    add_on    public id of the tour to which the new days belong, "" for the programme
    Speakers and drivers stay with those whom they serve.
    """
    shift = first_on - min(day.on_date for day in days)
    return [
        DayPlan(day.on_date + shift, day.city, add_on, day.title, tuple(_template(item) for item in day.items))
        for day in days
    ]


def _template(item: ItemPlan) -> ItemPlan:
    fresh = as_new(item)
    return replace(fresh, speakers=(), details=replace(fresh.details, driver="", driver_phone=""))

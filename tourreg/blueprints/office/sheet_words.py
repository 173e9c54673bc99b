"""What is said around the sheet of an itinerary: its zones, its stretches, and what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.blueprints.office.place_words import west_to_east
from tourreg.blueprints.office.sheet import DaySheet, Sheet, sheet_of
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.contacts import speakers
from tourreg.domain.itineraries import steps
from tourreg.domain.itineraries.commands import DaysEditedMeanwhile, SameDayTwice
from tourreg.domain.itineraries.plans import DayPlan
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.rules import typed_end
from tourreg.kernel.plans import fingerprint

NOON = time(12)


@dataclass(frozen=True)
class Other:
    """Who saved while this page was open, and when."""

    who: str
    when: str


@dataclass(frozen=True)
class Stretch:
    """Days in one city, one after the other; `anchor` is the name of the first."""

    city: str
    days: str
    anchor: str


def show_theirs(refusal: DaysEditedMeanwhile, sent: Sheet, event: Event) -> Other:
    """Put beside each day what somebody else saved of it; who then saves again replaces it knowingly."""
    mine = {day.cells.get("id", ""): day for day in sent.days}
    for fresh in sheet_of(day for day in days_of(event) if day.public_id in refusal.days).days:
        if fresh.cells["id"] not in mine:
            sent.days.append(fresh)
            mine[fresh.cells["id"]] = fresh
    for public_id, plan in refusal.days.items():
        _show(mine[public_id], plan)
    return Other(*other_editor(refusal, event.zone))


def note_twice(refusal: SameDayTwice, sent: Sheet) -> None:
    """Say of each further day with the same date, city and part that there is one already."""
    names = (refusal.on_date.isoformat(), refusal.city, refusal.add_on)
    same = [day for day in sent.days if tuple(day.cells.get(cell, "") for cell in ("on", "city", "part")) == names]
    for day in same[1:] or same:
        day.faults["on"] = _("There is another day of this date, city and part. Put everything into one of them.")


@dataclass(frozen=True)
class LastStep:
    """The step that can be taken back: its number in the record, and who took it when."""

    number: int
    words: str


def last_step_words(event: Event) -> LastStep | None:
    """Return the step that can be taken back, with its days, who took it, and when."""
    step = steps.last_step(event)
    if step is None:
        return None
    who = staff_names([step.by]).get(step.by) or _of_city(step.by) or _("Somebody")
    when = formats.stamp(step.at, event.zone, language())
    words = ngettext("%(num)d day, %(who)s, %(when)s", "%(num)d days, %(who)s, %(when)s", step.days, who=who, when=when)
    return LastStep(step.number, words)


def _of_city(actor: str) -> str:
    """Return the name of who did something for a host city; "" for anybody else."""
    found = speakers([actor]).get(actor)
    return found.name if found else ""


def zone_options(zones: Iterable[str], on: str) -> list[tuple[str, str]]:
    """Return zones with their offset on that day and their place, from west to east: −7 Denver."""
    day = _day(on) or date(2027, 1, 1)
    moments = {zone: formats.wall_time(day, NOON, zone) for zone in zones}
    return [
        (zone, f"{offset_alone(moments[zone])} {formats.zone_place(zone, language())}")
        for zone in west_to_east(moments)
    ]


def offset_alone(moment: datetime) -> str:
    return formats.offset(moment).removeprefix("UTC")


def day_in_words(on: str, zone: str) -> str:
    """Return Monday 2 November 2026, Mountain Standard Time (UTC−7); empty where the date is none."""
    day = _day(on)
    if day is None:
        return ""
    zone_words = formats.zone(formats.wall_time(day, NOON, zone), language())
    return _("%(day)s, %(zone)s", day=formats.full_date(day, language()), zone=zone_words)


def stretches(sheet: Sheet, cities: Mapping[str, City]) -> list[Stretch]:
    """Return the cities of the sheet in their order, each with its days."""
    groups: list[list[DaySheet]] = []
    for day in sheet.real_days:
        if groups and groups[-1][0].cells.get("city") == day.cells.get("city"):
            groups[-1].append(day)
        else:
            groups.append([day])
    return [_stretch(group, cities) for group in groups]


def _stretch(group: Sequence[DaySheet], cities: Mapping[str, City]) -> Stretch:
    city = cities.get(group[0].cells.get("city", ""))
    days = sorted(filter(None, (_day(day.cells.get("on", "")) for day in group)))
    shown = formats.date_range(days[0], days[-1], language(), year=False, short=True) if days else ""
    return Stretch(city.name.in_(language()) if city else _("On the way"), shown, group[0].name)


def _show(day: DaySheet, plan: DayPlan | None) -> None:
    if plan is None:
        day.theirs = [_("The day was removed. Save again to put yours in its place.")]
        day.cells.update(id="", seen="")
        return
    day.cells["seen"] = fingerprint(plan)
    items = [f"{item.starts:%H:%M}–{typed_end(item)} {item.title.in_(language())}" for item in plan.items]
    day.theirs = items or [_("The day is empty.")]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

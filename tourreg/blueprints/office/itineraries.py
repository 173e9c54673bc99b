"""The itinerary of an event, written on one sheet: days, and in each the things that happen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.event_words import ITEM_KINDS
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.office import sheet_words
from tourreg.blueprints.office.sheet import DaySheet, Sheet, read_sheet, sheet_of, zones_in
from tourreg.blueprints.office.sheet_reading import Known, read_edits, remark
from tourreg.blueprints.office.sheet_steps import CannotStep, Taken, take_step
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.hosting.proposals import waiting_of_event
from tourreg.domain.itineraries import commands, steps
from tourreg.domain.itineraries.commands import DayEdit
from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.plans import plan_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel import clock
from tourreg.kernel.clock import zones

blueprint = Blueprint("office_itineraries", __name__)

# Forty days of twenty rows with Chinese in every cell, as a browser encodes it, are 5 MB.
let_through(blueprint, 8 * 1024 * 1024, with_files=False)
TOURS = ("pre_tour", "post_tour")
_MORE = re.compile(r"more-(d\d{1,3})", re.ASCII)


@blueprint.get("/office/events/<public_id>/itinerary")
@office()
def sheet(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    days = days_of(event)
    return _page(event, sheet_of(days), days=days)


@blueprint.post("/office/events/<public_id>/itinerary")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    event, sent = desk.event(public_id) or abort(404), read_sheet(request.form)
    wish = request.form.get("do", "")
    more = _MORE.fullmatch(wish)
    if more or wish == "zone":
        return _page(event, sent, more_in=more[1] if more else "")
    if wish == "undo":
        return _undo(event, sent)
    try:
        taken = take_step(sent, wish, request.form)
    except CannotStep as refusal:
        return _page(event, sent, 422, bar=refusal)
    if taken and not taken.said:
        return _page(event, sent)
    edits: list[DayEdit] = []
    if wish in ("drop", "drop-days"):
        chosen = [day for day in sent.picked_days() if day.filled]
        if chosen and wish == "drop":
            return _page(event, sent, asked=chosen)
        edits = [DayEdit(day.cells.get("id", ""), day.cells["seen"], None) for day in sent.picked_days()]
        sent = sent.without_picked()
    edits += read_edits(sent, _known(event, all_cities(), days_of(event)))
    if sent.faults():
        return _page(event, sent, 422)
    return _write(event, sent, edits, taken or Taken(_("Saved.")))


def _write(event: Event, sent: Sheet, edits: Sequence[DayEdit], taken: Taken) -> Response | Redirection:
    public_id = event.public_id
    try:
        with writing():
            commands.rewrite(desk.event_to_change(public_id), edits, now=clock.utc_now(), by=acting())
    except commands.DaysEditedMeanwhile as refusal:
        event = desk.event(public_id) or abort(404)
        who = sheet_words.show_theirs(refusal, sent, event)
        return _page(event, sent, 409, who=who)
    except commands.SameDayTwice as refusal:
        event = desk.event(public_id) or abort(404)
        sheet_words.note_twice(refusal, sent)
        return _page(event, sent, 422)
    flash(taken.said)
    return redirect(url_for(".sheet", public_id=public_id, _anchor=taken.day or None), 303)


def _undo(event: Event, sent: Sheet) -> Response | Redirection:
    """Take the last step back, unless something was typed that this would lose."""
    edits, public_id = read_edits(sent, _known(event, all_cities(), days_of(event))), event.public_id
    if sent.faults() or any(commands.is_change(edit) for edit in edits):
        return _page(event, sent, 422, bar=CannotStep("undo", _("Save what you typed first, or open the page anew.")))
    try:
        with writing():
            step = int(request.form.get("step", ""), 10)
            steps.undo(desk.event_to_change(public_id), step, now=clock.utc_now(), by=acting())
    except (steps.NotTheLastStep, ValueError):
        flash(_("Something was saved or undone meanwhile; this is the itinerary as it is now."))
    except (steps.CannotBeUndone, commands.SameDayTwice):
        flash(_("This cannot be undone any more: the days were changed since."))
    else:
        flash(_("Undone."))
    return redirect(url_for(".sheet", public_id=public_id), 303)


def _page(
    event: Event,
    shown: Sheet,
    status: int = 200,
    *,
    more_in: str = "",
    asked: Sequence[DaySheet] = (),
    days: Sequence[Day] | None = None,
    who: sheet_words.Other | None = None,
    bar: CannotStep | None = None,
) -> Response:
    cities = all_cities()
    by_id = {city.public_id: city for city in cities}
    for day in shown.days:
        day.cells["zone"] = _zone_of(day, event, by_id)
    known = _known(event, cities, days_of(event) if days is None else days)
    remark(shown, event, known, clock.local_day(clock.utc_now(), event.zone))
    shown = shown.laid_out(more_in=more_in)
    page = render_template(
        "office/itineraries/sheet.html",
        event=event,
        sheet=shown,
        faults=_faults(shown, bar) if status == 422 else [],
        bar=bar,
        bar_says=request.form,
        last=sheet_words.last_step_words(event),
        asked=asked,
        proposed=waiting_of_event(event.id),
        who=who,
        cities=cities,
        city_of=by_id,
        tours=[add_on for add_on in event.add_ons if add_on.kind in TOURS],
        kinds=ITEM_KINDS,
        zones=_offered(shown, event),
        all_zones=sorted(zones()),
        zone_options=sheet_words.zone_options,
        day_in_words=sheet_words.day_in_words,
        stretches=sheet_words.stretches(shown, by_id),
        clashes=sum(bool(row.clash) for day in shown.days for row in day.rows),
        lacking=sum(bool(row.missing) for day in shown.days for row in day.rows),
    )
    return make_response(page, status)


def _faults(shown: Sheet, bar: CannotStep | None) -> list[tuple[str, str]]:
    return [(bar.field, bar.sentence)] if bar else shown.faults()


def _known(event: Event, cities: Sequence[City], days: Sequence[Day] = ()) -> Known:
    """Return what the rows of a sheet may name, and what stands now of the items of these days."""
    items = {item.public_id: item for day in days for item in plan_of(day).items}
    return Known({city.public_id for city in cities}, {add_on.public_id for add_on in event.add_ons}, items)


def _zone_of(day: DaySheet, event: Event, cities: Mapping[str, City]) -> str:
    city = cities.get(day.cells.get("city", ""))
    return city.zone if city else event.zone


def _offered(shown: Sheet, event: Event) -> list[str]:
    """Return the zones that rows may choose from: those of the route, those in use, and those that were asked for."""
    asked = {*request.form.get("offered", "").split(), request.form.get("zone", "")}
    route = {stop.city.zone for stop in event.stops}
    return sorted({event.zone, *route, *(({*zones_in(shown), *asked}) & zones())})

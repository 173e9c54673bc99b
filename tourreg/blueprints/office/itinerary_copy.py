"""A tour taken as a template: the days of another event, or of one of its tours, put on new dates."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import FIRST_DAY, LAST_DAY, Choice, Day
from tourreg.blueprints.office.itineraries import TOURS
from tourreg.blueprints.office.sheet import MOST_DAYS
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import commands
from tourreg.domain.itineraries.commands import DayEdit
from tourreg.domain.itineraries.copying import template_days
from tourreg.domain.itineraries.plans import DayPlan, plan_of
from tourreg.domain.itineraries.queries import WrittenPart, days_of, written_parts
from tourreg.kernel import clock

blueprint = Blueprint("office_itinerary_copy", __name__)
PROGRAMME = "programme"


class TemplateForm(Form):
    source = Choice(_l("Take the days of"))
    first_on = Day(_l("Date of the first day"), needed=_l("Type the date on which the first day falls."))
    part = Choice(_l("They become days of"), default=PROGRAMME)


@blueprint.get("/events/<public_id>/itinerary/copy")
@office("programme")
def choose(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    parts = written_parts()
    return _page(event, _form(event, parts), parts)


@blueprint.post("/events/<public_id>/itinerary/copy")
@office("programme")
def copy(public_id: str) -> Response | Redirection:
    event, parts = desk.event(public_id) or abort(404), written_parts()
    form = _form(event, parts)
    if not form.validate():
        return _page(event, form, parts, 422)
    days = _days(event, form)
    if fault := _fault_of_dates(event, days):
        form.first_on.errors = [fault]
        return _page(event, form, parts, 422)
    try:
        with writing():
            edits = [DayEdit("", "", day) for day in days]
            commands.rewrite(desk.event_to_change(public_id), edits, now=clock.utc_now(), by=acting())
    except commands.SameDayTwice as refusal:
        day = formats.full_date(refusal.on_date, language())
        form.first_on.errors = [_("There is a day of the same city and part on %(day)s already.", day=day)]
        return _page(desk.event(public_id) or abort(404), form, parts, 422)
    flash(ngettext("%(num)d day was added.", "%(num)d days were added.", len(days)))
    return redirect(url_for("office_itineraries.sheet", public_id=public_id), 303)


def _form(event: Event, parts: Sequence[WrittenPart]) -> TemplateForm:
    form = TemplateForm(request.form)
    form.source.offer({_name(part): _words(part) for part in parts})
    tours = {tour.public_id: tour.label.in_(language()) for tour in event.add_ons if tour.kind in TOURS}
    form.part.offer({PROGRAMME: _("Programme"), **tours})
    return form


def _days(event: Event, form: TemplateForm) -> list[DayPlan]:
    """Return the days that the form asks for."""
    source, _slash, part = form.source.data.partition("/")
    theirs = days_of(desk.event(source) or abort(404))
    days = [plan for plan in map(plan_of, theirs) if plan.add_on == part]
    return template_days(days, form.first_on.value, "" if form.part.data == PROGRAMME else form.part.data)


def _fault_of_dates(event: Event, days: Sequence[DayPlan]) -> str:
    last_on = max(day.on_date for day in days)
    if not FIRST_DAY <= last_on <= LAST_DAY:
        return _("The day lies between 2000 and 2099.")
    if len(days_of(event)) + len(days) > MOST_DAYS:
        return _("An itinerary has at most %(most)d days; this would be more.", most=MOST_DAYS)
    return ""


def _name(part: WrittenPart) -> str:
    return f"{part.event}/{part.add_on}"


def _words(part: WrittenPart) -> str:
    title, tour = part.title.in_(language()) or _("Without a title"), part.label.in_(language())
    days = formats.date_range(part.first_on, part.last_on, language())
    return " · ".join(words for words in (title, tour, days) if words)


def _page(event: Event, form: TemplateForm, parts: Sequence[WrittenPart], status: int = 200) -> Response:
    page = render_template("office/itineraries/copy.html", event=event, form=form, parts=parts)
    return make_response(page, status)

"""Certificates: those of all programmes, and giving a programme's host cities theirs, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import BooleanField, Form, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tourreg import formats
from tourreg.blueprints import paper_files
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.certificate_words import STATES
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.papers import FRAME
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.paper_kinds import LANGUAGES, PAGE_SIZES
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.certificates import commands, queries
from tourreg.domain.certificates.commands import Form as Printed
from tourreg.domain.certificates.documents import recognition_sheet
from tourreg.domain.certificates.rules import Wording, holder_of
from tourreg.domain.cities.models import City
from tourreg.domain.cities.queries import cities_by_id
from tourreg.domain.hosting.history import Hosted, hosts_of
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize

blueprint = Blueprint("office_certificates", __name__)


class PrintForm(Form):
    """How certificates are printed, and whether their cities are written to."""

    language = SelectField(_l("Language of the paper"), choices=[SelectChoice(*one) for one in LANGUAGES.items()])
    page_size = SelectField(_l("Size"), choices=[SelectChoice(*one) for one in PAGE_SIZES.items()])
    tell = BooleanField(_l("Send it to the contacts of the city by letter"))

    def printed(self) -> Printed:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        return Printed(typed.language.data, typed.page_size.data, tell=bool(typed.tell.data))


class IssueForm(PrintForm):
    """Which cities are given a certificate."""

    city = SelectMultipleField(_l("Cities"), validate_choice=False)

    def validate_city(self, control: Any) -> None:
        """Keep of what was sent the cities that can be given one."""
        offered = {choice.value for choice in control.choices}
        control.data = [sent for sent in dict.fromkeys(control.data or ()) if sent in offered]
        if not control.data:
            control.errors = [_("Choose at least one city.")]


@blueprint.get("/certificates")
@office()
def index() -> str:
    state = request.args.get("state")
    state = state if state in STATES else None
    number = asked_page()
    rows, total = queries.certificates(state, page=number, size=PAGE_ROWS)
    shown = Page(rows, number, total)
    return render_template("office/certificates/index.html", page=shown, state=state, states=STATES)


@blueprint.get("/events/<public_id>/certificates")
@office()
def of_event(public_id: str) -> Response:
    event = _event(public_id)
    return _page(event, _form(event))


@blueprint.post("/events/<public_id>/certificates")
@office("programme")
def issue(public_id: str) -> Response | Redirection:
    """Issue to each of the chosen cities; the same form again issues nothing more."""
    event = _event(public_id)
    form, key = _form(event, request.form), submission_key(request.form)
    if commands.is_issued(request.form.getlist("city"), submission_key=key):
        return redirect(url_for(".of_event", public_id=public_id), 303)
    if not form.validate() or form.city.errors:
        return _page(event, form, 422, key)
    chosen: list[str] = form.city.data or []
    printed, by = form.printed(), acting()
    with_free_name(lambda: _issue(public_id, chosen, printed, key, by))
    flash(
        ngettext(
            "%(num)d certificate is issued. Its files are made in a moment.",
            "%(num)d certificates are issued. Their files are made in a moment.",
            len(chosen),
        )
    )
    return redirect(url_for(".of_event", public_id=public_id), 303)


@blueprint.get("/events/<public_id>/certificates/<city>.pdf")
@office()
@paper_files.printable
def working_copy(public_id: str, city: str) -> Response:
    """Print a certificate as it would be issued now: stamped, without a number, kept nowhere."""
    event = _event(public_id)
    visits = hosts_of(event)
    cities = cities_by_id(visit.city_id for visit in visits)
    visit = next((one for one in visits if cities[one.city_id].public_id == city), None) or abort(404)
    place = cities[visit.city_id]
    sheet = recognition_sheet(visit, place, usual_wording(visit, place), now=clock.utc_now(), issued=False)
    back = url_for(".of_event", public_id=public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=usual_form(event))


def usual_wording(visit: Hosted, city: City) -> Wording:
    """Return what a city's certificate says until somebody writes it otherwise."""
    return Wording(holder_of(city.name), people=visit.people)


def usual_form(event: Event) -> tuple[PaperLanguage, PageSize]:
    """Return both languages, on the paper that the seller's country uses."""
    return "both", "letter" if event.issuer.country == "US" else "a4"


def _issue(public_id: str, chosen: Sequence[str], printed: Printed, key: str, by: str) -> None:
    now = clock.utc_now()
    with writing():
        visits = hosts_of(desk.event_to_change(public_id))
        cities = cities_by_id(visit.city_id for visit in visits)
        for visit in visits:
            city = cities[visit.city_id]
            if city.public_id in chosen:
                wording = usual_wording(visit, city)
                commands.issue(visit, city, wording, printed, submission_key=key, now=now, by=by)


def _event(public_id: str) -> Event:
    return desk.event(public_id) or abort(404)


def _form(event: Event, typed: MultiDict[str, str] | None = None) -> IssueForm:
    """Return the form with the cities that hold none yet, those chosen to begin with whose visit is over."""
    form, today = IssueForm(typed), local_day(clock.utc_now(), event.zone)
    open_ones = _without(event)
    control: Any = form.city
    control.choices = [SelectChoice(city.public_id, _visit_words(visit, city, today)) for visit, city in open_ones]
    if typed is None:
        usual = usual_form(event)
        form.language.data, form.page_size.data = usual
        form.tell.data = True
        control.data = [city.public_id for visit, city in open_ones if visit.last_on < today]
    return form


def _without(event: Event) -> list[tuple[Hosted, City]]:
    """Return the hosts of an event that hold no certificate for it, with their visits."""
    holding = {one.city_id for one in queries.of_event(event) if one.state == "issued"}
    visits = [visit for visit in hosts_of(event) if visit.city_id not in holding]
    cities = cities_by_id(visit.city_id for visit in visits)
    return [(visit, cities[visit.city_id]) for visit in visits]


def _visit_words(visit: Hosted, city: City, today: date) -> str:
    days = formats.date_range(visit.first_on, visit.last_on, language())
    told = [city.name.in_(language()), days]
    if visit.people:
        told.append(ngettext("%(num)d person", "%(num)d people", visit.people))
    if visit.last_on >= today:
        told.append(_("not over yet"))
    return ("，" if language() == "zh" else ", ").join(told)


def _page(event: Event, form: IssueForm, status: int = 200, key: str = "") -> Response:
    issued = queries.of_event(event)
    page = render_template(
        "office/certificates/event.html",
        event=event,
        form=form,
        issued=issued,
        successors=queries.successors(issued),
        states=STATES,
        submission_key=key or new_public_id(),
    )
    return make_response(page, status)

"""Whose security desk asked for nationality: a roster shows it to these cities alone."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Day
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import security_desks
from tourreg.domain.hosting.security_desks import Asking
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day

blueprint = Blueprint("office_security_desks", __name__)


class RequestForm(Form):
    city = SelectField(_l("City"))
    asked_by = Line(
        _l("Who asked"), most=200, needed=_l("Type who asked."), hint=_l("Name and desk, as in their letter.")
    )
    asked_on = Day(_l("Asked on"), needed=_l("Type the day on which they asked."))


@blueprint.route("/events/<public_id>/papers/nationality", methods=["GET", "POST"])
@office("programme")
def index(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    form = _form(event)
    if request.method == "POST" and _is_right(form, event):
        asking = Asking(form.city.data, form.asked_by.data or "", form.asked_on.value)
        with writing():
            security_desks.note_request(public_id, asking, now=clock.utc_now(), by=acting())
        flash(_("Noted. The roster for this security desk shows nationality."))
        return redirect(url_for(".index", public_id=public_id), 303)
    noted = security_desks.requests_of(public_id)
    page = render_template("office/papers/nationality.html", event=event, form=form, noted=noted)
    return make_response(page, 422 if form.errors else 200)


@blueprint.post("/events/<public_id>/papers/nationality/<city>/end")
@office("programme")
def end(public_id: str, city: str) -> Redirection:
    """Show the city no nationality any more."""
    event = desk.event(public_id) or abort(404)
    with writing():
        security_desks.end_request(event.public_id, city, now=clock.utc_now(), by=acting())
    flash(_("This city is shown no nationality any more. Rosters that were issued stay as they are."))
    return redirect(url_for(".index", public_id=public_id), 303)


def _form(event: Event) -> RequestForm:
    form = RequestForm(request.form or None)
    cities = dict.fromkeys(stop.city for stop in event.stops)
    form.city.choices = [SelectChoice(city.public_id, city.name.in_(language())) for city in cities]
    return form


def _is_right(form: RequestForm, event: Event) -> bool:
    right = form.validate()
    today = local_day(clock.utc_now(), event.zone)
    if right and form.asked_on.value > today:
        form.asked_on.errors = [_("This day lies ahead. Note what was asked, once it was.")]
        return False
    return bool(right)

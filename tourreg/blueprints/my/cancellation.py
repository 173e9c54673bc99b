"""Asking the office to cancel one's own registration, behind a fresh code, and taking the request back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import fresh_code
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.registrations import holds, own_changes
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import EventIsOver, NothingIsAsked, RegistrationIsClosed
from tourreg.kernel import clock

blueprint = Blueprint("my_cancellation", __name__)


class RequestForm(FlaskForm):
    why = Lines(_l("Reason"), most=own_changes.LONGEST_REASON, hint=_l("Our office reads it."), render_kw={"rows": "4"})


@blueprint.get("/my/registrations/<public_id>/cancellation")
@registration_holder
def ask(registration: Registration) -> str | Response | Redirection:
    try:
        own_changes.require_cancellable(registration, clock.utc_now())
    except (RegistrationIsClosed, EventIsOver) as refusal:
        return _closed(registration, refusal, 200)
    return fresh_code.turned_away(registration, "cancellation") or _page(registration, RequestForm(formdata=None))


@blueprint.post("/my/registrations/<public_id>/cancellation")
@registration_holder
def send(registration: Registration) -> Response | Redirection:
    form = RequestForm()
    if not form.validate():
        return make_response(_page(registration, form), 422)
    if fresh_code.is_too_late(registration):
        form.form_errors.append(fresh_code.too_late())
        return make_response(_page(registration, form), 403)
    public_id, now = registration.public_id, clock.utc_now()
    try:
        with writing():
            own_changes.ask_to_cancel(registration.id, form.why.data, now=now)
    except (RegistrationIsClosed, EventIsOver) as refusal:
        return _closed(registration, refusal, 409)
    flash(_("Your request is with our office. A letter confirms it; nothing is cancelled yet."))
    return redirect(url_for("my.registration", public_id=public_id), 303)


@blueprint.post("/my/registrations/<public_id>/cancellation/taken-back")
@registration_holder
def take_back(registration: Registration) -> Redirection:
    public_id = registration.public_id
    if fresh_code.is_too_late(registration):
        return redirect(url_for("fresh_code.ask", public_id=public_id, onward="cancellation"), 303)
    try:
        with writing():
            own_changes.take_request_back(registration.id, now=clock.utc_now())
    except NothingIsAsked:
        flash(_("Our office has answered before. Look at its letter."))
    else:
        flash(_("The request is taken back. Your registration stands as it was."))
    return redirect(url_for("my.registration", public_id=public_id), 303)


def _page(registration: Registration, form: RequestForm) -> str:
    return render_template(
        "my/cancellation.html",
        registration=registration,
        form=form,
        request_made=own_changes.request_of(registration),
        money=billing.standing(registration.folio),
        held_until=holds.held_until(registration),
    )


def _closed(registration: Registration, refusal: RegistrationIsClosed | EventIsOver, status: int) -> Response:
    is_over = isinstance(refusal, EventIsOver)
    return make_response(render_template("my/closed.html", registration=registration, over=is_over), status)

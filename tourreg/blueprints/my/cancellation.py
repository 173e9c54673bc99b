"""Asking the office to cancel one's own registration, behind a fresh code, and taking the request back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.cancellation_words import policy_of
from tourreg.blueprints.chosen_parts import chosen_of, hidden_of, shown_of, ticks_of
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import fresh_code
from tourreg.blueprints.office.money_words import MEANS
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.registrations import holds, own_changes
from tourreg.domain.registrations.chosen import Chosen, NothingChosen
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import EventIsOver, NothingIsAsked, RegistrationIsClosed
from tourreg.domain.settlements.foreseeing import Order, foresee
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
    away = fresh_code.turned_away(registration, "cancellation")
    return away or _page(registration, RequestForm(formdata=None), shown_of(registration, request.args))


@blueprint.post("/my/registrations/<public_id>/cancellation")
@registration_holder
def send(registration: Registration) -> Response | Redirection:
    form, chosen = RequestForm(), shown_of(registration, request.form)
    if not form.validate():
        return make_response(_page(registration, form, chosen), 422)
    if fresh_code.is_too_late(registration):
        form.form_errors.append(fresh_code.too_late())
        return make_response(_page(registration, form, chosen), 403)
    public_id, now = registration.public_id, clock.utc_now()
    try:
        chosen = chosen_of(registration, request.form)
        with writing():
            own_changes.ask_to_cancel(registration.id, form.why.data, now=now, chosen=chosen)
    except (RegistrationIsClosed, EventIsOver) as refusal:
        return _closed(registration, refusal, 409)
    except NothingChosen:
        form.form_errors.append(_("What you chose is no longer part of the registration. Choose again."))
        return make_response(_page(registration, form, chosen), 409)
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


def _page(registration: Registration, form: RequestForm, chosen: Chosen) -> str:
    """Return what would come back of the chosen, with the question; or the request that waits."""
    request_made = own_changes.request_of(registration)
    if request_made:
        chosen = own_changes.asked_for(registration)
    now = clock.utc_now()
    return render_template(
        "my/cancellation.html",
        registration=registration,
        form=form,
        request_made=request_made,
        money=billing.standing(registration.folio),
        held_until=holds.held_until(registration),
        ahead=foresee(registration, Order(chosen, "", ""), now=now),
        names={person.public_id: person.name.latin() for person in registration.participants},
        ticks=ticks_of(registration, chosen),
        hidden=hidden_of(chosen),
        policy=policy_of(registration.event, registration.folio.currency),
        means=MEANS,
    )


def _closed(registration: Registration, refusal: RegistrationIsClosed | EventIsOver, status: int) -> Response:
    is_over = isinstance(refusal, EventIsOver)
    return make_response(render_template("my/closed.html", registration=registration, over=is_over), status)

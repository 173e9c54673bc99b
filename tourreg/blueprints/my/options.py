"""Choosing optional items for the people of one's own registration, behind a fresh code, and giving them up."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import fresh_code
from tourreg.blueprints.my.option_words import REFUSALS, another_pays, asked_to_cancel, why_not
from tourreg.blueprints.office.money_words import MEANS
from tourreg.blueprints.option_offers import BETWEEN, no_longer_offered, offers_of, wishes_of
from tourreg.blueprints.outside import payments
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.registrations import options
from tourreg.domain.registrations.chosen import Chosen, NothingChosen
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import (
    EventIsOver,
    RegistrationIsClosed,
    contact_actor,
    require_cancellable,
)
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.cancellations import ForeseenOtherwise, NothingToCancel
from tourreg.domain.settlements.foreseeing import Order, fingerprint_of, foresee
from tourreg.domain.settlements.options import GIVEN_UP, choose_options, is_paid_by_another
from tourreg.domain.settlements.queries import cancellation_of_form
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("my_options", __name__)


class ChoiceForm(FlaskForm):
    """The ticks are read beside it; it carries the token and what is wrong."""


@blueprint.get("/my/registrations/<public_id>/options")
@registration_holder
def ask(registration: Registration) -> str | Response | Redirection:
    try:
        require_cancellable(registration, clock.utc_now())
    except (RegistrationIsClosed, EventIsOver) as refusal:
        return _closed(registration, refusal, 200)
    return fresh_code.turned_away(registration, "options") or _page(registration, ChoiceForm(formdata=None))


@blueprint.post("/my/registrations/<public_id>/options")
@registration_holder
def choose(registration: Registration) -> Response | Redirection:
    """Take what is ticked, all of it or nothing; the same form again takes nothing more."""
    form, now, public_id = ChoiceForm(), clock.utc_now(), registration.public_id
    if not form.validate():
        return make_response(_page(registration, form), 422)
    if fresh_code.is_too_late(registration):
        form.form_errors.append(fresh_code.too_late())
        return make_response(_page(registration, form), 403)
    try:
        with writing():
            choose_options(
                registration.id,
                wishes_of(request.form.getlist("option"), request.form),
                submission_key=submission_key(request.form),
                now=now,
                by=contact_actor(registration),
            )
    except (RegistrationIsClosed, EventIsOver) as refusal:
        return _closed(registration, refusal, 409)
    except REFUSALS as refusal:
        form.form_errors.append(why_not(refusal))
        return make_response(_page(registration, form), 422)
    flash(_("It is chosen, and a letter confirms it."))
    return redirect(url_for(".ask", public_id=public_id), 303)


@blueprint.get("/my/registrations/<public_id>/options/<person>/<option>")
@registration_holder
def show(registration: Registration, person: str, option: str) -> str | Response | Redirection:
    """Show what giving an option up would bring back today."""
    away = fresh_code.turned_away(registration, "options")
    return away or _giving_up(registration, person, option, ChoiceForm(formdata=None), 200)


@blueprint.post("/my/registrations/<public_id>/options/<person>/<option>")
@registration_holder
def give_up(registration: Registration, person: str, option: str) -> Response | Redirection:
    """Give one option up by the terms that it was chosen under; its place is free at once."""
    form, now, public_id = ChoiceForm(), clock.utc_now(), registration.public_id
    if not form.validate():
        return _giving_up(registration, person, option, form, 422)
    if fresh_code.is_too_late(registration):
        form.form_errors.append(fresh_code.too_late())
        return _giving_up(registration, person, option, form, 403)
    key = submission_key(request.form)
    try:
        if cancellation_of_form(key) is None:
            options.require_given_up_in_time(registration, person, option, now=now)
        order = _order(registration, person, option, key, request.form.get("seen", "") or "?")
        settling.cancel(registration.id, order, payments(), now=now, by=contact_actor(registration))
    except ForeseenOtherwise:
        form.form_errors.append(_("Meanwhile something else would come back. Look at it, and send again."))
        return _giving_up(registration, person, option, form, 409)
    except PaymentsError:
        form.form_errors.append(_("Stripe does not answer, so nothing was changed. Try again in some minutes."))
        return _giving_up(registration, person, option, form, 503)
    except (*REFUSALS, NothingToCancel, NothingChosen) as refusal:
        flash(why_not(refusal))
    else:
        flash(_("It is given up, and a letter confirms it."))
    return redirect(url_for(".ask", public_id=public_id), 303)


def _page(registration: Registration, form: ChoiceForm) -> str:
    now = clock.utc_now()
    offers = offers_of(registration, now)
    return render_template(
        "my/options.html",
        registration=registration,
        form=form,
        offers=offers,
        gone=no_longer_offered(registration, offers),
        ticked=set(request.form.getlist("option")),
        waits=asked_to_cancel() if registration.cancellation_state == "asked" else "",
        somebody_else_pays=another_pays() if _is_paid_by_another(registration) else "",
        between=BETWEEN,
        submission_key=request.form.get("submission_key") or new_public_id(),
    )


def _is_paid_by_another(registration: Registration) -> bool:
    return is_paid_by_another(bill_of(registration.folio_id), registration)


def _giving_up(registration: Registration, person: str, option: str, form: ChoiceForm, status: int) -> Response:
    now = clock.utc_now()
    try:
        seat = options.require_given_up_in_time(registration, person, option, now=now)
    except REFUSALS as refusal:
        flash(why_not(refusal))
        return make_response(redirect(url_for(".ask", public_id=registration.public_id), 303))
    ahead = foresee(registration, _order(registration, person, option, "", ""), now=now)
    page = render_template(
        "my/option_given_up.html",
        registration=registration,
        form=form,
        add_on=seat.add_on,
        who=seat.participant.name,
        ahead=ahead,
        seen=fingerprint_of(ahead),
        names={one.public_id: one.name.latin() for one in registration.participants},
        means=MEANS,
        submission_key=request.form.get("submission_key") or new_public_id(),
    )
    return make_response(page, status)


def _order(registration: Registration, person: str, option: str, key: str, seen: str) -> Order:
    why = GIVEN_UP.in_("zh" if registration.language == "zh" else "en")
    return Order(Chosen(add_ons=((person, option),)), why, key, seen=seen)


def _closed(registration: Registration, refusal: RegistrationIsClosed | EventIsOver, status: int) -> Response:
    is_over = isinstance(refusal, EventIsOver)
    return make_response(render_template("my/closed.html", registration=registration, over=is_over), status)

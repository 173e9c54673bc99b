"""Choosing optional items for people who ask the office, on whoever's bill."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.my.option_words import REFUSALS, why_not
from tourreg.blueprints.option_offers import BETWEEN, no_longer_offered, offers_of, wishes_of
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import EventIsOver, RegistrationIsClosed
from tourreg.domain.settlements.options import choose_options
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_option_choices", __name__)


class ChoiceForm(FlaskForm):
    """The ticks are read beside it; it carries the token and what is wrong."""


@blueprint.get("/registrations/<public_id>/options")
@office("finance")
def ask(public_id: str) -> str:
    return _page(_found(public_id), ChoiceForm(formdata=None))


@blueprint.post("/registrations/<public_id>/options")
@office("finance")
def choose(public_id: str) -> Response | tuple[str, int]:
    """Take what is ticked, all of it or nothing; the same form again takes nothing more."""
    found, form, now = _found(public_id), ChoiceForm(), clock.utc_now()
    if not form.validate():
        return _page(found, form), 422
    wishes, key = wishes_of(request.form.getlist("option"), request.form), submission_key(request.form)
    try:
        with writing():
            choose_options(found.id, wishes, submission_key=key, now=now, by=acting(), by_office=True)
    except (RegistrationIsClosed, EventIsOver):
        form.form_errors.append(_("The registration has no seats any more, or the programme is over."))
        return _page(_found(public_id), form), 409
    except REFUSALS as refusal:
        form.form_errors.append(why_not(refusal))
        return _page(_found(public_id), form), 422
    flash(_("It is chosen, and a letter confirms it."))
    return redirect(url_for(".ask", public_id=public_id), 303)


def _page(registration: Registration, form: ChoiceForm) -> str:
    offers = offers_of(registration, clock.utc_now(), late=True)
    return render_template(
        "office/registrations/options.html",
        registration=registration,
        form=form,
        offers=offers,
        gone=no_longer_offered(registration, offers),
        ticked=set(request.form.getlist("option")),
        between=BETWEEN,
        submission_key=request.form.get("submission_key") or new_public_id(),
    )


def _found(public_id: str) -> Registration:
    return registrations.by_public_id(public_id) or abort(404)

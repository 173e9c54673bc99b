"""Letting somebody else come in a participant's place."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.corrections import PersonForm
from tourreg.blueprints.office.money_words import page_of, registration_or_404
from tourreg.db import writing
from tourreg.domain.registrations import own_changes, replacing, rules
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.invoices import name_anew
from tourreg.domain.travel import telling
from tourreg.kernel import clock

blueprint = Blueprint("office_replacements", __name__)


class ReplacementForm(PersonForm):
    why = Line(_l("Reason, for the history"), most=replacing.LONGEST_REASON)
    correct_invoice = BooleanField(_l("Correct the invoice too: a credit note, and a new invoice with the new name"))


@blueprint.route("/registrations/<public_id>/people/<person>/replace", methods=["GET", "POST"])
@office("programme", "finance")
def replace(public_id: str, person: str) -> str | tuple[str, int] | Response:
    registration = registration_or_404(public_id)
    place = next((one for one in registration.participants if one.public_id == person), None) or abort(404)
    form = ReplacementForm()
    form.ask_for_guest_of(place)
    if form.validate_on_submit() and _is_replaced(registration, person, form):
        flash(_("The new participant stands in the place. The contact is asked for the consents by letter."))
        return redirect(page_of(registration), 303)
    page = render_template(
        "office/registrations/replacement.html", form=form, registration=registration, participant=place
    )
    return page, 422 if form.errors or form.form_errors else 200


def _is_replaced(registration: Registration, person: str, form: ReplacementForm) -> bool:
    """Replace the participant; where that is refused, say why with the form and return False."""
    now, why = clock.utc_now(), form.why.data
    try:
        with writing():
            replacing.replace_participant(registration.id, person, form.person(), why=why, now=now, by=acting())
            telling.forget_whoever_left(registration, person)
            if form.correct_invoice.data:
                reason = why or _("Another person takes part.")
                name_anew(registration.id, reason=reason, now=now, by=acting())
    except (own_changes.RegistrationIsClosed, own_changes.EventIsOver, replacing.NotTakingPart):
        form.form_errors.append(
            _("This place can no longer be given to anybody: it was given back, or the event is over.")
        )
    except replacing.SamePerson:
        form.surname.errors = [_("This is the same person. Correct the name instead.")]
    except rules.SamePersonTwice:
        form.surname.errors = [_("This person takes part already. An e-mail address or a native name tells two apart.")]
    else:
        return True
    return False

"""Cancelling a registration with a full refund, what will happen shown first; and declining a request to cancel."""

from flask import Blueprint, flash, redirect, render_template
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import LOCALES
from tourreg.blueprints.office.money_words import described, page_of, registration_or_404
from tourreg.blueprints.outside import payments
from tourreg.db import writing
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling
from tourreg.kernel import clock

blueprint = Blueprint("office_cancellations", __name__)


class CancelForm(FlaskForm):
    why = Lines(_l("Reason, for the payer"), most=300, needed=_l("Say why; the payer reads it."), printed=True)


class KeepForm(FlaskForm):
    why = Lines(_l("Answer, for the contact"), most=500, needed=_l("Say why; the contact reads it."))


@blueprint.route("/money/cancellations/<public_id>", methods=["GET", "POST"])
@office("finance")
def cancel(public_id: str) -> str | tuple[str, int] | Response:
    registration = registration_or_404(public_id)
    request_made = own_changes.request_of(registration)
    form = CancelForm(data={"why": _as_asked(registration)} if request_made else None)
    if form.validate_on_submit() and _is_cancelled(registration, form):
        return redirect(page_of(registration), 303)
    page = render_template(
        "office/money/cancellation.html",
        form=form,
        ahead=cancelling.foresee(registration),
        request_made=request_made,
        **described(registration),
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.route("/money/cancellations/<public_id>/keep", methods=["GET", "POST"])
@office("finance")
def keep(public_id: str) -> str | tuple[str, int] | Response:
    """Answer a request to cancel with no."""
    registration = registration_or_404(public_id)
    form = KeepForm()
    if form.validate_on_submit():
        try:
            with writing():
                own_changes.keep_registration(registration.id, form.why.data, now=clock.utc_now(), by=acting())
        except own_changes.NothingIsAsked:
            flash(_("No request to cancel waits for an answer."))
        else:
            flash(_("The registration stays, and the letter is on its way."))
        return redirect(page_of(registration), 303)
    request_made = own_changes.request_of(registration)
    page = render_template("office/money/keep.html", form=form, request_made=request_made, **described(registration))
    return page, 422 if form.errors else 200


def _as_asked(registration: Registration) -> str:
    """Return why it is cancelled, in the language of its contact."""
    with force_locale(LOCALES["zh" if registration.language == "zh" else "en"]):
        return _("You asked us to cancel.")


def _is_cancelled(registration: Registration, form: CancelForm) -> bool:
    try:
        settling.cancel(registration.id, payments(), why=form.why.data, now=clock.utc_now(), by=acting())
    except cancelling.NothingToCancel:
        flash(_("This registration has neither seats nor money; there is nothing to cancel."))
    except PaymentsError:
        form.form_errors.append(
            _("Stripe cannot be asked to close the payment page now. Nothing was cancelled; try again in a minute.")
        )
        return False
    else:
        flash(_("The registration is cancelled, and the letter is on its way."))
    return True

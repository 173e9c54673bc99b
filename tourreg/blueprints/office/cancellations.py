"""Cancelling a registration or a part of it, what will happen shown first; and declining a request to cancel."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField
from wtforms.validators import ValidationError

from tourreg import formats, settling
from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.cancellation_words import policy_of
from tourreg.blueprints.chosen_parts import chosen_named, hidden_of, shown_of, ticks_of
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import LOCALES
from tourreg.blueprints.large_requests import AROUND_A_FILE, let_through
from tourreg.blueprints.office.money_words import MEANS, described, page_of, registration_or_404
from tourreg.blueprints.outside import files, payments
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations.chosen import Chosen, NothingChosen
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancellations, foreseeing, queries
from tourreg.domain.settlements.foreseeing import Ahead, Exemption, Order
from tourreg.kernel import clock
from tourreg.kernel.file_kinds import MEDIA_TYPES, kind_of
from tourreg.kernel.money import AmountUnreadable, read_money
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_cancellations", __name__)

LARGEST_DOCUMENT = 5 * 1024 * 1024
LONGEST_NAME = 120
let_through(blueprint, LARGEST_DOCUMENT + AROUND_A_FILE)


class CancelForm(FlaskForm):
    """Why, and what is kept of each line where that is not what the terms say."""

    why = Lines(_l("Reason, for the payer"), most=300, needed=_l("Say why; the payer reads it."), printed=True)
    exemption = Lines(
        _l("Why another fee is kept"),
        most=500,
        hint=_l("Only where you change a fee: a denied visa, for example. Only the office reads it."),
    )
    document = FileField(_l("A document that shows it"), description=_l("A PDF, PNG or JPEG of at most 5 MB."))
    seen = HiddenField()
    submission_key = HiddenField()

    content: bytes = b""

    def validate_document(self, field: FileField) -> None:
        if not field.data or not field.data.filename:
            return
        self.content = field.data.read(LARGEST_DOCUMENT + 1)
        if len(self.content) > LARGEST_DOCUMENT:
            raise ValidationError(_("The file is larger than 5 MB."))
        if not kind_of(self.content):
            raise ValidationError(_("The file is no PDF, PNG or JPEG."))

    @property
    def document_name(self) -> str:
        """Return the name of the file as it was sent, without the path that some browsers send."""
        name: str = self.document.data.filename if self.content else ""
        return re.split(r"[\\/]", name)[-1][-LONGEST_NAME:]


class KeepForm(FlaskForm):
    why = Lines(_l("Answer, for the contact"), most=500, needed=_l("Say why; the contact reads it."))


@blueprint.route("/money/cancellations/<public_id>", methods=["GET", "POST"])
@office("finance")
def cancel(public_id: str) -> str | tuple[str, int] | Response:
    registration = registration_or_404(public_id)
    chosen = _chosen(registration)
    form = CancelForm(data={"why": _as_asked(registration), "submission_key": new_public_id()})
    faults: dict[str, str] = {}
    if form.validate_on_submit():
        faults = _carry_out(registration, chosen, form)
        if not faults and not form.form_errors and not form.errors:
            return redirect(page_of(registration), 303)
        registration = registration_or_404(public_id)
    page = render_template(
        "office/money/cancellation.html",
        form=form,
        fee_faults=faults,
        fee_summary=[(f"fee-{key}", sentence) for key, sentence in faults.items()],
        request_made=own_changes.request_of(registration),
        done=queries.cancellations_of(registration),
        **_ahead(registration, chosen, form),
        **described(registration),
    )
    return page, 422 if form.errors or form.form_errors or faults else 200


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


@blueprint.get("/money/cancellations/documents/<public_id>")
@office("finance")
def document(public_id: str) -> Response:
    """Hand out the document of an exemption, never to be shown in the browser."""
    done = queries.cancellation_by_public_id(public_id)
    if done is None or not done.document:
        abort(404)
    try:
        content = files().get(done.document)
    except (FileMissing, FileDamaged):
        abort(404)
    return send_file(
        BytesIO(content),
        mimetype=MEDIA_TYPES[done.document_kind],
        as_attachment=True,
        download_name=done.document_name or f"document.{done.document_kind}",
    )


def _chosen(registration: Registration) -> Chosen:
    """Return what the form or the address names, else what the contact asked for, else everything."""
    if request.method == "GET" and not request.args:
        return own_changes.asked_for(registration)
    return shown_of(registration, request.values)


def _ahead(registration: Registration, chosen: Chosen, form: CancelForm) -> dict[str, Any]:
    """Return what the page shows before anything is done; typed fees stand in their fields, not in the sums."""
    ahead = foreseeing.foresee(registration, Order(chosen, "", ""), now=clock.utc_now())
    form.seen.data = foreseeing.fingerprint_of(ahead)
    return {
        "ahead": ahead,
        "fees": {thing.key: _typed_fee(thing.key) or formats.plain_amount(thing.kept) for thing in ahead.things},
        "names": {person.public_id: person.name.latin() for person in registration.participants},
        "ticks": ticks_of(registration, chosen),
        "hidden": hidden_of(chosen),
        "policy": policy_of(registration.event, registration.folio.currency),
        "means": MEANS,
    }


def _typed_fee(key: str) -> str:
    return request.form.get(f"fee-{key}", "").strip()


def _as_asked(registration: Registration) -> str:
    """Return why it is cancelled, in the language of its contact; "" where nobody asked."""
    if registration.cancellation_state != "asked":
        return ""
    with force_locale(LOCALES["zh" if registration.language == "zh" else "en"]):
        return _("You asked us to cancel.")


def _carry_out(registration: Registration, chosen: Chosen, form: CancelForm) -> dict[str, str]:
    """Cancel; return what is wrong with the fees, by the key of their line, and note other faults with the form."""
    now = clock.utc_now()
    kept, faults = _read_fees(foreseeing.foresee(registration, Order(chosen, "", ""), now=now))
    if faults:
        return faults
    order = Order(
        chosen=chosen_named(request.form),
        why=form.why.data,
        submission_key=submission_key(request.form),
        exemption=Exemption(
            kept_minor=kept,
            why=form.exemption.data,
            document=files().put(form.content) if form.content else "",
            document_name=form.document_name,
            document_kind=kind_of(form.content),
        ),
        seen=form.seen.data or "-",
    )
    try:
        settling.cancel(registration.id, order, payments(), now=now, by=acting())
    except NothingChosen:
        form.form_errors.append(_("What was chosen is no longer part of the registration. Look at it again."))
    except cancellations.NothingToCancel:
        flash(_("This registration has neither seats nor money; there is nothing to cancel."))
    except cancellations.ForeseenOtherwise:
        form.form_errors.append(_("What is kept has changed since the page was opened. Look at it again."))
    except cancellations.FeeWithoutReason:
        form.exemption.errors = [_("Say why another fee is kept than the policy says.")]
    except foreseeing.FeeOutOfBounds as refusal:
        return {refusal.key: _("From nothing to the price of the line.")}
    except PaymentsError:
        form.form_errors.append(
            _("Stripe cannot be asked to close the payment page now. Nothing was cancelled; try again in a minute.")
        )
    else:
        flash(_("It is cancelled, and the letter is on its way."))
    return {}


def _read_fees(ahead: Ahead) -> tuple[dict[str, int], dict[str, str]]:
    """Return the fees that were typed, in minor units, and what is wrong with others, by the key of their line."""
    kept, faults = {}, {}
    for thing in ahead.things:
        typed = _typed_fee(thing.key)
        if not typed:
            continue
        try:
            amount = read_money(typed, ahead.currency)
        except AmountUnreadable:
            faults[thing.key] = _("Type the amount with figures only, as in 1,540.00.")
            continue
        if thing.price < amount:
            faults[thing.key] = _("From nothing to the price of the line.")
        kept[thing.key] = amount.minor
    return kept, faults

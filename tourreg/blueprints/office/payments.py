"""Recording money that came by bank or at the desk."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from tourreg import formats
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Amount, Day
from tourreg.blueprints.office.money_words import MEANS, bill_asked_for, described, page_of, registration_or_404
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.rules import AmountNotPositive
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import recording
from tourreg.domain.settlements.recording import LONGEST_NUMBER, RECORDED_MEANS, PaymentSlip
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_payments", __name__)


class PaymentForm(FlaskForm):
    """What the bank's statement, the check or the cash book says."""

    amount = Amount(_l("Amount"), needed=_l("Type the amount that came."))
    means = SelectField(_l("Came by"), choices=[SelectChoice(name, MEANS[name]) for name in RECORDED_MEANS])
    detail = Line(
        _l("Its number"),
        most=LONGEST_NUMBER,
        hint=_l("The bank’s number of the wire or ACH, or the check’s number."),
        wide=False,
        printed=True,
    )
    received_on = Day(_l("Received on"), needed=_l("Give the day on which the money came."))
    shared = BooleanField(_l("It pays several registrations, and stands on another already"))
    submission_key = HiddenField()

    def validate_detail(self, field: Line) -> None:
        if not field.data and self.means.data != "cash" and not field.errors:
            raise ValidationError(_("Type the number, so that the same money is never recorded twice."))

    def slip(self) -> PaymentSlip:
        return PaymentSlip(
            amount=self.amount.money,
            means=self.means.data,
            detail=self.detail.data,
            received_on=self.received_on.value,
            submission_key=submission_key(request.form),
            shared=self.shared.data,
        )


@blueprint.route("/money/payments/<public_id>", methods=["GET", "POST"])
@office("finance")
def record(public_id: str) -> str | tuple[str, int] | Response:
    registration = registration_or_404(public_id)
    folio = bill_asked_for(registration)
    form = PaymentForm(data=_usual(folio))
    form.amount.currency = folio.currency
    if form.validate_on_submit() and _is_recorded(registration, folio, form):
        flash(_("The payment is recorded. The receipt is on its way to the payer."))
        return redirect(page_of(registration), 303)
    posted = [entry for entry in billing.entries_of(folio) if entry.kind == "payment"]
    page = render_template(
        "office/money/payment.html", form=form, payments=posted, means=MEANS, **described(registration)
    )
    return page, 422 if form.errors else 200


def _is_recorded(registration: Registration, folio: Folio, form: PaymentForm) -> bool:
    """Record the payment; where it is refused, say so beside the field and return False."""
    try:
        with writing():
            recording.record_payment(registration.id, form.slip(), now=clock.utc_now(), by=acting(), folio_id=folio.id)
    except recording.PaymentKnown as refusal:
        _fault(form.detail, _("This is recorded already: %(payment)s.", payment=_named(refusal.entry)))
    except recording.MoneyKnownElsewhere as refusal:
        sentence = _(
            "The same number stands on registration %(reference)s. If it pays both, tick the box below.",
            reference=refusal.reference,
        )
        _fault(form.detail, sentence)
    except recording.ReceivedInFuture:
        _fault(form.received_on, _("This day has not come yet."))
    except AmountNotPositive:
        _fault(form.amount, _("Type an amount above zero."))
    else:
        return True
    return False


def _named(entry: Entry) -> str:
    received_on = entry.received_on or entry.posted_at.date()
    return f"{formats.money(-entry.amount, language())}, {formats.long_date(received_on, language())}"


def _usual(folio: Folio) -> dict[str, Any]:
    """Return what the form shows first: all that is owed, received today."""
    owed = billing.standing(folio).owed
    today: date = local_day(clock.utc_now(), folio.issuer.zone)
    return {
        "amount": formats.plain_amount(owed) if owed else "",
        "received_on": today.isoformat(),
        "submission_key": new_public_id(),
    }


def _fault(field: Any, sentence: str) -> None:
    field.errors = [*field.errors, sentence]

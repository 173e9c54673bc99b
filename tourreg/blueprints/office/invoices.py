"""Invoices that finance issues before a payment, or corrects."""

from flask import Blueprint, abort, flash, redirect, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg import formats
from tourreg.blueprints.fields import Country, EmailAddress, Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.money_words import page_of, registration_or_404
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import BillTo, bill_to_of
from tourreg.domain.billing.rules import NothingToCredit
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices
from tourreg.kernel import clock

blueprint = Blueprint("office_invoices", __name__)


class CorrectionForm(FlaskForm):
    """Whom the invoice should have named."""

    name = Line(_l("Legal name of the payer"), most=200, needed=_l("Type who pays."), printed=True)
    department = Line(_l("Department"), most=200, printed=True)
    address = Lines(_l("Address"), most=500, printed=True)
    country = Country(_l("Country"))
    email = EmailAddress(_l("E-mail address"), needed=_l("Type where the invoice goes."))
    vendor_number = Line(_l("Their number for us as a vendor"), most=60, wide=False, printed=True)
    po_number = Line(_l("PO number"), most=60, wide=False, printed=True)
    reason = Lines(_l("Reason"), most=300, needed=_l("Say what was wrong; it stands on the credit note."), printed=True)

    def bill_to(self) -> BillTo:
        return BillTo(**{field.name: field.data for field in self if field.name in BillTo.__dataclass_fields__})


@blueprint.post("/money/registrations/<public_id>/invoice")
@office("finance")
def issue(public_id: str) -> Response:
    """Issue an invoice for what stands on none yet."""
    registration = registration_or_404(public_id)
    try:
        with writing():
            invoices.issue_now(registration.id, now=clock.utc_now(), by=acting())
    except invoices.NothingToInvoice:
        flash(_("Everything that is charged stands on an invoice already."))
    else:
        flash(_("The invoice is issued and on its way to the payer."))
        _tell_of_hold(registration)
    return redirect(page_of(registration), 303)


def _tell_of_hold(registration: Registration) -> None:
    until = holds.held_until(registration)
    if until is not None:
        stamp = formats.stamp(until, registration.event.zone, language())
        flash(
            _("The seats are held until %(until)s only; unpaid, they are freed then and it is taken back.", until=stamp)
        )


@blueprint.route("/money/invoices/<public_id>", methods=["GET", "POST"])
@office("finance")
def correct(public_id: str) -> str | tuple[str, int] | Response:
    """Take an invoice back and issue it anew."""
    invoice = billing.invoice_by_public_id(public_id)
    registration = registrations.of_folio(invoice.folio_id) if invoice else None
    if invoice is None or registration is None:
        abort(404)
    form = CorrectionForm(obj=bill_to_of(registration.folio))
    if not form.validate_on_submit():
        page = render_template("office/money/invoice.html", form=form, invoice=invoice, registration=registration)
        return page, 422 if form.errors else 200
    try:
        with writing():
            invoices.correct_invoice(
                registration.id, public_id, form.bill_to(), reason=form.reason.data, now=clock.utc_now(), by=acting()
            )
    except NothingToCredit:
        flash(_("This invoice was taken back before."))
    except invoices.NothingToInvoice:
        flash(_("Nothing was changed: what stands on this invoice is not charged any more, so none can follow it."))
    else:
        flash(_("The credit note and the new invoice are on their way to the payer."))
    return redirect(page_of(registration), 303)

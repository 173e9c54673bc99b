"""Invoices that finance issues before a payment, or corrects."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg import formats
from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.acceptance_words import missed_words
from tourreg.blueprints.office.money_words import bill_asked_for, described, page_of, registration_or_404
from tourreg.blueprints.office.payer_form import PayerForm, is_sent, payer_form, typed_of
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.acceptance import WouldBeRefused
from tourreg.domain.billing.models import Invoice
from tourreg.domain.billing.payers import bill_to_of
from tourreg.domain.billing.rules import NothingToCredit
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices
from tourreg.domain.settlements.acceptance import missed_on
from tourreg.kernel import clock

blueprint = Blueprint("office_invoices", __name__)


class CorrectionForm(PayerForm):
    """Whom the invoice should have named."""

    reason = Lines(_l("Reason"), most=300, needed=_l("Say what was wrong; it stands on the credit note."), printed=True)
    anyway = Line(_l("Reason to send it all the same"), most=300)


class IssueForm(FlaskForm):
    """Issuing an invoice that the payer would send back."""

    anyway = Line(_l("Reason to send it all the same"), most=300, needed=_l("Say why it goes out all the same."))


@blueprint.get("/money/registrations/<public_id>/invoice")
@office("finance")
def check(public_id: str) -> str:
    """Show what the payer would send the invoice back for."""
    return _check_page(registration_or_404(public_id), IssueForm(formdata=None))


@blueprint.post("/money/registrations/<public_id>/invoice")
@office("finance")
def issue(public_id: str) -> tuple[str, int] | Response:
    """Issue an invoice for what stands on none yet."""
    registration, form = registration_or_404(public_id), IssueForm()
    folio = bill_asked_for(registration)
    if "anyway" in request.form and not form.validate():
        return _check_page(registration, form), 422
    try:
        with writing():
            invoices.issue_now(
                registration.id, now=clock.utc_now(), by=acting(), folio_id=folio.id, anyway=form.anyway.data or ""
            )
    except WouldBeRefused:
        address = url_for(".check", public_id=public_id, bill=request.args.get("bill"))
        return redirect(address, 303)
    except invoices.NothingToInvoice:
        flash(_("Everything that is charged stands on an invoice already."))
    else:
        flash(_("The invoice is issued and on its way to the payer."))
        _tell_of_hold(registration)
    return redirect(page_of(registration), 303)


def _check_page(registration: Registration, form: IssueForm) -> str:
    known = described(registration)
    missed = missed_words(missed_on(known["folio"]))
    return render_template("office/money/invoice_check.html", form=form, missed=missed, **known)


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
    folio = invoice.folio
    form = payer_form(CorrectionForm, typed_of(bill_to_of(folio), folio.profile))
    if is_sent(form) and _is_corrected(registration, invoice, form):
        return redirect(page_of(registration), 303)
    page = render_template(
        "office/money/invoice.html",
        form=form,
        invoice=invoice,
        registration=registration,
        folio=folio,
        missed=missed_words(missed_on(folio)),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _is_corrected(registration: Registration, invoice: Invoice, form: CorrectionForm) -> bool:
    """Issue the invoice anew; where its payer would send it back, say why beside the field and return False."""
    try:
        with writing():
            invoices.correct_invoice(
                registration.id,
                invoice.public_id,
                form.bill_to(),
                reason=form.reason.data,
                now=clock.utc_now(),
                by=acting(),
                profile=form.chosen,
                anyway=form.anyway.data,
            )
    except WouldBeRefused as refusal:
        sentences = " ".join(missed_words(refusal.demands))
        form.anyway.errors = [_("They would send it back. %(why)s Say why it goes out all the same.", why=sentences)]
        return False
    except NothingToCredit:
        flash(_("This invoice was taken back before."))
    except invoices.NothingToInvoice:
        flash(_("Nothing was changed: what stands on this invoice is not charged any more, so none can follow it."))
    else:
        flash(_("The credit note and the new invoice are on their way to the payer."))
    return True

"""Invoices that finance issues or corrects by itself."""

from dataclasses import asdict
from datetime import datetime

from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import BillTo, bill_to_of, change_bill_to, lock_folio
from tourreg.domain.billing.invoicing import issue_credit_note, issue_invoice
from tourreg.domain.billing.models import Invoice
from tourreg.domain.billing.rules import NothingToCredit
from tourreg.domain.outbox.commands import readdress
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import mails
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal


class NothingToInvoice(Refusal):
    """Every line stands on an invoice already, or nothing is charged."""


def issue_now(registration_id: int, *, now: datetime, by: str) -> Invoice:
    """Issue an invoice for what stands on none yet, before any payment, because finance says so.

    raises  NothingToInvoice
    """
    registration = _locked(registration_id)
    invoice = issue_invoice(registration.folio, purpose_of(registration), now=now, by=by)
    if invoice is None:
        raise NothingToInvoice
    mails.invoiced(registration, invoice.paper, now=now)
    return invoice


def correct_invoice(
    registration_id: int, invoice_public_id: str, bill_to: BillTo, *, reason: str, now: datetime, by: str
) -> Invoice:
    """Take an invoice back by a credit note and issue it anew to the payer as named now; both go to the payer.

    What waits to be sent to the payer's own address of before goes to the one of now too.

    raises  NothingToCredit when the invoice was taken back before, NothingToInvoice when its lines were
    """
    registration = _locked(registration_id)
    folio = registration.folio
    wrong = next((one for one in billing.live_invoices(folio) if one.public_id == invoice_public_id), None)
    if wrong is None:
        raise NothingToCredit(number=invoice_public_id)
    before = bill_to_of(folio)
    change_bill_to(folio, bill_to)
    note_change(folio.public_id, "bill_to", asdict(before), asdict(bill_to), now=now, by=by)
    if before.email.casefold() != registration.contact_email.casefold():
        readdress(registration.public_id, before.email, bill_to.email)
    purpose = purpose_of(registration)
    note = issue_credit_note(wrong, purpose, reason=Text(reason, reason), now=now, by=by)
    corrected = issue_invoice(folio, purpose, now=now, by=by)
    if corrected is None:
        raise NothingToInvoice
    mails.invoice_corrected(registration, reason, note.paper, corrected.paper, now=now)
    return corrected


def take_back_invoices(registration: Registration, reason: Text, *, now: datetime, by: str) -> list[Paper]:
    """Issue a credit note for every invoice that stands, and return the notes; the folio is locked by the caller.

    reason  for the payer
    """
    purpose = purpose_of(registration)
    standing = billing.live_invoices(registration.folio)
    return [issue_credit_note(invoice, purpose, reason=reason, now=now, by=by).paper for invoice in standing]


def _locked(registration_id: int) -> Registration:
    registration = holds.lock(registration_id)
    lock_folio(registration.folio)
    return registration

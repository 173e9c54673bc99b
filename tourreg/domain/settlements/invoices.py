"""Invoices that finance issues or corrects by itself."""

from datetime import datetime

from tourreg.domain.accounts.links import revoke_links
from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.invoicing import issue_credit_note, issue_invoice
from tourreg.domain.billing.models import Invoice
from tourreg.domain.billing.payer_models import PayerProfile
from tourreg.domain.billing.payers import BillTo, bill_to_of, change_bill_to, follow_profile
from tourreg.domain.billing.rules import NothingToCredit, standing_lines
from tourreg.domain.outbox.commands import readdress
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import holds
from tourreg.domain.settlements import mails
from tourreg.domain.settlements.acceptance import require_accepted
from tourreg.domain.settlements.bills import PayersBill, lock_bill_of
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal


class NothingToInvoice(Refusal):
    """Every line stands on an invoice already, or nothing is charged."""


def issue_now(
    registration_id: int, *, now: datetime, by: str, folio_id: int | None = None, anyway: str = ""
) -> Invoice:
    """Issue an invoice for what stands on none yet, before any payment, because finance says so.

    folio_id  of the bill; the registration's main one unless it is given
    anyway    why it goes out though its payer would refuse it
    raises    NothingToInvoice, WouldBeRefused
    """
    bill = _locked(registration_id, folio_id)
    require_accepted(bill, anyway, now=now, by=by)
    invoice = issue_invoice(bill.folio, purpose_of(bill), now=now, by=by)
    if invoice is None:
        raise NothingToInvoice
    mails.invoiced(bill, invoice.paper, now=now)
    return invoice


def correct_invoice(
    registration_id: int,
    invoice_public_id: str,
    bill_to: BillTo,
    *,
    reason: str,
    now: datetime,
    by: str,
    profile: PayerProfile | None = None,
    anyway: str = "",
) -> Invoice:
    """Take an invoice back by a credit note and issue it anew to the payer as named now; both go to the payer.

    What waits to be sent to the payer's own address of before goes to the one of now too.

    profile  by whose demands the payer takes it, where that is another than before
    anyway  why it goes out though its payer would refuse it
    raises  WouldBeRefused, NothingToCredit when the invoice was taken back before, NothingToInvoice when its lines were
    """
    named = billing.invoice_by_public_id(invoice_public_id)
    bill = _locked(registration_id, named.folio_id if named else None)
    folio = bill.folio
    wrong = next((one for one in billing.live_invoices(folio) if one.public_id == invoice_public_id), None)
    if wrong is None:
        raise NothingToCredit(number=invoice_public_id)
    before = bill_to_of(folio)
    change_bill_to(folio, bill_to)
    follow_profile(folio, profile or folio.profile)
    note_change(folio.public_id, "bill_to", before.plain(), bill_to.plain(), now=now, by=by)
    require_accepted(bill, anyway, now=now, by=by)
    _readdress_payer(bill, before.email, bill_to.email)
    close_to_former_payer(bill, before.email, now=now, by=by)
    purpose = purpose_of(bill)
    note = issue_credit_note(wrong, purpose, reason=Text(reason, reason), now=now, by=by)
    corrected = issue_invoice(folio, purpose, now=now, by=by)
    if corrected is None:
        raise NothingToInvoice
    mails.invoice_corrected(bill, reason, note.paper, corrected.paper, now=now)
    return corrected


def correct_invoices(bill: PayersBill, reason: Text, *, now: datetime, by: str) -> list[Paper]:
    """Take back every invoice that asks for a line that stands no more, and invoice anew what is left of them.

    The papers are returned in their order of issue; the folio is locked by the caller.

    reason  for the payer
    """
    purpose = purpose_of(bill)
    standing = {line.id for line in standing_lines(billing.entries_of(bill.folio))}
    wrong = [one for one in billing.live_invoices(bill.folio) if {line.entry_id for line in one.lines} - standing]
    papers = [issue_credit_note(one, purpose, reason=reason, now=now, by=by).paper for one in wrong]
    anew = issue_invoice(bill.folio, purpose, now=now, by=by) if wrong else None
    return [*papers, anew.paper] if anew else papers


def name_anew(registration_id: int, *, reason: str, now: datetime, by: str) -> list[Paper]:
    """Take back every invoice of a registration and issue it anew with the people as they are named now.

    reason  for the payer
    """
    issued: list[Paper] = []
    for folio_id in sorted(folio.id for folio in holds.lock(registration_id).folios):
        bill = _locked(registration_id, folio_id)
        for wrong in billing.live_invoices(bill.folio):
            purpose = purpose_of(bill)
            note = issue_credit_note(wrong, purpose, reason=Text(reason, reason), now=now, by=by).paper
            anew = issue_invoice(bill.folio, purpose, now=now, by=by)
            if anew is not None:
                mails.invoice_corrected(bill, reason, note, anew.paper, now=now)
                issued += [note, anew.paper]
    return issued


def invoice_rest(bill: PayersBill, *, now: datetime, by: str) -> list[Paper]:
    """Invoice what stands on no invoice yet, of a folio locked by the caller; none where nothing does."""
    invoice = issue_invoice(bill.folio, purpose_of(bill), now=now, by=by)
    return [invoice.paper] if invoice else []


def invoice_as_one(bill: PayersBill, reason: Text, *, now: datetime, by: str) -> list[Paper]:
    """Take back every invoice that stands and issue a single one for the whole bill; papers in their order of issue.

    reason  for the payer; the folio is locked by the caller
    """
    purpose = purpose_of(bill)
    standing = billing.live_invoices(bill.folio)
    papers = [issue_credit_note(one, purpose, reason=reason, now=now, by=by).paper for one in standing]
    anew = issue_invoice(bill.folio, purpose, now=now, by=by)
    return [*papers, anew.paper] if anew else papers


def _locked(registration_id: int, folio_id: int | None) -> PayersBill:
    bill = lock_bill_of(registration_id, folio_id)
    lock_folio(bill.folio)
    return bill


def close_to_former_payer(bill: PayersBill, before: str, *, now: datetime, by: str) -> None:
    """Take back what links to the bill open, where its payer has another address now."""
    if before.casefold() != bill.folio.payer_email.casefold():
        revoke_links(bill.folio.public_id, now=now, by=by)


def _readdress_payer(bill: PayersBill, before: str, after: str) -> None:
    """Let what waits to be sent to the payer's own address go to another one; contacts keep theirs."""
    if before.casefold() not in {registration.contact_email.casefold() for registration in bill.main_of}:
        for about in (bill.folio.public_id, *(registration.public_id for registration in bill.registrations)):
            readdress(about, before, after)

"""Issuing invoices, receipts and credit notes; take it last in a transaction, since a series then stays locked."""

from datetime import date, datetime, timedelta

from tourreg.db import db
from tourreg.domain.billing import queries, rules
from tourreg.domain.billing.commands import look_at_dues
from tourreg.domain.billing.documents import (
    Purpose,
    credit_note_sheet,
    invoice_sheet,
    receipt_sheet,
)
from tourreg.domain.billing.enclosing import with_w9
from tourreg.domain.billing.issuing import issue_paper
from tourreg.domain.billing.models import Entry, Folio, Invoice, InvoicedEntry, Receipt
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day


def issue_invoice(folio: Folio, purpose: Purpose, *, now: datetime, by: str) -> Invoice | None:
    """Issue an invoice for the lines that stand and are on none yet; None when there is nothing to ask for."""
    lines = _lines_to_invoice(folio)
    total_minor = sum(line.amount_minor for line in lines)
    if total_minor <= 0:
        return None
    issued_on = local_day(now, folio.issuer.zone)
    due_on = _due_on(folio, issued_on)
    sheet = with_w9(folio, invoice_sheet(folio, lines, purpose, due_on=due_on))
    invoice = Invoice(
        folio=folio,
        kind="invoice",
        paper=issue_paper(folio, "invoice", sheet, now=now, by=by),
        total_minor=total_minor,
        due_on=due_on,
        issued_at=now,
    )
    invoice.lines = [InvoicedEntry(entry=line) for line in lines]
    db.session.add(invoice)
    db.session.flush()
    look_at_dues(folio, issued_on + timedelta(days=1), zone=folio.issuer.zone, now=now)
    return invoice


def issue_receipt(payment: Entry, purpose: Purpose, *, now: datetime, by: str) -> Receipt:
    """Issue the receipt of one payment; asking again returns the first."""
    known = queries.receipt_of(payment)
    if known is not None:
        return known
    folio = payment.folio
    invoices = queries.live_invoices(folio)
    sheet = receipt_sheet(folio, payment, purpose, invoices=invoices)
    receipt = Receipt(folio_id=folio.id, payment=payment, paper=issue_paper(folio, "receipt", sheet, now=now, by=by))
    db.session.add(receipt)
    db.session.flush()
    return receipt


def issue_credit_note(invoice: Invoice, purpose: Purpose, *, reason: Text, now: datetime, by: str) -> Invoice:
    """Take a whole invoice back; asking again returns the first credit note.

    reason  for the payer, in both languages
    """
    known = queries.credit_note_of(invoice)
    if known is not None:
        return known
    folio = invoice.folio
    sheet = credit_note_sheet(folio, invoice, purpose, reason=reason)
    note = Invoice(
        folio=folio,
        kind="credit_note",
        paper=issue_paper(folio, "credit_note", sheet, now=now, by=by),
        total_minor=invoice.total_minor,
        due_on=None,
        credits=invoice,
        issued_at=now,
    )
    note.lines = [InvoicedEntry(entry=line.entry) for line in invoice.lines]
    db.session.add(note)
    db.session.flush()
    return note


def _due_on(folio: Folio, issued_on: date) -> date:
    """Return the last day to pay an invoice: that of its last instalment, else by the payer's terms."""
    if folio.instalments:
        return max(folio.instalments[-1].due_on, issued_on)
    return rules.due_on(issued_on, folio.terms_days)


def _lines_to_invoice(folio: Folio) -> list[Entry]:
    invoiced = {line.entry_id for invoice in queries.live_invoices(folio) for line in invoice.lines}
    return [line for line in rules.standing_lines(queries.entries_of(folio)) if line.id not in invoiced]

"""What invoice, pro-forma, receipt and credit note are made from: folio, issuer and the purpose of the money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from tourreg.domain.billing import queries, rules
from tourreg.domain.billing.dues import Due, dues_of
from tourreg.domain.billing.models import Entry, Folio, Invoice
from tourreg.domain.billing.payers import order_lines_of
from tourreg.domain.billing.rates import Rate
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import (
    Account,
    Amount,
    Attendee,
    CreditNoteSheet,
    IncludedDay,
    Instalment,
    InvoiceSheet,
    Line,
    Means,
    Order,
    Payer,
    Payment,
    Programme,
    ReceiptSheet,
    Words,
)
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money

PERSON = Text("person", "人")
PAID_IN_FULL = Text("Paid in full", "已付清")
PAYER_TAX_ID = Text("Payer’s tax ID: %s", "付款方税号：%s")
TAX_EXEMPTION = Text("Payer’s tax exemption: %s", "付款方免税依据：%s")
DUE_NOW = Text("Due on receipt", "收到即付")
_BY_PLAN = {
    "deposit": Text("Deposit, balance", "预付款、余款"),
    "instalments": Text("By instalments", "分期付款"),
    "after_event": Text("After the event", "项目结束后付款"),
}


@dataclass(frozen=True)
class Purpose:
    """What the money is for, as papers say it; billing itself knows of no programme.

    last_on       inclusive
    registration  the reference that the payer writes on a payment
    names         whom a line is for, by the public id that the line carries as its subject
    rate          by which papers say, for information, what the total is in another currency
    included      the nights and meals that these people get; receipts list them
    terms         on what terms it can be given up; invoices and pro-formas print them
    """

    title: Text
    first_on: date
    last_on: date
    place: Text
    registration: str
    participants: tuple[Attendee, ...]
    rate: Rate | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    included: tuple[IncludedDay, ...] = ()
    terms: tuple[Text, ...] = ()


def invoice_sheet(folio: Folio, lines: Sequence[Entry], purpose: Purpose, *, due_on: date) -> InvoiceSheet:
    """Return the sheet of an invoice for these lines, with what has been paid beyond the invoices before it.

    What was asked to go back counts as gone, so that nobody takes it for paid.
    """
    earlier_minor = sum(invoice.total_minor for invoice in queries.live_invoices(folio))
    payments = _payments(folio, queries.entries_of(folio), used_minor=earlier_minor) + _going_back(folio)
    bill = _bill(folio, lines, purpose, payments)
    return {**bill, "notes": bill["notes"] + _on_these_terms(purpose), "due_on": due_on.isoformat()}


def pro_forma_sheet(folio: Folio, purpose: Purpose, *, held_until: date | None, now: datetime) -> InvoiceSheet:
    """Return the unnumbered sheet of what stands on the folio, for a home office to approve.

    held_until  the day, in the issuer's zone, until which the seats are held
    """
    bill = _bill(folio, rules.standing_lines(queries.entries_of(folio)), purpose, [])
    return {
        **bill,
        "kind": "pro_forma",
        "notes": bill["notes"] + _on_these_terms(purpose),
        "issued_at": now.isoformat(),
        "due_on": held_until.isoformat() if held_until else "",
        "terms": both(_terms(folio)) if folio.instalments or folio.credit_state != "none" else both(DUE_NOW),
    }


def receipt_sheet(folio: Folio, payment: Entry, purpose: Purpose, *, invoices: Iterable[Invoice]) -> ReceiptSheet:
    """Return the sheet of a receipt: what it acknowledges, and where the bill then stands."""
    entries = [entry for entry in queries.entries_of(folio) if entry.id <= payment.id or entry.kind in rules.LINE_KINDS]
    bill = _bill(folio, rules.standing_lines(entries), purpose, _payments(folio, entries))
    acknowledged = payment_of(folio, payment)
    acknowledged["amount"] = amount_of(folio, -payment.amount_minor)
    return cast(
        ReceiptSheet,
        {
            **bill,
            "kind": "receipt",
            "paid": acknowledged,
            "invoice": ", ".join(invoice.paper.number for invoice in invoices),
            "included": list(purpose.included),
        },
    )


def credit_note_sheet(folio: Folio, invoice: Invoice, purpose: Purpose, *, reason: Text) -> CreditNoteSheet:
    """Return the sheet of a credit note for the whole of an invoice."""
    bill = _bill(folio, [line.entry for line in invoice.lines], purpose, [])
    return cast(
        CreditNoteSheet,
        {
            **bill,
            "kind": "credit_note",
            "notes": _tax_notes(folio),
            "instalments": [],
            "balance": amount_of(folio, 0),
            "terms": "",
            "credits": invoice.paper.number,
            "credits_on": local_day(invoice.issued_at, folio.issuer.zone).isoformat(),
            "reason": both(reason),
        },
    )


def _bill(folio: Folio, lines: Sequence[Entry], purpose: Purpose, payments: list[Payment]) -> InvoiceSheet:
    gross_minor = sum(line.amount_minor for line in lines if line.amount_minor > 0)
    total_minor = sum(line.amount_minor for line in lines)
    balance_minor = total_minor + sum(payment["amount"]["minor"] for payment in payments)
    po_lines = order_lines_of(folio)
    return {
        **head("invoice", folio.issuer, made_at=None),
        "currency": folio.currency,
        "payer": payer_of(folio),
        "order": order_of(folio),
        "programme": programme_of(purpose),
        "lines": _lines(folio, lines, purpose, po_lines),
        "gross": amount_of(folio, gross_minor),
        "discounts": amount_of(folio, total_minor - gross_minor),
        "subtotal": amount_of(folio, total_minor),
        "tax": amount_of(folio, 0),
        "tax_note": both(folio.issuer.tax_note),
        "total": amount_of(folio, total_minor),
        "payments": payments,
        "balance": amount_of(folio, balance_minor),
        "terms": both(_terms(folio) if balance_minor > 0 else PAID_IN_FULL),
        "due_on": "",
        "instalments": _instalments(folio, total_minor),
        "remit_to": remit_to(folio),
        "payment_reference": payment_reference(folio, purpose),
        "not_a_fapiao": is_chinese(folio),
        "notes": [*_tax_notes(folio), *information(purpose.rate, Money(total_minor, folio.currency))],
        "enclosed": [],
    }


def _on_these_terms(purpose: Purpose) -> list[Words]:
    return [both(term) for term in purpose.terms]


def _instalments(folio: Folio, total_minor: int) -> list[Instalment]:
    """Return the parts in which a paper's lines are to be paid; none where they are not the whole bill."""
    standing = queries.standing(folio)
    if not folio.instalments or total_minor != standing.charged.minor:
        return []
    return [_part(folio, due) for due in dues_of(folio, standing)]


def _part(folio: Folio, due: Due) -> Instalment:
    return {
        "name": both(due.name),
        "due_on": due.due_on.isoformat(),
        "amount": amount_of(folio, due.amount.minor),
        "state": "paid" if not due.open else "due" if due.is_next else "later",
    }


def payer_of(folio: Folio) -> Payer:
    """Return whom the folio's papers are addressed to."""
    return {
        "name": folio.payer_name,
        "department": folio.payer_department,
        "attention": folio.payer_attention,
        "address": folio.payer_address,
        "email": folio.payer_email,
    }


def order_of(folio: Folio) -> Order:
    """Return what the payer's own books call it."""
    return {
        "po_number": folio.po_number,
        "po_on": folio.po_on.isoformat() if folio.po_on else "",
        "vendor_number": folio.vendor_number,
        "cost_centre": folio.cost_centre,
        "requester": folio.requester,
    }


def programme_of(purpose: Purpose) -> Programme:
    return {
        "title": both(purpose.title),
        "first_on": purpose.first_on.isoformat(),
        "last_on": purpose.last_on.isoformat(),
        "place": both(purpose.place),
        "registration": purpose.registration,
        "participants": list(purpose.participants),
    }


def _tax_notes(folio: Folio) -> list[Words]:
    """Return what the payer's own books say of taxes: its number, and why it pays no sales tax."""
    said = ((PAYER_TAX_ID, folio.tax_id), (TAX_EXEMPTION, folio.tax_exemption))
    return [both(Text(words.en % typed, words.zh % typed)) for words, typed in said if typed]


def information(rate: Rate | None, total: Money) -> list[Words]:
    """Return the line that tells the total in another currency, where the office gave a rate; frozen with the paper."""
    told = rate.told(total) if rate and total.minor > 0 else None
    return [both(told)] if told else []


def _lines(folio: Folio, entries: Sequence[Entry], purpose: Purpose, po_lines: Mapping[int, str]) -> list[Line]:
    """Return a line for each entry; what is let off stands in the line of the charge that it lessens."""
    let_off: dict[int | None, list[Entry]] = {entry.id: [] for entry in entries}
    for entry in entries:
        if entry.reduces_id in let_off:
            let_off[entry.reduces_id].append(entry)
    return [
        _line(folio, entry, purpose, let_off[entry.id], po_lines.get(entry.id, ""))
        for entry in entries
        if entry.reduces_id not in let_off
    ]


def _line(folio: Folio, entry: Entry, purpose: Purpose, let_off: Sequence[Entry], po_line: str) -> Line:
    name = purpose.names.get(entry.subject, "")
    off_minor = sum(discount.amount_minor for discount in let_off)
    first_on, last_on = entry.service_from or purpose.first_on, entry.service_to or purpose.last_on
    return {
        "po_line": po_line,
        "description": both(entry.description),
        "detail": _detail(name, let_off),
        "first_on": first_on.isoformat(),
        "last_on": last_on.isoformat(),
        "quantity": entry.quantity,
        "unit": both(PERSON) if name else "",
        "unit_price": amount_of(folio, entry.unit_minor),
        "discount": amount_of(folio, off_minor) if let_off else None,
        "amount": amount_of(folio, entry.amount_minor + off_minor),
    }


def _detail(name: str, let_off: Sequence[Entry]) -> Words:
    """Return for whom a line is, and by what it is less."""
    if not let_off:
        return name
    reasons = [discount.description for discount in let_off]
    return both(
        Text(
            ", ".join(filter(None, (name, *(reason.in_("en") for reason in reasons)))),
            "，".join(filter(None, (name, *(reason.in_("zh") for reason in reasons)))),
        )
    )


def _payments(folio: Folio, entries: Iterable[Entry], *, used_minor: int = 0) -> list[Payment]:
    """Return money received and paid back, oldest first.

    used_minor  of the oldest money, what earlier invoices were paid with
    """
    moved = [payment_of(folio, entry) for entry in entries if entry.kind in ("payment", "refund", "refund_returned")]
    for payment in moved:
        taken = min(used_minor, max(0, -payment["amount"]["minor"]))
        used_minor -= taken
        payment["amount"]["minor"] += taken
    return [payment for payment in moved if payment["amount"]["minor"]]


def _going_back(folio: Folio) -> list[Payment]:
    """Return the refunds that were asked for and have not left yet, oldest first."""
    return [
        {
            "received_on": local_day(refund.requested_at, folio.issuer.zone).isoformat(),
            "means": cast(Means, refund.payment.means or "wire"),
            "reference": refund.payment.detail,
            "amount": amount_of(folio, refund.amount_minor),
            "going_back": True,
        }
        for refund in queries.refunds_of(folio)
        if refund.state != "succeeded"
    ]


def payment_of(folio: Folio, entry: Entry) -> Payment:
    """Return money that moved, signed as in the ledger."""
    moved_on = moved_on_day(folio, entry)
    return cast(
        Payment,
        {
            "received_on": moved_on.isoformat(),
            "means": entry.means or "wire",
            "reference": entry.detail,
            "amount": amount_of(folio, entry.amount_minor),
        },
    )


def moved_on_day(folio: Folio, entry: Entry) -> date:
    """Return the day of a posting in the issuer's zone: of money, the day on which it came."""
    return entry.received_on or local_day(entry.posted_at, folio.issuer.zone)


def remit_to(folio: Folio) -> list[Account]:
    """Return the ways to pay in the folio's currency."""
    return cast("list[Account]", folio.issuer.banks.get(folio.currency, []))


def is_chinese(folio: Folio) -> bool:
    """Tell whether the payer has to read that our papers are no 发票."""
    return folio.payer_country == "CN" or folio.language == "zh"


def payment_reference(folio: Folio, purpose: Purpose) -> str:
    return f"{purpose.registration} / PO {folio.po_number}" if folio.po_number else purpose.registration


def _terms(folio: Folio) -> Text:
    return _BY_PLAN.get(folio.plan) or _net(folio.terms_days)


def _net(days: int) -> Text:
    return Text(f"Net {days}", f"{days}天内付清") if days else DUE_NOW


def amount_of(folio: Folio, minor: int) -> Amount:
    """Return minor units of the folio's currency."""
    return {"minor": minor, "currency": folio.currency}

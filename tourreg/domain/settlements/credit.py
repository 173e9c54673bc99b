"""Payers who ask for an invoice and pay later: finance says yes or no."""

from datetime import datetime

from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.billing.models import CREDIT_MOVES
from tourreg.domain.registrations import holds
from tourreg.domain.settlements import mails, rules
from tourreg.domain.settlements.acceptance import require_accepted
from tourreg.domain.settlements.bills import PayersBill, lock_bill_of
from tourreg.domain.settlements.checkouts import SeatsGone, prolong_hold
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

CREDIT = Axis("credit", "credit_state", CREDIT_MOVES)


class CreditDecided(Refusal):
    """Finance has answered this before, or nobody asked; facts: state."""


def accept_credit(
    registration_id: int, *, po_number: str, now: datetime, by: str, folio_id: int | None = None, anyway: str = ""
) -> PayersBill:
    """Accept an order: the seats that its payer pays for are theirs, and the invoice goes out, again if it had.

    po_number  as it stands on the order, which may differ from what the form said; "" keeps that
    folio_id   of the bill that is ordered; the registration's main one unless it is given
    anyway     why the invoice goes out though its payer would refuse it
    raises     CreditDecided, SeatsGone, WouldBeRefused
    """
    bill = _asked(registration_id, folio_id)
    folio = bill.folio
    folio.po_number = po_number or folio.po_number
    require_accepted(bill, anyway, now=now, by=by)
    move_to(folio, CREDIT, "granted", now=now, by=by, why=folio.po_number)
    for registration in bill.registrations:
        holds.confirm(registration, now=now, by=by, folio_id=folio.id)
    issue_invoice(folio, purpose_of(bill), now=now, by=by)
    mails.credit_granted(bill, [invoice.paper for invoice in billing.live_invoices(folio)], now=now)
    return bill


def refuse_credit(registration_id: int, *, why: str, now: datetime, by: str, folio_id: int | None = None) -> PayersBill:
    """Refuse to wait for an invoice; the seats stay held a while, so that the payer can pay at once instead.

    why     for the payer
    raises  CreditDecided, SeatsGone
    """
    bill = _asked(registration_id, folio_id)
    move_to(bill.folio, CREDIT, "refused", now=now, by=by, why=why)
    prolong_hold(bill, now + rules.SECOND_TRY, now=now)
    mails.credit_refused(bill, why, key=bill.folio.public_id, now=now)
    return bill


def _asked(registration_id: int, folio_id: int | None) -> PayersBill:
    bill = lock_bill_of(registration_id, folio_id)
    lock_folio(bill.folio)
    if bill.folio.credit_state != "asked":
        raise CreditDecided(state=bill.folio.credit_state)
    if not bill.live_seats:
        raise SeatsGone
    return bill

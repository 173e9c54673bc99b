"""Payers who ask for an invoice and pay later: finance says yes or no."""

from datetime import datetime

from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.billing.models import CREDIT_MOVES
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import mails, rules
from tourreg.domain.settlements.checkouts import SeatsGone, prolong_hold
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

CREDIT = Axis("credit", "credit_state", CREDIT_MOVES)


class CreditDecided(Refusal):
    """Finance has answered this before, or nobody asked; facts: state."""


def accept_credit(registration_id: int, *, po_number: str, now: datetime, by: str) -> Registration:
    """Accept an order: the seats are theirs, the invoice goes out, again if it had, and falls due by its terms.

    po_number  as it stands on the order, which may differ from what the form said; "" keeps that
    raises     CreditDecided, SeatsGone
    """
    registration = _asked(registration_id)
    folio = registration.folio
    folio.po_number = po_number or folio.po_number
    move_to(folio, CREDIT, "granted", now=now, by=by, why=folio.po_number)
    holds.confirm(registration, now=now, by=by)
    issue_invoice(folio, purpose_of(registration), now=now, by=by)
    mails.credit_granted(registration, [invoice.paper for invoice in billing.live_invoices(folio)], now=now)
    return registration


def refuse_credit(registration_id: int, *, why: str, now: datetime, by: str) -> Registration:
    """Refuse to wait for an invoice; the seats stay held a while, so that the payer can pay at once instead.

    why     for the payer
    raises  CreditDecided, SeatsGone
    """
    registration = _asked(registration_id)
    move_to(registration.folio, CREDIT, "refused", now=now, by=by, why=why)
    prolong_hold(registration, now + rules.SECOND_TRY, now=now)
    mails.credit_refused(registration, why, key=registration.public_id, now=now)
    return registration


def _asked(registration_id: int) -> Registration:
    registration = holds.lock(registration_id)
    lock_folio(registration.folio)
    if registration.folio.credit_state != "asked":
        raise CreditDecided(state=registration.folio.credit_state)
    if not holds.live_seats(registration):
        raise SeatsGone
    return registration

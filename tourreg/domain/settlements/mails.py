"""What people are told about money, as plain facts; templates/mails has the words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import mails as registration_mails
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.money import Money


def paid(registration: Registration, payment: Entry, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that money has arrived; the payer's own address gets the papers too."""
    facts = {"amount": _plain(Money(-payment.amount_minor, registration.folio.currency)), "means": payment.means}
    _tell(registration, "paid", facts, key=payment.public_id, papers=papers, now=now)


def paid_late(registration: Registration, payment: Entry, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that money came when the seats were gone, and that somebody looks at it, or that it goes back."""
    amount = Money(-payment.amount_minor, registration.folio.currency)
    facts = {"amount": _plain(amount), "means": payment.means, "cancelled": registration.is_withdrawn}
    _tell(registration, "paid_late", facts, key=payment.public_id, papers=papers, now=now)


def funds_awaited(registration: Registration, amount: Money, *, key: str, now: datetime) -> None:
    """Tell that a bank transfer or wallet payment was promised and until when the seats wait for it."""
    _tell(registration, "funds_awaited", {"amount": _plain(amount)}, key=key, papers=(), now=now)


def payment_failed(registration: Registration, amount: Money, *, key: str, now: datetime) -> None:
    """Tell that promised money did not come, and until when another try is possible."""
    _tell(registration, "payment_failed", {"amount": _plain(amount)}, key=key, papers=(), now=now)


def hold_ended(registration: Registration, papers: Iterable[Paper], *, key: str, now: datetime) -> None:
    """Tell that the seats were freed because nobody paid; credit notes take back what was invoiced."""
    _tell(registration, "hold_ended", {}, key=key, papers=papers, now=now)


def credit_granted(registration: Registration, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that the order is accepted and the seats are theirs; the invoice goes with it."""
    _tell(registration, "credit_granted", {}, key=registration.public_id, papers=papers, now=now)


def credit_refused(registration: Registration, why: str, *, key: str, now: datetime) -> None:
    """Tell that the seats cannot wait for an invoice, why, and until when a card would do."""
    _tell(registration, "credit_refused", {"why": why}, key=key, papers=(), now=now)


def invoiced(registration: Registration, invoice: Paper, *, now: datetime) -> None:
    """Send an invoice that finance issued."""
    _tell(registration, "invoiced", {}, key=invoice.public_id, papers=[invoice], now=now)


def invoice_corrected(registration: Registration, reason: str, note: Paper, invoice: Paper, *, now: datetime) -> None:
    """Send a credit note and the invoice that takes the place of the one it credits."""
    _tell(registration, "invoice_corrected", {"why": reason}, key=invoice.public_id, papers=[note, invoice], now=now)


def seated_after_all(registration: Registration, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell somebody who paid late that there are seats after all."""
    _tell(registration, "seated_after_all", {}, key=registration.public_id, papers=papers, now=now)


def cancelled(registration: Registration, refund: Money, why: str, papers: Iterable[Paper], *, now: datetime) -> None:
    """Tell that the registration is cancelled, and what goes back."""
    facts = {"refund": _plain(refund), "why": why}
    _tell(registration, "cancelled", facts, key=registration.public_id, papers=papers, now=now)


def refunded(registration: Registration, amount: Money, *, key: str, now: datetime) -> None:
    """Tell that money has left for the payer."""
    _tell(registration, "refunded", {"amount": _plain(amount)}, key=key, papers=(), now=now)


def _tell(
    registration: Registration,
    template: str,
    facts: dict[str, Any],
    *,
    key: str,
    papers: Iterable[Paper],
    now: datetime,
) -> None:
    attached = [paper.public_id for paper in papers]
    known = {**_facts(registration), **facts}
    addresses = [registration.contact_email]
    if attached and registration.folio.payer_email.lower() != registration.contact_email.lower():
        addresses.append(registration.folio.payer_email)
    for place, address in enumerate(addresses):
        send_letter(
            template,
            {**known, "to_payer": place > 0},
            to=address,
            language=registration.language,
            about=registration.public_id,
            key=f"{template}:{key}" + (":payer" if place else ""),
            now=now,
            papers=attached,
        )


def _facts(registration: Registration) -> dict[str, Any]:
    until = holds.held_until(registration)
    return {
        **registration_mails.facts(registration),
        "held_until": until.isoformat() if until else "",
        "balance": _plain(billing.balance(registration.folio)),
    }


def _plain(amount: Money) -> dict[str, Any]:
    return {"minor": amount.minor, "currency": amount.currency}

"""Money that came by bank or at the desk, recorded by finance."""

from dataclasses import dataclass
from datetime import date, datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import rules as billing_rules
from tourreg.domain.billing.commands import MoneyIn
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.settlements.bills import lock_bill_of
from tourreg.domain.settlements.commands import take_in
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

RECORDED_MEANS = ("wire", "check", "ach", "cash")
# A posting's reference has room for means, folio and this.
LONGEST_NUMBER = 60
# Begins the reference of a payment that came with a bank's statement, before the line's public id.
BY_BANK = "bank:"


class PaymentKnown(Refusal):
    """The same wire or check stands on this folio already; facts: entry."""


class MoneyKnownElsewhere(Refusal):
    """The same wire or check stands on another folio; facts: reference of that folio."""


class ReceivedInFuture(Refusal):
    """The money is said to have come after today; facts: today."""


@dataclass(frozen=True)
class PaymentSlip:
    """What finance types from the bank's statement.

    detail          the number of the wire or check, LONGEST_NUMBER letters at most; cash needs none
    received_on     in the issuer's zone
    shared          one wire or check pays several folios, so it may stand on another already
    submission_key  the same for every sending of one form
    """

    amount: Money
    means: str
    detail: str
    received_on: date
    submission_key: str
    shared: bool = False


def record_payment(
    registration_id: int, slip: PaymentSlip, *, now: datetime, by: str, folio_id: int | None = None
) -> Entry:
    """Post money that came by bank or at the desk, with all that follows; the same form again returns its first.

    A part of what is owed is posted as such; more than is owed is posted and lies on the desk as overpaid.

    folio_id  of the bill that is paid; the registration's main one unless it is given
    raises    PaymentKnown, MoneyKnownElsewhere, ReceivedInFuture, AmountNotPositive, CurrenciesDiffer
    """
    bill = lock_bill_of(registration_id, folio_id)
    recorded = billing.recorded_by(slip.submission_key)
    if recorded is not None:
        return recorded
    _require_new(bill.folio, slip, now)
    money = MoneyIn(
        amount=slip.amount,
        means=slip.means,
        detail=slip.detail,
        received_on=slip.received_on,
        reference=_reference(bill.folio, slip),
        submission_key=slip.submission_key,
    )
    return take_in(bill, money, now=now, by=by)


def _require_new(folio: Folio, slip: PaymentSlip, now: datetime) -> None:
    today = local_day(now, folio.issuer.zone)
    if slip.received_on > today:
        raise ReceivedInFuture(today=today)
    if slip.amount.minor <= 0:
        raise billing_rules.AmountNotPositive(amount=slip.amount)
    known = billing.posted(_reference(folio, slip)) or _came_with_statement(folio, slip)
    if known is not None:
        raise PaymentKnown(entry=known)
    number = billing_rules.normal_number(slip.detail)
    elsewhere = billing.same_money_elsewhere(folio, slip.means, number) if number else None
    if elsewhere is not None and not slip.shared:
        raise MoneyKnownElsewhere(reference=elsewhere.folio.reference)


def _came_with_statement(folio: Folio, slip: PaymentSlip) -> Entry | None:
    """Return the payment that a bank's statement has brought under the same number."""
    number = billing_rules.normal_number(slip.detail)
    return next(
        (
            entry
            for entry in billing.entries_of(folio)
            if entry.reference.startswith(BY_BANK) and number and billing_rules.normal_number(entry.detail) == number
        ),
        None,
    )


def _reference(folio: Folio, slip: PaymentSlip) -> str:
    """Return the name of this money: one wire or check posts once to one folio, though it may pay several."""
    number = billing_rules.normal_number(slip.detail) or slip.submission_key
    return f"{slip.means}:{folio.reference}:{number}"

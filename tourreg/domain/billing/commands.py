"""Opening a folio and posting to its ledger.

Whoever posts is inside `writing()` and holds the folio's row by `lock_folio`, after the locks of seats and pools and
before that of a number series.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import insert, select

from tourreg.db import db
from tourreg.domain.billing import rules
from tourreg.domain.billing.models import AgreedInstalment, Entry, Folio, Refund
from tourreg.domain.billing.payers import BillTo, change_bill_to
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.billing.posting import Row, post, post_once, require_currency, row
from tourreg.domain.outbox.commands import add_task
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import at_local_time, local_day
from tourreg.kernel.money import Money

LOOK_AT_DUES = "look_at_dues"
# When letters about due dates go out, in the event's zone.
MORNING = time(9)

PAYMENT = Text("Payment", "付款")
REFUND = Text("Refund", "退款")
REFUND_RETURNED = Text("Refund that came back", "退款被退回")


@dataclass(frozen=True)
class Charge:
    """One thing to be paid for; `reference` lets it post only once."""

    subject: str
    description: Text
    unit: Money
    reference: str
    quantity: int = 1
    service_from: date | None = None
    service_to: date | None = None


@dataclass(frozen=True)
class LetOff:
    """What somebody need not pay of one charge; more than nothing.

    charge  the reference of the charge, which stands on the same folio
    """

    charge: str
    description: Text
    amount: Money


@dataclass(frozen=True)
class MoneyIn:
    """Money that has arrived.

    reference       names this money and no other: "stripe:<payment intent>", "wire:<folio>:<its number>"
    detail          how the payer knows it: last four digits, number of the wire or check
    received_on     in the issuer's zone
    submission_key  of the form by which a person recorded it
    """

    amount: Money
    means: str
    detail: str
    received_on: date
    reference: str
    submission_key: str | None = None


def open_folio(
    bill_to: BillTo, *, issuer_id: int, event: str, currency: str, language: str, reference: str, now: datetime
) -> Folio:
    """Open the running bill of one payer for one event in one currency."""
    folio = Folio(
        reference=reference,
        issuer_id=issuer_id,
        event=event,
        currency=currency,
        language=language,
        created_at=now,
    )
    change_bill_to(folio, bill_to)
    db.session.add(folio)
    db.session.flush()
    return folio


def post_first_charges(folio: Folio, charges: Iterable[Charge], *, now: datetime, by: str) -> None:
    """Post the charges of a folio that was opened in this transaction, in one statement however many they are.

    Free things post as zero, so that the invoice shows them.

    raises  IntegrityError where one of them was posted before
    """
    rows = [_row_of_charge(folio, charge, now=now, by=by) for charge in charges]
    db.session.execute(insert(Entry), rows)


def post_charge(folio: Folio, charge: Charge, *, now: datetime, by: str) -> Entry:
    """Post something that is charged later; the same reference again returns what stands under it.

    raises  CurrenciesDiffer, ReferenceTaken
    """
    return post_once(_row_of_charge(folio, charge, now=now, by=by))


def post_first_discounts(folio: Folio, let_off: Iterable[LetOff], *, now: datetime, by: str) -> None:
    """Post what is let off of charges that were posted in this transaction, in two statements.

    raises  IntegrityError where one of them was posted before
    """
    wanted = {one.charge: one for one in let_off}
    if not wanted:
        return
    charges = db.session.scalars(select(Entry).where(Entry.folio_id == folio.id, Entry.reference.in_(wanted)))
    rows = [_row_of_discount(folio, charge, wanted[charge.reference], now=now, by=by) for charge in charges]
    db.session.execute(insert(Entry), rows)


def agree_plan(folio: Folio, kind: str, instalments: Iterable[Instalment], *, now: datetime) -> None:
    """Note by which plan a bill is paid, and its instalments in the order of their days; they replace earlier ones."""
    folio.plan = kind
    folio.instalments.clear()
    db.session.flush()
    folio.instalments.extend(
        AgreedInstalment(position=position, due_on=part.due_on, amount_minor=part.amount.minor)
        for position, part in enumerate(instalments, start=1)
    )
    db.session.flush()
    if folio.instalments:
        look_at_dues(folio, local_day(now, folio.issuer.zone) + timedelta(days=1), zone=folio.issuer.zone, now=now)


def look_at_dues(folio: Folio, day: date, *, zone: str, now: datetime) -> None:
    """Ask for a look on the morning of a day at what is due on a bill; one look that day, however often it is asked."""
    key = f"{LOOK_AT_DUES}:{folio.public_id}:{day.isoformat()}"
    run_at = at_local_time(day, MORNING, zone)
    add_task(LOOK_AT_DUES, {"folio": folio.public_id}, key=key, now=now, run_at=run_at)


def post_payment(folio: Folio, money: MoneyIn, *, now: datetime, by: str) -> Entry:
    """Post money that has arrived; the same money again returns its first posting.

    raises  AmountNotPositive, CurrenciesDiffer, ReferenceTaken
    """
    require_currency(folio, money.amount)
    if money.amount.minor <= 0:
        raise rules.AmountNotPositive(amount=money.amount)
    return post(
        folio,
        "payment",
        -money.amount,
        description=PAYMENT,
        reference=money.reference,
        now=now,
        by=by,
        means=money.means,
        detail=money.detail,
        received_on=money.received_on,
        submission_key=money.submission_key,
    )


def post_refund(folio: Folio, refund: Refund, *, means: str | None, now: datetime, by: str) -> Entry:
    """Post money that has gone back to the payer.

    means  by which it left, which may be another than it came by
    """
    return post(
        folio,
        "refund",
        Money(refund.amount_minor, folio.currency),
        description=REFUND,
        reference=f"refund:{refund.public_id}:{refund.returns}",
        now=now,
        by=by,
        means=means,
        detail=refund.detail or refund.payment.detail,
        why=refund.why,
    )


def post_returned_refund(folio: Folio, refund: Refund, *, now: datetime, by: str) -> Entry:
    """Post that money which had gone back to the payer came back to us."""
    return post(
        folio,
        "refund_returned",
        Money(-refund.amount_minor, folio.currency),
        description=REFUND_RETURNED,
        reference=f"refund_returned:{refund.public_id}:{refund.returns}",
        now=now,
        by=by,
        means=refund.payment.means,
        why=refund.failure,
    )


def lock_folio(folio: Folio) -> None:
    """Wait until no other transaction posts to the folio or issues its papers."""
    db.session.execute(select(Folio.id).where(Folio.id == folio.id).with_for_update())


def _row_of_charge(folio: Folio, charge: Charge, *, now: datetime, by: str) -> Row:
    require_currency(folio, charge.unit)
    amount = charge.unit * charge.quantity
    return {
        **row(folio, "charge", amount, charge.description, charge.reference, now=now, by=by),
        "subject": charge.subject,
        "quantity": charge.quantity,
        "unit_minor": charge.unit.minor,
        "service_from": charge.service_from,
        "service_to": charge.service_to,
    }


def _row_of_discount(folio: Folio, charge: Entry, let_off: LetOff, *, now: datetime, by: str) -> Row:
    require_currency(folio, let_off.amount)
    reference = f"discount:{charge.public_id}"
    return {
        **row(folio, "discount", -let_off.amount, let_off.description, reference, now=now, by=by),
        "subject": charge.subject,
        "service_from": charge.service_from,
        "service_to": charge.service_to,
        "reduces_id": charge.id,
    }

"""Opening a folio and posting to its ledger.

Whoever posts is inside `writing()` and holds the folio's row by `lock_folio`, after the locks of seats and pools and
before that of a number series.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import insert, select

from tourreg.db import db
from tourreg.domain.billing import queries, rules
from tourreg.domain.billing.models import AgreedInstalment, Entry, Folio, Refund
from tourreg.domain.billing.payers import BillTo, carry_order_lines, change_bill_to
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.outbox.commands import add_task
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import at_local_time, local_day
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.refusals import Refusal

Row = dict[str, object]

LOOK_AT_DUES = "look_at_dues"
# When letters about due dates go out, in the event's zone.
MORNING = time(9)

CANCELLED = Text("Cancelled: %s", "取消：%s")
KEPT = Text("Cancellation fee: %s", "取消费：%s")
PAYMENT = Text("Payment", "付款")
REFUND = Text("Refund", "退款")
# Begins the reference of a line that is charged again, before the public id of the posting that had taken it back.
CHARGED_AGAIN = "again:"
# Begins that of a line which another payer pays now, alike.
MOVED = "moved:"
REFUND_RETURNED = Text("Refund that came back", "退款被退回")


class LedgerIsAppendOnly(Refusal):
    """Somebody tried to change or remove a posting; facts: entry."""


class ReferenceTaken(Refusal):
    """Another act was posted under this reference; facts: reference."""


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
    _require_currency(folio, money.amount)
    if money.amount.minor <= 0:
        raise rules.AmountNotPositive(amount=money.amount)
    return _post(
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


def take_back(folio: Folio, lines: Iterable[Entry], *, why: str, now: datetime, by: str) -> list[Entry]:
    """Take back lines that stand on the folio, one posting for each that is not free."""
    return [_take_back(folio, line, why=why, now=now, by=by) for line in lines if line.amount_minor]


def keep_fee(folio: Folio, line: Entry, fee: Money, *, why: str, now: datetime, by: str) -> Entry:
    """Charge what is kept of a line that was taken back; a line is charged for once."""
    _require_currency(folio, fee)
    return _post(
        folio,
        "cancellation_fee",
        fee,
        description=Text(KEPT.en % line.description.in_("en"), KEPT.zh % line.description.in_("zh")),
        reference=f"kept:{line.public_id}",
        now=now,
        by=by,
        subject=line.subject,
        service_from=line.service_from,
        service_to=line.service_to,
        why=why,
    )


def charge_again(folio: Folio, lapsed: list[Entry], *, now: datetime, by: str) -> list[Entry]:
    """Post lines anew that were taken back.

    lapsed  the postings that took them back
    """
    again = _post_anew(folio, lapsed, CHARGED_AGAIN, now=now, by=by)
    pairs = zip((cancellation.reverses_id for cancellation in lapsed), again, strict=True)
    carry_order_lines(folio, {before: after.id for before, after in pairs if before is not None})
    return again


def move_lines(
    lines: Iterable[Entry], source: Folio, target: Folio, *, why: str, now: datetime, by: str
) -> list[Entry]:
    """Take lines back that stand on one folio and charge them on another of the same currency; return them there.

    What is free stays where it is. Both folios are locked by the caller.
    """
    _require_currency(target, Money(0, source.currency))
    taken_back = take_back(source, lines, why=why, now=now, by=by)
    return _post_anew(target, taken_back, MOVED, now=now, by=by)


def post_refund(folio: Folio, refund: Refund, *, means: str | None, now: datetime, by: str) -> Entry:
    """Post money that has gone back to the payer.

    means  by which it left, which may be another than it came by
    """
    return _post(
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
    return _post(
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


def _take_back(folio: Folio, line: Entry, *, why: str, now: datetime, by: str) -> Entry:
    amount = Money(-line.amount_minor, folio.currency)
    return _post(
        folio,
        "cancellation" if amount.minor < 0 else "charge",
        amount,
        description=Text(CANCELLED.en % line.description.in_("en"), CANCELLED.zh % line.description.in_("zh")),
        reference=f"cancelled:{line.public_id}",
        now=now,
        by=by,
        subject=line.subject,
        reverses_id=line.id,
        why=why,
    )


def _post_anew(folio: Folio, cancellations: list[Entry], begins: str, *, now: datetime, by: str) -> list[Entry]:
    """Post what was taken back once more, discounts after the charges that they lessen."""
    anew: dict[int | None, Entry] = {}
    for cancellation in sorted(cancellations, key=lambda posting: posting.reverses_id or 0):
        line = cancellation.reverses
        reduced = anew.get(line.reduces_id) if line and line.reduces_id else None
        reference = f"{begins}{cancellation.public_id}"
        anew[cancellation.reverses_id] = _post_one_anew(folio, cancellation, reference, reduced, now=now, by=by)
    return list(anew.values())


def _post_one_anew(
    folio: Folio, cancellation: Entry, reference: str, reduced: Entry | None, *, now: datetime, by: str
) -> Entry:
    line = cancellation.reverses
    if line is None:
        raise ValueError(f"{cancellation.reference} took nothing back")
    return _post(
        folio,
        line.kind,
        Money(line.amount_minor, folio.currency),
        description=line.description,
        reference=reference,
        now=now,
        by=by,
        subject=line.subject,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        service_from=line.service_from,
        service_to=line.service_to,
        reduces_id=reduced.id if reduced else None,
    )


def _require_currency(folio: Folio, amount: Money) -> None:
    if amount.currency != folio.currency:
        raise CurrenciesDiffer(currencies=(folio.currency, amount.currency))


def _row_of_charge(folio: Folio, charge: Charge, *, now: datetime, by: str) -> Row:
    _require_currency(folio, charge.unit)
    amount = charge.unit * charge.quantity
    return {
        **_row(folio, "charge", amount, charge.description, charge.reference, now=now, by=by),
        "subject": charge.subject,
        "quantity": charge.quantity,
        "unit_minor": charge.unit.minor,
        "service_from": charge.service_from,
        "service_to": charge.service_to,
    }


def _row_of_discount(folio: Folio, charge: Entry, let_off: LetOff, *, now: datetime, by: str) -> Row:
    _require_currency(folio, let_off.amount)
    reference = f"discount:{charge.public_id}"
    return {
        **_row(folio, "discount", -let_off.amount, let_off.description, reference, now=now, by=by),
        "subject": charge.subject,
        "service_from": charge.service_from,
        "service_to": charge.service_to,
        "reduces_id": charge.id,
    }


def _post(
    folio: Folio,
    kind: str,
    amount: Money,
    *,
    description: Text,
    reference: str,
    now: datetime,
    by: str,
    **more: object,
) -> Entry:
    return _post_once({**_row(folio, kind, amount, description, reference, now=now, by=by), **more})


def _row(folio: Folio, kind: str, amount: Money, description: Text, reference: str, *, now: datetime, by: str) -> Row:
    return {
        "folio_id": folio.id,
        "kind": kind,
        "amount_minor": amount.minor,
        "unit_minor": amount.minor,
        "description": description,
        "reference": reference,
        "posted_at": now,
        "posted_by": by,
    }


def _post_once(row: Row) -> Entry:
    """Post the row; what already stands under its reference is returned, if it is the same."""
    known = queries.posted(str(row["reference"]))
    if known is not None:
        if (known.folio_id, known.kind, known.amount_minor) != (row["folio_id"], row["kind"], row["amount_minor"]):
            raise ReferenceTaken(reference=row["reference"])
        return known
    entry = Entry(**row)
    db.session.add(entry)
    db.session.flush()
    return entry


def _refuse_change(_mapper: object, _connection: object, entry: Entry) -> None:
    raise LedgerIsAppendOnly(entry=entry.reference)


sqlalchemy_event.listen(Entry, "before_update", _refuse_change)
sqlalchemy_event.listen(Entry, "before_delete", _refuse_change)

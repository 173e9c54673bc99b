"""Opening a folio and posting to its ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.refusals import Refusal


class LedgerIsAppendOnly(Refusal):
    """Somebody tried to change or remove a posting; facts: entry."""


@dataclass(frozen=True)
class BillTo:
    """Who pays, as the invoice names them."""

    name: str
    email: str
    department: str = ""
    address: str = ""
    country: str = ""
    vendor_number: str = ""
    po_number: str = ""


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
        payer_name=bill_to.name,
        payer_email=bill_to.email,
        payer_department=bill_to.department,
        payer_address=bill_to.address,
        payer_country=bill_to.country,
        vendor_number=bill_to.vendor_number,
        po_number=bill_to.po_number,
        created_at=now,
    )
    db.session.add(folio)
    db.session.flush()
    return folio


def post_charge(folio: Folio, charge: Charge, *, now: datetime, by: str) -> Entry:
    """Post one charge; free things post as zero, so that the invoice shows them."""
    _require_currency(folio, charge.unit)
    return _post(
        folio,
        "charge",
        charge.unit * charge.quantity,
        description=charge.description,
        reference=charge.reference,
        now=now,
        by=by,
        subject=charge.subject,
        quantity=charge.quantity,
        unit_minor=charge.unit.minor,
        service_from=charge.service_from,
        service_to=charge.service_to,
    )


def balance(folio: Folio) -> Money:
    """Return what is still owed; negative when more came than was charged."""
    summed = db.session.scalar(select(func.coalesce(func.sum(Entry.amount_minor), 0)).where(Entry.folio_id == folio.id))
    return Money(int(summed or 0), folio.currency)


def _require_currency(folio: Folio, amount: Money) -> None:
    if amount.currency != folio.currency:
        raise CurrenciesDiffer(currencies=(folio.currency, amount.currency))


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
    entry = Entry(
        folio_id=folio.id,
        kind=kind,
        amount_minor=amount.minor,
        description=description,
        reference=reference,
        posted_at=now,
        posted_by=by,
        **{"unit_minor": amount.minor, **more},
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def _refuse_change(_mapper: object, _connection: object, entry: Entry) -> None:
    raise LedgerIsAppendOnly(entry=entry.reference)


sqlalchemy_event.listen(Entry, "before_update", _refuse_change)
sqlalchemy_event.listen(Entry, "before_delete", _refuse_change)

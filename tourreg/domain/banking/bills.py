"""What lines are matched with: the bills of a seller, payments recorded by hand, refunds paid out by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.banking.matching import Asked, Bill, Incoming, Match, Matcher, certain_once
from tourreg.domain.banking.models import BankAccount, BankLine, LineShare
from tourreg.domain.billing.models import AgreedInstalment, Entry, Folio, Invoice, Refund
from tourreg.domain.billing.plans import Instalment, as_charged
from tourreg.domain.papers.models import Issuer, Paper
from tourreg.domain.registrations.models import FurtherFolio, Participant, Registration
from tourreg.kernel.money import Money
from tourreg.kernel.names import PersonName

# A wire that somebody recorded from a letter of the bank stands so many days from its booking at most.
RECORDED_WITHIN = timedelta(days=10)
RECORDED_BY_HAND = ("wire", "check", "ach", "cash")
# What moves money; everything else says what is to be paid.
MONEY_KINDS = ("payment", "refund", "refund_returned")
MOST_FOUND = 10
Conditions = tuple[ColumnElement[bool], ...]


def matches(known: Sequence[Bill], account: BankAccount, lines: Iterable[BankLine]) -> dict[int, Match]:
    """Return what each line that waits proposes, by the line's id.

    known  the bills of the account's seller in its currency
    """
    asked = [line for line in lines if line.is_waiting]
    if not asked:
        return {}
    matcher = Matcher(known, account.issuer.series_prefix)
    return certain_once({line.id: matcher.match(_incoming(line)) for line in asked})


def bills(issuer: Issuer, currency: str) -> list[Bill]:
    """Return the seller's folios in a currency as matching needs them, in five statements."""
    of_seller = (Folio.issuer_id == issuer.id, Folio.currency == currency)
    balance = func.coalesce(func.sum(Entry.amount_minor), 0)
    charged = func.coalesce(func.sum(case((Entry.kind.in_(MONEY_KINDS), 0), else_=Entry.amount_minor)), 0)
    folios = (
        select(Folio.id, Folio.public_id, Folio.reference, Folio.payer_name, Folio.payer_department, balance, charged)
        .outerjoin(Folio.entries)
        .where(*of_seller)
        .group_by(Folio.id)
        .order_by(Folio.id)
    )
    rows = db.session.execute(folios).all()
    agreed, invoices, registered = _agreed(of_seller, currency), _invoices(of_seller), _registered(of_seller)
    return [
        Bill(
            public_id=public_id,
            reference=reference,
            owed_minor=int(owed),
            asked=(
                *(Asked("invoice_amount", number, minor) for number, minor in invoices[folio_id]),
                *_open_instalments(agreed[folio_id], Money(int(sum_charged), currency), int(owed)),
            ),
            numbers=tuple(number for number, _minor in invoices[folio_id]),
            payers=tuple(name for name in (payer, department) if name),
            people=tuple(registered[folio_id].names),
            registrations=tuple(registered[folio_id].references),
        )
        for folio_id, public_id, reference, payer, department, owed, sum_charged in rows
    ]


def recorded_payments(line: BankLine) -> Sequence[Entry]:
    """Return payments that were recorded by hand around the line's day, of its amount, and are no line's yet."""
    return db.session.scalars(_recorded(line).order_by(Entry.received_on, Entry.id).limit(MOST_FOUND)).all()


def recorded_payment(line: BankLine, public_id: str) -> Entry | None:
    """Return one of them."""
    return db.session.scalar(_recorded(line).where(Entry.public_id == public_id))


def refunds_for(line: BankLine) -> Sequence[Refund]:
    """Return the refunds by hand of the line's amount that no line has paid out yet, oldest first."""
    found = _refunds(line).options(joinedload(Refund.folio))
    return db.session.scalars(found.order_by(Refund.requested_at, Refund.id).limit(MOST_FOUND)).all()


def refund_for(line: BankLine, public_id: str) -> Refund | None:
    """Return one of them."""
    return db.session.scalar(_refunds(line).where(Refund.public_id == public_id))


def _incoming(line: BankLine) -> Incoming:
    return Incoming(line.rest.minor, line.text, line.payer, line.booked_on)


def _agreed(of_seller: Conditions, currency: str) -> Mapping[int, list[Instalment]]:
    """Return the instalments that were agreed, in their order, by the folio's id."""
    parts = select(AgreedInstalment.folio_id, AgreedInstalment.due_on, AgreedInstalment.amount_minor)
    ordered = parts.join(AgreedInstalment.folio).where(*of_seller).order_by(AgreedInstalment.position)
    found: dict[int, list[Instalment]] = defaultdict(list)
    for folio_id, due_on, minor in db.session.execute(ordered):
        found[folio_id].append(Instalment(due_on, Money(int(minor), currency)))
    return found


def _open_instalments(agreed: Sequence[Instalment], charged: Money, owed_minor: int) -> Iterator[Asked]:
    """Yield what is open of each instalment; what has come in pays the oldest first."""
    paid = charged.minor - owed_minor
    for part in as_charged(agreed, charged):
        covered = max(0, min(paid, part.amount.minor))
        paid -= covered
        if covered < part.amount.minor:
            yield Asked("instalment", part.due_on.isoformat(), part.amount.minor - covered)


def _invoices(of_seller: Conditions) -> Mapping[int, list[tuple[str, int]]]:
    """Return number and total of the invoices that no credit note took back, by the folio's id."""
    credited = select(Invoice.credits_id).where(Invoice.credits_id.is_not(None))
    live = (
        select(Invoice.folio_id, Paper.number, Invoice.total_minor)
        .join(Invoice.paper)
        .join(Invoice.folio)
        .where(*of_seller, Invoice.kind == "invoice", Invoice.id.not_in(credited))
        .order_by(Invoice.id)
    )
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for folio_id, number, minor in db.session.execute(live):
        found[folio_id].append((number, int(minor)))
    return found


@dataclass
class _Stands:
    """Whom a bill is for: references of the registrations whose main bill it is, names of people and organisations."""

    references: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def _registered(of_seller: Conditions) -> Mapping[int, _Stands]:
    """Return whom each bill is for, by the folio's id; a further bill is for the people of its registration too."""
    of_further = (FurtherFolio.folio_id, FurtherFolio.registration_id, literal(0))
    further = select(*of_further).join(FurtherFolio.folio).where(*of_seller)
    main = select(Registration.folio_id, Registration.id, literal(1)).join(Registration.folio).where(*of_seller)
    folio_id, registration_id, is_main = union_all(main, further).subquery().c
    found: dict[int, _Stands] = defaultdict(_Stands)
    contact = (Registration.reference, Registration.contact_name, Registration.organisation)
    contacts = select(folio_id, is_main, *contact).join(Registration, Registration.id == registration_id)
    for folio, on_main, reference, *names in db.session.execute(contacts):
        found[folio].references += [reference] if on_main else []
        found[folio].names += [name for name in names if name]
    person = (Participant.surname, Participant.given, Participant.native)
    people = select(folio_id, *person).join(Participant, Participant.registration_id == registration_id)
    for folio, surname, given, native in db.session.execute(people):
        found[folio].names += [name for name in (PersonName(surname, given, native).latin(), native) if name]
    return found


def _recorded(line: BankLine) -> Select[Entry]:
    days = (line.booked_on - RECORDED_WITHIN, line.booked_on + RECORDED_WITHIN)
    is_of_amount = Entry.amount_minor == -line.rest.minor
    is_of_number = (Entry.detail == line.reference) & (Entry.amount_minor >= -line.rest.minor)
    return (
        select(Entry)
        .join(Entry.folio)
        .where(
            Entry.kind == "payment",
            Entry.means.in_(RECORDED_BY_HAND),
            is_of_amount | (is_of_number if line.reference else is_of_amount),
            Entry.received_on.between(*days),
            ~Entry.reference.startswith("stripe:"),
            Entry.id.not_in(select(LineShare.entry_id)),
            Folio.issuer_id == line.account.issuer_id,
            Folio.currency == line.currency,
        )
        .options(joinedload(Entry.folio))
    )


def _refunds(line: BankLine) -> Select[Refund]:
    is_paid_out = (Refund.means == "by_hand") & (Refund.state == "succeeded")
    return (
        select(Refund)
        .join(Refund.folio)
        .where(
            Refund.amount_minor == -line.amount_minor,
            Refund.is_to_pay_out | is_paid_out,
            Refund.id.not_in(select(BankLine.refund_id).where(BankLine.refund_id.is_not(None))),
            Folio.issuer_id == line.account.issuer_id,
            Folio.currency == line.currency,
        )
    )

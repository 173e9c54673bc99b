"""Registrations whose lines stand on several bills, and bills of several registrations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests.cast import a_person, a_published_summit, a_registration
from tests.money_cast import FINANCE, read_again
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry, Folio, Invoice, Receipt
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.catalogue.models import Event
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import payers
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money

FEE_MINOR, ROOM_MINOR = 48_000, 21_000
EMILY = BillTo(name="Emily Hart", email="emily@example.org", country="US")
LATER = timedelta(days=3)


def with_single_room(now: datetime, *, event: Event | None = None, **changed: Any) -> Registration:
    """Return the saved registration of Emily Hart with a single room: US$480 and US$210, held."""
    event = event or a_published_summit()
    room = event.add_ons[1].public_id
    return a_registration(event, a_person(add_ons=(room,)), now=now, **changed)


def split(registration: Registration, now: datetime) -> Folio:
    """Let Emily Hart pay the single room herself; return her bill."""
    room = line_of(registration.folio, "Single room")
    with writing():
        folio = payers.let_another_pay(
            registration.id,
            registration.folio_id,
            [room.public_id],
            EMILY,
            language="en",
            held_until=now + LATER,
            now=now,
            by=FINANCE,
        )
    return folio


def bill_together(lead: Registration, *others: Registration, now: datetime) -> Folio:
    with writing():
        return payers.bill_together(
            lead.id, [other.id for other in others], held_until=now + LATER, now=now, by=FINANCE
        )


def of_one_city(now: datetime, count: int = 3, **changed: Any) -> list[Registration]:
    """Return saved registrations of one person each for the same event, US$480 each, held."""
    event = a_published_summit()
    people = ("Hart", "Chen", "Diaz", "Evans", "Foster", "Gray")
    return [
        a_registration(
            event,
            a_person(surname, "Lee"),
            now=now,
            contact_email=f"{surname.lower()}@example.org",
            contact_name=surname,
            **changed,
        )
        for surname in people[:count]
    ]


def line_of(folio: Folio, label: str) -> Entry:
    lines = standing_lines(billing.entries_of(folio))
    return next(line for line in lines if label in line.description.en)


def wire_to(folio: Folio, registration: Registration, minor: int, now: datetime) -> Entry:
    """Record a wire on one of a registration's bills."""
    slip = PaymentSlip(Money(minor, "USD"), "wire", f"W-{minor}", local_day(now, "UTC"), f"form {folio.id} {minor}")
    with writing():
        return record_payment(registration.id, slip, now=now, by=FINANCE, folio_id=folio.id)


def stands_on(folio: Folio) -> list[tuple[str, int]]:
    """Return label and amount of what stands on a bill."""
    db.session.rollback()
    return [(line.description.en, line.amount_minor) for line in standing_lines(billing.entries_of(folio))]


def balance(folio: Folio) -> int:
    db.session.rollback()
    return billing.balance(folio).minor


def papers_on(folio: Folio) -> list[str]:
    """Return kind and payer of the papers of a bill, in their order of issue."""
    db.session.rollback()
    invoices = db.session.scalars(select(Invoice).where(Invoice.folio_id == folio.id))
    receipts = db.session.scalars(select(Receipt).where(Receipt.folio_id == folio.id))
    papers = [*(invoice.paper for invoice in invoices), *(receipt.paper for receipt in receipts)]
    return [paper.kind for paper in sorted(papers, key=lambda paper: paper.id)]


def seats_by_add_on(registration: Registration) -> dict[str, str]:
    """Return the state of the newest seat at the event ("") and of each add-on, of a registration of one person."""
    person = read_again(registration).participants[0]
    return {(seat.add_on.label.en if seat.add_on else ""): seat.state for seat in person.seats}


def letters_to(address: str) -> list[str]:
    """Return the templates of the letters to an address, in their order, the one of registering left out."""
    db.session.rollback()
    found = select(Letter.template).where(Letter.to_address == address, Letter.template != "registered")
    return list(db.session.scalars(found.order_by(Letter.id)))

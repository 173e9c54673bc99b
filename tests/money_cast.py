"""One registration of two people with its money, and what tests of money ask about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from tests.cast import a_person, a_published_summit, a_registration
from tests.fake_payments import FakePayments
from tourreg import settling
from tourreg.adapters.payments import LineItem
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry, Invoice, Receipt, Refund
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.settlements import inbox
from tourreg.domain.settlements.cancelling import cancel_registration
from tourreg.domain.settlements.models import Checkout, DeskCase
from tourreg.domain.settlements.recording import PaymentSlip, record_payment
from tourreg.domain.settlements.refunding import SEND_REFUND
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.settling import WaysBack

PRICE_MINOR = 96_000
FINANCE = "staff:finance"
WHY = "The group cannot travel."
WAYS_BACK = WaysBack("http://site.example/paid?session={CHECKOUT_SESSION_ID}", "http://site.example/left")


def two_people_register(now: datetime, *, event: Event | None = None, **changed: Any) -> Registration:
    """Return the saved registration of Emily Hart and Chen Li: two seats held, US$960 to pay."""
    people = (a_person(), a_person("Chen", "Li", native="陈立"))
    return a_registration(event or a_published_summit(), *people, now=now, **changed)


def begin_to_pay(registration: Registration, payments: FakePayments, now: datetime) -> str:
    """Open a payment page and return its session."""
    settling.open_checkout(registration.id, WAYS_BACK, payments, now=now, by=f"contact:{registration.public_id}")
    return payments.only_session()


def pay_by_card(registration: Registration, payments: FakePayments, now: datetime) -> str:
    """Pay all that is owed at Stripe, and hear of it; return the session."""
    session = begin_to_pay(registration, payments, now)
    payments.pay(session)
    settling.settle_session(session, payments, now=now)
    return session


def promise(registration: Registration, payments: FakePayments, now: datetime) -> str:
    """Promise all that is owed at Stripe, as a bank account does, and hear of it; return the session."""
    session = begin_to_pay(registration, payments, now)
    payments.promise(session)
    settling.settle_session(session, payments, now=now)
    return session


def session_of_another_shop(payments: FakePayments, now: datetime) -> str:
    """Open a page that another system of the same account asks for."""
    return payments.create_checkout_session(
        [LineItem("Book", PRICE_MINOR, "USD")],
        success_url="http://shop.example/paid",
        cancel_url="http://shop.example/left",
        client_reference_id="order-1",
        customer_email=None,
        locale="en",
        expires_at=now + timedelta(minutes=31),
        metadata={},
        idempotency_key="shop",
    ).id


def wire(registration: Registration, minor: int, now: datetime, number: str = "") -> None:
    """Record a wire, under a number made from its amount unless one is given."""
    name = number or f"W-{minor}"
    slip = PaymentSlip(Money(minor, "USD"), "wire", name, local_day(now, "UTC"), f"form {name}")
    with writing():
        record_payment(registration.id, slip, now=now, by=FINANCE)


def cancel(registration: Registration, now: datetime) -> None:
    with writing():
        cancel_registration(registration.id, why=WHY, now=now, by=FINANCE)


def send_refunds(payments: FakePayments, now: datetime) -> None:
    """Let the worker send what waits to go home over Stripe."""
    for task in tasks(SEND_REFUND):
        settling.send_refund(task.arguments["refund"], payments, now=now)


def tell_all(payments: FakePayments, now: datetime, times: int = 1) -> None:
    """Deliver and handle every event of Stripe's so far."""
    for event in payments.events * times:
        with writing():
            inbox.keep(event["id"], event["type"], event["data"]["object"], now=now)
        settling.handle_event(event["id"], payments, now=now)


def refunds() -> list[Refund]:
    """Return all refunds, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Refund).order_by(Refund.id)))


def seats_of(registration: Registration) -> list[str]:
    """Return the states of the registration's seats, oldest first."""
    db.session.rollback()
    found = select(Seat.state).join(Participant).where(Participant.registration_id == registration.id)
    return list(db.session.scalars(found.order_by(Seat.id)))


def taken_places(registration: Registration) -> int:
    """Return how many places of the event itself are taken."""
    db.session.rollback()
    return db.session.scalar(select(Pool.taken).join(Event).where(Event.id == registration.event_id)) or 0


def postings(registration: Registration) -> list[tuple[str, int]]:
    """Return kind and amount of what was posted, oldest first."""
    db.session.rollback()
    found = select(Entry.kind, Entry.amount_minor).where(Entry.folio_id == registration.folio_id)
    return [(kind, amount) for kind, amount in db.session.execute(found.order_by(Entry.id))]


def payments_posted(registration: Registration) -> list[int]:
    return [amount for kind, amount in postings(registration) if kind == "payment"]


def balance_of(registration: Registration) -> int:
    return sum(amount for _, amount in postings(registration))


def papers_of(registration: Registration) -> list[str]:
    """Return the kinds of papers issued for the folio, in their order of issue."""
    db.session.rollback()
    invoices = db.session.scalars(select(Invoice).where(Invoice.folio_id == registration.folio_id))
    receipts = db.session.scalars(select(Receipt).where(Receipt.folio_id == registration.folio_id))
    papers = [*(invoice.paper for invoice in invoices), *(receipt.paper for receipt in receipts)]
    return [paper.kind for paper in sorted(papers, key=lambda paper: paper.id)]


def letters_about(registration: Registration) -> list[str]:
    """Return the templates of the letters asked for, the one of registering left out."""
    db.session.rollback()
    found = select(Letter.template).where(Letter.about == registration.public_id, Letter.template != "registered")
    return list(db.session.scalars(found.order_by(Letter.id)))


def checkouts_of(registration: Registration) -> list[str]:
    db.session.rollback()
    found = select(Checkout.state).where(Checkout.folio_id == registration.folio_id)
    return list(db.session.scalars(found.order_by(Checkout.attempt)))


def on_the_desk() -> list[str]:
    """Return the kinds of what waits on the desk."""
    db.session.rollback()
    return list(db.session.scalars(select(DeskCase.kind).where(DeskCase.closed_at.is_(None)).order_by(DeskCase.id)))


def tasks(kind: str) -> Sequence[Task]:
    db.session.rollback()
    return db.session.scalars(select(Task).where(Task.kind == kind).order_by(Task.run_at)).all()


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def read_again(registration: Registration) -> Registration:
    """Return the registration as it stands now."""
    db.session.rollback()
    found = registrations.by_public_id(registration.public_id)
    assert found is not None
    return found

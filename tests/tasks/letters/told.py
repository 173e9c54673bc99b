"""What is told about a registration, each letter by the command that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tests.tasks.letters.reading import bill
from tourreg.domain.billing.dues import Due
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations.commands import confirm, release
from tourreg.domain.registrations.corrections import Person
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.replacing import replace_participant
from tourreg.domain.settlements import invoices, mails, reminders, statements
from tourreg.domain.settlements.models import Cancellation
from tourreg.domain.travel import telling
from tourreg.kernel.bilingual import EMPTY
from tourreg.kernel.money import Money
from tourreg.kernel.names import PersonName

Tell = Callable[[Registration, datetime], object]
HUNDRED = Money(10_000, "USD")


def payment(registration: Registration, now: datetime) -> Entry:
    return Entry(amount_minor=-96_000, means="card", public_id="a payment")


def issue_statement(registration: Registration, now: datetime) -> None:
    statements.issue_statement(registration.folio_id, of_all=False, since=None, key="x", now=now, by="staff:x")


def remind(registration: Registration, now: datetime) -> None:
    invoices.issue_now(registration.id, now=now, by="staff:x")
    reminders.remind(registration.folio_id, 2, key="x", now=now, by="staff:x")


def ask_for_travel(registration: Registration, now: datetime) -> None:
    confirm(registration, now=now, by="staff:x")
    telling.call(registration.event, date(2027, 4, 1), now=now, by="staff:x")


def a_cancellation(registration: Registration) -> Cancellation:
    """Of one of the two, with a fee kept."""
    person = registration.participants[0]
    whom = {"folio": registration.folio.reference, "subject": person.public_id}
    thing = {**whom, "description": person.fee.label.plain(), "price_minor": 48_000}
    return Cancellation(
        public_id="a cancellation",
        is_everything=False,
        things=[{**thing, "kept_minor": 12_000}],
        currency="USD",
        kept_minor=12_000,
        back_minor=36_000,
        why="You asked for it.",
    )


def remind_of_due(level: int) -> Tell:
    due = Due(EMPTY, date(2027, 1, 20), HUNDRED, Money(0, "USD"), is_next=True)
    return lambda one, now: mails.reminder(bill(one), due, [], level=level, days=0, key="x", now=now)


def remind_of_a_fee(one: Registration, now: datetime) -> None:
    """Remind somebody who has no seats any more."""
    release(one, now=now, by="staff:x", why="They cannot come.")
    remind_of_due(2)(one, now)


def thank_for_a_fee(one: Registration, now: datetime) -> None:
    release(one, now=now, by="staff:x", why="They cannot come.")
    mails.paid(bill(one), payment(one, now), [], now=now)


def release_seats(kept: Money) -> Tell:
    return lambda one, now: mails.seats_released(bill(one), "The deposit is late.", kept, [], key="x", now=now)


def correct_invoice(registration: Registration, now: datetime) -> None:
    wrong = invoices.issue_now(registration.id, now=now, by="staff:x").public_id
    payer = BillTo("City of Davenport", "lan@example.org")
    invoices.correct_invoice(registration.id, wrong, payer, reason="The name was wrong.", now=now, by="staff:x")


def replace_one(registration: Registration, now: datetime) -> None:
    place = registration.participants[0].public_id
    replace_participant(registration.id, place, Person(PersonName("Lopez", "Ana")), why="Ill.", now=now, by="staff:x")


def keep_what_was_asked_back(registration: Registration, now: datetime) -> None:
    own_changes.ask_to_cancel(registration.id, "The trip was not approved.", now=now)
    own_changes.keep_registration(registration.id, "The rooms are paid.", now=now, by="staff:x")


TOLD: list[tuple[str, Tell]] = [
    ("registered", lambda one, now: None),
    ("paid", lambda one, now: mails.paid(bill(one), payment(one, now), [], now=now)),
    ("paid_late", lambda one, now: mails.paid_late(bill(one), payment(one, now), [], now=now)),
    ("funds_awaited", lambda one, now: mails.funds_awaited(bill(one), HUNDRED, key="x", now=now)),
    ("payment_failed", lambda one, now: mails.payment_failed(bill(one), HUNDRED, key="x", now=now)),
    *(("reminder", remind_of_due(level)) for level in range(4)),
    ("reminder", remind_of_a_fee),
    ("paid", thank_for_a_fee),
    ("seats_released", release_seats(HUNDRED)),
    ("seats_released", release_seats(Money(0, "USD"))),
    ("hold_ended", lambda one, now: mails.hold_ended(bill(one), [], key="x", now=now)),
    ("credit_granted", lambda one, now: mails.credit_granted(bill(one), [], now=now)),
    (
        "credit_refused",
        lambda one, now: mails.credit_refused(bill(one), "An earlier invoice is open.", key="x", now=now),
    ),
    ("invoiced", lambda one, now: invoices.issue_now(one.id, now=now, by="staff:x")),
    ("invoice_corrected", correct_invoice),
    ("lines_came", lambda one, now: mails.lines_came(bill(one), [], key="x", now=now)),
    ("lines_went", lambda one, now: mails.lines_went(bill(one), [], key="x", now=now)),
    ("seated_after_all", lambda one, now: mails.seated_after_all(bill(one), [], now=now)),
    ("replaced", replace_one),
    ("cancellation_asked", lambda one, now: own_changes.ask_to_cancel(one.id, "The trip was not approved.", now=now)),
    ("cancellation_kept", keep_what_was_asked_back),
    ("cancelled", lambda one, now: mails.cancelled(bill(one), a_cancellation(one), HUNDRED, [], now=now)),
    ("refunded", lambda one, now: mails.refunded(bill(one), HUNDRED, [], key="x", now=now)),
    ("statement", issue_statement),
    ("reminded", remind),
    ("travel_asked", ask_for_travel),
]

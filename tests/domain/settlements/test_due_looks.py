"""Reminders: each at its time, once, in the payer's language, none of what is paid, none where staff stopped them."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import a_published_summit
from tests.fake_payments import FakePayments
from tests.money_cast import (
    PRICE_MINOR,
    balance_of,
    letters_about,
    on_the_desk,
    pay_by_card,
    promise,
    read_again,
    seats_of,
    tasks,
    two_people_register,
    wire,
)
from tests.plan_cast import BALANCE_ON, a_registration_by_plan
from tourreg.db import db, writing
from tourreg.domain.billing.commands import LOOK_AT_DUES
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.chosen import everything
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancellations, due_looks
from tourreg.domain.settlements.credit import accept_credit
from tourreg.domain.settlements.foreseeing import Order


def on(day: date, now: datetime) -> datetime:
    return datetime.combine(day, now.timetz())


def let_time_pass(until: datetime, since: datetime | None = None) -> None:
    """Do every look that is due by then, each at its own time, as the worker does.

    since  when time last passed
    """
    done = {task.key for task in tasks(LOOK_AT_DUES) if since and task.run_at <= since}
    while waiting := [task for task in tasks(LOOK_AT_DUES) if task.key not in done and task.run_at <= until]:
        task = waiting[0]
        done.add(task.key)
        folio, at = task.arguments["folio"], task.run_at
        with writing():
            due_looks.look(folio, now=at)


def reminders_of(registration: Registration) -> list[str]:
    return [template for template in letters_about(registration) if template == "reminder"]


@pytest.mark.parametrize(
    ("days", "letters"), [(-8, 0), (-7, 1), (-1, 1), (0, 2), (1, 2), (2, 3), (9, 3), (10, 4), (200, 4)]
)
def test_a_part_is_reminded_of_four_times(
    app: Flask, payments: FakePayments, now: datetime, days: int, letters: int
) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)

    let_time_pass(on(BALANCE_ON + timedelta(days=days), now))

    assert len(reminders_of(registration)) == letters


def test_what_is_paid_meanwhile_is_not_reminded_of(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)
    let_time_pass(on(BALANCE_ON - timedelta(days=7), now))
    pay_by_card(registration, payments, on(BALANCE_ON, now) - timedelta(days=3))

    let_time_pass(on(BALANCE_ON + timedelta(days=30), now))

    assert len(reminders_of(registration)) == 1


def test_what_is_on_its_way_is_not_reminded_of(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)
    payments.now = on(BALANCE_ON, now) - timedelta(days=9)
    promise(registration, payments, payments.now)

    let_time_pass(on(BALANCE_ON - timedelta(days=7), now))

    assert reminders_of(registration) == []


def test_a_part_that_is_partly_paid_is_reminded_of_by_what_is_open(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)
    wire(registration, 60_000, now)

    let_time_pass(on(BALANCE_ON, now))

    assert len(reminders_of(registration)) == 2


def test_a_bill_whose_reminders_were_stopped_is_silent_until_they_go_on(
    app: Flask, payments: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)
    folio = read_again(registration).folio.public_id
    with writing():
        due_looks.stop(folio, stopped=True, now=now, by="staff:finance")
    stopped = on(BALANCE_ON + timedelta(days=5), now)
    let_time_pass(stopped)
    assert reminders_of(registration) == []

    with writing():
        due_looks.stop(folio, stopped=False, now=now, by="staff:finance")
    let_time_pass(on(BALANCE_ON + timedelta(days=30), now), since=stopped)

    assert len(reminders_of(registration)) == 1


def test_looking_twice_at_one_moment_writes_once(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = a_registration_by_plan(now)
    pay_by_card(registration, payments, now)
    folio = read_again(registration).folio.public_id

    for _ in range(3):
        with writing():
            due_looks.look(folio, now=on(BALANCE_ON, now))

    assert len(reminders_of(registration)) == 1


def test_seats_that_are_only_held_are_not_reminded_of(app: Flask, now: datetime) -> None:
    registration = a_registration_by_plan(now, pays_by="invoice")

    let_time_pass(now + timedelta(days=40))

    assert reminders_of(registration) == []


def test_an_invoice_with_terms_is_reminded_of_too(app: Flask, now: datetime) -> None:
    registration = two_people_register(now, pays_by="invoice")
    with writing():
        accept_credit(registration.id, po_number="", now=now, by="staff:finance")

    let_time_pass(now + timedelta(days=60))

    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert len(reminders_of(registration)) == 4


def a_fee_is_owed(now: datetime) -> Registration:
    """Return a registration by invoice that was cancelled when half of its price was to be kept."""
    event = a_published_summit()
    with writing() as session:
        session.add(event)
        event.cancellation_terms = plain_terms(EventTerms(Terms((Step(1, kept_percent=50),)), {}))
    registration = two_people_register(now, event=event, pays_by="invoice")
    with writing():
        accept_credit(registration.id, po_number="", now=now, by="staff:finance")
    order = Order(everything(read_again(registration)), "They cannot come.", "form")
    with writing():
        cancellations.cancel(registration.id, order, now=now + timedelta(days=1), by="staff:finance")
    return registration


@pytest.mark.both
def test_a_fee_that_a_cancelled_registration_owes_is_reminded_of_until_it_is_paid(app: Flask, now: datetime) -> None:
    registration = a_fee_is_owed(now)
    assert balance_of(registration) == PRICE_MINOR // 2
    let_time_pass(on(date(2027, 4, 2), now))
    before = reminders_of(registration)

    wire(registration, PRICE_MINOR // 2, on(date(2027, 4, 2), now))
    let_time_pass(on(date(2028, 1, 1), now), since=on(date(2027, 4, 2), now))

    assert before
    assert reminders_of(registration) == before
    assert letters_about(registration)[-1] == "paid"
    assert on_the_desk() == []


def test_the_letter_about_a_fee_says_that_it_is_one(app: Flask, now: datetime) -> None:
    a_fee_is_owed(now)
    let_time_pass(now + timedelta(days=60))

    letters = db.session.scalars(select(Letter).where(Letter.template == "reminder")).all()

    assert letters
    assert all(letter.facts["is_fee"] and letter.facts["amount"]["minor"] == PRICE_MINOR // 2 for letter in letters)


def test_reminders_of_a_fee_can_be_stopped(app: Flask, now: datetime) -> None:
    folio = read_again(registration := a_fee_is_owed(now)).folio.public_id
    with writing():
        due_looks.stop(folio, stopped=True, now=now, by="staff:finance")

    let_time_pass(on(date(2027, 12, 1), now))

    assert reminders_of(registration) == []

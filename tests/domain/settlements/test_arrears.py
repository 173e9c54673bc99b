"""What is overdue: found in the database as the rules say, and seats given back for it by staff or by a rule."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import a_fee, a_person, a_published_summit, a_registration
from tests.domain.settlements.test_due_looks import let_time_pass
from tests.fake_payments import FakePayments
from tests.money_cast import (
    balance_of,
    begin_to_pay,
    cancel,
    letters_about,
    on_the_desk,
    pay_by_card,
    read_again,
    seats_of,
    taken_places,
    tasks,
    two_people_register,
    wire,
)
from tests.plan_cast import BALANCE_ON, DEPOSIT, a_registration_by_plan, offer_plans
from tourreg import settling
from tourreg.db import db, writing
from tourreg.domain.billing.dues import dues_of, overdue_of
from tourreg.domain.billing.overdue import overdue_bills
from tourreg.domain.billing.plans import Plan, PlanPart
from tourreg.domain.catalogue.payment_terms import IN_FULL
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.payment_plans import PlanNotOffered
from tourreg.domain.settlements import arrears
from tourreg.domain.settlements.changing_plans import PlanWish, change_plan
from tourreg.domain.settlements.credit import accept_credit
from tourreg.domain.settlements.due_looks import RELEASE_UNPAID
from tourreg.domain.settlements.queries import overdue_list

REST_MINOR = 67_200
LATE = BALANCE_ON + timedelta(days=5)


@pytest.fixture
def registration(app: Flask, payments: FakePayments, now: datetime) -> Registration:
    """Two people who have paid their deposit."""
    made = a_registration_by_plan(now)
    pay_by_card(made, payments, now)
    return made


def found(today: date) -> list[tuple[int, date]]:
    """Return amount and oldest day of each overdue bill, as the database finds them."""
    db.session.rollback()
    late = overdue_bills(today)
    return [(int(minor), day) for minor, day in db.session.execute(select(late.c.overdue_minor, late.c.due_on))]


def at(day: date, now: datetime) -> datetime:
    return datetime.combine(day, now.timetz())


@pytest.mark.both
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (BALANCE_ON, []),
        (BALANCE_ON + timedelta(days=1), [(REST_MINOR, BALANCE_ON)]),
        (LATE, [(REST_MINOR, BALANCE_ON)]),
    ],
)
def test_a_part_is_overdue_from_the_day_after_its_last(
    registration: Registration, today: date, expected: list[tuple[int, date]]
) -> None:
    assert found(today) == expected


@pytest.mark.both
@pytest.mark.parametrize("plan", ["deposit", "instalments", "in_full"])
@pytest.mark.parametrize("paid", [0, 10_000, 28_800, 40_000, 96_000, 100_000])
def test_the_database_finds_what_the_rules_say(app: Flask, now: datetime, plan: str, paid: int) -> None:
    registration = a_registration_by_plan(now, plan, pays_by="invoice")
    with writing():
        accept_credit(registration.id, po_number="", now=now, by="staff:finance")
    if paid:
        wire(registration, paid, now)

    for days in (0, 20, 31, 106, 107, 200, 300):
        today = now.date() + timedelta(days=days)
        folio = read_again(registration).folio
        said = overdue_of(dues_of(folio), today, folio.currency).minor
        assert sum(minor for minor, _ in found(today)) == said, today


def test_who_was_cancelled_is_not_overdue(registration: Registration, now: datetime) -> None:
    cancel(registration, now)

    assert found(LATE) == []


def test_the_list_of_finance_names_payer_days_and_amount(registration: Registration) -> None:
    late = overdue_list(LATE)

    told = [(one.registration.id, one.amount.minor, one.days(LATE)) for one in late]
    assert told == [(registration.id, REST_MINOR, 5)]


@pytest.mark.both
def test_seats_given_back_for_a_missed_date_free_their_places_and_leave_the_money_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    folio_id = read_again(registration).folio_id

    kept = settling.release_unpaid(folio_id, payments, why="", now=at(LATE, now), by="staff:finance")

    assert kept.minor == 28_800
    assert seats_of(registration) == ["released", "released"]
    assert taken_places(registration) == 0
    assert balance_of(registration) == -28_800
    assert on_the_desk() == ["overpaid"]
    assert letters_about(registration)[-1] == "seats_released"
    with pytest.raises(arrears.NothingToRelease):
        settling.release_unpaid(folio_id, payments, why="", now=at(LATE, now), by="staff:finance")


def test_nothing_is_given_back_that_is_not_overdue(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    with pytest.raises(arrears.NothingOverdue):
        settling.release_unpaid(registration.folio_id, payments, why="", now=at(BALANCE_ON, now), by="staff:finance")

    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_money_on_its_way_keeps_the_seats(registration: Registration, payments: FakePayments, now: datetime) -> None:
    payments.now = at(LATE, now)
    session = begin_to_pay(registration, payments, payments.now)
    payments.promise(session)

    with pytest.raises(arrears.NothingOverdue):
        settling.release_unpaid(registration.folio_id, payments, why="", now=payments.now, by="staff:finance")

    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_an_open_payment_page_is_closed_before_the_seats_go(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.now = at(LATE, now)
    session = begin_to_pay(registration, payments, payments.now)

    settling.release_unpaid(registration.folio_id, payments, why="", now=payments.now, by="staff:finance")

    assert payments.sessions[session].status == "expired"


def test_a_payer_may_be_let_pay_after_the_event(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = two_people_register(now)

    with writing():
        change_plan(registration.folio_id, PlanWish("after_event", 30), why="State law", now=now, by="staff:finance")

    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert [due.due_on for due in dues_of(read_again(registration).folio)] == [date(2027, 11, 21)]
    assert letters_about(registration) == ["credit_granted"]


def test_another_plan_counts_from_today_and_keeps_what_was_paid(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    with writing():
        change_plan(registration.folio_id, PlanWish("instalments"), why="Asked for", now=now, by="staff:finance")

    dues = dues_of(read_again(registration).folio)
    assert [due.amount.minor for due in dues] == [31_996, 31_996, 32_008]
    assert dues[0].paid.minor == 28_800


def test_a_plan_of_amounts_is_agreed_in_their_own_currency_alone(app: Flask, now: datetime) -> None:
    fee = a_fee(other_prices={"JPY": {"regular": 72_000}})
    event = a_published_summit(fees=[fee], add_ons=[], other_currencies=["JPY"])
    offer_plans(event, IN_FULL, Plan("deposit", (PlanPart(each_minor=10_000), PlanPart(days_before=60))), now=now)
    in_yen = a_registration(event, a_person("Okoro", "Ada"), now=now, currency="JPY")
    in_dollars = a_registration(event, a_person("Zhou", "Lan"), now=now)

    with writing():
        change_plan(in_dollars.folio_id, PlanWish("deposit"), why="Asked for", now=now, by="staff:finance")
    with pytest.raises(PlanNotOffered), writing():
        change_plan(in_yen.folio_id, PlanWish("deposit"), why="Asked for", now=now, by="staff:finance")

    assert [due.amount.minor for due in dues_of(read_again(in_dollars).folio)] == [10_000, 38_000]
    assert dues_of(read_again(in_yen).folio) == []


def test_the_rule_of_an_event_gives_seats_back_by_itself(app: Flask, payments: FakePayments, now: datetime) -> None:
    registration = a_registration_by_plan(now)
    offer_plans(read_again(registration).event, DEPOSIT, now=now, release_after_days=14)
    other = a_registration(read_again(registration).event, a_person("Okoro", "Ada"), now=now, plan="deposit")
    for one in (registration, other):
        pay_by_card(one, payments, now)
    pay_by_card(other, payments, now)

    _let_the_worker_look(registration, other, until=at(BALANCE_ON + timedelta(days=14), now), payments=payments)

    assert seats_of(registration) == ["released", "released"]
    assert set(seats_of(other)) == {"confirmed"}


def _let_the_worker_look(*registrations: Registration, until: datetime, payments: FakePayments) -> None:
    let_time_pass(until)
    for task in tasks(RELEASE_UNPAID):
        bill = arrears.bill_to_read(task.arguments["folio"])
        assert bill is not None
        settling.release_unpaid(bill.folio.id, payments, why="", now=until, by="worker")

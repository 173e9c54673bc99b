"""What was cancelled stays so: money that still comes waits on the desk, and takes no seat and makes no bill again."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.cast import a_person, a_published_summit, a_registration
from tests.fake_payments import FakePayments
from tests.money_cast import (
    FINANCE,
    PRICE_MINOR,
    balance_of,
    cancel,
    letters_about,
    on_the_desk,
    papers_of,
    postings,
    promise,
    read_again,
    refunds,
    seats_of,
    taken_places,
    tell_all,
    wire,
)
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.audit.models import Move
from tourreg.domain.catalogue.models import Pool
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.own_changes import ask_to_cancel
from tourreg.domain.registrations.queries import state_of
from tourreg.domain.reports.queries import Wanted, listed, participants_of
from tourreg.domain.reports.registration_files import file_of
from tourreg.domain.settlements import cancelling
from tourreg.domain.settlements.commands import MoneyGoesBack, NotLapsed, seat_after_all
from tourreg.domain.settlements.ended_holds import release_ended_hold

pytestmark = pytest.mark.both

HOLD = timedelta(minutes=46)


def test_cancelling_withdraws_everybody_once(registration: Registration, now: datetime) -> None:
    wire(registration, PRICE_MINOR, now)

    cancel(registration, now)

    moved = select(Move.after, Move.why).where(Move.axis == "application", Move.before == "accepted")
    assert applications(registration) == ["withdrawn", "withdrawn"]
    assert [tuple(row) for row in db.session.execute(moved)] == [("withdrawn", "The group cannot travel.")] * 2
    assert participants_of(read_again(registration).event) == []


def test_a_second_wire_after_the_cancellation_takes_no_seats_and_charges_nothing(
    registration: Registration, now: datetime
) -> None:
    let_the_hold_end(registration, now)
    wire(registration, PRICE_MINOR, now, "first")
    cancel(registration, now)
    charged = charges(registration)

    wire(registration, PRICE_MINOR, now, "second")

    assert seats_of(registration) == ["released"] * 4
    assert taken_places(registration) == 0
    assert charges(registration) == charged
    assert balance_of(registration) == -2 * PRICE_MINOR
    assert on_the_desk() == ["late_payment"]
    assert papers_of(registration) == ["invoice", "receipt", "credit_note", "receipt"]
    assert letters_about(registration) == ["hold_ended", "paid", "cancelled", "paid_late"]
    assert letter("paid_late").facts["cancelled"]


def test_that_second_wire_goes_home_and_the_ledger_ends_at_zero(registration: Registration, now: datetime) -> None:
    let_the_hold_end(registration, now)
    wire(registration, PRICE_MINOR, now, "first")
    cancel(registration, now)
    wire(registration, PRICE_MINOR, now, "second")

    with writing():
        cancelling.refund_overpayment(registration.id, why="It was cancelled.", now=now, by=FINANCE)
    for place, refund in enumerate(refunds()):
        with writing():
            cancelling.pay_out_by_hand(refund.public_id, f"home {place}", now=now, by=FINANCE)

    assert [refund.amount_minor for refund in refunds()] == [PRICE_MINOR] * 2
    assert balance_of(registration) == 0


def test_who_paid_late_and_was_cancelled_is_not_seated_after_all(registration: Registration, now: datetime) -> None:
    pay_when_others_have_the_seats(registration, now)
    cancel(registration, now)
    leave_places(registration, 200)
    posted = postings(registration)

    with pytest.raises(NotLapsed), writing():
        seat_after_all(registration.id, now=now, by=FINANCE)

    assert seats_of(registration) == ["released", "released"]
    assert postings(registration) == posted
    assert [refund.amount_minor for refund in refunds()] == [PRICE_MINOR]


def test_who_gets_the_money_back_gets_no_seats_for_it(registration: Registration, now: datetime) -> None:
    pay_when_others_have_the_seats(registration, now)
    with writing():
        cancelling.refund_overpayment(registration.id, why="No seats.", now=now, by=FINANCE)
    leave_places(registration, 200)

    with pytest.raises(MoneyGoesBack), writing():
        seat_after_all(registration.id, now=now, by=FINANCE)

    assert seats_of(registration) == ["released", "released"]


def test_who_got_the_money_back_and_pays_anew_is_seated_and_owes_nothing(
    registration: Registration, now: datetime
) -> None:
    pay_when_others_have_the_seats(registration, now)
    with writing():
        cancelling.refund_overpayment(registration.id, why="No seats.", now=now, by=FINANCE)
    leave_places(registration, 200)

    wire(registration, PRICE_MINOR, now, "again")

    assert seats_of(registration)[2:] == ["confirmed", "confirmed"]
    assert on_the_desk() == ["late_payment"]
    asked = refunds()[0].public_id
    with writing():
        cancelling.pay_out_by_hand(asked, "home", now=now, by=FINANCE)
    assert balance_of(registration) == 0


def test_who_asked_to_cancel_and_let_the_hold_end_is_not_seated_by_a_late_wire(
    registration: Registration, now: datetime
) -> None:
    with writing():
        ask_to_cancel(registration.id, "We cannot come.", now=now)
    let_the_hold_end(registration, now)

    wire(registration, PRICE_MINOR, now, "late")

    assert seats_of(registration) == ["released", "released"]
    assert taken_places(registration) == 0
    assert on_the_desk() == ["late_payment"]
    assert states(registration) == {"cancelled"}


def test_every_pool_gets_its_places_back_once(app: Flask, now: datetime) -> None:
    event = a_published_summit()
    tour = event.add_ons[0]
    registration = a_registration(event, a_person(add_ons=(tour.public_id,)), now=now)
    pools = (event.pool_id, tour.pool_id)
    let_the_hold_end(registration, now)
    wire(registration, 137_000, now, "first")
    assert taken(*pools) == [1, 1]

    cancel(registration, now)
    wire(registration, 137_000, now, "second")
    with pytest.raises(NotLapsed), writing():
        seat_after_all(registration.id, now=now, by=FINANCE)
    assert taken(*pools) == [0, 0]
    cancel(registration, now)

    assert taken(*pools) == [0, 0]


def test_what_lapsed_and_was_then_cancelled_is_called_cancelled_everywhere(
    registration: Registration, now: datetime
) -> None:
    pay_when_others_have_the_seats(registration, now)
    assert states(registration) == {"expired"}

    cancel(registration, now)

    assert states(registration) == {"cancelled"}


def test_a_bank_debit_that_fails_after_the_cancellation_asks_nobody_to_pay_again(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = promise(registration, payments, now)
    cancel(registration, now)

    payments.bounce(session)
    tell_all(payments, now, times=2)

    assert letters_about(registration) == ["funds_awaited", "cancelled"]
    assert balance_of(registration) == 0


def test_a_bank_debit_that_arrives_after_the_cancellation_waits_on_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = promise(registration, payments, now)
    cancel(registration, now)

    payments.arrive(session)
    tell_all(payments, now, times=2)

    assert seats_of(registration) == ["released", "released"]
    assert on_the_desk() == ["late_payment"]
    assert letters_about(registration) == ["funds_awaited", "cancelled", "paid_late"]
    assert balance_of(registration) == -PRICE_MINOR


@pytest.mark.parametrize("round_", range(3))
def test_cancelling_and_seating_at_one_moment_leave_no_seat_taken(
    app: Flask, registration: Registration, now: datetime, round_: int
) -> None:
    pay_when_others_have_the_seats(registration, now)
    leave_places(registration, 200)
    registration_id = registration.id

    def seat() -> None:
        with writing():
            seat_after_all(registration_id, now=now, by=FINANCE)

    def give_up() -> None:
        with writing():
            cancelling.cancel_registration(registration_id, why="", now=now, by=FINANCE)

    all_at_once(app, [outcome_of(doing) for doing in (seat, give_up) * 2])

    assert set(seats_of(registration)) == {"released"}
    assert taken_places(registration) == 0
    assert balance_of(registration) == -PRICE_MINOR
    assert [refund.amount_minor for refund in refunds()] == [PRICE_MINOR]


def let_the_hold_end(registration: Registration, now: datetime) -> None:
    with writing():
        assert release_ended_hold(registration.id, now=now + HOLD)


def pay_when_others_have_the_seats(registration: Registration, now: datetime) -> None:
    """Let the hold end and others take the places, so that the wire that comes then lies on the desk."""
    let_the_hold_end(registration, now)
    leave_places(registration, 1)
    wire(registration, PRICE_MINOR, now, "late")


def leave_places(registration: Registration, places: int) -> None:
    with writing() as session:
        session.execute(update(Pool).where(Pool.id == registration.event.pool_id).values(capacity=places))


def taken(*pool_ids: int | None) -> list[int]:
    db.session.rollback()
    return [db.session.get_one(Pool, pool_id).taken for pool_id in pool_ids]


def applications(registration: Registration) -> list[str]:
    db.session.rollback()
    found = select(Participant.application_state).where(Participant.registration_id == registration.id)
    return list(db.session.scalars(found))


def charges(registration: Registration) -> list[int]:
    return [amount for kind, amount in postings(registration) if kind == "charge"]


def letter(template: str) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.template == template)).one()


def states(registration: Registration) -> set[str]:
    """Return what the person's page, the office's list and the office's page call the registration."""
    found = read_again(registration)
    lines = listed(Wanted(), "contact", falling=False, first=0, most=9, today=date(2027, 1, 15))
    file = file_of(registration.public_id)
    assert file is not None
    return {state_of(found), lines[0].state, file.state}

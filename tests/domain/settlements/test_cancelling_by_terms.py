"""Cancelling by the terms of the event: everybody, one of two, one add-on; fees, refunds and papers of each."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_person, a_published_summit, a_registration
from tests.fake_payments import FakePayments
from tests.money_cast import (
    FINANCE,
    balance_of,
    letters_about,
    papers_of,
    pay_by_card,
    postings,
    read_again,
    refunds,
    seats_of,
    send_refunds,
    taken_places,
    two_people_register,
    wire,
)
from tests.races import all_at_once, outcome_of
from tourreg.db import writing
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, plain_terms
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.chosen import Chosen, NothingChosen, everything
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.cancellations import FeeWithoutReason, ForeseenOtherwise, NothingToCancel, cancel
from tourreg.domain.settlements.foreseeing import Exemption, FeeOutOfBounds, Order, fingerprint_of, foresee
from tourreg.domain.settlements.models import Cancellation

pytestmark = pytest.mark.both

QUARTER = Terms((Step(60, kept_percent=25),))


@pytest.fixture
def event(app: Flask) -> Event:
    """The summit, of which a quarter is kept, and of its single room nothing."""
    made = a_published_summit()
    write(made, QUARTER, {made.add_ons[1].public_id: Terms((Step(30),))})
    return made


@pytest.fixture
def registration(event: Event, now: datetime) -> Registration:
    return two_people_register(now, event=event)


def write(event: Event, programme: Terms, add_ons: dict[str, Terms] | None = None) -> None:
    with writing() as session:
        session.add(event)
        event.cancellation_terms = plain_terms(EventTerms(programme, add_ons or {}))


def order(chosen: Chosen, form: str = "form", **more: Any) -> Order:
    return Order(chosen, "They cannot come.", form, **more)


def carry_out(registration: Registration, decided: Order, now: datetime) -> Cancellation:
    with writing():
        return cancel(registration.id, decided, now=now, by=FINANCE)


def one_of(registration: Registration, place: int = 0) -> Chosen:
    return Chosen((read_again(registration).participants[place].public_id,))


def test_one_of_two_is_cancelled_and_the_other_goes_on(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    carry_out(registration, order(one_of(registration)), now)
    send_refunds(payments, now)

    assert seats_of(registration) == ["released", "confirmed"]
    assert taken_places(registration) == 1
    assert postings(registration)[-3:] == [("cancellation", -48_000), ("cancellation_fee", 12_000), ("refund", 36_000)]
    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt", "credit_note", "invoice"]
    assert letters_about(registration) == ["paid", "cancelled", "refunded"]
    states = [person.application_state for person in read_again(registration).participants]
    assert states == ["withdrawn", "accepted"]


def test_the_new_invoice_asks_for_what_remains_of_the_two(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    carry_out(registration, order(one_of(registration)), now)

    sheet = read_again(registration).folio.invoices[-1].paper.sheet
    assert [line["amount"]["minor"] for line in sheet["lines"]] == [48_000, 12_000]
    assert [person["latin"] for person in sheet["programme"]["participants"]] == ["CHEN Li"]
    assert sheet["balance"]["minor"] == 0


def test_everything_is_cancelled_and_the_fees_stay_invoiced(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    done = carry_out(registration, order(everything(read_again(registration))), now)
    send_refunds(payments, now)

    assert (done.kept_minor, done.back_minor, done.is_everything) == (24_000, 72_000, True)
    assert balance_of(registration) == 0
    assert papers_of(registration) == ["invoice", "receipt", "credit_note", "invoice"]


def test_one_cancelled_after_the_other_leaves_both_fees(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    carry_out(registration, order(one_of(registration)), now)
    carry_out(registration, order(one_of(registration, 1), "second"), now)
    send_refunds(payments, now)

    assert [amount for kind, amount in postings(registration) if kind == "cancellation_fee"] == [12_000, 12_000]
    assert sum(refund.amount_minor for refund in refunds()) == 72_000
    assert balance_of(registration) == 0
    with pytest.raises(NothingToCancel):
        carry_out(registration, order(Chosen(), "third"), now)


def test_an_add_on_is_given_up_by_its_own_terms(event: Event, payments: FakePayments, now: datetime) -> None:
    room = event.add_ons[1].public_id
    registration = a_registration(event, a_person(add_ons=(room,)), now=now)
    pay_by_card(registration, payments, now)
    subject = read_again(registration).participants[0].public_id

    carry_out(registration, order(Chosen(add_ons=((subject, room),))), now)

    assert seats_of(registration) == ["confirmed", "released"]
    assert postings(registration)[-1] == ("cancellation", -21_000)
    assert [refund.amount_minor for refund in refunds()] == [21_000]
    assert not read_again(registration).is_withdrawn


def test_money_goes_home_over_the_newest_payments_first(registration: Registration, now: datetime) -> None:
    wire(registration, 30_000, now)
    wire(registration, 66_000, now)

    carry_out(registration, order(everything(read_again(registration))), now)

    assert [refund.amount_minor for refund in refunds()] == [66_000, 6_000]
    assert {refund.means for refund in refunds()} == {"by_hand"}


def test_of_a_part_payment_the_fee_comes_first(registration: Registration, now: datetime) -> None:
    wire(registration, 20_000, now)

    done = carry_out(registration, order(everything(read_again(registration))), now)

    assert (done.kept_minor, done.back_minor) == (24_000, 0)
    assert balance_of(registration) == 4_000


def test_a_hold_costs_nothing_to_give_up(registration: Registration, now: datetime) -> None:
    carry_out(registration, order(everything(read_again(registration))), now)

    assert balance_of(registration) == 0
    assert papers_of(registration) == []


def test_terms_that_become_harder_leave_what_was_promised(
    event: Event, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    write(event, Terms((Step(300, kept_percent=90),)))

    assert foresee(read_again(registration), order(one_of(registration)), now=now).kept.minor == 12_000


def test_terms_that_become_milder_help_whoever_has_booked(
    event: Event, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    write(event, Terms((Step(10),)))

    assert foresee(read_again(registration), order(one_of(registration)), now=now).kept.minor == 0


def test_an_event_that_is_moved_forward_makes_no_booking_worse(
    event: Event, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    with writing() as session:
        session.add(event)
        event.starts_on = date(2027, 2, 1)

    assert foresee(read_again(registration), order(one_of(registration)), now=now).kept.minor == 12_000


def test_staff_keep_another_fee_only_with_a_reason(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    chosen = one_of(registration)
    key = foresee(read_again(registration), order(chosen), now=now).things[0].key
    with pytest.raises(FeeWithoutReason):
        carry_out(registration, order(chosen, exemption=Exemption({key: 0})), now)
    with pytest.raises(FeeOutOfBounds):
        carry_out(registration, order(chosen, exemption=Exemption({key: 48_001}, "x")), now)

    done = carry_out(registration, order(chosen, exemption=Exemption({key: 0}, "The visa was denied.")), now)

    assert (done.kept_minor, done.back_minor, done.exemption_why) == (0, 48_000, "The visa was denied.")
    assert done.things[0]["by_policy_minor"] == 12_000


def test_what_was_shown_is_what_is_done(
    event: Event, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    chosen = one_of(registration)
    seen = fingerprint_of(foresee(read_again(registration), order(chosen), now=now))
    write(event, Terms((Step(10),)))

    with pytest.raises(ForeseenOtherwise):
        carry_out(registration, order(chosen, seen=seen), now)

    assert seats_of(registration) == ["confirmed", "confirmed"]


def test_one_form_sent_twice_cancels_once(registration: Registration, payments: FakePayments, now: datetime) -> None:
    pay_by_card(registration, payments, now)
    chosen = one_of(registration)

    first, second = (carry_out(registration, order(chosen), now).public_id for _ in range(2))

    assert first == second
    assert len(refunds()) == 1


def test_somebody_who_is_not_in_it_cannot_be_cancelled(registration: Registration, now: datetime) -> None:
    with pytest.raises(NothingChosen):
        carry_out(registration, order(Chosen(("nobody",))), now)


def test_two_members_of_staff_at_once_cancel_and_refund_once(
    app: Flask, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    chosen, registration_id = one_of(registration), registration.id

    def cancelling(clerk: int) -> int:
        with writing():
            return cancel(registration_id, order(chosen, f"form {clerk}"), now=now, by=FINANCE).back_minor

    answers = all_at_once(app, map(outcome_of, [partial(cancelling, clerk) for clerk in range(4)]))

    assert sorted(map(str, answers)).count("36000") == 1
    assert [type(answer) for answer in answers if answer != 36_000] == [NothingChosen] * 3
    assert [refund.amount_minor for refund in refunds()] == [36_000]
    assert taken_places(registration) == 1


def test_the_invoice_says_on_what_terms_it_can_be_given_up(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)

    notes = read_again(registration).folio.invoices[0].paper.sheet["notes"]

    assert notes[0]["en"] == "Cancellation: until 21 August 2027 75% comes back; later nothing comes back."
    assert "2027年8月21日及以前退还75%" in notes[0]["zh"]

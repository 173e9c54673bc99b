"""Lines of one registration on several bills, and one bill of several registrations."""

from datetime import datetime, timedelta

import pytest

from tests.cast import a_published_summit
from tests.fake_payments import FakePayments
from tests.money_cast import (
    FINANCE,
    WAYS_BACK,
    cancel,
    on_the_desk,
    pay_by_card,
    read_again,
    refunds,
    seats_of,
    taken_places,
    wire,
)
from tests.several_bills import (
    EMILY,
    FEE_MINOR,
    ROOM_MINOR,
    balance,
    bill_together,
    letters_to,
    line_of,
    of_one_city,
    papers_on,
    seats_by_add_on,
    split,
    stands_on,
    wire_to,
    with_single_room,
)
from tourreg import settling
from tourreg.db import writing
from tourreg.domain.billing.queries import live_invoices
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import credit, invoices, payers

pytestmark = pytest.mark.both
OVER = timedelta(days=4)


def test_lines_that_another_pays_are_taken_back_here_and_charged_there(app, now: datetime) -> None:
    registration = with_single_room(now)

    theirs = split(registration, now)

    assert stands_on(registration.folio) == [("Early bird", FEE_MINOR)]
    assert stands_on(theirs) == [("Single room", ROOM_MINOR)]
    assert (balance(registration.folio), balance(theirs)) == (FEE_MINOR, ROOM_MINOR)
    assert [folio.id for folio in read_again(registration).folios] == [registration.folio_id, theirs.id]


def test_the_same_form_sent_twice_moves_lines_once(app, now: datetime) -> None:
    registration = with_single_room(now)
    room = line_of(registration.folio, "Single room")
    theirs = split(registration, now)

    with pytest.raises(payers.NothingToMove), writing():
        payers.let_another_pay(
            registration.id, registration.folio_id, [room.public_id], EMILY,
            language="en", held_until=now, now=now, by=FINANCE,
        )  # fmt: skip

    assert balance(theirs) == ROOM_MINOR


def test_a_payer_has_one_bill_for_an_event(app, now: datetime) -> None:
    registration = with_single_room(now)
    other = with_single_room(now, event=registration.event)

    assert split(registration, now).id == split(other, now).id
    assert list(registrations.billed_on(split_folio(registration))) == [registration.id, other.id]


def test_a_payment_confirms_what_its_bill_carries(app, payments: FakePayments, now: datetime) -> None:
    registration = with_single_room(now)
    theirs = split(registration, now)

    wire_to(theirs, registration, ROOM_MINOR, now)
    assert seats_by_add_on(registration) == {"": "held", "Single room": "confirmed"}
    pay_by_card(registration, payments, now)

    assert seats_by_add_on(registration) == {"": "confirmed", "Single room": "confirmed"}
    assert (papers_on(registration.folio), papers_on(theirs)) == (["invoice", "receipt"], ["invoice", "receipt"])
    assert "paid" in letters_to(EMILY.email)


def test_each_payer_pays_their_own_bill_by_card(app, payments: FakePayments, now: datetime) -> None:
    registration = with_single_room(now)
    theirs = split(registration, now)

    for folio_id in (registration.folio_id, theirs.id):
        settling.open_checkout(registration.id, WAYS_BACK, payments, now=now, by="x", folio_id=folio_id)
    for session in list(payments.sessions):
        payments.pay(session)
        settling.settle_session(session, payments, now=now)

    assert (balance(registration.folio), balance(theirs)) == (0, 0)


def test_the_end_of_a_hold_takes_back_only_what_is_not_paid(app, payments: FakePayments, now: datetime) -> None:
    registration = with_single_room(now)
    theirs = split(registration, now)
    pay_by_card(registration, payments, now)

    assert settling.release_hold(registration.id, payments, now=now + OVER)

    assert seats_by_add_on(registration) == {"": "confirmed", "Single room": "released"}
    assert stands_on(registration.folio) == [("Early bird", FEE_MINOR)]
    assert (stands_on(theirs), balance(theirs)) == ([], 0)
    assert on_the_desk() == []
    assert letters_to(EMILY.email)[-1] == "hold_ended"


def test_whoever_loses_the_place_loses_the_room_and_its_payer_is_on_the_desk(
    app, payments: FakePayments, now: datetime
) -> None:
    registration = with_single_room(now)
    theirs = split(registration, now)
    wire_to(theirs, registration, ROOM_MINOR, now)

    assert settling.release_hold(registration.id, payments, now=now + OVER)

    assert seats_by_add_on(registration) == {"": "released", "Single room": "released"}
    assert balance(theirs) == -ROOM_MINOR
    assert on_the_desk() == ["overpaid"]
    assert papers_on(theirs) == ["invoice", "receipt", "credit_note"]


def test_a_late_payment_takes_its_own_seats_again(app, payments: FakePayments, now: datetime) -> None:
    registration = with_single_room(now)
    theirs = split(registration, now)
    settling.release_hold(registration.id, payments, now=now + OVER)

    wire_to(theirs, registration, ROOM_MINOR, now + OVER)
    assert on_the_desk() == ["late_payment"]
    wire(registration, FEE_MINOR, now + OVER)
    assert seats_by_add_on(registration) == {"": "confirmed", "Single room": "released"}
    assert taken_places(registration) == 1


def test_cancelling_sends_each_payer_their_own_money(app, payments: FakePayments, now: datetime) -> None:
    registration = with_single_room(now)
    theirs = split(registration, now)
    pay_by_card(registration, payments, now)
    wire_to(theirs, registration, ROOM_MINOR, now)

    cancel(registration, now)

    assert [(one.folio_id, one.means, one.amount_minor) for one in refunds()] == [
        (registration.folio_id, "stripe", FEE_MINOR),
        (theirs.id, "by_hand", ROOM_MINOR),
    ]
    assert (stands_on(registration.folio), stands_on(theirs)) == ([], [])
    assert papers_on(theirs)[-1] == "credit_note"
    assert letters_to(EMILY.email)[-1] == "cancelled"


def test_one_bill_for_all_of_a_city(app, now: datetime) -> None:
    first, second, third = of_one_city(now)
    before = second.folio

    joint = bill_together(first, second, third, now=now)

    assert joint.id == first.folio_id
    assert balance(joint) == 3 * FEE_MINOR
    assert balance(before) == 0
    assert [read_again(one).folio_id for one in (first, second, third)] == [joint.id] * 3


def test_what_was_invoiced_apart_is_one_invoice_for_all(app, now: datetime) -> None:
    first, second = of_one_city(now, 2)
    before = second.folio
    for one in (first, second):
        with writing():
            invoices.issue_now(one.id, now=now, by=FINANCE)

    joint = bill_together(first, second, now=now)

    assert papers_on(before) == ["invoice", "credit_note"]
    assert papers_on(joint) == ["invoice", "credit_note", "invoice"]
    assert [one.total_minor for one in live_invoices(joint)] == [2 * FEE_MINOR]


def test_registrations_that_share_their_bill_share_it_once(app, now: datetime) -> None:
    first, second = of_one_city(now, 2)
    joint = bill_together(first, second, now=now)

    with pytest.raises(payers.AlreadyTogether):
        bill_together(first, second, now=now)

    assert balance(joint) == 2 * FEE_MINOR


def test_one_payment_confirms_everybody_on_the_bill(app, payments: FakePayments, now: datetime) -> None:
    first, second = of_one_city(now, 2)
    joint = bill_together(first, second, now=now)

    pay_by_card(second, payments, now)

    assert (seats_of(first), seats_of(second)) == (["confirmed"], ["confirmed"])
    assert papers_on(joint) == ["invoice", "receipt"]
    assert balance(joint) == 0


def test_accepting_a_joint_order_seats_everybody(app, now: datetime) -> None:
    first, second = of_one_city(now, 2, pays_by="invoice")
    joint = bill_together(first, second, now=now)

    with writing():
        credit.accept_credit(second.id, po_number="4500012345", now=now, by=FINANCE)

    assert (seats_of(first), seats_of(second)) == (["confirmed"], ["confirmed"])
    assert papers_on(joint) == ["invoice"]


def test_cancelling_one_of_a_joint_bill_takes_back_only_its_own_lines(app, now: datetime) -> None:
    first, second, third = of_one_city(now)
    joint = bill_together(first, second, third, now=now)
    wire(first, 3 * FEE_MINOR, now)

    cancel(second, now)

    assert balance(joint) == -FEE_MINOR
    assert [one.amount_minor for one in refunds()] == [FEE_MINOR]
    assert (seats_of(first), seats_of(second)) == (["confirmed"], ["released"])
    assert papers_on(joint) == ["invoice", "receipt", "credit_note", "invoice"]


def test_cancelling_one_of_an_unpaid_joint_bill_sends_nothing_back(app, now: datetime) -> None:
    first, second, third = of_one_city(now)
    joint = bill_together(first, second, third, now=now)
    wire(first, FEE_MINOR, now)

    cancel(second, now)

    assert refunds() == []
    assert balance(joint) == FEE_MINOR


def test_the_end_of_one_hold_leaves_the_others_of_a_joint_bill(app, payments: FakePayments, now: datetime) -> None:
    first, second = of_one_city(now, 2)
    wire(first, FEE_MINOR, now)
    joint = bill_together(first, second, now=now)

    settling.release_hold(second.id, payments, now=now + OVER)
    assert stands_on(joint) == [("Early bird", FEE_MINOR)]
    assert (seats_of(first), seats_of(second)) == (["confirmed"], ["released"])
    wire(first, FEE_MINOR, now + OVER, "late")

    assert seats_of(second)[-1] == "confirmed"
    assert balance(joint) == 0


def test_what_is_owed_by_the_others_brings_no_ended_hold_back(app, payments: FakePayments, now: datetime) -> None:
    first, second = of_one_city(now, 2)
    with writing():
        invoices.issue_now(first.id, now=now, by=FINANCE)
    joint = bill_together(first, second, now=now)
    wire(first, 10_000, now)
    assert seats_of(second) == ["confirmed"]
    cancel(second, now)

    wire(first, FEE_MINOR - 10_000, now)

    assert seats_of(second) == ["released"]
    assert balance(joint) == 0


def test_what_was_invoiced_is_invoiced_anew_to_each(app, now: datetime) -> None:
    registration = with_single_room(now)
    with writing():
        invoices.issue_now(registration.id, now=now, by=FINANCE)

    theirs = split(registration, now)

    assert papers_on(registration.folio) == ["invoice", "credit_note", "invoice"]
    assert papers_on(theirs) == ["invoice"]
    assert letters_to(EMILY.email) == ["lines_came"]


def test_what_was_paid_here_for_what_another_pays_is_on_the_desk(app, payments: FakePayments, now: datetime) -> None:
    registration = with_single_room(now)
    pay_by_card(registration, payments, now)

    theirs = split(registration, now)

    assert balance(registration.folio) == -ROOM_MINOR
    assert balance(theirs) == ROOM_MINOR
    assert on_the_desk() == ["overpaid"]
    assert seats_by_add_on(registration) == {"": "confirmed", "Single room": "confirmed"}


def test_a_bill_that_was_paid_is_not_joined_to_another(app, now: datetime) -> None:
    first, second = of_one_city(now, 2)
    wire(second, FEE_MINOR, now)

    with pytest.raises(payers.PaidAlready):
        bill_together(first, second, now=now)


def test_only_registrations_of_one_event_share_a_bill(app, now: datetime) -> None:
    first = with_single_room(now)
    other = with_single_room(now, event=a_published_summit("hangzhou-2027"))

    with pytest.raises(payers.OtherBooks):
        bill_together(first, other, now=now)


def split_folio(registration: Registration) -> int:
    return read_again(registration).further_folios[0].folio_id

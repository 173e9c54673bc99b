"""A booking pays bills in one transaction, once; or it is a payment or a refund that is known, or is set aside."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask

from tests.bank_files import FINANCE, Booking, a_csv, a_day, imported, only_line
from tests.fake_payments import FakePayments
from tests.money_cast import (
    balance_of,
    cancel,
    letters_about,
    on_the_desk,
    papers_of,
    pay_by_card,
    payments_posted,
    refunds,
    seats_of,
    two_people_register,
    wire,
)
from tests.races import all_at_once, outcome_of
from tourreg.db import writing
from tourreg.domain.banking import bills, commands, queries
from tourreg.domain.banking.commands import LineMoved, MoreThanOwed, MoreThanTheLine, NotThisPayment, Share
from tourreg.domain.banking.models import BankAccount, BankLine
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import agree_plan
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.billing.rules import AmountNotPositive
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling
from tourreg.domain.settlements.recording import PaymentKnown
from tourreg.kernel.money import CurrenciesDiffer, Money

pytestmark = pytest.mark.both


def a_line(
    account: BankAccount, now: datetime, amount: str = "960.00", text: str = "WIRE", number: str = "W1"
) -> BankLine:
    """Return the one booking that was imported."""
    booking: Booking = (12, "CITY", text, amount, number)
    imported(account, a_csv(booking), now)
    return only_line()


def apply(line: BankLine, now: datetime, *shares: tuple[Registration, int], **changed: Any) -> Any:
    parts = [Share(registration.folio.public_id, minor) for registration, minor in shares]
    seen = changed.pop("seen", line.rest.minor)
    with writing():
        return commands.apply_line(line.id, parts, seen_minor=seen, now=now, by=FINANCE, **changed)


def test_a_wire_confirms_the_seats_and_sends_invoice_and_receipt(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    (entry,) = apply(a_line(account, now), now, (registration, 96_000))

    assert (entry.means, entry.detail, entry.received_on) == ("wire", "W1", only_line().booked_on)
    assert only_line().state == "applied"
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["paid"]


def test_one_wire_pays_several_bills_and_one_bill_gets_several_wires(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    imported(account, a_csv((12, "", "ONE", "1000.00", "W1"), (13, "", "TWO", "920.00", "W2")), now)

    apply(only_line("ONE"), now, (registration, 60_000), (other, 40_000))
    apply(only_line("TWO"), now, (registration, 36_000), (other, 56_000))

    assert payments_posted(registration) == [-60_000, -36_000]
    assert payments_posted(other) == [-40_000, -56_000]
    assert balance_of(registration) == balance_of(other) == 0
    assert {line.state for line in (only_line("ONE"), only_line("TWO"))} == {"applied"}


def test_what_no_bill_takes_stays_open_and_can_go_to_the_same_bill_later(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    line = a_line(account, now)

    apply(line, now, (registration, 40_000))
    assert (only_line().state, only_line().rest.minor) == ("part_applied", 56_000)
    apply(only_line(), now, (registration, 56_000))

    assert only_line().state == "applied"
    assert payments_posted(registration) == [-40_000, -56_000]


def test_two_people_who_apply_one_line_at_once_pay_once(
    app: Flask, account: BankAccount, registration: Registration, now: datetime
) -> None:
    line = a_line(account, now)

    answers = all_at_once(app, [outcome_of(partial(apply, line, now, (registration, 96_000), seen=96_000))] * 4)

    assert sum(isinstance(answer, LineMoved) for answer in answers) == 3
    assert payments_posted(registration) == [-96_000]
    assert papers_of(registration) == ["invoice", "receipt"]


def test_lines_that_pay_the_same_bills_in_other_orders_do_not_stop_each_other(
    app: Flask, account: BankAccount, registration: Registration, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event, pays_by="invoice")
    bookings: list[Booking] = [(12, "", f"LINE {number}", "20.00", f"W{number}") for number in range(6)]
    imported(account, a_csv(*bookings), now)
    parts = [(registration, 1_000), (other, 1_000)]
    orders = [parts, parts[::-1]] * 3
    lines = [only_line(f"LINE {number}") for number in range(6)]

    doings = [partial(apply, line, now, *order, seen=2_000) for line, order in zip(lines, orders, strict=True)]
    answers = all_at_once(app, [outcome_of(doing) for doing in doings])

    assert [len(answer) for answer in answers] == [2] * 6
    assert payments_posted(registration) == payments_posted(other) == [-1_000] * 6


@pytest.mark.parametrize(
    ("minor", "refusal"), [(96_001, MoreThanTheLine), (0, AmountNotPositive), (-1, AmountNotPositive)]
)
def test_parts_that_do_not_fit_the_line_post_nothing(
    account: BankAccount, registration: Registration, now: datetime, minor: int, refusal: type[Exception]
) -> None:
    line = a_line(account, now)

    with pytest.raises(refusal):
        apply(line, now, (registration, minor))

    assert payments_posted(registration) == []
    assert only_line().state == "open"


def test_a_refusal_at_the_second_bill_leaves_the_first_unpaid(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    line = a_line(account, now)
    foreign = two_people_register(now, event=registration.event, pays_by="invoice")
    with writing():
        foreign.folio.currency = "EUR"

    with pytest.raises(CurrenciesDiffer):
        apply(line, now, (registration, 90_000), (foreign, 6_000))

    assert payments_posted(registration) == []


def test_what_nobody_looks_at_never_pays_more_than_is_owed(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    line = a_line(account, now)
    wire(registration, 1_000, now)

    with pytest.raises(MoreThanOwed):
        apply(line, now, (registration, 96_000), only_if_owed=True)


def test_more_than_is_owed_is_posted_and_lies_on_the_desk(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    apply(a_line(account, now, "1000.00"), now, (registration, 100_000))

    assert balance_of(registration) == -4_000
    assert on_the_desk() == ["overpaid"]


def test_a_wire_that_was_recorded_by_hand_is_tied_and_posts_nothing(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    wire(registration, 96_000, now, "20270112 77")
    line = a_line(account, now)
    (known,) = bills.recorded_payments(line)

    with writing():
        commands.tie_payment(line.id, known.public_id, now=now, by=FINANCE)

    assert payments_posted(registration) == [-96_000]
    assert only_line().state == "applied"
    assert bills.recorded_payments(only_line()) == []


def test_a_payment_is_one_line_only(account: BankAccount, registration: Registration, now: datetime) -> None:
    wire(registration, 96_000, now, "77")
    imported(account, a_csv((12, "", "ONE", "960.00", "W1"), (13, "", "TWO", "960.00", "W2")), now)
    (known,) = bills.recorded_payments(only_line("ONE"))
    one, two = only_line("ONE").id, only_line("TWO").id
    with writing():
        commands.tie_payment(one, known.public_id, now=now, by=FINANCE)

    with pytest.raises(NotThisPayment), writing():
        commands.tie_payment(two, known.public_id, now=now, by=FINANCE)


def test_a_wire_that_came_with_a_statement_is_not_recorded_by_hand_again(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    apply(a_line(account, now, "500.00", number="20270112-0031"), now, (registration, 50_000))

    with pytest.raises(PaymentKnown):
        wire(registration, 50_000, now, "20270112 0031")

    assert payments_posted(registration) == [-50_000]


def test_card_payments_are_no_lines_of_a_bank(account: BankAccount, registration: Registration, now: datetime) -> None:
    pay_by_card(registration, FakePayments(now), now)

    assert bills.recorded_payments(a_line(account, now)) == []


def test_an_outgoing_booking_pays_a_refund_out(account: BankAccount, registration: Registration, now: datetime) -> None:
    wire(registration, 96_000, now)
    cancel(registration, now)
    line = a_line(account, now, "-960.00")
    (waiting,) = bills.refunds_for(line)

    with writing():
        commands.tie_refund(line.id, waiting.public_id, now=now, by=FINANCE)

    assert only_line().state == "tied"
    assert [(refund.state, refund.detail) for refund in refunds()] == [("succeeded", "W1")]
    assert billing.balance(registration.folio).minor == 0
    assert bills.refunds_for(only_line()) == []


def test_a_refund_that_was_noted_as_paid_out_is_only_tied(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    wire(registration, 96_000, now)
    cancel(registration, now)
    paid_out = refunds()[0].public_id
    with writing():
        cancelling.pay_out_by_hand(paid_out, "CHECK 12", now=now, by=FINANCE)
    line = a_line(account, now, "-960.00")

    with writing():
        commands.tie_refund(line.id, paid_out, now=now, by=FINANCE)

    assert [(refund.state, refund.detail) for refund in refunds()] == [("succeeded", "CHECK 12")]
    assert only_line().state == "tied"


@pytest.mark.parametrize(("amount", "state"), [("50.00", "open"), ("-50.00", "outgoing")])
def test_a_line_that_is_set_aside_comes_back_as_it_was(
    account: BankAccount, now: datetime, amount: str, state: str
) -> None:
    line = a_line(account, now, amount)

    with writing():
        commands.set_aside(line.id, "bank_fee", "", seen_minor=line.rest.minor, now=now, by=FINANCE)
    assert only_line().state == "set_aside"
    with writing():
        commands.bring_back(line.id, now=now, by=FINANCE)
        commands.bring_back(line.id, now=now, by=FINANCE)

    assert (only_line().state, only_line().aside_reason) == (state, None)


def test_the_rest_of_a_line_is_set_aside_and_comes_back_as_a_rest(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    line = a_line(account, now, "1000.00")
    apply(line, now, (registration, 96_000))

    with writing():
        commands.set_aside(line.id, "other", "Lunch", seen_minor=4_000, now=now, by=FINANCE)
    with pytest.raises(LineMoved):
        apply(line, now, (registration, 4_000), seen=4_000)
    with writing():
        commands.bring_back(line.id, now=now, by=FINANCE)

    assert (only_line().state, only_line().rest.minor) == ("part_applied", 4_000)


def test_a_line_that_somebody_has_begun_is_not_set_aside_unseen(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    line = a_line(account, now)
    apply(line, now, (registration, 1_000))

    with pytest.raises(LineMoved), writing():
        commands.set_aside(line.id, "not_for_us", "", seen_minor=96_000, now=now, by=FINANCE)


def test_a_line_proposes_what_its_text_names(account: BankAccount, registration: Registration, now: datetime) -> None:
    line = a_line(account, now, text=registration.reference.lower())
    found = queries.line_by_public_id(line.public_id)
    assert found is not None
    known = bills.bills(found.account.issuer, "USD")

    match = bills.matches(known, found.account, [found])[found.id]

    assert match.is_certain
    assert match.shares == [(registration.folio.public_id, 96_000)]


def test_the_amount_of_the_next_instalment_is_told_even_when_a_part_of_it_is_paid(
    account: BankAccount, registration: Registration, now: datetime
) -> None:
    parts = [Instalment(a_day(20), Money(30_000, "USD")), Instalment(a_day(28), Money(66_000, "USD"))]
    with writing():
        agree_plan(registration.folio, "deposit", parts, now=now)
    wire(registration, 10_000, now)
    line = a_line(account, now, "200.00", text=registration.reference)
    found = queries.line_by_public_id(line.public_id)
    assert found is not None

    known = bills.bills(found.account.issuer, "USD")
    match = bills.matches(known, found.account, [found])[found.id]

    reasons = [(reason.kind, reason.name) for reason in match.proposals[0].reasons]
    assert ("instalment", "2027-01-20") in reasons
    assert match.is_certain

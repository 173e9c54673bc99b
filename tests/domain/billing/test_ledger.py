"""Postings: once, signed, in one currency, and never changed."""

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.cast import the_issuer
from tourreg.db import db, writing
from tourreg.domain.billing import queries
from tourreg.domain.billing.commands import Charge, MoneyIn, lock_folio, open_folio, post_first_charges, post_payment
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.payers import BillTo, name_order_lines, order_lines_of
from tourreg.domain.billing.posting import LedgerIsAppendOnly, ReferenceTaken
from tourreg.domain.billing.rules import AmountNotPositive, standing_lines
from tourreg.domain.billing.taking_back import charge_again, take_back
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.both

BY = "staff:x"


@pytest.fixture
def folio(app: Flask, now: datetime) -> Folio:
    return a_folio(now)


def test_the_same_money_posts_once(folio: Folio, now: datetime) -> None:
    first, second = (pay(folio, 48_000, now) for _ in range(2))

    assert first.id == second.id
    assert queries.balance(folio).minor == -48_000


def test_one_reference_cannot_name_two_sums(folio: Folio, now: datetime) -> None:
    pay(folio, 48_000, now)

    with pytest.raises(ReferenceTaken):
        pay(folio, 48_001, now)


def test_the_database_itself_takes_a_reference_once(folio: Folio, now: datetime) -> None:
    pay(folio, 48_000, now)
    signed = {"kind": "payment", "amount_minor": -1, "unit_minor": -1, "posted_at": now, "posted_by": BY}
    copy = Entry(folio_id=folio.id, reference="wire:1", **signed)

    with pytest.raises(IntegrityError), writing() as session:
        session.add(copy)


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        (Money(0, "USD"), AmountNotPositive),
        (Money(-1, "USD"), AmountNotPositive),
        (Money(100, "CNY"), CurrenciesDiffer),
    ],
)
def test_a_payment_is_more_than_nothing_in_the_folios_currency(
    folio: Folio, now: datetime, amount: Money, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), writing():
        post_payment(folio, money_in(amount), now=now, by=BY)


def test_a_payment_cannot_be_posted_with_the_sign_of_a_charge(folio: Folio, now: datetime) -> None:
    wrong = Entry(
        folio_id=folio.id, kind="payment", amount_minor=1, unit_minor=1, reference="wrong", posted_at=now, posted_by=BY
    )

    with pytest.raises(IntegrityError), writing() as session:
        session.add(wrong)


def test_a_posting_is_never_changed(folio: Folio, now: datetime) -> None:
    entry = pay(folio, 48_000, now)

    with pytest.raises(LedgerIsAppendOnly), writing():
        entry.amount_minor = -1


@pytest.mark.parametrize("words", ["UPDATE entries SET amount_minor = -1", "DELETE FROM entries"])
def test_not_even_the_database_changes_a_posting(folio: Folio, now: datetime, words: str) -> None:
    pay(folio, 48_000, now)

    with pytest.raises(DBAPIError, match="append-only"), writing() as session:
        session.execute(text(words))


def test_lines_are_taken_back_once_and_can_be_charged_again(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    charge(folio, 0, now)
    with writing():
        taken_back = take_all_back(folio, now)
        assert take_all_back(folio, now) == []
    assert queries.balance(folio).minor == 0

    for _ in range(2):
        with writing():
            charge_again(folio, taken_back, now=now, by=BY)

    assert queries.balance(folio).minor == 48_000
    assert sorted(line.amount_minor for line in standing_lines(queries.entries_of(folio))) == [0, 48_000]


def test_lines_charged_again_keep_the_order_line_that_each_had(folio: Folio, now: datetime) -> None:
    charge(folio, 48_000, now)
    charge(folio, 12_000, now)
    with writing():
        by_amount = {line.amount_minor: line for line in standing_lines(queries.entries_of(folio))}
        name_order_lines(folio, {by_amount[48_000].id: "10", by_amount[12_000].id: "20"}, now=now, by=BY)
        backwards = take_all_back(folio, now)[::-1]
    with writing():
        again = charge_again(folio, backwards, now=now, by=BY)

    named = order_lines_of(folio)
    assert {line.amount_minor: named[line.id] for line in again} == {48_000: "10", 12_000: "20"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["charge", "pay", "take back", "again"]), st.integers(1, 10**7))))
def test_whatever_happens_the_balance_is_the_sum_and_nothing_is_negative_twice(
    app: Flask, now: datetime, acts: list[tuple[str, int]]
) -> None:
    folio = a_folio(now)
    expected, lapsed = 0, []
    for act, minor in acts:
        with writing():
            lock_folio(folio)
            if act == "charge":
                post_first_charges(folio, [a_charge(minor)], now=now, by=BY)
                expected += minor
            elif act == "pay":
                money = money_in(Money(minor, "USD"), reference=new_public_id())
                expected += post_payment(folio, money, now=now, by=BY).amount_minor
            elif act == "take back":
                lapsed = take_all_back(folio, now)
                expected += sum(entry.amount_minor for entry in lapsed)
            else:
                expected += sum(entry.amount_minor for entry in charge_again(folio, lapsed, now=now, by=BY))
                lapsed = []

    assert queries.balance(folio).minor == expected
    assert queries.standing(folio).balance.minor == expected
    lines = standing_lines(queries.entries_of(folio))
    assert sum(line.amount_minor for line in lines) == queries.standing(folio).charged.minor


def a_folio(now: datetime) -> Folio:
    with writing():
        issuer = the_issuer()
        db.session.flush()
        folio = open_folio(
            BillTo(name="City of Charlotte", email="ap@example.org", country="US"),
            issuer_id=issuer.id,
            event="event",
            currency="USD",
            language="en",
            reference=new_public_id(),
            now=now,
        )
    return folio


def charge(folio: Folio, minor: int, now: datetime) -> None:
    with writing():
        post_first_charges(folio, [a_charge(minor)], now=now, by=BY)


def a_charge(minor: int) -> Charge:
    return Charge(
        subject="participant",
        description=Text("Summit fee", "峰会费"),
        unit=Money(minor, "USD"),
        reference=new_public_id(),
        service_from=date(2027, 10, 20),
        service_to=date(2027, 10, 22),
    )


def take_all_back(folio: Folio, now: datetime) -> list[Entry]:
    return take_back(folio, standing_lines(queries.entries_of(folio)), why="The hold ended.", now=now, by=BY)


def pay(folio: Folio, minor: int, now: datetime) -> Entry:
    with writing():
        entry = post_payment(folio, money_in(Money(minor, "USD")), now=now, by=BY)
    return entry


def money_in(amount: Money, **changed: Any) -> MoneyIn:
    values = {"amount": amount, "means": "wire", "detail": "1", "received_on": date(2027, 1, 14), "reference": "wire:1"}
    return MoneyIn(**{**values, **changed})

"""Amounts that cancellation terms keep are those of the bill's currency, typed by the office and never converted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_fee, a_published_summit
from tests.fake_payments import FakePayments
from tests.house.filled import FINANCE
from tests.money_cast import pay_by_card, read_again, two_people_register
from tourreg.db import writing
from tourreg.domain.catalogue.cancellation import EventTerms, Step, Terms, amounts_written_in, plain_terms, promises_of
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.chosen import everything
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.cancellations import cancel
from tourreg.domain.settlements.foreseeing import Order
from tourreg.domain.settlements.models import Cancellation

pytestmark = pytest.mark.both

AMOUNTS = Terms((Step(30, kept_minor=5_000, kept_others=(("JPY", 7_500),)),), 2_000, None, (("JPY", 3_000),))
DOLLARS = Terms((Step(30, kept_minor=5_000),))


@pytest.fixture
def event(app: Flask) -> Event:
    """The summit at 480 dollars or 72,000 yen, of which 50 dollars or 7,500 yen are kept."""
    made = a_published_summit(
        fees=[a_fee(other_prices={"JPY": {"regular": 72_000}})], add_ons=[], other_currencies=["JPY"]
    )
    write(made, AMOUNTS)
    return made


def write(event: Event, programme: Terms) -> None:
    with writing() as session:
        session.add(event)
        event.cancellation_terms = plain_terms(EventTerms(programme))


def given_up(registration: Registration, now: datetime) -> Cancellation:
    decided = Order(everything(read_again(registration)), "They cannot come.", "form")
    with writing():
        return cancel(registration.id, decided, now=now, by=FINANCE)


@pytest.mark.parametrize(("currency", "kept"), [("USD", 10_000), ("JPY", 15_000)])
def test_of_each_bill_its_own_currencys_amount_is_kept(
    event: Event, payments: FakePayments, now: datetime, currency: str, kept: int
) -> None:
    registration = two_people_register(now, event=event, currency=currency)
    pay_by_card(registration, payments, now)

    made = given_up(registration, now)

    assert (made.kept_minor, made.currency) == (kept, currency)


def test_the_invoice_names_the_amounts_of_its_own_currency(event: Event, payments: FakePayments, now: datetime) -> None:
    registration = two_people_register(now, event=event, currency="JPY")
    pay_by_card(registration, payments, now)

    notes = read_again(registration).folio.invoices[0].paper.sheet["notes"]

    assert "all but JPY 7,500 comes back" in notes[0]["en"]
    assert "其中JPY 3,000为预付款" in notes[0]["zh"]


def test_terms_of_today_without_an_amount_in_the_currency_leave_what_was_promised(
    event: Event, payments: FakePayments, now: datetime
) -> None:
    registration = two_people_register(now, event=event, currency="JPY")
    pay_by_card(registration, payments, now)
    write(event, DOLLARS)

    assert given_up(registration, now).kept_minor == 15_000


@pytest.mark.parametrize(
    ("terms", "written"),
    [
        (Terms((Step(30, 25),)), None),
        (DOLLARS, {"USD"}),
        (AMOUNTS, {"USD", "JPY"}),
        (Terms((*AMOUNTS.steps, Step(10, kept_minor=9_000))), {"USD"}),
    ],
)
def test_terms_know_in_which_currencies_all_their_amounts_are_written(event: Event, terms: Terms, written: Any) -> None:
    write(event, terms)

    assert amounts_written_in(event) == written
    assert bool(promises_of(event, "JPY")) == (written is None or "JPY" in written)

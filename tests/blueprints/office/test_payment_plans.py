"""The pages on which the office writes down plans, and finance works with the plan of one bill."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fake_payments import FakePayments
from tests.forms import fields_of, page_of, words_of
from tests.money_cast import letters_about, pay_by_card, read_again, seats_of
from tests.plan_cast import BALANCE_ON, a_registration_by_plan
from tests.staff import sign_in
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.payment_terms import terms_of
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock

Fields = dict[str, Any]


@pytest.fixture
def booked(stripe: FakePayments, now: datetime) -> Registration:
    """Two people who have paid their deposit for an event with every plan."""
    made = a_registration_by_plan(now)
    pay_by_card(made, stripe, now)
    return made


@pytest.fixture
def office(client: FlaskClient, booked: Registration) -> FlaskClient:
    """A browser in which a finance officer is signed in."""
    sign_in(client, "finance")
    return client


def address_of(event: Event) -> str:
    return f"/office/events/{event.public_id}/payment-plans"


def terms_typed(office: FlaskClient, booked: Registration) -> Fields:
    page = office.get(address_of(read_again(booked).event))
    fields: Fields = dict(fields_of(page, "plans-form"))
    return fields


def test_the_page_shows_what_is_offered_and_saves_it_unchanged(office: FlaskClient, booked: Registration) -> None:
    event = read_again(booked).event
    before = terms_of(event)

    answer = office.post(address_of(event), data=terms_typed(office, booked))

    assert answer.status_code == 303
    assert terms_of(read_again(booked).event) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"rows-2-share": "20"}, "the parts come to 86.66% of the bill and must come to 100%."),
        ({"rows-1-due_on": "", "rows-1-days_before": ""}, "say when part 2 is due."),
        ({"rows-1-due_on": "2027-10-01"}, "part 3 must be due after the one before it."),
        ({"deposit-0-share": "", "deposit-0-each": ""}, "say how much part 1 is; only the last may be the rest."),
        ({"deposit-0-share": "a third"}, "Type a share of the bill such as 30 or 33.33."),
        ({"deposit-0-each": "100"}, "Give a percent or an amount, not both."),
        ({"deposit-1-due_on": "2027-11-01"}, "part 2 is due after the programme has ended."),
        ({"release_after_days": "soon"}, "A whole number from 0 to 365."),
    ],
)
def test_a_plan_that_does_not_add_up_is_told_and_not_saved(
    office: FlaskClient, booked: Registration, typed: Fields, words: str
) -> None:
    event = read_again(booked).event
    before = terms_of(event)

    answer = office.post(address_of(event), data={**terms_typed(office, booked), **typed})

    assert answer.status_code == 422
    assert words in words_of(page_of(answer))
    assert terms_of(read_again(booked).event) == before


def test_an_event_offers_at_least_one_way_to_pay(office: FlaskClient, booked: Registration) -> None:
    typed = terms_typed(office, booked)
    for kind in ("in_full", "deposit", "instalments", "after_event"):
        typed.pop(kind, None)

    answer = office.post(address_of(read_again(booked).event), data=typed)

    assert answer.status_code == 422
    assert "Offer at least one way to pay." in words_of(page_of(answer))


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(office: FlaskClient, booked: Registration) -> None:
    event = read_again(booked).event
    mine = terms_typed(office, booked)
    office.post(address_of(event), data={**mine, "release_after_days": "14"})

    answer = office.post(address_of(event), data={**mine, "release_after_days": "30"})

    assert answer.status_code == 409
    assert terms_of(read_again(booked).event).release_after_days == 14


def test_the_programme_office_may_write_plans_and_readers_may_not(
    client: FlaskClient, booked: Registration, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    sign_in(client, "read-only")

    assert client.get(address_of(read_again(booked).event)).status_code == 200
    assert client.post(address_of(read_again(booked).event)).status_code == 403


def test_finance_sees_what_is_overdue_and_gives_the_seats_back(
    office: FlaskClient, booked: Registration, stripe: FakePayments, clock_shows: Any
) -> None:
    late = datetime.combine(BALANCE_ON + timedelta(days=12), clock.utc_now().timetz())
    clock_shows(late)
    stripe.now = late
    sign_in(office, "finance", name="Sun Yue")
    bill = f"/office/money/plans/{read_again(booked).folio.public_id}"

    listed, page = words_of(page_of(office.get("/office/money"))), office.get(bill)
    answer = office.post(f"{bill}/seats", data={**fields_of(page, "release-form"), "reason": "We wrote three times."})

    assert "12 days ago" in listed
    assert "US$672.00" in listed
    assert answer.status_code == 303
    assert seats_of(booked) == ["released", "released"]
    assert letters_about(booked)[-1] == "seats_released"


def test_finance_stops_the_reminders_and_lets_them_go_on(office: FlaskClient, booked: Registration) -> None:
    bill = f"/office/money/plans/{read_again(booked).folio.public_id}"
    fields = fields_of(office.get(bill), "reminders-form")

    office.post(f"{bill}/reminders", data={**fields, "do": "stop"})
    assert read_again(booked).folio.reminders_stopped
    office.post(f"{bill}/reminders", data={**fields, "do": "resume"})

    assert not read_again(booked).folio.reminders_stopped


def test_finance_agrees_to_an_invoice_after_the_event(office: FlaskClient, booked: Registration) -> None:
    bill = f"/office/money/plans/{read_again(booked).folio.public_id}"
    typed = {"kind": "after_event", "days_after": "45", "why": "The state pays afterwards only."}

    answer = office.post(bill, data={**fields_of(office.get(bill), "plan-form"), **typed})

    assert answer.status_code == 303
    folio = read_again(booked).folio
    assert (folio.plan, [row.due_on for row in folio.instalments]) == ("after_event", [date(2027, 12, 6)])


def test_a_bill_that_nobody_has_is_not_found(office: FlaskClient) -> None:
    assert office.get("/office/money/plans/nonsense").status_code == 404

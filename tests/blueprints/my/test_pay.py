"""Paying from the browser: to Stripe's page, back from it, and what the person reads."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fake_payments import FakePayments
from tests.money_cast import payments_posted, seats_of, two_people_register
from tests.plan_cast import a_registration_by_plan
from tests.visitors import granted
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock


@pytest.fixture
def stripe(app: Flask, now: datetime, clock_shows: Callable[[datetime], None]) -> FakePayments:
    """The account at which the application lets people pay."""
    fake = FakePayments(now)
    app.extensions["tourreg.payments"] = fake
    return fake


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    return two_people_register(now)


@pytest.fixture
def holder(client: FlaskClient, app: Flask, registration: Registration, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser that may open the registration, and sends its forms with their token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    let_in(client, registration)
    return client


def test_paying_leads_to_stripes_page(holder: FlaskClient, registration: Registration, stripe: FakePayments) -> None:
    answer = holder.post(f"/my/registrations/{registration.public_id}/pay")

    assert (answer.status_code, answer.location) == (303, stripe.sessions[stripe.only_session()].url)


def test_a_second_click_leads_to_the_same_page(
    holder: FlaskClient, registration: Registration, stripe: FakePayments
) -> None:
    addresses = {holder.post(f"/my/registrations/{registration.public_id}/pay").location for _ in range(2)}

    assert len(addresses) == len(stripe.sessions) == 1


def test_while_stripe_is_down_the_person_is_told_and_the_seats_stay_held(
    holder: FlaskClient, registration: Registration, stripe: FakePayments
) -> None:
    stripe.down = True

    answer = holder.post(f"/my/registrations/{registration.public_id}/pay", follow_redirects=True)

    assert "Your seats are still held" in answer.get_data(as_text=True)
    assert seats_of(registration) == ["held", "held"]


@pytest.mark.both
def test_the_return_page_settles_what_no_event_has_brought(
    holder: FlaskClient, registration: Registration, stripe: FakePayments
) -> None:
    session = pay(holder, registration, stripe)

    for _ in range(3):
        page = holder.get(f"/my/registrations/{registration.public_id}/paid?session={session}").get_data(as_text=True)

    assert "your seats are confirmed" in page
    assert payments_posted(registration) == [-96_000]
    assert seats_of(registration) == ["confirmed", "confirmed"]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("promise", "Your payment is on its way"),
        ("decline", "You have not paid yet"),
        ("expire_checkout_session", "The payment page has closed"),
    ],
)
def test_the_return_page_says_what_became_of_the_payment(
    holder: FlaskClient, registration: Registration, stripe: FakePayments, act: str, words: str
) -> None:
    holder.post(f"/my/registrations/{registration.public_id}/pay")
    getattr(stripe, act)(stripe.only_session())

    page = holder.get(f"/my/registrations/{registration.public_id}/paid?session={stripe.only_session()}")

    assert words in page.get_data(as_text=True)


def test_while_stripe_is_down_the_return_page_asks_for_patience(
    holder: FlaskClient, registration: Registration, stripe: FakePayments
) -> None:
    session = pay(holder, registration, stripe)
    stripe.down = True

    page = holder.get(f"/my/registrations/{registration.public_id}/paid?session={session}").get_data(as_text=True)

    assert "Please do not pay twice" in page
    assert payments_posted(registration) == []


def test_another_registrations_session_is_not_found(
    holder: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event)
    session = pay(holder, registration, stripe)
    with holder.session_transaction() as cookie:
        cookie.clear()
    let_in(holder, other)

    assert holder.get(f"/my/registrations/{other.public_id}/paid?session={session}").status_code == 404
    assert holder.get(f"/my/registrations/{registration.public_id}/paid?session={session}").status_code == 404


def test_a_stranger_cannot_pay_or_look(
    client: FlaskClient, app: Flask, registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)

    assert client.post(f"/my/registrations/{registration.public_id}/pay").status_code == 404
    assert client.get(f"/my/registrations/{registration.public_id}/paid?session=x").status_code == 404


def let_in(client: FlaskClient, registration: Registration) -> None:
    granted(client, registration.public_id, at=clock.utc_now())


def pay(holder: FlaskClient, registration: Registration, stripe: FakePayments) -> str:
    """Go to Stripe's page, pay there and return the session."""
    holder.post(f"/my/registrations/{registration.public_id}/pay")
    stripe.pay(stripe.only_session())
    return stripe.only_session()


def test_the_pay_page_names_means_bank_and_reference(holder: FlaskClient, registration: Registration) -> None:
    page = holder.get(f"/my/registrations/{registration.public_id}/pay").get_data(as_text=True)

    for words in ("Alipay", "WeChat Pay", "ACH debit", registration.reference, "Account", "0000"):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type an amount such as 960.00."),
        ("-5", "Type an amount such as 960.00."),
        ("12.345", "Type an amount such as 960.00."),
        ("960.01", "At most US$960.00 can be paid now."),
        ("0.10", "at least US$0.50 each"),
        ("959.80", "at least US$0.50 each"),
        ("0", "at least US$0.50 each"),
    ],
)
def test_an_amount_that_cannot_be_paid_is_told_beside_its_field(
    holder: FlaskClient, registration: Registration, stripe: FakePayments, typed: str, words: str
) -> None:
    answer = holder.post(f"/my/registrations/{registration.public_id}/pay", data={"what": "other", "amount": typed})

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert stripe.sessions == {}


@pytest.mark.parametrize(
    ("what", "minor"), [("next", 28_800), ("all", 96_000), ("other", 12_345), ("nonsense", 28_800)]
)
def test_a_person_pays_what_is_due_next_all_or_another_amount(
    client: FlaskClient,
    app: Flask,
    stripe: FakePayments,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    minor: int,
) -> None:
    registration = a_registration_by_plan(now)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    let_in(client, registration)

    client.post(f"/my/registrations/{registration.public_id}/pay", data={"what": what, "amount": "123.45"})

    assert stripe.sessions[stripe.only_session()].amount_total_minor == minor


def test_the_registration_shows_its_plan_and_what_is_due_next(
    client: FlaskClient, app: Flask, stripe: FakePayments, now: datetime
) -> None:
    registration = a_registration_by_plan(now)
    let_in(client, registration)

    page = client.get(f"/my/registrations/{registration.public_id}").get_data(as_text=True)

    assert "Pay the first part, US$288.00, by then and they are yours." in page
    assert "Deposit" in page
    assert "Balance" in page

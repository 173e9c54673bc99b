"""A price list for each currency: chosen on the form, shown before it is charged, kept with the bill; and guests."""

import re
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.public.registration_page import FORM, count_registrations, filled_in
from tests.cast import a_fee, a_published_summit, an_add_on, consent_texts, saved
from tests.code_cast import a_saved_code
from tests.fake_payments import FakePayments
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.plan_cast import offer_plans
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.plans import Plan, PlanPart
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.payment_terms import IN_FULL
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("clock_shows")
YEN = {"regular": 72_000, "early": 60_000}
CNY = {"regular": 340_000, "early": 300_000}


@pytest.fixture
def summit(stripe: FakePayments) -> Event:
    """A summit priced in dollars, yuan and yen, with an early price and a guest."""
    saved(*consent_texts())
    fee = a_fee(
        "Full fee", "全价", 48_000, early_minor=42_000, early_until_on=date(2027, 3, 1),
        other_prices={"CNY": CNY, "JPY": YEN},
    )  # fmt: skip
    guest = an_add_on("guest", "Guest", 15_000, other_prices={"CNY": {"regular": 105_000}, "JPY": {"regular": 22_000}})
    return a_published_summit(fees=[fee], add_ons=[guest], other_currencies=["CNY", "JPY"])


@pytest.fixture
def whole(client: FlaskClient, summit: Event) -> Fields:
    return filled_in(client, summit)


def charged() -> list[tuple[int, str]]:
    return [
        (entry.amount_minor, entry.folio.currency) for entry in db.session.scalars(select(Entry).order_by(Entry.id))
    ]


def test_the_prices_follow_the_currency_without_a_script(client: FlaskClient, whole: Fields) -> None:
    shown = client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"})

    page = page_of(shown)
    assert "JP¥60,000" in words_of(page.find(".//*[@id='bill']"))
    assert fields_of(shown, "registration")["price-currency"] == "JPY"


@pytest.mark.both
@pytest.mark.parametrize(("currency", "minor"), [("USD", 42_000), ("CNY", 300_000), ("JPY", 60_000)])
def test_the_bill_stays_in_the_chosen_currency(client: FlaskClient, whole: Fields, currency: str, minor: int) -> None:
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": currency}), "registration")

    answer = client.post(FORM, data=shown | {"do": "register"})

    assert answer.status_code == 303
    assert charged() == [(minor, currency)]
    assert db.session.scalars(select(Registration)).one().folio.currency == currency


def test_a_currency_whose_prices_were_not_shown_books_nothing(client: FlaskClient, whole: Fields) -> None:
    told = client.post(FORM, data=whole | {"currency": "CNY"})

    assert "You chose another currency" in faults_of(told)[""]
    assert "3,000.00" in words_of(page_of(told).find(".//*[@id='bill']"))
    assert count_registrations() == 0
    agreed = client.post(FORM, data=fields_of(told, "registration") | {"do": "register"})
    assert (agreed.status_code, charged()) == (303, [(300_000, "CNY")])


@pytest.mark.parametrize("typed", ["EUR", "XYZ", "usd'--"])
def test_a_currency_that_is_not_offered_books_nothing(client: FlaskClient, whole: Fields, typed: str) -> None:
    told = client.post(FORM, data=whole | {"currency": typed})

    assert faults_of(told)[""].startswith(f"Bills in {typed[:3]} are not offered.")
    assert count_registrations() == 0
    agreed = client.post(FORM, data=fields_of(told, "registration") | {"do": "register"})
    assert (agreed.status_code, charged()) == (303, [(42_000, "USD")])


def test_a_currency_that_is_withdrawn_while_the_form_is_open_books_nothing(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"}), "registration")
    with writing() as session:
        session.add(summit)
        summit.other_currencies = ["CNY"]

    told = client.post(FORM, data=shown | {"do": "register"})

    assert "Bills in JPY are not offered" in faults_of(told)[""]
    assert "US$420" in words_of(page_of(told).find(".//*[@id='bill']"))
    assert count_registrations() == 0


def test_a_deposit_that_is_an_amount_is_asked_in_the_events_currency_alone(
    client: FlaskClient, summit: Event, whole: Fields, now: datetime
) -> None:
    offer_plans(summit, IN_FULL, Plan("deposit", (PlanPart(each_minor=10_000), PlanPart(days_before=60))), now=now)
    in_dollars = client.get(FORM).get_data(as_text=True)
    in_yen = client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"})

    assert "US$100 for each" in in_dollars
    assert "US$100 for each" not in in_yen.get_data(as_text=True)
    told = client.post(FORM, data=fields_of(in_yen, "registration") | {"do": "register", "plan": "deposit"})
    assert (told.status_code, charged()) == (303, [(60_000, "JPY")])
    assert "(for bills in USD)" in client.get("/en/events/yangzhou-2027").get_data(as_text=True)


def test_a_deposit_that_is_a_part_is_of_the_bill_in_its_currency(
    client: FlaskClient, summit: Event, whole: Fields, now: datetime, stripe: FakePayments
) -> None:
    offer_plans(summit, Plan("deposit", (PlanPart(share=3_333), PlanPart(days_before=60))), now=now)
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"}), "registration")

    client.post(FORM, data=shown | {"do": "register"})

    asked = stripe.sessions[stripe.only_session()]
    assert (asked.amount_total_minor, asked.currency.upper()) == (19_998, "JPY")


def test_a_fee_without_cost_is_free_in_every_currency(client: FlaskClient, summit: Event, whole: Fields) -> None:
    with writing() as session:
        session.add(summit)
        fee = summit.fees[0]
        fee.amount_minor, fee.early_minor, fee.early_until_on = 0, None, None
        fee.other_prices = {"CNY": {"regular": 0}, "JPY": {"regular": 0}}
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"}), "registration")

    answer = client.post(FORM, data=shown | {"do": "register"})

    assert (answer.status_code, charged()) == (303, [(0, "JPY")])
    assert {seat.state for seat in db.session.scalars(select(Registration)).one().participants[0].seats} == {
        "confirmed"
    }


def test_a_code_in_one_currency_does_not_hold_in_another(client: FlaskClient, whole: Fields) -> None:
    a_saved_code(kind="amount", percent=None, off_minor=1_000, currency="USD")
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"}), "registration")

    told = client.post(FORM, data=shown | {"do": "register", "code": "SPRING27"})

    assert faults_of(told) == {"code": "The code is for bills in USD."}


def test_a_percentage_is_of_the_price_in_the_currency(client: FlaskClient, whole: Fields) -> None:
    a_saved_code()
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"}), "registration")

    client.post(FORM, data=shown | {"do": "register", "code": "SPRING27"})

    assert charged() == [(60_000, "JPY"), (-6_000, "JPY")]


def test_a_free_seat_by_code_is_free_in_yen(client: FlaskClient, whole: Fields) -> None:
    a_saved_code(percent=100)
    shown = fields_of(client.post(FORM, data=whole | {"do": "currency", "currency": "JPY"}), "registration")

    assert client.post(FORM, data=shown | {"do": "register", "code": "SPRING27"}).status_code == 303
    assert charged() == [(60_000, "JPY"), (-60_000, "JPY")]


def test_the_event_page_lists_every_price(client: FlaskClient, summit: Event) -> None:
    page = client.get("/en/events/yangzhou-2027").get_data(as_text=True)

    assert "<small>CN¥3,000</small>" in page
    assert "<small>JP¥60,000</small>" in page
    assert "US$480 / CN¥3,400 / JP¥72,000 from" in page
    assert re.findall(r'"priceCurrency": ?"(\w+)"', page) == ["USD", "CNY", "JPY"]


def test_a_guest_has_a_name_that_stands_on_the_bill(client: FlaskClient, summit: Event, whole: Fields) -> None:
    with_guest = whole | {"p1-add_ons": summit.add_ons[0].public_id}

    unnamed = client.post(FORM, data=with_guest)
    assert faults_of(unnamed) == {"p1-guest": "Participant 1: Type the name of the guest."}

    assert client.post(FORM, data=with_guest | {"p1-guest": "Maria Hart"}).status_code == 303
    lines = [entry.description.en for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert lines == ["Full fee, early price", "Guest (Maria Hart)"]
    assert db.session.scalars(select(Registration)).one().participants[0].guest == "Maria Hart"

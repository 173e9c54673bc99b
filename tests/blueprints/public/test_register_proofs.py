"""Fees that ask for something, on the registration form: what is asked, and what is said when it is wrong."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.public.registration_page import count_registrations, filled_in
from tests.cast import a_fee, a_published_summit, consent_texts, saved, the_city
from tests.fake_payments import FakePayments
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tourreg.blueprints.public import guesses
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.memberships.commands import make_list
from tourreg.domain.memberships.rules import MemberRow
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("clock_shows")
FORM = "/en/events/yangzhou-2027/register"


@pytest.fixture
def summit(stripe: FakePayments, now: datetime) -> Event:
    """A summit with a fee for members, one for small cities, one of a single place and one that the office approves."""
    saved(*consent_texts())
    with writing():
        members = make_list("Alliance", [MemberRow("M1001")], submission_key="members", now=now, by="staff:x")
        the_city("davenport")
        the_city("charlotte")
    return a_published_summit(
        fees=[
            a_fee("Member", "会员", 40_000, proof="number", member_list=members),
            a_fee("Small city", "小城市", 30_000, position=2, population_most=150_000),
            a_fee("Student", "学生", 20_000, position=3, proof="approval", admits="student"),
            a_fee("Last place", "末席", 50_000, position=4, pool=Pool(capacity=1, taken=0)),
            a_fee("Full fee", "全价", 60_000, position=5),
        ]
    )


@pytest.fixture
def whole(client: FlaskClient, summit: Event) -> Fields:
    return filled_in(client, summit)


def with_fee(whole: Fields, summit: Event, place: int, **typed: str) -> Fields:
    return whole | {"p1-fee": summit.fees[place].public_id} | {f"p1-{name}": value for name, value in typed.items()}


def test_a_number_on_the_list_registers_a_member(client: FlaskClient, summit: Event, whole: Fields) -> None:
    answer = client.post(FORM, data=with_fee(whole, summit, 0, member_number="m-1001"))

    assert answer.status_code == 303
    assert db.session.scalars(select(Registration)).one().participants[0].member_number == "M1001"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the member’s number, or choose another fee."),
        ("M9", "We know no such number. Look whether it is typed as on the card."),
    ],
)
def test_a_wrong_number_is_said_beside_its_field(
    client: FlaskClient, summit: Event, whole: Fields, typed: str, sentence: str
) -> None:
    answer = client.post(FORM, data=with_fee(whole, summit, 0, member_number=typed))

    assert (answer.status_code, faults_of(answer)) == (422, {"p1-member_number": f"Participant 1: {sentence}"})
    assert fields_of(answer, "registration")["p1-surname"] == "Hart"
    assert count_registrations() == 0


def test_who_tries_many_numbers_has_to_wait(client: FlaskClient, summit: Event, whole: Fields) -> None:
    for number in range(guesses.MOST_WRONG.amount):
        client.post(FORM, data=with_fee(whole, summit, 0, member_number=f"M{number}"))

    told = client.post(FORM, data=with_fee(whole, summit, 0, member_number="M1001"))

    assert "Too many numbers were tried" in faults_of(told)["p1-member_number"]
    assert client.post(FORM, data=with_fee(whole, summit, 4)).status_code == 303


def test_a_small_city_is_chosen_from_the_list(client: FlaskClient, summit: Event, whole: Fields) -> None:
    cities = {city: the_city(city).public_id for city in ("davenport", "charlotte")}

    missing = client.post(FORM, data=with_fee(whole, summit, 1))
    too_large = client.post(FORM, data=with_fee(whole, summit, 1, city=cities["charlotte"]))

    assert faults_of(missing)["p1-city"] == "Participant 1: Choose the city, or another fee."
    assert "cities of at most 150,000 inhabitants" in faults_of(too_large)["p1-city"]
    assert client.post(FORM, data=with_fee(whole, summit, 1, city=cities["davenport"])).status_code == 303


def test_a_fee_to_approve_leads_to_a_page_that_asks_for_no_money(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    answer = client.post(FORM, data=with_fee(whole, summit, 2))

    page = client.get(answer.location).get_data(as_text=True)
    assert answer.status_code == 303
    assert "/my/registrations/" in answer.location
    assert "Our office looks at the fee that you chose" in page
    assert "Pay US$200.00" not in page


def test_a_fee_whose_last_place_went_meanwhile_is_named(client: FlaskClient, summit: Event, whole: Fields) -> None:
    asked = with_fee(whole, summit, 3)
    client.post(FORM, data=asked | {"p1-given": "Ana", "submission_key": "a" * 22})

    told = client.post(FORM, data=asked)

    assert faults_of(told) == {"p1-fee": "Participant 1: No place is left at this fee. Choose another."}
    opened = page_of(client.get(FORM))
    assert "Last place" not in words_of(opened.find(".//select[@id='p1-fee']"))


def test_the_price_list_says_what_each_fee_asks_for(client: FlaskClient, summit: Event) -> None:
    page = client.get("/en/events/yangzhou-2027").get_data(as_text=True)

    for said in (
        "Asks for a member’s number", "For cities of at most 150,000 inhabitants", "Students",
        "Our office approves each registration", "1 of 1 places left",
    ):  # fmt: skip
        assert said in page


def test_an_event_without_such_fees_asks_nothing(
    client: FlaskClient, summit: Event, clock_shows: Callable[[datetime], None]
) -> None:
    a_published_summit("plain")

    page = client.get("/en/events/plain/register").get_data(as_text=True)

    assert "p1-member_number" not in page
    assert "p1-city" not in page

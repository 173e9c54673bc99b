"""Registering on the public page: what a person types, and where it leads."""

import gzip
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import tourreg
from tests.blueprints.public.registration_page import (
    FORM,
    fill,
    filled_in,
    invoice,
)
from tests.cast import a_fee, a_published_summit
from tests.fake_payments import FakePayments
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.models import Consent
from tourreg.domain.registrations.models import Participant, Registration

STATIC = Path(tourreg.__file__).parent / "static"
pytestmark = pytest.mark.usefixtures("clock_shows")


def test_who_pays_by_card_is_led_to_stripes_page(client: FlaskClient, whole: Fields, stripe: FakePayments) -> None:
    answer = client.post(FORM, data=whole)

    session = stripe.sessions[stripe.only_session()]
    assert (answer.status_code, answer.location) == (303, session.url)
    assert session.amount_total_minor == 48_000


def test_who_pays_by_invoice_is_led_to_the_registration(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | invoice())

    registration = the_registration()
    assert (answer.status_code, answer.location) == (303, f"/my/registrations/{registration.public_id}")
    assert client.get(answer.location).status_code == 200
    assert (registration.contact_name, registration.contact_email) == ("Emily Hart", "emily@example.org")
    assert registration.language == "en"


def test_while_stripe_is_down_the_places_are_held_and_the_registration_says_so(
    client: FlaskClient, whole: Fields, stripe: FakePayments
) -> None:
    stripe.down = True

    answer = client.post(FORM, data=whole)

    assert answer.location == f"/my/registrations/{the_registration().public_id}"
    assert client.get(answer.location).status_code == 200


def test_a_participant_is_kept_with_names_place_and_fee(client: FlaskClient, summit: Event, whole: Fields) -> None:
    told = {
        "p1-native": "周岚",
        "p1-badge": "Lan",
        "p1-salutation": "Dr",
        "p1-post": "Mayor",
        "p1-email": "l@example.org",
    }

    client.post(FORM, data=whole | told)

    person = db.session.scalars(select(Participant)).one()
    assert (person.surname, person.given, person.native, person.badge) == ("Hart", "Emily", "周岚", "Lan")
    assert (person.salutation, person.post, person.email, person.country) == ("Dr", "Mayor", "l@example.org", "US")
    assert person.organisation == "City of Charlotte"
    assert person.fee_id == summit.fees[0].id


def test_who_pays_by_card_is_the_payer(client: FlaskClient, whole: Fields) -> None:
    client.post(FORM, data=whole | {"bill_name": "left over", "po_number": "left over"})

    folio = the_registration().folio
    assert (folio.payer_name, folio.payer_department, folio.po_number) == ("Emily Hart", "City of Charlotte", "")
    assert the_registration().pays_by == "card"


def test_an_invoice_is_made_out_to_the_institution(client: FlaskClient, whole: Fields) -> None:
    client.post(FORM, data=whole | invoice())

    folio = the_registration().folio
    assert (folio.payer_name, folio.payer_address) == (
        "City of Charlotte",
        "600 East Fourth Street\nCharlotte, NC 28202",
    )
    assert (folio.payer_country, folio.po_number, folio.vendor_number) == ("US", "PO 4711", "V-104482")
    assert folio.credit_state == "asked"


def test_each_participant_agrees_to_what_was_shown(client: FlaskClient, whole: Fields) -> None:
    client.post(FORM, data=whole)

    assert [consent.text.kind for consent in db.session.scalars(select(Consent))] == [
        "terms",
        "privacy",
        "cross_border",
    ]


def test_an_event_that_costs_nothing_asks_nobody_to_pay(client: FlaskClient, app: Flask) -> None:
    summit = a_published_summit(fees=[a_fee("Open to all", "开放", 0)], add_ons=[])
    whole = filled_in(client, summit)
    whole.pop("pays_by", None)

    client.post(FORM, data=whole)

    assert {seat.state for seat in the_registration().participants[0].seats} == {"confirmed"}


def test_adding_a_participant_keeps_what_was_typed_and_shares_the_likely(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | {"do": "add", "p1-organisation": "Port of Charlotte"})

    fields = fields_of(answer, "registration")
    assert answer.status_code == 200
    assert (fields["contact_name"], fields["p1-surname"], fields["p2-surname"]) == ("Emily Hart", "Hart", "")
    assert [fields[f"p2-{name}"] for name in ("organisation", "country", "fee")] == [
        "Port of Charlotte", "US", whole["p1-fee"]
    ]  # fmt: skip
    assert fields["submission_key"] == whole["submission_key"]
    assert faults_of(answer) == {}


def test_removing_a_participant_moves_the_later_ones_up(client: FlaskClient, summit: Event, whole: Fields) -> None:
    tour = summit.add_ons[0].public_id
    three = whole | {"p2-surname": "Okafor", "p3-surname": "Vega", "p3-add_ons": tour, "p3-native": "薇"}

    answer = client.post(FORM, data=three | {"do": "drop-2"})

    fields = fields_of(answer, "registration")
    assert [fields["p1-surname"], fields["p2-surname"], fields.get("p3-surname")] == ["Hart", "Vega", None]
    assert (fields["p2-add_ons"], fields["p2-native"]) == (tour, "薇")


def test_removing_the_only_participant_empties_it(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | {"do": "drop-1"})

    assert fields_of(answer, "registration")["p1-surname"] == ""


def test_there_is_no_button_for_a_twenty_first_participant(client: FlaskClient, whole: Fields) -> None:
    twenty = whole | {f"p{number}-surname": f"Hart{number}" for number in range(1, 21)}

    page = page_of(client.post(FORM, data=twenty | {"do": "total"}))

    assert page.find(".//button[@value='add']") is None
    assert len(page.findall(".//fieldset[@id]")) == 20


def test_the_bill_is_summed_by_the_server(client: FlaskClient, summit: Event, whole: Fields) -> None:
    tour, room = (add_on.public_id for add_on in summit.add_ons[:2])
    two = whole | {"p2-surname": "Vega", "p2-fee": whole["p1-fee"], "p1-add_ons": [tour, room]}

    page = page_of(client.post(FORM, data=two | {"do": "total"}))

    bill = page.find(".//dl")
    assert bill is not None
    assert [words_of(part) for part in bill] == [
        "2 × Early bird", "US$960.00", "Pre-tour: Beijing and Xi’an", "US$890.00", "Single room", "US$210.00",
        "Total", "US$2,060.00",
    ]  # fmt: skip


def test_the_page_speaks_chinese(client: FlaskClient, summit: Event) -> None:
    answer = client.get("/zh/events/yangzhou-2027/register")

    page = page_of(answer)
    assert '="None"' not in answer.text

    assert words_of(page.find(".//h1")) == "报名"
    assert "早鸟价：US$480" in words_of(page.find(".//select[@id='p1-fee']"))
    countries = page.findall(".//select[@id='p1-country']/option")
    assert [option.text for option in countries[1:5]] == ["中国", "美国", "阿尔巴尼亚", "阿尔及利亚"]


@pytest.mark.parametrize(
    ("state", "instant", "sentence"),
    [
        (
            "published",
            "2027-01-09T15:59:59Z",
            "Registration opens on Sunday 10 January 2027, 00:00 China Standard Time",
        ),
        (
            "published",
            "2027-09-30T16:00:00Z",
            "Registration closed on Thursday 30 September 2027, 23:59 China Standard",
        ),
        ("closed", "2027-01-15T09:00:00Z", "Registration is closed."),
        ("cancelled", "2027-01-15T09:00:00Z", "This programme has been cancelled."),
    ],
)
def test_an_event_that_is_not_open_shows_why_and_no_form(
    client: FlaskClient, app: Flask, clock_shows: Callable[[datetime], None], state: str, instant: str, sentence: str
) -> None:
    a_published_summit(state=state)
    clock_shows(datetime.fromisoformat(instant))

    page = page_of(client.get(FORM))

    assert page.find(".//form") is None
    assert sentence in words_of(page.find(".//main"))


def test_a_full_event_says_so(client: FlaskClient, summit: Event) -> None:
    fill(summit.pool_id, 200)

    assert "All 200 places are taken." in words_of(page_of(client.get(FORM)).find(".//main"))


@pytest.mark.parametrize("slug", ["nothing", "yangzhou-2027"])
def test_an_unknown_or_unpublished_event_is_not_there(client: FlaskClient, app: Flask, slug: str) -> None:
    a_published_summit(state="draft")

    assert client.get(f"/en/events/{slug}/register").status_code == 404
    assert client.post(f"/en/events/{slug}/register", data=signed(client)).status_code == 404


def test_the_page_with_all_it_needs_is_light(client: FlaskClient, summit: Event) -> None:
    beside = [STATIC / part for part in ("css/tourreg.css", "js/register.js", "img/mark.svg")]
    parts = [client.get(FORM).data, *(file.read_bytes() for file in beside)]

    assert sum(len(gzip.compress(part)) for part in parts) < 40_000


@pytest.mark.parametrize("people", [1, 20])
def test_registering_costs_one_statement_for_each_person_more(
    client: FlaskClient, whole: Fields, summit: Event, statements: Callable[[], list[str]], people: int
) -> None:
    """The one is the note that the person was accepted."""
    add_ons = [add_on.public_id for add_on in summit.add_ons[:2]]
    for number in range(1, people + 1):
        whole |= {f"p{number}-surname": "A" * number, f"p{number}-fee": whole["p1-fee"]}
        whole |= {f"p{number}-country": "US", f"p{number}-add_ons": add_ons}
    before = len(statements())

    client.post(FORM, data=whole | invoice())

    assert len(the_registration().participants) == people
    assert len(statements()) - before - people <= 40


@pytest.mark.parametrize("people", [1, 20])
def test_the_form_costs_the_same_few_statements_for_any_number_of_people(
    client: FlaskClient, whole: Fields, statements: Callable[[], list[str]], people: int
) -> None:
    many = whole | {f"p{number}-surname": "" for number in range(1, people + 1)}
    before = len(statements())

    client.post(FORM, data=many | {"do": "total"})

    assert len(statements()) - before == 4


def signed(client: FlaskClient) -> Fields:
    """The token alone, from the form of an open event."""
    a_published_summit("open-2027")
    fields = fields_of(client.get("/en/events/open-2027/register"), "registration")
    return {"csrf_token": fields["csrf_token"], "do": "register"}


def the_registration() -> Registration:
    return db.session.scalars(select(Registration)).one()


@pytest.mark.parametrize(("spoken", "words"), [("en", "Where it stands"), ("zh", "当前进度")])
def test_the_pages_after_the_form_go_on_in_its_language(
    client: FlaskClient, whole: Fields, spoken: str, words: str
) -> None:
    other = {"en": "zh-CN", "zh": "en-US"}[spoken]
    answer = client.post(FORM.replace("/en/", f"/{spoken}/"), data=whole | invoice())

    page = client.get(answer.location, headers={"Accept-Language": other}).get_data(as_text=True)

    assert words in page

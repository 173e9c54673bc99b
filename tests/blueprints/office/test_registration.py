"""The page of one registration: everything about it, for the one who answers the telephone."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.cast import a_person, a_published_summit, a_registration, an_add_on
from tests.money_cast import cancel, wire
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.registrations.commands import confirm
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.usefixtures("clock_shows")


def test_the_page_shows_people_seats_bill_letters_and_history(client: FlaskClient, now: datetime) -> None:
    member = sign_in(client, "read-only")
    event = a_published_summit()
    add_on = event.add_ons[0]
    person = a_person("Zhou", "Lan", native="周岚", add_ons=(add_on.public_id,))
    registration = a_registration(event, person, contact_name="Emily Hart", now=now)
    with writing():
        confirm(registration, now=now, by=f"staff:{member.public_id}")

    page = client.get(f"/office/registrations/{registration.public_id}").text

    for words in ("Emily Hart", registration.reference, "ZHOU Lan", "周岚", "Pre-tour: Beijing and Xi’an",
                  "US$1,370.00", "Confirmation of the registration", "Waits to be sent", "Seats confirmed",
                  "Ren Hui"):  # fmt: skip
        assert words in page


def test_the_ledger_says_by_which_means_money_came(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "finance")
    registration = a_registration(a_published_summit(), now=now)
    wire(registration, 5_000, now, "FT2207")

    page = client.get(f"/office/registrations/{registration.public_id}").text

    assert "Wire, FT2207" in page


def test_what_is_cancelled_is_not_offered_to_be_invoiced_or_cancelled(client: FlaskClient, now: datetime) -> None:
    registration = a_registration(a_published_summit(), now=now)
    sign_in(client, "finance")
    address = f"/office/registrations/{registration.public_id}"
    ways_on = (f"/office/money/registrations/{registration.public_id}/invoice", "Cancel the registration")
    before = client.get(address).text

    cancel(registration, now)

    after = client.get(address).text
    assert all(way in before and way not in after for way in ways_on)


def test_an_unknown_registration_is_not_found(client: FlaskClient) -> None:
    sign_in(client, "read-only")

    assert client.get("/office/registrations/nobody").status_code == 404


def test_a_letter_that_could_not_be_sent_is_shown_so(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "read-only")
    registration = a_registration(a_published_summit(), now=now)
    with writing():
        db.session.query(Task).filter(Task.kind == "send_letter").update({"given_up_at": now})

    assert "Could not be sent" in client.get(f"/office/registrations/{registration.public_id}").text
    assert db.session.query(Letter).count() == 1


@pytest.mark.both
def test_a_corrected_name_stands_in_the_history_with_the_one_before(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "programme")
    registration = a_registration(a_published_summit(), a_person("Nunez", "Jose"), now=now)
    person = registration.participants[0]
    address = f"/office/registrations/{registration.public_id}/people/{person.public_id}"

    answer = send(client, address, surname="Núñez", given="José", native="", country="ES", organisation="Vigo")

    assert answer.status_code == 200
    assert "José NÚÑEZ" in answer.text
    assert "<del>Nunez</del> → <ins>Núñez</ins>" in answer.text
    assert "Ren Hui" in answer.text
    assert person.sort_key == "nunez jose"


def test_a_name_that_no_passport_has_is_refused_and_kept(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "programme")
    registration = a_registration(a_published_summit(), now=now)
    person = registration.participants[0]
    address = f"/office/registrations/{registration.public_id}/people/{person.public_id}"

    answer = send(client, address, surname="周", given="=1+1", country="XX", email="x")

    assert answer.status_code == 422
    assert 'value="周"' in answer.text
    assert "<title>Error: " in answer.text
    assert person.surname == "Hart"


def test_letters_go_to_the_corrected_address(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "finance")
    registration = a_registration(a_published_summit(), now=now)

    page = send(
        client, f"/office/registrations/{registration.public_id}/contact", name="Zhou Lan", email="zhou@example.org"
    ).text

    assert "lan@example.org</del> → <ins>zhou@example.org" in page
    assert registration.sort_key == "zhou lan"


def test_a_person_of_another_registration_is_not_found(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "programme")
    event = a_published_summit()
    one, other = a_registration(event, now=now), a_registration(event, now=now)
    stranger = other.participants[0].public_id

    assert client.get(f"/office/registrations/{one.public_id}/people/{stranger}").status_code == 404


def test_a_letter_goes_again_to_the_address_that_holds_now_and_once_a_click(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "finance")
    registration = a_registration(a_published_summit(), now=now)
    with writing() as session:
        registration.contact_email = "zhou@example.org"
        session.execute(update(Letter).values(sent_at=now))
    page = client.get(f"/office/registrations/{registration.public_id}").text
    letter = db.session.scalars(select(Letter)).one().public_id
    fields = {"submission_key": value_of(page, "submission_key"), "csrf_token": value_of(page, "csrf_token")}

    for _click in range(2):
        answer = client.post(f"/office/registrations/{registration.public_id}/letters/{letter}/again", data=fields)

    assert answer.status_code == 303
    assert [sent.to_address for sent in db.session.scalars(select(Letter).order_by(Letter.id))] == [
        "lan@example.org",
        "zhou@example.org",
    ]


def test_a_letter_about_something_else_is_not_found(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "finance")
    event = a_published_summit()
    one, other = a_registration(event, now=now), a_registration(event, now=now)
    letter = db.session.scalars(select(Letter).where(Letter.about == other.public_id)).one().public_id
    token = value_of(client.get("/office/account").text, "csrf_token")

    answer = client.post(
        f"/office/registrations/{one.public_id}/letters/{letter}/again",
        data={"submission_key": new_public_id(), "csrf_token": token},
    )

    assert answer.status_code == 404


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Send the form of a page and follow where it leads."""
    token = value_of(client.get(address).text, "csrf_token")
    return client.post(address, data={**fields, "csrf_token": token}, follow_redirects=True)


def value_of(page: str, name: str) -> str:
    """Return what the first field of this name holds."""
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_the_name_of_a_guest_is_corrected_beside_the_persons_own(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "programme")
    event = a_published_summit(add_ons=[an_add_on("guest", "Guest", 15_000)])
    booked = a_person(add_ons=(event.add_ons[0].public_id,), guest="Maria Hard")
    registration = a_registration(event, booked, a_person("Zhou", "Lan"), now=now)
    addresses = [
        f"/office/registrations/{registration.public_id}/people/{person.public_id}"
        for person in registration.participants
    ]

    refused = send(client, addresses[0], surname="Hart", given="Emily", guest="")
    answer = send(client, addresses[0], surname="Hart", given="Emily", guest="Maria Hart")

    assert "Type the name of the guest." in refused.text
    assert "<del>Maria Hard</del> → <ins>Maria Hart</ins>" in answer.text
    assert "Name of the guest" not in client.get(addresses[1]).text
    assert "Maria Hart" in client.get("/office/registrations.csv").text

"""Somebody else comes in a participant's place: money and papers stay, consents end and are asked for anew."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import consent_texts, saved
from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of
from tests.money_cast import letters_about, papers_of, pay_by_card, postings, read_again, seats_of, two_people_register
from tests.visitors import granted
from tourreg.db import db, writing
from tourreg.domain.consents.models import Consent
from tourreg.domain.registrations import commands
from tourreg.domain.registrations.models import Registration


@pytest.fixture
def registration(stripe: FakePayments, now: datetime) -> Registration:
    """Emily Hart and Chen Li, who have paid and agreed to everything."""
    saved(*consent_texts())
    made = two_people_register(now)
    pay_by_card(made, stripe, now)
    return read_again(made)


def replace(finance: FlaskClient, registration: Registration, **typed: str) -> TestResponse:
    person = registration.participants[0].public_id
    address = f"/office/registrations/{registration.public_id}/people/{person}/replace"
    form = fields_of(finance.get(address), "replacement")
    return finance.post(address, data={**form, "surname": "Lopez", "given": "Ana", "badge": "Ana", **typed})


def counting(registration: Registration) -> list[tuple[str, bool]]:
    """Return the consents of the first participant: kind, and whether it still counts."""
    db.session.rollback()
    of_first = select(Consent).where(Consent.subject == registration.participants[0].public_id).order_by(Consent.id)
    return [(consent.text.kind, consent.ended_at is None) for consent in db.session.scalars(of_first)]


def test_the_person_changes_and_seats_money_and_papers_stay(finance: FlaskClient, registration: Registration) -> None:
    before = postings(registration), seats_of(registration), papers_of(registration)

    assert replace(finance, registration, why="Fell ill.").status_code == 303

    person = read_again(registration).participants[0]
    assert (person.surname, person.badge) == ("Lopez", "Ana")
    assert (postings(registration), seats_of(registration), papers_of(registration)) == before
    assert letters_about(registration)[-1] == "replaced"
    shown = finance.get(f"/office/registrations/{registration.public_id}").text
    assert "Replaced by another person" in shown
    assert "Hart" in shown


def test_the_consents_of_before_end_and_the_contact_gives_new_ones(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    replace(finance, registration)
    assert [counts for _kind, counts in counting(registration)] == [False] * 3

    granted(finance, registration.public_id, at=now)
    address = f"/my/registrations/{registration.public_id}/consents"
    assert "Ana Lopez" in finance.get(address).text
    form = fields_of(finance.get(address), "consents")
    refused = finance.post(address, data=form)
    assert (refused.status_code, len(faults_of(refused))) == (422, 3)
    ticks = dict.fromkeys(("terms", "privacy", "cross_border"), "2027-01-01")
    assert finance.post(address, data={**form, **ticks}).status_code == 303

    assert [counts for _kind, counts in counting(registration)] == [False] * 3 + [True] * 3
    assert "Nothing is missing" in finance.get(address).text


def test_the_invoice_is_corrected_only_if_asked(finance: FlaskClient, registration: Registration) -> None:
    replace(finance, registration, correct_invoice="y")

    assert papers_of(registration) == ["invoice", "receipt", "credit_note", "invoice"]
    sheet = read_again(registration).folio.invoices[-1].paper.sheet
    assert [person["latin"] for person in sheet["programme"]["participants"]] == ["Ana LOPEZ", "CHEN Li"]


@pytest.mark.parametrize("name", [("Hart", "Emily"), ("Chen", "Li")])
def test_nobody_is_replaced_by_who_takes_part_already(
    finance: FlaskClient, registration: Registration, name: tuple[str, str]
) -> None:
    answer = replace(finance, registration, surname=name[0], given=name[1])

    assert (answer.status_code, list(faults_of(answer))) == (422, ["surname"])
    assert [counts for _kind, counts in counting(registration)] == [True] * 3


def test_a_place_that_was_given_back_goes_to_nobody(
    finance: FlaskClient, registration: Registration, now: datetime
) -> None:
    with writing():
        commands.release(registration, now=now, by="staff:x", why="")

    assert replace(finance, registration).status_code == 422

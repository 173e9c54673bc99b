"""Names and contact, put right by the contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.my.changes.changing import (
    page,
    rows,
    save,
    text_of_letter,
)
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.money_cast import read_again
from tests.visitors import a_person_at, granted, signed_in
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.registrations import corrections, mails
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.names import PersonName

Show = Callable[[datetime], None]


def test_names_and_contact_are_corrected(contact: FlaskClient, registration: Registration) -> None:
    answer = save(
        contact, registration, contact_name="周岚", contact_phone="", **{"p2-surname": "Chén", "p2-badge": "Leo"}
    )

    after = read_again(registration)
    assert answer.location == page(registration)
    assert (after.contact_name, after.contact_phone, after.participants[1].surname) == ("周岚", "", "Chén")
    assert "Your corrections are saved." in contact.get(page(registration)).text
    assert set(db.session.scalars(select(Change.by))) == {f"contact:{registration.public_id}"}


def test_what_was_begun_in_time_may_be_sent_and_later_is_given_back(
    contact: FlaskClient, registration: Registration, clock: Show, now: datetime
) -> None:
    form = {**fields_of(contact.get(page(registration, "details")), "details"), "p1-badge": "Em"}
    clock(now + timedelta(hours=2, seconds=1))
    late = contact.post(page(registration, "details"), data=form)

    assert (late.status_code, "ask for a new code" in faults_of(late)[""]) == (403, True)
    assert fields_of(late, "details")["p1-badge"] == "Em"
    assert read_again(registration).participants[0].badge == ""

    clock(now + timedelta(hours=2))
    assert contact.post(page(registration, "details"), data=form).status_code == 303


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (
            {"contact_name": "", "contact_email": "", "organisation": ""},
            ["contact_name", "organisation", "contact_email"],
        ),
        ({"contact_email": "lan", "contact_phone": "call me"}, ["contact_email", "contact_phone"]),
        ({"p1-surname": "周", "p2-surname": ""}, ["p1-surname", "p2-surname"]),
        ({"p1-surname": "x" * 10_000, "p1-given": "7*7"}, ["p1-surname", "p1-given"]),
        ({"p2-native": "\N{BUG}"}, ["p2-native"]),
        ({"contact_name": "a\x00b", "p1-badge": "\N{PILE OF POO}"}, ["contact_name", "p1-badge"]),
        ({"contact_email": "x@example.org\r\nBcc: all@example.org"}, ["contact_email"]),
        ({"p2-surname": "Hart", "p2-given": "Emily", "p2-native": ""}, ["p2-surname"]),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field_and_kept(
    contact: FlaskClient, registration: Registration, typed: dict[str, str], wrong: list[str]
) -> None:
    before = rows()

    answer = save(contact, registration, **typed)

    assert answer.status_code == 422
    assert list(faults_of(answer)) == wrong
    kept = fields_of(answer, "details")
    assert all(kept[name] == value for name, value in typed.items() if value.isprintable() and len(value) < 200)
    assert rows() == before


def test_what_people_type_stays_text(contact: FlaskClient, registration: Registration) -> None:
    answer = save(contact, registration, contact_name="<b>Lan</b> {{ 7*7 }}")

    assert "&lt;b&gt;Lan&lt;/b&gt; {{ 7*7 }}" in contact.get(answer.location).text


def test_fields_that_are_not_offered_change_nothing(contact: FlaskClient, registration: Registration) -> None:
    save(
        contact,
        registration,
        pays_by="card",
        bill_name="Me",
        **{"p1-fee": "x", "p1-email": "x@x.org", "p3-surname": "X"},
    )

    after = read_again(registration)
    assert [person.surname for person in after.participants] == ["Hart", "Chen"]
    assert (after.participants[0].email, after.folio.payer_name) == ("", "City of Charlotte")


def test_another_address_ends_other_browsers_and_this_one_goes_on(
    app: Flask, contact: FlaskClient, registration: Registration, clock: Show, now: datetime
) -> None:
    elsewhere, at_home = app.test_client(), app.test_client()
    granted(elsewhere, registration.public_id, at=now)
    signed_in(at_home, a_person_at("lan@example.org", now), at=now)
    clock(now + timedelta(minutes=1))

    answer = save(contact, registration, contact_email="Ying@example.org")

    assert "we wrote to both addresses" in contact.get(answer.location).text
    assert [browser.get(page(registration)).status_code for browser in (elsewhere, at_home)] == [404, 404]
    again = save(contact, registration, contact_email="ying@example.net")
    assert (again.status_code, read_again(registration).contact_email) == (303, "ying@example.net")


def test_only_the_new_address_gets_a_link_also_from_letters_that_waited(
    contact: FlaskClient, registration: Registration, mailbox: MemoryMailer, now: datetime
) -> None:
    with writing():
        send_letter(
            "hold_ended", mails.facts(registration), to="lan@example.org", language="en",
            about=registration.public_id, key="waits", now=now,
        )  # fmt: skip
    save(contact, registration, contact_email="ying@example.org")
    mailbox.sent.clear()
    worker.run_due()

    linked = {str(letter["To"]): "/my/link/" in text_of_letter(letter) for letter in mailbox.sent}

    assert linked == {"lan@example.org": False, "ying@example.org": True}
    assert len(mailbox.sent) == 3


def test_the_later_of_two_editors_is_told(contact: FlaskClient, registration: Registration, now: datetime) -> None:
    stale = fields_of(contact.get(page(registration, "details")), "details")
    with writing():
        person = corrections.Person(PersonName("Harte", "Emily"))
        corrections.correct_person(registration.participants[0], person, now=now, by="staff:x")

    answer = contact.post(page(registration, "details"), data={**stale, "p2-badge": "Leo"})

    assert answer.status_code == 409
    assert "Emily Harte" in words_of(page_of(answer).find(".//div[@role='alert']"))
    assert read_again(registration).participants[1].badge == ""
    assert contact.post(page(registration, "details"), data=fields_of(answer, "details")).status_code == 303


def test_the_pages_ask_the_database_little(
    contact: FlaskClient, registration: Registration, statements: Callable[[], list[str]]
) -> None:
    for part, most in (("details", 12), ("cancellation", 15), ("code", 12)):
        before = len(statements())
        contact.get(page(registration, part))
        assert len(statements()) - before <= most, statements()[before:]

"""A fresh code before anything is changed: sent to the contact, typed once, in time, and for one registration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.blueprints.my.changes.changing import (
    ask,
    code_from,
    page,
    request_cancelling,
    rows,
    save,
    text_of,
    type_code,
    wrong_for,
)
from tests.forms import faults_of, fields_of, page_of
from tests.money_cast import read_again, two_people_register
from tests.visitors import granted
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.domain.registrations.models import Registration

Show = Callable[[datetime], None]


def test_a_code_from_the_letter_leads_to_the_corrections(
    visitor: FlaskClient, registration: Registration, mailbox: MemoryMailer
) -> None:
    begun = visitor.get(page(registration, "details"))
    assert begun.location == page(registration, "code?onward=details")
    assert "lan@example.org" in visitor.get(begun.location).text.replace("<wbr>", "")

    answer = type_code(visitor, registration, code_from(visitor, registration, mailbox))

    assert answer.location == page(registration, "details")
    assert mailbox.sent[-1]["To"] == "lan@example.org"
    assert registration.reference in str(mailbox.sent[-1]["Subject"])
    assert "/my/link/" not in text_of(mailbox)
    filled = fields_of(visitor.get(answer.location), "details")
    assert (filled["contact_name"], filled["p1-surname"], filled["p2-native"]) == ("Zhou Lan", "Hart", "陈立")


def test_the_code_opens_the_pages_for_half_an_hour(
    contact: FlaskClient, registration: Registration, clock: Show, now: datetime
) -> None:
    clock(now + timedelta(minutes=30))
    assert contact.get(page(registration, "details")).status_code == 200
    assert contact.get(page(registration, "cancellation")).status_code == 200

    clock(now + timedelta(minutes=30, seconds=1))

    assert contact.get(page(registration, "details")).location == page(registration, "code?onward=details")
    assert contact.get(page(registration, "cancellation")).location == page(registration, "code?onward=cancellation")


@pytest.mark.parametrize("part", ["details", "cancellation", "cancellation/taken-back"])
def test_without_a_code_nothing_that_is_sent_is_done(
    visitor: FlaskClient, registration: Registration, part: str
) -> None:
    token = fields_of(visitor.get(page(registration, "code")), "code")["csrf_token"]
    names = {"p1-surname": "Stolen", "p2-surname": "Stolen", "contact_name": "X", "organisation": "X"}
    before = rows()

    answer = visitor.post(page(registration, part), data={"csrf_token": token, "contact_email": "x@x.org", **names})

    assert answer.status_code in (303, 403)
    assert rows() == before
    assert read_again(registration).participants[0].surname == "Hart"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("part", ["code", "code/entry", "details", "cancellation", "cancellation/taken-back"])
def test_somebody_elses_registration_is_not_there(
    contact: FlaskClient, registration: Registration, now: datetime, part: str, method: str
) -> None:
    other = two_people_register(now, event=registration.event)
    token = fields_of(contact.get(page(registration, "details")), "details")["csrf_token"]
    before = rows()

    answer = contact.open(page(other, part), method=method, data={"csrf_token": token})

    assert answer.status_code == (405 if (part, method) == ("cancellation/taken-back", "GET") else 404)
    assert rows() == before


def test_a_code_for_one_registration_changes_no_other_that_is_open(
    contact: FlaskClient, registration: Registration, now: datetime
) -> None:
    other = two_people_register(now, event=registration.event)
    granted(contact, other.public_id, at=now)

    assert contact.get(page(other, "details")).location == page(other, "code?onward=details")
    assert contact.get(page(other, "code/entry")).location == page(other, "code?onward=details")


def test_wrong_codes_are_said_and_the_fifth_ends_the_right_one(
    visitor: FlaskClient, registration: Registration, mailbox: MemoryMailer
) -> None:
    code = code_from(visitor, registration, mailbox)

    for wrong in ("", "12345", "abcdef", wrong_for(code), "１２３", "' OR 1=1 --"):
        answer = type_code(visitor, registration, wrong)
        assert (answer.status_code, list(faults_of(answer))) == (422, ["code"]), wrong

    assert "Too many wrong codes" in faults_of(type_code(visitor, registration, code))["code"]


def test_a_code_may_be_typed_with_a_gap_or_in_wide_digits(
    visitor: FlaskClient, registration: Registration, mailbox: MemoryMailer
) -> None:
    code = code_from(visitor, registration, mailbox)

    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert type_code(visitor, registration, f"{wide[:3]} {wide[3:]}").status_code == 303


def test_an_expired_a_used_and_an_older_code_open_nothing(
    visitor: FlaskClient, registration: Registration, mailbox: MemoryMailer, clock: Show, now: datetime
) -> None:
    older = code_from(visitor, registration, mailbox)
    with visitor.session_transaction() as session:
        before = dict(session)
    clock(now + timedelta(minutes=15))
    assert "no longer works" in faults_of(type_code(visitor, registration, older))["code"]

    clock(now)
    assert type_code(visitor, registration, older).status_code == 303
    with visitor.session_transaction() as session:
        session.update(before)
        session.pop("fresh_code")
    replayed = type_code(visitor, registration, older)
    assert "no longer works" in faults_of(replayed)["code"]
    assert visitor.get(page(registration, "details")).status_code == 303

    newer = code_from(visitor, registration, mailbox)
    if older != newer:
        assert "Look again" in faults_of(type_code(visitor, registration, older))["code"]


def test_many_letters_are_not_sent(visitor: FlaskClient, registration: Registration, mailbox: MemoryMailer) -> None:
    for _ in range(5):
        assert ask(visitor, registration).status_code == 303

    answer = ask(visitor, registration)

    assert answer.status_code == 429
    assert "ask for another in an hour" in answer.text
    worker.run_due()
    assert len([letter for letter in mailbox.sent if "is your code" in str(letter["Subject"])]) == 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_valid_in_both_languages(contact: FlaskClient, registration: Registration, language: str) -> None:
    contact.get(page(registration, f"?language={language}"))
    ask(contact, registration)
    pages = [contact.get(page(registration, part)) for part in ("code", "code/entry", "details", "cancellation", "")]
    pages += [type_code(contact, registration, "000"), save(contact, registration, **{"p1-surname": "周"})]
    request_cancelling(contact, registration, why="病了")
    pages.append(contact.get(page(registration, "cancellation")))

    for answer in pages:
        shown = page_of(answer)
        assert len(shown.findall(".//h1")) == 1
        assert shown.attrib["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_hostile_way_onward_leads_to_the_corrections(visitor: FlaskClient, registration: Registration) -> None:
    for hostile in ("https://evil.example", "//evil.example", "security.logout", "\x00"):
        form = fields_of(visitor.get(page(registration, "code")), "code")
        answer = visitor.post(page(registration, "code"), data={**form, "onward": hostile})
        assert answer.location == page(registration, "code/entry?onward=details")


@pytest.mark.parametrize("part", ["code", "code/entry", "details", "cancellation", "cancellation/taken-back"])
def test_nothing_is_sent_without_the_token_of_its_page(
    contact: FlaskClient, registration: Registration, part: str
) -> None:
    before = rows()

    assert contact.post(page(registration, part), data={"why": "x"}).status_code == 400
    assert rows() == before


def test_looking_changes_nothing(contact: FlaskClient, registration: Registration) -> None:
    before = rows()

    for part in ("", "code", "code/entry", "details", "cancellation"):
        for method in ("GET", "HEAD"):
            contact.open(page(registration, part), method=method)

    assert rows() == before

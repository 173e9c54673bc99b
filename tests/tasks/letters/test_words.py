"""Every letter, as its reader gets it: made from what the domain asked for and sent by the worker."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.batch_cast import a_batch, a_choice, personal_papers
from tests.cast import a_fee, a_published_summit
from tests.host_offers import an_offer
from tests.hosts import a_host
from tests.money_cast import two_people_register
from tests.staff import a_member
from tests.tasks.letters.reading import LINK, assert_is_whole, render, sent, text_of
from tests.tasks.letters.told import TOLD, Tell, keep_what_was_asked_back
from tourreg import worker
from tourreg.adapters.files import Files
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import passwords
from tourreg.domain.accounts.commands import NO_PASSWORD
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.hosting import commands as hosting
from tourreg.domain.hosting import contacts
from tourreg.domain.hosting.contacts import Invitation
from tourreg.domain.hosting.offer_letters import IS_OVER, WRITTEN_FOR_YOU, tell_contacts
from tourreg.domain.hosting.offer_queries import offer_to_change
from tourreg.domain.hosting.rules import Contact as HostContact
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import approvals, corrections, fresh_codes, holds
from tourreg.domain.registrations.corrections import Contact
from tourreg.domain.settlements.quotes import QuoteRequest, issue_quote

ROOT = Path(__file__).parents[3]
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
HOST_LETTERS = ("host_confirm", "host_confirmed", "host_access", "host_accepted", "host_declined")
OFFER_LETTERS = (WRITTEN_FOR_YOU, IS_OVER)
# Read in test_hosting_words.py.
HOSTING_LETTERS = (
    "hosting_asked",
    "hosting_reminded",
    "hosting_report_asked",
    "hosting_proposed",
    "hosting_proposal_answered",
    "hosting_answered",
    "hosting_confirmed",
    "hosting_dates_taken",
    "hosting_lapsed",
    "hosting_message",
    "hosting_message_told",
    "hosting_told",
    "hosting_withdrawn",
)
# Read in test_city_letters.py.
CITY_LETTERS = ("city_letter", "city_letter_known")
# Read in test_certificate_words.py.
CERTIFICATE_LETTERS = ("certificate_issued", "certificate_replaced")
# Those that the tests below write by themselves.
OTHERS = (
    "access_code",
    "host_asked",
    "host_invitation",
    "address_changed",
    "approved",
    "options_chosen",
    "own_programme",
    "paper_sent",
    "programme_changed",
    "quoted",
    "sign_in",
    "staff_password",
)
# What letters are made of.
FRAMES = ("base", "parts", "words", "registration_letter", "host_letter", "hosting_letter")
EACH = pytest.mark.parametrize(("template", "tell"), TOLD, ids=[template for template, _tell in TOLD])


def test_every_letter_is_read_here() -> None:
    there = {path.stem for path in (ROOT / "tourreg/templates/mails").glob("*.html")}

    to_hosts = {*HOST_LETTERS, *OFFER_LETTERS, *HOSTING_LETTERS, *CERTIFICATE_LETTERS, *CITY_LETTERS}
    assert there - set(FRAMES) == {*(template for template, _tell in TOLD), *to_hosts, *OTHERS}


@LANGUAGES
@EACH
def test_a_letter_about_a_registration_is_whole(
    app: Flask, mailbox: MemoryMailer, files: Files, now: datetime, template: str, tell: Tell, language: str
) -> None:
    registration = two_people_register(now, language=language)
    with writing():
        tell(registration, now)
    for paper in db.session.scalars(select(Paper)).all():
        render(paper, files, now)

    letter = sent(mailbox, template)

    assert letter["To"] == "lan@example.org"
    assert_is_whole(letter, language)
    assert registration.reference in text_of(letter)
    assert ("扬州" in text_of(letter) or "生态" in text_of(letter)) is (language == "zh")


@LANGUAGES
def test_a_yes_to_a_student_is_whole(app: Flask, mailbox: MemoryMailer, now: datetime, language: str) -> None:
    summit = a_published_summit(fees=[a_fee("Student", "学生", 20_000, proof="approval")])
    registration = two_people_register(now, event=summit, language=language)
    with writing():
        approvals.approve(registration.id, hold_working_days=3, now=now, by="staff:x")

    letter = sent(mailbox, "approved")

    assert_is_whole(letter, language)
    assert registration.reference in text_of(letter)


@LANGUAGES
def test_the_letter_with_a_quote_is_whole(
    app: Flask, mailbox: MemoryMailer, files: Files, now: datetime, language: str
) -> None:
    event = a_published_summit()
    asked = QuoteRequest(
        BillTo("City of Davenport", "ap@example.org"), "Zhou Lan", {event.fees[0].public_id: 3}, language, "x" * 22
    )
    with writing():
        quote = issue_quote(event, asked, now=now, by="staff:x")
    render(quote, files, now)

    letter = sent(mailbox, "quoted")

    assert (letter["To"], len(list(letter.iter_attachments()))) == ("ap@example.org", 1)
    assert_is_whole(letter, language)
    assert "1,440.00" in text_of(letter)


@LANGUAGES
@pytest.mark.usefixtures("without_tokens")
def test_the_letter_to_sign_in_is_whole(
    app: Flask, client: FlaskClient, mailbox: MemoryMailer, now: datetime, language: str
) -> None:
    two_people_register(now)
    client.post(f"/my/sign-in?language={language}", data={"email": "lan@example.org"})

    letter = sent(mailbox, "sign_in")

    assert letter["To"] == "lan@example.org"
    assert_is_whole(letter, language)


@LANGUAGES
@pytest.mark.parametrize("pays_by", ["card", "invoice"])
def test_the_letter_after_registering_says_until_when_the_seats_are_held(
    app, mailbox, now, pays_by: str, language: str
) -> None:
    registration = two_people_register(now, language=language, pays_by=pays_by)
    until = holds.held_until(registration)

    letter = sent(mailbox, "registered")

    assert until is not None
    assert_is_whole(letter, language)
    assert all(words in text_of(letter) for words in ("陈立", "960.00", "UTC+8"))


@LANGUAGES
@pytest.mark.parametrize("template", HOST_LETTERS)
def test_a_letter_to_a_host_is_whole_in_both_languages(app, mailbox, now, template: str, language: str) -> None:
    profile = a_host(now=now, language=language)
    with writing():
        hosting._write_to(profile, template, now=now, key="once more")

    letter = sent(mailbox, template)

    assert_is_whole(letter, language)
    assert LINK.search(text_of(letter))


@LANGUAGES
@pytest.mark.parametrize("template", OFFER_LETTERS)
def test_a_letter_about_an_offer_is_whole_in_both_languages(app, mailbox, now, template: str, language: str) -> None:
    a_host("accepted", now=now, language=language)
    offer = an_offer(now=now)
    with writing():
        tell_contacts(offer_to_change(offer.public_id), template, key="once more", now=now)

    letter = sent(mailbox, template)

    assert_is_whole(letter, language)
    assert LINK.search(text_of(letter))
    assert ("两天水务考察" if language == "zh" else "Two days on water") in text_of(letter)


@pytest.mark.parametrize(
    ("template", "why"),
    [("cancellation_asked", "The trip was not approved."), ("cancellation_kept", "The rooms are paid.")],
)
def test_a_letter_about_a_request_to_cancel_says_why(
    app: Flask, mailbox: MemoryMailer, now: datetime, template: str, why: str
) -> None:
    registration = two_people_register(now)
    with writing():
        keep_what_was_asked_back(registration, now)

    letter = sent(mailbox, template)

    assert LINK.search(text_of(letter))
    assert why in text_of(letter)


@LANGUAGES
def test_both_addresses_are_told_of_a_change_and_the_new_one_alone_gets_a_link(
    app, mailbox, now, language: str
) -> None:
    registration = two_people_register(now, language=language)
    worker.run_due()
    before = LINK.search(text_of(mailbox.sent[-1]))
    with writing():
        contact = Contact("Zhou Lanying", "ying@example.org")
        corrections.correct_contact(registration, contact, now=now, by="contact:x")

    sent(mailbox, "address_changed")
    old, new = (next(one for one in mailbox.sent[-2:] if one["To"] == f"{to}@example.org") for to in ("lan", "ying"))

    for letter in (old, new):
        assert_is_whole(letter, language)
    assert LINK.search(text_of(old)) is None
    assert "ying@example.org" in text_of(old)
    after = LINK.search(text_of(new))
    assert before is not None
    assert after is not None
    assert before[0] != after[0]


@LANGUAGES
def test_a_letter_with_a_code_is_whole_and_opens_nothing_by_itself(app, mailbox, now, language: str) -> None:
    registration = two_people_register(now, language=language)
    with writing():
        fresh_codes.send_code(registration, secret=settings().secret_key, now=now)

    letter = sent(mailbox, "access_code")

    assert_is_whole(letter, language)
    assert re.match(r"\d{6}|.*\d{6}", str(letter["Subject"]))
    assert "http" not in text_of(letter)
    assert "15" in text_of(letter)


@LANGUAGES
@pytest.mark.parametrize("password", [NO_PASSWORD, "a hash"])
def test_a_letter_to_staff_is_whole_in_both_languages(app, mailbox, now, password: str, language: str) -> None:
    lin = a_member("finance", name="Lin <Yue>", password=password, language=language, email="lin@example.org")
    with writing():
        passwords.send_password_link(lin, key="one", secret=settings().secret_key, now=now, by="staff:x")

    letter = sent(mailbox, "staff_password")

    assert letter["To"] == "lin@example.org"
    assert_is_whole(letter, language)
    assert "Lin <Yue>" in text_of(letter)
    assert "/office/choose-password/" in text_of(letter)
    assert "http://127.0.0.1:8000/office/" in text_of(letter)


def test_every_letter_that_is_asked_for_has_its_words() -> None:
    asked = re.compile(r'(?:_tell\((?:registration|bill), |_write_to\(\w+, |send_letter\(\s*)f?"([a-z_{}]+)"')
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "tourreg").rglob("*.py"))
    names = {name for found in asked.findall(sources) for name in _decided(found)}

    words = {path.stem for path in (ROOT / "tourreg/templates/mails").glob("*.html")}

    assert len(names) > 12
    assert names <= words


def _decided(name: str) -> list[str]:
    return [name.replace("{decision}", decision) for decision in ("accepted", "declined")]


@LANGUAGES
def test_a_letter_that_brings_a_paper_of_a_batch_is_whole(
    app: Flask, mailbox: MemoryMailer, now: datetime, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    personal_papers(monkeypatch)
    a_batch(a_published_summit(), a_choice("itinerary", outcome="mail", language="own"), now=now)

    worker.run_due()

    letter = next(each for each in mailbox.sent if each["Content-Language"] == {"en": "en", "zh": "zh-Hans"}[language])
    assert_is_whole(letter, language)
    assert len(list(letter.iter_attachments())) == 1


@LANGUAGES
def test_the_letters_about_sharing_a_page_are_whole(
    app: Flask, mailbox: MemoryMailer, now: datetime, language: str
) -> None:
    profile = a_host("address_confirmed", now=now, language=language)
    wish = Invitation(HostContact("Lan Zhou", "City Clerk", "clerk@example.org"), ("press",), language)
    with writing():
        contacts.ask_to_join(profile, wish, now=now)
        contacts.invite(profile, wish, now=now, by="staff:x")

    asked, invitation = sent(mailbox, "host_asked"), sent(mailbox, "host_invitation")

    assert (asked["To"], invitation["To"]) == ("joanne@example.org", "clerk@example.org")
    assert "clerk@example.org" in text_of(asked)
    for letter in (asked, invitation):
        assert_is_whole(letter, language)
        assert "Davenport" in text_of(letter)

"""Every letter about money can be written, in both languages, from the facts that are kept for it."""

import inspect
from datetime import datetime
from typing import Any

import pytest

from tests.money_cast import read_again
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import mails
from tourreg.domain.settlements.bills import bill_of
from tourreg.kernel.bilingual import LANGUAGES, Language
from tourreg.rendering import render_mail

# Each function of `mails` sends the letter of its own name.
LETTERS = [
    name
    for name, made in vars(mails).items()
    if inspect.isfunction(made) and made.__module__ == mails.__name__ and not name.startswith("_")
]
AMOUNT = {"minor": 96_000, "currency": "USD"}
NOTHING = {"minor": 0, "currency": "USD"}


def test_there_are_letters() -> None:
    assert "paid" in LETTERS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_can_be_written(registration: Registration, letter: str, language: Language) -> None:
    subject, text, html = render_mail(letter, facts_of(registration), language=language)

    event = registration.event.title.in_(language)
    assert event in subject
    assert "\n" not in subject
    assert registration.reference in text
    assert registration.reference in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_typed_is_no_markup_in_a_letter(registration: Registration, language: Language) -> None:
    facts = facts_of(registration, why="<script>alert(1)</script> {{ 7 * 7 }}")

    _subject, text, html = render_mail("cancelled", facts, language=language)

    assert "<script>" not in html
    assert "<script>alert(1)</script> {{ 7 * 7 }}" in text


def test_an_unpaid_cancellation_promises_no_money(registration: Registration) -> None:
    _subject, text, _html = render_mail("cancelled", facts_of(registration, refund=NOTHING), language="en")

    assert "nothing goes back" in text


def test_money_that_comes_after_a_cancellation_is_promised_back_and_no_seats(registration: Registration) -> None:
    subject, text, _html = render_mail("paid_late", facts_of(registration, cancelled=True), language="en")

    assert "after the cancellation" in subject
    assert "sends it back" in text
    assert "looks for seats" not in text


def test_the_end_of_a_hold_says_what_a_credit_note_is_for(registration: Registration) -> None:
    note = {"kind": "credit_note", "number": "CCE-CN-2027-00001"}

    _subject, text, _html = render_mail("hold_ended", facts_of(registration, attached=[note]), language="en")

    assert "please do not pay it" in text
    assert "CCE-CN-2027-00001" in text


def facts_of(registration: Registration, **changed: Any) -> dict[str, Any]:
    """Return what a letter is made from, with everything that any letter mentions."""
    bill = bill_of(read_again(registration).folio_id)
    known = mails._facts(bill, mails.Reader("lan@example.org", bill.lead, is_payer=False, gets_papers=True))
    asked = {"level": 2, "total": AMOUNT, "pay_by": "2027-02-14", "due_on": "2027-02-14", "kept": NOTHING}
    extra = {"amount": AMOUNT, "refund": AMOUNT, "means": "card", "why": "The group cannot travel.", **asked}
    added_when_sent = {"attached": [], "access_url": "", "event_url": "", "site_name": "City Exchange", "sample": False}
    return {**known, **extra, **added_when_sent, "to_payer": False, **changed}


def test_the_payers_own_address_is_no_friend(registration: Registration) -> None:
    _subject, text, _html = render_mail("paid", facts_of(registration, to_payer=True), language="en")

    assert "To accounts payable," in text


def test_the_moments_of_a_letter_carry_their_zone(registration: Registration, now: datetime) -> None:
    _subject, text, _html = render_mail("funds_awaited", facts_of(registration), language="en")

    assert "17:45 China Standard Time (UTC+8)" in text

"""A request to cancel in the office: seen on the board, in the list and on its page, and answered by finance."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.forms import faults_of, fields_of, page_of, words_of
from tests.money_cast import letters_about, read_again
from tests.staff import sign_in
from tourreg.db import writing
from tourreg.domain.registrations import holds, own_changes
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports import board

pytestmark = pytest.mark.usefixtures("clock_shows")
WHY = "The trip was not approved. <b>{{ 7*7 }}</b>"


@pytest.fixture
def asked(registration: Registration, now: datetime) -> Registration:
    with writing():
        own_changes.ask_to_cancel(registration.id, WHY, now=now)
    return registration


@pytest.mark.both
def test_the_board_counts_requests_until_they_are_answered(asked: Registration, now: datetime) -> None:
    assert board.waiting(holds_until=now, today=now.date()).cancelling == 1

    with writing():
        own_changes.keep_registration(asked.id, "The rooms are paid.", now=now, by="staff:x")

    assert board.waiting(holds_until=now, today=now.date()).cancelling == 0


@pytest.mark.parametrize("role", ["programme", "finance", "read-only"])
def test_the_board_leads_to_the_requests(client: FlaskClient, asked: Registration, role: str) -> None:
    sign_in(client, role)
    heap = page_of(client.get("/office/")).find(
        ".//ul[@class='queue']//a[@href='/office/registrations?seats=cancelling']"
    )
    assert heap is not None
    assert words_of(heap).startswith("1request to cancel")

    listed = client.get(heap.attrib["href"])

    assert asked.reference in listed.text
    assert words_of(page_of(listed).find(".//tbody/tr/td[4]")).endswith("Asks to cancel")


def test_the_list_of_requests_holds_no_others(client: FlaskClient, registration: Registration) -> None:
    sign_in(client, "finance")

    assert registration.reference not in client.get("/office/registrations?seats=cancelling").text


def test_the_page_shows_who_asked_why_and_what_to_do(finance: FlaskClient, asked: Registration) -> None:
    shown = finance.get(page(asked))

    assert "asked to cancel on" in shown.text
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in shown.text
    assert f"/office/money/cancellations/{asked.public_id}/keep" in shown.text
    history = [words_of(entry) for entry in page_of(shown).findall(".//ol[@class='history']/li/p/b")]
    assert history[0] == "Asked to cancel"


@pytest.mark.parametrize("role", ["programme", "read-only"])
def test_only_finance_is_offered_to_answer(client: FlaskClient, asked: Registration, role: str) -> None:
    sign_in(client, role)

    shown = client.get(page(asked)).text

    assert "Finance decides." in shown
    assert "/keep" not in shown


@pytest.mark.parametrize(("language", "words"), [("en", "You asked us to cancel."), ("zh", "应您的申请取消。")])
def test_cancelling_begins_with_a_reason_in_the_contacts_language(
    finance: FlaskClient, asked: Registration, language: str, words: str
) -> None:
    with writing():
        asked.language = language

    address = f"/office/money/cancellations/{asked.public_id}"
    form = fields_of(finance.get(address), "cancel-form")
    assert form["why"] == words
    assert finance.post(address, data=form).status_code == 303

    after = read_again(asked)
    assert (after.cancellation_state, holds.live_seats(after)) == ("cancelled", [])
    assert letters_about(asked) == ["cancellation_asked", "cancelled"]
    assert "asked to cancel on" not in finance.get(page(asked)).text


def test_keeping_is_said_by_letter_and_leaves_seats_and_money(finance: FlaskClient, asked: Registration) -> None:
    answer = keep(finance, asked, "The rooms are paid.")

    assert answer.location == page(asked)
    shown = finance.get(answer.location)
    assert "the letter is on its way" in shown.text
    assert letters_about(asked) == ["cancellation_asked", "cancellation_kept"]
    assert len(holds.live_seats(read_again(asked))) == 2


def test_keeping_needs_a_sentence(finance: FlaskClient, asked: Registration) -> None:
    answer = keep(finance, asked, "")

    assert (answer.status_code, list(faults_of(answer))) == (422, ["why"])
    assert read_again(asked).cancellation_state == "asked"


def test_two_answers_are_one(finance: FlaskClient, asked: Registration, now: datetime) -> None:
    form = fields_of(finance.get(f"/office/money/cancellations/{asked.public_id}/keep"), "keep-form")
    sent = {**form, "why": "The rooms are paid."}

    answers = [finance.post(f"/office/money/cancellations/{asked.public_id}/keep", data=sent) for _ in range(2)]

    assert [answer.location for answer in answers] == [page(asked)] * 2
    assert "No request to cancel waits" in finance.get(page(asked)).text
    assert letters_about(asked) == ["cancellation_asked", "cancellation_kept"]


def test_where_nothing_is_asked_the_page_says_so(finance: FlaskClient, registration: Registration) -> None:
    shown = finance.get(f"/office/money/cancellations/{registration.public_id}/keep")

    assert "Nothing is asked" in shown.text
    assert fields_of(finance.get(f"/office/money/cancellations/{registration.public_id}"), "cancel-form")["why"] == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_are_valid_in_both_languages(finance: FlaskClient, asked: Registration, language: str) -> None:
    finance.get(f"/office/?language={language}")
    address = f"/office/money/cancellations/{asked.public_id}"

    for answer in (*(finance.get(one) for one in (page(asked), address, f"{address}/keep")), keep(finance, asked, "")):
        assert len(page_of(answer).findall(".//h1")) == 1


def page(registration: Registration) -> str:
    return f"/office/registrations/{registration.public_id}"


def keep(finance: FlaskClient, registration: Registration, why: str) -> TestResponse:
    address = f"/office/money/cancellations/{registration.public_id}/keep"
    return finance.post(address, data={**fields_of(finance.get(address), "keep-form"), "why": why})

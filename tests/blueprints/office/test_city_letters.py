"""Writing one letter to cities of the list: chosen, typed, looked at, sent, and what stands of it afterwards."""

from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import the_city
from tests.city_letter_cast import a_colleague, a_host_of, a_letter, forgotten, known_at, letters_of
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.races import sent_at_once
from tests.staff import sign_in
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.city_letter_models import CityLetter
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("clock_shows")
TYPED = {
    "subject_en": "Dates for {city}",
    "words_en": "We come in May, {contact}.",
    "subject_zh": "请{city}确定日期",
    "words_zh": "{contact}，考察团五月来访。",
}
FOUND = "/office/cities/letter?those=found&q=davenport"


def ticked(*slugs: str) -> str:
    return "/office/cities/letter?those=ticked" + "".join(f"&city={the_city(slug).public_id}" for slug in slugs)


def looked_at(client: FlaskClient, address: str, **changed: Any) -> TestResponse:
    """Write the letter and look at it."""
    fields = fields_of(client.get(address), "write")
    return client.post(address, data={**fields, **TYPED, "step": "look", **changed})


def sent(client: FlaskClient, address: str, preview: TestResponse, step: str = "send") -> TestResponse:
    return client.post(address, data={**fields_of(preview, "send"), "step": step})


def page_words(answer: TestResponse) -> str:
    main = page_of(answer).find(".//main")
    assert isinstance(main, Element)
    return words_of(main)


def written() -> list[CityLetter]:
    db.session.expire_all()
    return list(db.session.query(CityLetter))


def test_a_letter_to_ticked_cities_is_looked_at_sent_and_told_of(officer: FlaskClient, now: datetime) -> None:
    a_host_of("davenport", now=now)
    a_host_of("yangzhou", now=now, language="zh")
    with writing():
        the_city("charlotte")
    address = ticked("davenport", "yangzhou", "charlotte")

    preview = looked_at(officer, address)

    told = page_words(preview)
    assert "Dates for Davenport" in told
    assert "Dear Joanne Miller," in told
    assert "请扬州确定日期" in told
    assert "2 of 3" in told
    assert "1 city it cannot reach" in told
    assert "Charlotte" in told
    assert written() == []

    answer = sent(officer, address, preview)
    worker.run_due()
    shown = page_words(officer.get(answer.location))

    [letter] = written()
    assert answer.location == f"/office/cities/letters/{letter.public_id}"
    assert len(letters_of(letter)) == 2
    assert "Cities it cannot reach" in shown
    assert "Letters sent2" in shown
    history = officer.get(f"/office/cities/{the_city('davenport').public_id}/history")
    assert "Dates for {city}" in page_words(history)
    assert "Dates for {city}" in page_words(officer.get("/office/cities/letters"))


def test_a_preview_shows_nobodys_link_and_makes_none(officer: FlaskClient, now: datetime) -> None:
    a_host_of("davenport", now=now)

    told = looked_at(officer, FOUND).text

    assert "/my/link/" not in told
    assert "desk@davenport" not in told


def test_the_same_press_twice_is_one_letter(officer: FlaskClient, now: datetime) -> None:
    a_host_of("davenport", now=now)
    preview = looked_at(officer, FOUND)

    answers = [sent(officer, FOUND, preview) for _ in range(2)]
    worker.run_due()

    assert answers[0].location == answers[1].location
    assert [len(letters_of(letter)) for letter in written()] == [1]


@pytest.mark.both
def test_a_form_that_is_sent_twice_at_the_same_moment_is_one_letter(
    app: Flask, officer: FlaskClient, now: datetime
) -> None:
    a_host_of("davenport", now=now)
    form = {**fields_of(looked_at(officer, FOUND), "send"), "step": "send"}

    answers = sent_at_once(app, officer, FOUND, [form] * 4)

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert len(written()) == 1


def test_other_cities_than_were_looked_at_are_shown_again_before_anything_goes(
    officer: FlaskClient, now: datetime
) -> None:
    a_host_of("davenport", now=now)
    a_host_of("yangzhou", now=now)
    address = "/office/cities/letter?those=found&readiness=no_offer"
    preview = looked_at(officer, address)
    a_host_of("charlotte", now=now)

    answer = sent(officer, address, preview)

    assert answer.status_code == 409
    assert "The filters find other cities now." in page_words(answer)
    assert written() == []
    assert sent(officer, address, answer).status_code == 303


def test_a_contact_who_leaves_after_the_preview_gets_nothing(officer: FlaskClient, now: datetime) -> None:
    a_host_of("davenport", now=now)
    leaving = a_host_of("charlotte", now=now)
    address = ticked("davenport", "charlotte")
    preview = looked_at(officer, address)
    with writing():
        commands.decline(db.session.merge(leaving), "Thank you.", now=now, by="staff:x")

    sent(officer, address, preview)
    worker.run_due()

    [letter] = written()
    assert [row.to_address for row in letters_of(letter)] == ["desk@davenport.example.org"]


def test_nobody_to_reach_is_said_and_cannot_be_sent(officer: FlaskClient) -> None:
    with writing():
        the_city("davenport")

    preview = looked_at(officer, FOUND)

    assert preview.status_code == 422
    assert "This letter reaches nobody." in page_words(preview)
    assert "Send it" not in page_words(preview)
    assert sent(officer, FOUND, preview).status_code == 422
    assert written() == []


def test_before_it_goes_the_page_names_who_gets_it_and_from_where_they_are_known(
    officer: FlaskClient, now: datetime
) -> None:
    a_host_of("davenport", now=now)
    known_at("davenport", "Known Besides", now=now)
    known_at("charlotte", "<b>Ruth</b> Alder", now=now, email="ruth@charlotte.example.org", language="zh")

    preview = looked_at(officer, ticked("davenport", "charlotte"))

    rows = [words_of(row) for row in page_of(preview).iterfind(".//section[@aria-labelledby='whom']//li")]
    assert rows == [
        "<b>Ruth</b> AlderCharlotte, North Carolina, ChineseKnown to the office",
        "Joanne MillerDavenport, Iowa, EnglishShares the page",
    ]
    told = page_words(preview)
    assert "The letter in Chinese to contacts of the office’s lists" in told
    assert "报名成为接待城市" in told
    assert "ruth@charlotte" not in preview.text


def test_whoever_is_deleted_after_the_preview_is_not_written_to(officer: FlaskClient, now: datetime) -> None:
    ruth = known_at("davenport", "Ruth Alder", now=now)
    known_at("charlotte", "Cy Reed", now=now)
    address = ticked("davenport", "charlotte")
    preview = looked_at(officer, address)
    forgotten(ruth, now=now)

    answer = sent(officer, address, preview)
    worker.run_due()

    [letter] = written()
    assert [row.to_address for row in letters_of(letter)] == ["cy@charlotte.example.org"]
    assert "Cities it cannot reach" in page_words(officer.get(answer.location))


def test_what_was_typed_comes_back_from_the_preview_and_from_a_refusal(officer: FlaskClient, now: datetime) -> None:
    a_host_of("davenport", now=now)
    hostile = '<script>x()</script> "quoted" & {contact}\n\nend'

    preview = looked_at(officer, FOUND, words_en=hostile, roles=["approver", "press"])
    again = sent(officer, FOUND, preview, step="write")
    refused = looked_at(officer, FOUND, words_en=hostile, subject_en="{name}")

    for answer in (preview, again, refused):
        assert "<script>x()" not in answer.text
    for answer in (again, refused):
        assert fields_of(answer, "write")["words_en"].replace("\r\n", "\n").strip() == hostile
    assert fields_of(again, "write")["roles"] == ["approver", "press"]


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"subject_en": "", "words_en": "", "subject_zh": "", "words_zh": ""}, {"subject_en", "words_en"}),
        ({"subject_en": ""}, {"subject_en"}),
        ({"words_zh": ""}, {"words_zh"}),
        ({"subject_en": "x" * 151}, {"subject_en"}),
        ({"words_en": "x" * 5_001}, {"words_en"}),
        ({"words_en": "Dear {name}"}, {"words_en"}),
        ({"words_en": "{{ config }}"}, {"words_en"}),
        ({"subject_zh": "致｛city｝"}, {"subject_zh"}),
        ({"roles": []}, {"roles"}),
        ({"roles": ["mayor"]}, {"roles"}),
        ({"subject_en": "", "words_en": ""}, set()),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    officer: FlaskClient, now: datetime, changed: dict[str, Any], faults: set[str]
) -> None:
    a_host_of("davenport", now=now)

    answer = looked_at(officer, FOUND, **changed)

    assert set(faults_of(answer)) == faults
    assert answer.status_code == (422 if faults else 200)


def test_who_gets_the_other_language_is_said_before(officer: FlaskClient, now: datetime) -> None:
    a_colleague(a_host_of("davenport", now=now), "Lan Zhou", now=now, language="zh")

    told = page_words(looked_at(officer, FOUND, subject_zh="", words_zh=""))

    assert "The Chinese text is missing: 1 person who reads Chinese gets it in English." in told


@pytest.mark.parametrize("asked", ["", "?those=ticked", "?those=ticked&city=nobody", "?those=found&q=nowhere"])
def test_without_a_city_the_list_says_so(officer: FlaskClient, asked: str) -> None:
    answer = officer.get(f"/office/cities/letter{asked}", follow_redirects=True)

    assert "Choose at least one city to write to." in answer.text


def test_the_list_offers_ticks_and_all_cities_found_with_its_filters(officer: FlaskClient, now: datetime) -> None:
    a_host_of("davenport", now=now)
    with writing():
        the_city("charlotte")

    page = officer.get("/office/cities?q=davenport&last=never")

    fields = fields_of(page, "letter")
    assert fields == {"q": "davenport", "last": "never"}
    assert "Write to the 1 city found" in page.text
    boxes = [box for box in page_of(page).iter("input") if box.get("name") == "city"]
    assert [(box.get("form"), box.get("value")) for box in boxes] == [("letter", the_city("davenport").public_id)]


@pytest.mark.parametrize("role", ["finance", "read-only"])
def test_only_the_programme_role_writes_to_cities(client: FlaskClient, now: datetime, role: str) -> None:
    a_host_of("davenport", now=now)
    letter = a_letter("davenport", now=now)
    sign_in(client, role)

    gets = (FOUND, "/office/cities/letters", f"/office/cities/letters/{letter.public_id}")
    assert [client.get(address).status_code for address in gets] == [403] * 3
    assert "Write to" not in client.get("/office/cities").text
    history = client.get(f"/office/cities/{the_city('davenport').public_id}/history")
    assert letter.public_id not in history.text


def test_a_letter_that_is_not_there_is_not_found(officer: FlaskClient, now: datetime) -> None:
    profile = a_host_of("davenport", now=now)

    assert officer.get("/office/cities/letters/nothing").status_code == 404
    assert officer.get(f"/office/cities/letters/{profile.public_id}").status_code == 404
    assert db.session.query(HostProfile).count() == 1
    assert db.session.query(Letter).filter_by(template="city_letter").count() == 0

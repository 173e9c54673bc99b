"""The office reads what a city hosted, and answers whether to invite it to pair."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import the_city
from tests.certificate_cast import a_hosted_tour, issued
from tests.domain.hosting.test_pairing import a_chinese_host
from tests.forms import page_of, send, words_of
from tests.hosting_cast import a_tour
from tests.staff import sign_in
from tourreg.db import db

LATER = timedelta(days=160)


@pytest.fixture
def page(app: Flask, officer: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]) -> str:
    """The page of Davenport, which has hosted two programmes by now."""
    issued(a_hosted_tour(now), now=now)
    a_tour("energy-2028")
    a_chinese_host(now)
    clock_shows(now + LATER)
    sign_in(officer, "programme", name="Lena Park")
    return f"/office/cities/{the_city('davenport').public_id}/history"


def test_it_tells_what_was_hosted_and_why_to_invite(officer: FlaskClient, page: str) -> None:
    words = words_of(page_of(officer.get(page)))

    assert "It hosted 2 programmes, in 2027" in words
    assert "Yangzhou" in words
    assert "both know Water and wastewater" in words
    assert "Davenport has received our groups 2 times" in words
    assert "The City of Davenport" not in words
    assert "-CER-2027-00001" in words


def test_the_draft_stands_there_in_both_languages(officer: FlaskClient, page: str) -> None:
    words = words_of(page_of(officer.get(page)))

    assert "We think of Yangzhou: both cities know Water and wastewater." in words
    assert "我们想到的是扬州" in words


def test_it_is_dismissed_with_a_note(officer: FlaskClient, page: str) -> None:
    without = send(officer, page, "pairing", state="dismissed")
    noted = send(officer, page, "pairing", state="dismissed", note="Its council does not pair.")

    assert (without.status_code, noted.status_code) == (422, 303)
    words = words_of(page_of(officer.get(page)))
    assert "Not to be invited" in words
    assert "Its council does not pair." in words
    assert "Draft of a letter" not in words


def test_it_is_noted_that_a_city_was_invited(officer: FlaskClient, page: str) -> None:
    answer = send(officer, page, "pairing", state="invited", note="By letter of 2 July.")

    assert answer.status_code == 303
    assert "With Yangzhou." in words_of(page_of(officer.get(page)))


def test_a_city_that_hosted_once_is_not_suggested(
    officer: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    a_tour()
    clock_shows(now + LATER)
    sign_in(officer, "programme", name="Lena Park")
    db.session.rollback()

    answer = officer.get(f"/office/cities/{the_city('davenport').public_id}/history")

    assert answer.status_code == 200
    assert "Invite to pair" not in answer.text

"""The office issues versions of an itinerary and compares them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.staff import sign_in
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import versions
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers import queries as papers
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    return a_published_summit()


def address(event: Event, more: str = "") -> str:
    return f"/office/events/{event.public_id}/versions{more}"


def change(event: Event) -> None:
    with writing():
        opening = days_of(event)[1].items[0]
        opening.title, opening.place = Text("Opening, moved", "开幕式改期"), Text("Hall 2", "二号厅")


def test_a_version_is_issued_with_its_note_and_listed(officer: FlaskClient, summit: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "issue-version")

    answer = officer.post(address(summit), data={**fields, "note_en": "The first", "note_zh": "初版"})

    assert answer.status_code == 303
    page = page_of(officer.get(address(summit)))
    assert words_of(page.find(".//tbody/tr")).startswith("1Friday 15 January 2027")
    assert "The draft is what version 1 says." in words_of(page)


def test_the_second_click_issues_nothing_more(officer: FlaskClient, summit: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "issue-version")

    for _ in range(2):
        assert officer.post(address(summit), data=fields).status_code == 303

    assert [version.number for version in versions.versions_of(summit)] == [1]


def test_issuing_without_a_change_says_so_and_keeps_the_note(officer: FlaskClient, summit: Event) -> None:
    officer.post(address(summit), data=fields_of(officer.get(address(summit)), "issue-version"))
    fields = fields_of(officer.get(address(summit)), "issue-version")

    answer = officer.post(address(summit), data={**fields, "note_en": "Nothing at all"})

    assert answer.status_code == 422
    assert "Nothing has changed since version 1" in answer.get_data(as_text=True)
    assert "Nothing at all" in answer.get_data(as_text=True)


def test_a_note_that_is_too_long_is_said_beside_it(officer: FlaskClient, summit: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "issue-version")

    answer = officer.post(address(summit), data={**fields, "note_en": "long " * 200})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == ["note_en"]


def test_the_page_shows_what_was_and_what_is(officer: FlaskClient, summit: Event) -> None:
    officer.post(address(summit), data=fields_of(officer.get(address(summit)), "issue-version"))
    change(summit)

    page = page_of(officer.get(address(summit, "/compare?from=1&to=draft")))

    row = words_of(page.find(".//tbody/tr"))
    assert "1 change" in words_of(page)
    assert "Opening and keynote" in row
    assert "→" in row
    assert "Hall 2" in row


@pytest.mark.parametrize("query", ["?from=9&to=draft", "?from=&to=draft", "?from=1&to=x", "?from=１&to=draft"])
def test_a_version_that_is_not_there_is_not_found(officer: FlaskClient, summit: Event, query: str) -> None:
    officer.post(address(summit), data=fields_of(officer.get(address(summit)), "issue-version"))

    assert officer.get(address(summit, f"/compare{query}")).status_code == 404


def test_an_issued_book_says_the_number_of_its_version(officer: FlaskClient, summit: Event) -> None:
    officer.post(address(summit), data=fields_of(officer.get(address(summit)), "issue-version"))
    change(summit)
    shelf = f"/office/events/{summit.public_id}/papers"
    fields = fields_of(officer.get(shelf), "issue-itinerary")

    assert officer.post(f"{shelf}/itinerary", data=fields).status_code == 303

    (book,) = papers.papers_of(summit.public_id)
    assert book.sheet["programme_version"] == 1
    assert "Opening, moved" not in str(book.sheet)


def test_a_reader_issues_nothing(client: FlaskClient, app: Flask) -> None:
    event = a_published_summit()
    sign_in(client, "read-only")

    assert "note_en" not in client.get(address(event)).get_data(as_text=True)
    assert client.post(address(event)).status_code in (400, 403)

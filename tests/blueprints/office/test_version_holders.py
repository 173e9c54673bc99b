"""The office sees who holds which version, and tells those whose days have changed."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.forms import fields_of, page_of, words_of
from tests.notice_cast import OPENING, a_summit_with_readers, change, hand_out, make_all
from tests.staff import sign_in
from tourreg.domain.catalogue.models import Event
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
READERS = ".//table[@id='holders']/tbody/tr"


@pytest.fixture
def summit(officer: FlaskClient, now: datetime) -> Event:
    """Both participants hold the first of two versions."""
    event, registration = a_summit_with_readers(now)
    for person in registration.participants:
        hand_out(event, person.public_id, 1, now, to=person.email)
    change(event, OPENING, now, place=Text("Hall 2", "二号厅"))
    return event


def address(event: Event, more: str = "") -> str:
    return f"/office/events/{event.public_id}/versions/holders{more}"


def test_the_page_says_who_holds_an_older_version(officer: FlaskClient, summit: Event) -> None:
    page = page_of(officer.get(address(summit)))

    rows = [words_of(row) for row in page.findall(READERS)]
    assert sum("Outdated, to be told" in row for row in rows) == 2
    assert "Version 1" in rows[0]
    assert "by letter" in rows[0]
    assert "Send 2 notices of changes" in words_of(page)


def test_one_click_sends_and_a_second_sends_nothing(officer: FlaskClient, summit: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "send-notices")

    first, second = (officer.post(address(summit), data=fields) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert "A notice is on its way" in words_of(page_of(officer.get(address(summit))))


def test_a_form_from_before_the_sending_sends_nothing(officer: FlaskClient, summit: Event, now: datetime) -> None:
    old, fields = (fields_of(officer.get(address(summit)), "send-notices") for _ in range(2))
    officer.post(address(summit), data=fields)
    make_all(now)

    answer = officer.post(address(summit), data=old)

    assert answer.status_code == 409
    page = page_of(answer)
    assert "Everybody whose days have changed is told" in words_of(page)
    assert page.find(".//form[@id='send-notices']") is None


def test_a_form_of_an_older_version_sends_nothing(officer: FlaskClient, summit: Event, now: datetime) -> None:
    fields = fields_of(officer.get(address(summit)), "send-notices")
    change(summit, OPENING, now, place=Text("Hall 3"))

    answer = officer.post(address(summit), data=fields)

    assert answer.status_code == 409
    assert "Meanwhile version 3 was issued" in words_of(page_of(answer))


def test_what_is_no_version_is_refused(officer: FlaskClient, summit: Event) -> None:
    fields = fields_of(officer.get(address(summit)), "send-notices")

    for typed in ("", "x", "²", "9" * 9):
        assert officer.post(address(summit), data={**fields, "version": typed}).status_code == 409


def test_the_notice_is_previewed_without_a_number(officer: FlaskClient, summit: Event) -> None:
    page = page_of(officer.get(address(summit)))
    links = [link.get("href", "") for link in page.findall(f"{READERS}//a")]

    answer = officer.get(next(link for link in links if link.endswith(".pdf")))

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"


def test_nobody_gets_a_preview_whose_days_are_the_same(officer: FlaskClient, summit: Event) -> None:
    assert officer.get(address(summit, "/somebody.pdf")).status_code == 404


def test_whoever_only_reads_finds_no_button_and_may_not_send(client: FlaskClient, summit: Event) -> None:
    fields = fields_of(client.get(address(summit)), "send-notices")
    sign_in(client, "read-only", name="Lin Yue", email="lin.yue@example.org")

    assert page_of(client.get(address(summit))).find(".//form[@id='send-notices']") is None
    assert client.post(address(summit), data=fields).status_code in (400, 403)


def test_an_event_without_versions_says_so(officer: FlaskClient) -> None:
    page = page_of(officer.get(address(a_published_summit())))

    assert "No version is issued yet" in words_of(page)

"""The office writes down what a programme book says beside its days."""

import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.forms import fields_of
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.book import book_of
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    return a_published_summit()


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/book"


def test_what_is_typed_is_kept_and_printed(officer: FlaskClient, summit: Event) -> None:
    typed = {"purpose_en": "To learn <b>", "purpose_zh": "学习", "escort_phone": "+1 202 555 0199"}

    answer = officer.post(address(summit), data={**fields_of(officer.get(address(summit)), "book"), **typed})

    assert answer.status_code == 303
    db.session.rollback()
    assert book_of(summit).purpose == Text("To learn <b>", "学习")
    printed = officer.get(f"/office/events/{summit.public_id}/papers/itinerary.pdf?in=both&size=a4")
    assert printed.data.startswith(b"%PDF")


def test_who_saves_later_loses_nothing(officer: FlaskClient, summit: Event) -> None:
    form = fields_of(officer.get(address(summit)), "book")
    officer.post(address(summit), data={**form, "purpose_en": "Mine"})

    answer = officer.post(address(summit), data={**form, "purpose_en": "Yours"})

    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert fields_of(answer, "book")["purpose_en"] == "Yours"


def test_a_text_that_is_too_long_is_refused_with_what_was_typed(officer: FlaskClient, summit: Event) -> None:
    form = fields_of(officer.get(address(summit)), "book")

    answer = officer.post(address(summit), data={**form, "purpose_en": "x" * 6_001})

    assert answer.status_code == 422
    assert "x" * 6_001 in answer.text


def test_an_unknown_event_has_no_book(officer: FlaskClient, summit: Event) -> None:
    assert officer.get("/office/events/unknown/book").status_code == 404

"""Whatever stands in an address, the answer is a page or a plain refusal, never a fault of ours."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit, consent_texts, saved
from tests.many import many_registrations
from tests.staff import sign_in

PAGES = ("/my/sign-in", "/en/events/yangzhou-2027/register", "/office/registrations", "/office/sign-in", "/en/nowhere")
NAMES_OF_THE_HOUSE = ("endpoint", "self", "values", "_method", "_scheme", "_anchor", "_external", "language", "page")


@pytest.fixture
def visitor(client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]) -> FlaskClient:
    """Somebody who may open every page, one of them a list of two pages."""
    saved(*consent_texts())
    many_registrations(a_published_summit(), 60, now=now)
    sign_in(client, "administrator")
    return client


@pytest.mark.parametrize("page", PAGES)
def test_no_parameter_breaks_a_page_or_leads_elsewhere(visitor: FlaskClient, page: str) -> None:
    answer = visitor.get(page, query_string=dict.fromkeys(NAMES_OF_THE_HOUSE, "https://elsewhere.example"))

    assert answer.status_code in (200, 302, 404)
    assert 'href="https://elsewhere.example' not in answer.get_data(as_text=True)


def test_the_other_language_and_the_next_page_keep_what_was_asked(visitor: FlaskClient) -> None:
    page = visitor.get("/office/registrations?q=City&q=&_anchor=x&language=en").get_data(as_text=True)

    assert 'href="/office/registrations?language=zh&amp;q=City&amp;q=&amp;_anchor=x"' in page
    assert 'href="/office/registrations?q=City&amp;q=&amp;_anchor=x&amp;language=en&amp;page=2"' in page

"""Whatever stands in an address, the answer is a page or a plain refusal, never a fault of ours."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit, consent_texts, saved
from tests.forms import fields_of
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


@pytest.mark.both
def test_no_path_reaches_the_database_with_a_nul(app: Flask, visitor: FlaskClient) -> None:
    paths = {re.sub(r"<any\((\w+).*?\):\w+>", r"\1", rule.rule) for rule in app.url_map.iter_rules() if rule.arguments}
    hostile = sorted({re.sub(r"<[^>]+>", found, path) for path in paths for found in ("%00", "a%00b")})

    answers = {path: visitor.get(path).status_code for path in hostile if "%00" in path}

    assert set(answers.values()) == {404}, answers


@pytest.mark.both
@pytest.mark.parametrize("page", [*PAGES, "/en/events", "/office/hosts", "/office/papers", "/office/events"])
def test_no_parameter_reaches_the_database_with_a_nul(visitor: FlaskClient, page: str) -> None:
    names = (
        "q",
        "event",
        "seats",
        "kind",
        "state",
        "number",
        "about",
        "issuer",
        "year",
        "month",
        "onward",
        "next",
        "po",
    )

    answer = visitor.get(page, query_string=dict.fromkeys((*names, "\0"), "\0" * 22))

    assert answer.status_code in (200, 302, 404)


@pytest.mark.both
def test_no_field_reaches_the_database_with_a_nul(visitor: FlaskClient) -> None:
    page = "/en/events/yangzhou-2027/register"
    fields = fields_of(visitor.get(page), "registration")
    hostile = {name: "\0" * 22 for name in fields if name not in ("csrf_token", "do")}

    answer = visitor.post(page, data={**fields, **hostile, "\0": "\0", "do": "register"})

    assert answer.status_code == 422

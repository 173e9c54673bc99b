"""The bench registers as people do, and finds in an invoice what it lets ReportLab set."""

import gzip
import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bench.reportlab_invoice import Grid, facts_of
from bench.season import the_season, the_summit
from bench.visitor import FORM, filled_in
from tests.paper_samples import CHINESE_INVOICE
from tourreg.domain.catalogue.rules import places_free
from tourreg.rendering import render_document

KILOBYTES = 40


@pytest.fixture
def season(app: Flask) -> None:
    the_season()


@pytest.mark.usefixtures("season")
def test_the_form_as_the_bench_fills_it_in_makes_a_registration(client: FlaskClient) -> None:
    filled = filled_in(client.get(FORM).get_data(as_text=True), 1)

    sent = client.post(FORM, data=filled)

    assert sent.status_code == 303
    assert client.get(sent.location).status_code == 200
    assert places_free(the_summit().pool) == 199


@pytest.mark.usefixtures("season")
def test_the_registration_page_is_light_with_all_that_it_loads(client: FlaskClient) -> None:
    page = client.get(FORM).get_data(as_text=True)
    parts = [unescape(part) for part in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)]

    weight = sum(len(gzip.compress(content)) for content in (page.encode(), *(client.get(part).data for part in parts)))

    assert len(parts) >= 3
    assert weight < KILOBYTES * 1024


def test_every_word_of_the_invoice_is_set_by_the_other_too() -> None:
    html = render_document("invoice", CHINESE_INVOICE, language="both", page_size="a4")

    facts = " ".join(words_in(facts_of(html)))

    for fact in ("INV-2026-00583", "无锡市绩效管理办公室", "SHEN Jianguo", "29,900.00", "3210 0000 1234 5678 901"):
        assert fact in facts


def words_in(facts: list[str | Grid]) -> list[str]:
    found = []
    for fact in facts:
        found += (
            [fact] if isinstance(fact, str) else [word for row in fact.rows for cell in row for word in words_in(cell)]
        )
    return found

"""What every public page owes: nothing personal, little weight, and the truth after every change."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit, a_study_tour, saved
from tourreg.columns import OnPublicPages
from tourreg.db import Base, db
from tourreg.domain.consents.models import KINDS, ConsentText
from tourreg.kernel.bilingual import Text

CSS = Path(__file__).parent.parent.parent / "tourreg/static/css/tourreg.css"
KEPT = (
    "/en/", "/en/events", "/en/events/summit-1", "/en/texts/terms", "/en/contact", "/en/accessibility", "/robots.txt",
    "/sitemap.xml",
)  # fmt: skip


@pytest.fixture
def fifty_events(app: Flask, clock_shows: Callable[[datetime], None]) -> None:
    for number in range(25):
        a_published_summit(f"summit-{number}")
        a_study_tour(f"tour-{number}")
    saved(*(ConsentText(kind=kind, version_on=date(2027, 1, 1), title=Text(kind), body=Text("…")) for kind in KINDS))
    db.session.remove()


@pytest.mark.both
@pytest.mark.usefixtures("fifty_events")
def test_public_pages_ask_only_of_watched_tables(client: FlaskClient, statements: Callable[[], list[str]]) -> None:
    watched = {str(one.local_table) for one in Base.registry.mappers if issubclass(one.class_, OnPublicPages)}

    for address in KEPT:
        before = len(statements())
        assert client.get(address).status_code == 200, address
        asked = statements()[before:]
        tables = set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(asked)))

        assert tables <= watched | {"catalogue_version", "moves"}, address


@pytest.mark.usefixtures("fifty_events")
def test_public_pages_are_light(client: FlaskClient) -> None:
    style = len(gzip.compress(CSS.read_bytes()))

    for address, kilobytes in (("/en/events", 26), ("/zh/events", 26), ("/en/events/summit-1", 18), ("/en/", 16)):
        page = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert page.headers["Content-Encoding"] == "gzip"
        assert len(page.data) + style <= kilobytes * 1024, address


def test_what_is_kept_is_for_everyone_and_speaks_the_language_of_its_address(app: Flask) -> None:
    kept = [rule for rule in app.url_map.iter_rules() if hasattr(app.view_functions[rule.endpoint], "kept_parameters")]

    assert len(kept) >= 8
    for rule in kept:
        assert getattr(app.view_functions[rule.endpoint], "guard", "") == "everyone", rule
        assert "language" in rule.arguments or rule.rule in ("/robots.txt", "/sitemap.xml"), rule


@pytest.mark.usefixtures("fifty_events")
def test_search_engines_read_the_event_in_their_own_words(client: FlaskClient) -> None:
    page = client.get("/zh/events/summit-1").get_data(as_text=True)
    written = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)

    assert written is not None
    event = json.loads(written[1])
    assert (event["@type"], event["inLanguage"], event["startDate"]) == ("BusinessEvent", "zh-Hans", "2027-10-20")
    assert event["location"][0]["address"]["addressLocality"] == "扬州"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert [(offer["price"], offer["priceCurrency"]) for offer in event["offers"]] == [
        ("480.00", "USD"),
        ("620.00", "USD"),
    ]
    assert event["offers"][0]["validThrough"] == "2027-06-30T15:59:00+00:00"
    assert event["offers"][0]["availability"] == "https://schema.org/InStock"

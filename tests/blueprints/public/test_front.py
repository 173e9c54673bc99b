"""The entrance and the pages that explain the house."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_published_summit, a_study_tour, saved
from tests.settings import test_settings
from tourreg import create_app
from tourreg.domain.consents.models import ConsentText
from tourreg.kernel.bilingual import Text


@pytest.mark.parametrize(
    ("wish", "to"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "/zh/"),
        ("zh-Hans-CN", "/zh/"),
        ("zh-TW", "/zh/"),
        ("en-US,en;q=0.9,zh;q=0.8", "/en/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("zh;q=0, en", "/en/"),
        ("\x7f;;q=x,,", "/en/"),
    ],
)
def test_the_entrance_picks_the_browsers_language(client: FlaskClient, wish: str, to: str) -> None:
    client.get("/my/?language=zh" if to == "/en/" else "/my/?language=en")

    answer = client.get("/", headers={"Accept-Language": wish})

    assert (answer.status_code, answer.location) == (302, to)
    assert answer.headers["Vary"] == "Accept-Language"
    assert "Set-Cookie" not in answer.headers


def test_the_home_page_shows_the_next_three_that_can_be_joined(
    app: Flask, client: FlaskClient, clock_shows: Callable[[datetime], None]
) -> None:
    for number in range(4):
        a_study_tour(f"tour-{number}")
    a_study_tour("over", starts_on=date(2027, 1, 20), ends_on=date(2027, 1, 22), closes_on=date(2027, 1, 5))

    page = client.get("/en/").get_data(as_text=True)

    assert [f"tour-{number}" in page for number in range(4)] == [True, True, True, False]
    assert 'href="/en/events/over"' not in page
    assert "What hosting asks and gives" in page


def test_a_text_shows_the_version_that_applies(
    app: Flask, client: FlaskClient, clock_shows: Callable[[datetime], None]
) -> None:
    for day, words in ((date(2026, 6, 1), "Old"), (date(2027, 1, 10), "Now"), (date(2027, 1, 16), "Next")):
        saved(ConsentText(kind="terms", version_on=day, title=Text("Terms", "条款"), body=Text(f"{words}.\n\nMore.")))

    page = client.get("/en/texts/terms").get_data(as_text=True)
    clock_shows(datetime(2027, 1, 16, 0, 0, tzinfo=UTC))
    tomorrow = client.get("/en/texts/terms").get_data(as_text=True)

    assert "Version of 10 January 2027" in page
    assert "<p>Now.</p>\n<p>More.</p>" in page
    assert "<p>Next.</p>" in tomorrow


def test_a_text_that_is_not_written_says_so(client: FlaskClient) -> None:
    answer = client.get("/zh/texts/cross_border")

    assert answer.status_code == 200
    assert "该文本尚未公布" in answer.get_data(as_text=True)
    assert client.get("/en/texts/secrets").status_code == 404


def test_the_contact_page_names_the_desk_and_who_sells(app: Flask, client: FlaskClient) -> None:
    a_published_summit()

    page = client.get("/en/contact").get_data(as_text=True)

    for said in ("desk@tourreg.example", "Center for City Exchange", "100 Main Street", "+1 202 555 0100", "EIN"):
        assert said in page


def test_search_engines_find_each_public_page_once_in_each_language(app: Flask, client: FlaskClient) -> None:
    a_published_summit()
    a_study_tour("secret", state="draft")

    sitemap = client.get("/sitemap.xml")

    assert sitemap.mimetype == "application/xml"
    for path in ("/en/", "/zh/events", "/en/events/yangzhou-2027", "/zh/events/yangzhou-2027"):
        assert sitemap.get_data(as_text=True).count(f"<loc>http://127.0.0.1:8000{path}</loc>") == 1
    assert "secret" not in sitemap.get_data(as_text=True)


def test_search_engines_are_led_to_pages_that_may_be_kept(app: Flask, client: FlaskClient) -> None:
    a_published_summit()
    listed = re.findall("<loc>http://127.0.0.1:8000([^<]+)</loc>", client.get("/sitemap.xml").get_data(as_text=True))

    answers = {address: client.get(address) for address in listed}

    assert {"/en/host", "/zh/host"} <= answers.keys()
    assert {(answer.status_code, answer.headers["Cache-Control"]) for answer in answers.values()} == {(200, "no-cache")}


def test_robots_stay_out_of_private_pages_and_of_a_demo(client: FlaskClient) -> None:
    demo = create_app(test_settings("sqlite://", DEMO="1")).test_client()

    assert "Disallow: /my/\n" in client.get("/robots.txt").get_data(as_text=True)
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /\n" in demo.get("/robots.txt").get_data(as_text=True)

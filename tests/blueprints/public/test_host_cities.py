"""Anybody sees which cities hosted, by year and country, and what came to each."""

import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit, a_study_tour, the_city
from tests.forms import page_of
from tourreg.db import writing

pytestmark = pytest.mark.usefixtures("clock_shows")


def test_cities_of_announced_programmes_are_listed_with_how_many_came(client: FlaskClient) -> None:
    a_published_summit()
    a_study_tour(state="published")

    page = client.get("/en/host-cities").text

    assert "Yangzhou" in page
    assert "Davenport" in page
    assert "1 programme" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("?country=US", "Davenport"),
        ("?country=CN", "Yangzhou"),
        ("?year=2027", "Yangzhou"),
        ("?year=nonsense", "Davenport"),
    ],
)
def test_the_list_is_narrowed_by_year_and_country(client: FlaskClient, asked: str, shown: str) -> None:
    a_published_summit()
    a_study_tour(state="published")

    assert shown in client.get(f"/en/host-cities{asked}").text


@pytest.mark.parametrize("asked", ["?year=2003", "?country=US"])
def test_where_nothing_fits_a_way_back_is_offered(client: FlaskClient, asked: str) -> None:
    a_published_summit()

    page = client.get(f"/en/host-cities{asked}").text

    assert "No city fits" in page
    assert 'href="/en/host-cities"' in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_is_whole_while_nobody_has_hosted(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/host-cities")

    assert page.status_code == 200
    assert f'href="/{language}/host"' in page.text


def test_a_city_shows_its_facts_and_its_programmes(client: FlaskClient) -> None:
    a_published_summit()

    page = client.get("/zh/host-cities/yangzhou").text

    assert "扬州" in page
    assert "4,559,797" in page
    assert "第七次全国人口普查" in page
    assert 'href="/zh/events/yangzhou-2027"' in page


def test_a_city_of_a_draft_is_not_shown(client: FlaskClient) -> None:
    a_study_tour("draft-2027", state="draft")

    for slug in ("charlotte", "nowhere"):
        assert client.get(f"/en/host-cities/{slug}").status_code == 404


def test_the_page_of_a_city_is_made_anew_when_the_city_changes(client: FlaskClient) -> None:
    a_published_summit()
    assert "4,559,797" in client.get("/en/host-cities/yangzhou").text

    with writing():
        the_city("yangzhou").population = 4_600_000

    assert "4,600,000" in client.get("/en/host-cities/yangzhou").text


def test_each_country_has_a_map_that_leads_to_the_pages_of_its_cities(client: FlaskClient) -> None:
    a_published_summit()
    a_study_tour(state="published")

    both, china = (page_of(client.get(f"/en/host-cities{asked}")) for asked in ("", "?country=CN"))

    assert [len(page.findall(".//figure")) for page in (both, china)] == [2, 1]
    marks = [mark.get("href") or "" for mark in both.findall(".//figure//{*}a")]
    assert sorted(marks) == sorted({link.get("href") or "" for link in both.findall(".//main//ul//a")})

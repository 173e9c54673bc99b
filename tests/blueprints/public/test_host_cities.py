"""Anybody sees which cities hosted, by year and country, and what came to each."""

import json
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit, a_study_tour, the_city
from tests.forms import page_of
from tests.hosts import a_host
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars import Particulars, add_photo, photos_of, write_particulars
from tourreg.kernel.bilingual import Text

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


@pytest.fixture
def told(client: FlaskClient, now: datetime) -> HostProfile:
    """Davenport, which receives a published tour, has told of itself and has a photograph; nothing of it is public."""
    with writing() as session:
        session.add(Topic(slug="fishing", name=Text("Fishing", "渔业"), active=True))
    profile = a_host("accepted", now=now)
    a_study_tour(state="published")
    picture = files().put(b"a picture of the landing")
    with writing():
        tell(profile, published=False, now=now)
        add_photo(profile, picture, Text("The landing", "码头"), now=now, by="host:davenport")
    return profile


def tell(profile: HostProfile, *, published: bool, now: datetime) -> None:
    words = Particulars(
        name=Text("Davenport", "达文波特"), why=Text("The <i>river</i> is the street.", "以河为街。"),
        topics=("fishing",), sisters=Text("Kaiserslautern, Germany", ""),
        mayor=Text("Alex Sample", ""), published=published,
    )  # fmt: skip
    write_particulars(profile, words, now=now, by="host:davenport")


def test_what_a_city_tells_stands_on_its_page_only_while_it_wants_it_to(
    client: FlaskClient, told: HostProfile, now: datetime
) -> None:
    seen = []
    for published in (False, True, False):
        with writing():
            tell(told, published=published, now=now)
        page = client.get("/en/host-cities/davenport").text
        picture = f"/en/host-cities/davenport/photos/{photos_of(told)[0].public_id}.jpg"
        seen.append((
            "The &lt;i&gt;river&lt;/i&gt;" in page, "Kaiserslautern" in page, picture in page,
            client.get(picture).status_code, "Alex Sample" in page,
        ))  # fmt: skip

    assert seen == [
        (False, False, False, 404, False),
        (True, True, True, 200, False),
        (False, False, False, 404, False),
    ]


def test_a_photograph_is_asked_for_anew_and_comes_with_nothing_to_run(
    client: FlaskClient, told: HostProfile, now: datetime
) -> None:
    with writing():
        tell(told, published=True, now=now)
    address = f"/zh/host-cities/davenport/photos/{photos_of(told)[0].public_id}.jpg"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.mimetype, first.headers["Cache-Control"], again.status_code) == (
        "image/jpeg",
        "public, no-cache",
        304,
    )
    assert "sandbox" in first.headers["Content-Security-Policy"]
    assert client.get("/zh/host-cities/charlotte" + address.partition("davenport")[2]).status_code == 404


def test_the_list_is_narrowed_by_state_and_by_what_cities_are_good_at(
    client: FlaskClient, told: HostProfile, now: datetime
) -> None:
    hidden = "/en/host-cities?topic=fishing"
    before = client.get(hidden).text
    with writing():
        tell(told, published=True, now=now)
    after, iowa, none = (client.get(f"/en/host-cities{asked}").text for asked in (
        "?topic=fishing", "?region=Iowa", "?region=Iowa&topic=water",
    ))  # fmt: skip

    assert ("No city fits" in before, "Davenport" in after, "Charlotte" in after) == (True, True, False)
    assert ("Davenport" in iowa, "Charlotte" in iowa.partition("<ul")[2], "No city fits" in none) == (True, False, True)


@pytest.mark.parametrize("odd", ["?region=%3Cscript%3E", "?topic=1%27--", "?region=" + "x" * 90, "?topic=../x"])
def test_what_cannot_be_a_state_or_a_topic_is_not_asked_for(client: FlaskClient, odd: str) -> None:
    a_study_tour(state="published")

    page = client.get(f"/en/host-cities{odd}")

    assert page.status_code == 200
    assert "Davenport" in page.text


def test_search_engines_are_told_where_the_city_lies(client: FlaskClient) -> None:
    a_published_summit()

    schema = page_of(client.get("/en/host-cities/yangzhou")).find(".//script[@type='application/ld+json']")

    assert schema is not None
    known = json.loads(schema.text or "")
    assert (known["@type"], known["name"], known["alternateName"]) == ("City", "Yangzhou", "扬州")

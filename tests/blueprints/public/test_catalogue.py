"""The list of programmes: by season, filtered by its address, closed ones below, and never empty-handed."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_fee, a_published_summit, a_study_tour
from tourreg.blueprints.public import catalogue


@pytest.fixture(autouse=True)
def january(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


def words(client: FlaskClient, address: str = "/en/events") -> str:
    return client.get(address).get_data(as_text=True)


def test_programmes_stand_in_their_seasons_with_both_names(app: Flask, client: FlaskClient) -> None:
    a_published_summit()
    a_study_tour()
    a_study_tour("winter", starts_on=date(2028, 1, 10), ends_on=date(2028, 1, 12), closes_on=date(2027, 12, 1))

    english, chinese = words(client), words(client, "/zh/events")

    order = [english.index(part) for part in ("Spring 2027", "2027年春", "Autumn 2027", "Winter 2027–2028")]
    assert order == sorted(order)
    assert "Programmes, 2027–2028" in english
    assert all(part in chinese for part in ("2027年春", "Spring 2027", "2027—2028年冬", "2027—2028年项目"))


def test_what_is_closed_stands_below_and_what_is_a_draft_nowhere(app: Flask, client: FlaskClient) -> None:
    a_published_summit()
    a_study_tour("secret", state="draft")
    a_study_tour("called-off", state="cancelled")

    page = words(client)

    assert page.index("/en/events/yangzhou-2027") < page.index("No more registrations") < page.index("called-off")
    assert "secret" not in page


def test_an_entry_says_state_places_and_price(app: Flask, client: FlaskClient) -> None:
    a_published_summit(fees=[a_fee("Member", amount_minor=48_050), a_fee("Other", amount_minor=62_000, position=2)])

    page = words(client)

    for said in ('<span class="tag good">Open</span>', "200 of 200 places left", "From <b>US$480.50</b>", "Member"):
        assert said in page
    assert "Beijing – Xi’an – <b>Yangzhou</b> – Hangzhou – Shanghai" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=summit", ["yangzhou-2027"]),
        ("direction=to_us", ["energy-2027"]),
        ("month=2027-10", ["yangzhou-2027"]),
        ("kind=study_tour&direction=to_us&month=2027-05", ["energy-2027"]),
        ("kind=&direction=&month=", ["energy-2027", "yangzhou-2027"]),
        ("kind=conference&month=yesterday", ["energy-2027", "yangzhou-2027"]),
    ],
)
def test_the_address_narrows_the_list(app: Flask, client: FlaskClient, query: str, shown: list[str]) -> None:
    a_published_summit()
    a_study_tour()

    page = words(client, f"/en/events?{query}")

    assert [slug for slug in ("energy-2027", "yangzhou-2027") if f'href="/en/events/{slug}"' in page] == shown


def test_the_form_shows_what_was_asked_and_the_months_there_are(app: Flask, client: FlaskClient) -> None:
    a_published_summit()

    page = words(client, "/en/events?kind=summit&month=2027-10")

    assert '<option value="summit" selected>Summit</option>' in page
    assert '<option value="2027-10" selected>October 2027</option>' in page
    assert "1 programme fits." in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/events">' in page
    assert 'href="/zh/events?kind=summit&amp;month=2027-10"' in page


def test_an_empty_list_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    assert "Nothing is announced yet" in words(client)
    assert "暂无项目" in words(client, "/zh/")
    a_published_summit()
    empty = words(client, "/en/events?direction=to_china")
    assert "Nothing ahead fits" in empty
    assert 'href="/en/events">Show all programmes' in empty


def test_a_long_list_goes_on_on_the_next_page(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LONGEST_LIST", 2)
    for number in range(3):
        a_study_tour(f"tour-{number}")

    first, second = words(client), words(client, "/en/events?page=2")

    assert ("tour-1" in first, "tour-2" in first) == (True, False)
    assert ("tour-1" in second, "tour-2" in second) == (False, True)
    assert "1 to 2 of 3" in first
    assert 'href="/en/events?page=2"' in first

"""Kept pages: true at every moment, the same for everybody, and answered with one query."""

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.cast import a_fee, a_published_summit, a_study_tour
from tourreg.db import db, writing
from tourreg.domain.catalogue import seats
from tourreg.domain.catalogue.models import CatalogueVersion
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text

PAGE = "/en/events/yangzhou-2027"
KEPT = ["/en/", "/zh/", "/en/events", "/zh/events", PAGE, "/zh/events/yangzhou-2027", "/en/texts/terms",
        "/en/contact", "/en/accessibility", "/robots.txt", "/sitemap.xml"]  # fmt: skip


@pytest.fixture
def summit(app: Flask, clock_shows: Callable[[datetime], None]) -> int:
    """A published summit, on 15 January 2027; returns the id of its pool."""
    pool_id: int = a_published_summit().pool_id
    db.session.remove()
    return pool_id


def words(client: FlaskClient, address: str = PAGE) -> str:
    return client.get(address).get_data(as_text=True)


@pytest.mark.both
@pytest.mark.usefixtures("summit")
@pytest.mark.parametrize("address", KEPT)
def test_a_kept_page_is_answered_with_one_query(
    client: FlaskClient, statements: Callable[[], list[str]], address: str
) -> None:
    made = client.get(address)
    before = len(statements())

    answered = client.get(address)

    assert (made.status_code, answered.status_code) == (200, 200)
    assert answered.data == made.data
    assert [statement.split("FROM ")[1].split()[0] for statement in statements()[before:]] == ["catalogue_version"]


@pytest.mark.usefixtures("summit")
@pytest.mark.parametrize("address", KEPT)
def test_a_kept_page_is_the_same_for_everybody(client: FlaskClient, address: str) -> None:
    client.set_cookie("session", "forged")

    for _time in range(2):
        answer = client.get(address, headers={"Accept-Language": "zh-CN", "Authorization": "Basic eDp5"})

        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["ETag"].startswith('"')
        assert "Content-Security-Policy" in answer.headers
        assert "csrf" not in answer.get_data(as_text=True)


@pytest.mark.both
def test_a_taking_changes_what_is_left_at_once(client: FlaskClient, summit: int) -> None:
    assert "200 of 200 places left" in words(client)

    with writing():
        seats.take({summit: 12})

    assert "188 of 200 places left" in words(client)
    assert "188 of 200 places left" in words(client, "/en/events")
    with writing():
        seats.give_back({summit: 12})
    assert "200 of 200 places left" in words(client)


@pytest.mark.usefixtures("summit")
def test_a_price_changes_at_its_minute_although_nobody_writes(
    client: FlaskClient, clock_shows: Callable[[datetime], None]
) -> None:
    """The early bird ends on 30 June 2027 at 23:59 in Shanghai."""
    for instant, price in (
        (datetime(2027, 6, 30, 15, 59, 59, tzinfo=UTC), "US$480"),
        (datetime(2027, 6, 30, 16, 0, tzinfo=UTC), "US$620"),
    ):
        clock_shows(instant)
        assert f'<p class="price"><small>{"Lowest fee: Early bird" if price == "US$480" else "Full fee"}' in words(
            client
        )
        assert f"<b>{price}</b>" in words(client, "/en/events")


def test_one_fee_changes_its_price_at_the_minute_and_says_what_comes(
    app: Flask, client: FlaskClient, clock_shows: Callable[[datetime], None]
) -> None:
    """The early price ends on 30 June 2027 at 23:59 in Shanghai."""
    fee = a_fee("Full fee", early_minor=48_000, early_until_on=date(2027, 6, 30), amount_minor=62_000)
    a_published_summit("one-fee", fees=[fee])
    page = "/en/events/one-fee"

    clock_shows(datetime(2027, 6, 30, 15, 59, 59, tzinfo=UTC))
    assert "<small>Full fee, early price</small>US$480" in words(client, page)
    assert "<small>US$480 until Wednesday 30 June 2027, 23:59 China Standard Time (UTC+8)</small>" in words(
        client, page
    )
    assert "<small>US$620 from 1 July 2027</small>" in words(client, page)

    clock_shows(datetime(2027, 6, 30, 16, 0, tzinfo=UTC))
    assert "<small>Full fee</small>US$620" in words(client, page)
    assert "US$480" not in words(client, page)


@pytest.mark.usefixtures("summit")
def test_registration_opens_and_closes_on_time(client: FlaskClient, clock_shows: Callable[[datetime], None]) -> None:
    for instant, tag in (
        (datetime(2027, 1, 9, 15, 59, tzinfo=UTC), "Opens 10 Jan"),
        (datetime(2027, 1, 9, 16, 0, tzinfo=UTC), "Open"),
        (datetime(2027, 9, 30, 15, 59, tzinfo=UTC), "Open"),
        (datetime(2027, 9, 30, 16, 0, tzinfo=UTC), "Closed"),
    ):
        clock_shows(instant)
        assert f">{tag}</span>" in words(client)
        assert f">{tag}</span>" in words(client, "/en/events")


@pytest.mark.usefixtures("summit")
def test_a_reader_who_holds_the_page_is_told_so(client: FlaskClient) -> None:
    for encoding in ("gzip", "identity"):
        first = client.get(PAGE, headers={"Accept-Encoding": encoding})
        asked = {"Accept-Encoding": encoding, "If-None-Match": f'"other", W/{first.headers["ETag"]}'}

        again = client.get(PAGE, headers=asked)

        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Content-Type" not in again.headers


def test_a_page_that_changed_is_sent_again(client: FlaskClient, summit: int) -> None:
    held = client.get(PAGE).headers["ETag"]
    with writing():
        seats.take({summit: 1})

    again = client.get(PAGE, headers={"If-None-Match": held})

    assert again.status_code == 200
    assert again.headers["ETag"] != held


@pytest.mark.usefixtures("summit")
def test_a_change_elsewhere_leaves_the_tag(client: FlaskClient) -> None:
    held = client.get(PAGE).headers["ETag"]
    with writing() as session:
        session.add(City(slug="wuxi", name=Text("Wuxi", "无锡"), country="CN", zone="Asia/Shanghai",
                         latitude=31.5, longitude=120.3))  # fmt: skip

    assert client.get(PAGE, headers={"If-None-Match": held}).status_code == 304


@pytest.mark.usefixtures("summit")
@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip, deflate, br", True), ("gzip;q=0", False), ("identity", False), ("", False), ("*", True), ("br", False)],
)
def test_a_page_goes_out_packed_to_those_who_take_it(client: FlaskClient, accepted: str, packed: bool) -> None:
    plain = client.get(PAGE, headers={"Accept-Encoding": "identity"})

    answer = client.get(PAGE, headers={"Accept-Encoding": accepted})

    assert ("Content-Encoding" in answer.headers) == packed
    assert (gzip.decompress(answer.data) if packed else answer.data) == plain.data
    assert (answer.headers["ETag"] != plain.headers["ETag"]) == packed
    assert int(answer.headers["Content-Length"]) == len(answer.data)


@pytest.mark.usefixtures("summit")
def test_head_is_the_page_without_its_body(client: FlaskClient) -> None:
    for _time in range(2):
        head = client.head(PAGE)

        assert (head.status_code, head.data) == (200, b"")
    page = client.get(PAGE)
    assert head.headers["Content-Length"] == str(len(page.data))
    assert head.headers["ETag"] == page.headers["ETag"]


@pytest.mark.usefixtures("summit")
def test_languages_never_mix(client: FlaskClient) -> None:
    for _time in range(2):
        assert 'lang="en"' in words(client)[:40]
        assert 'lang="zh-Hans"' in words(client, "/zh/events/yangzhou-2027")[:40]
        assert 'lang="en"' in client.get(f"{PAGE}?language=zh", headers={"Accept-Language": "zh"}).get_data(True)[:40]


@pytest.mark.usefixtures("summit")
def test_what_a_page_does_not_know_of_its_address_it_never_shows(app: Flask, client: FlaskClient) -> None:
    shelf = app.extensions["tourreg.kept_pages"].shelf
    plain = words(client, "/en/events")

    strange = [words(client, f"/en/events?utm={number}&kind=<script>&month=2027-13&page=0") for number in range(20)]

    assert set(strange) == {plain}
    assert len(shelf) == 1


@pytest.mark.usefixtures("summit")
def test_filters_are_kept_apart_whatever_their_order(app: Flask, client: FlaskClient) -> None:
    a_study_tour()
    one = words(client, "/en/events?direction=to_us&kind=study_tour")
    other = words(client, "/en/events?kind=study_tour&direction=to_us&kind=summit&x=1")

    assert one == other
    assert "Energy Efficiency" in one
    assert "Urbanization" not in one
    assert len(app.extensions["tourreg.kept_pages"].shelf) == 1


def test_pages_that_do_not_exist_are_not_kept(app: Flask, client: FlaskClient) -> None:
    for number in range(5):
        answer = client.get(f"/en/events/nothing-{number}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")

    assert len(app.extensions["tourreg.kept_pages"].shelf) == 0


@pytest.mark.parametrize("address", ["/healthz", "/my/", "/en/host/sign-up", "/"])
def test_other_pages_pass_by(
    app: Flask, client: FlaskClient, statements: Callable[[], list[str]], address: str
) -> None:
    client.get(address)

    assert "catalogue_version" not in " ".join(statements())
    assert len(app.extensions["tourreg.kept_pages"].shelf) == 0


def test_a_kept_address_takes_no_post(client: FlaskClient, app: Flask) -> None:
    assert client.post("/en/events").status_code in (400, 405)
    assert len(app.extensions["tourreg.kept_pages"].shelf) == 0


@pytest.mark.usefixtures("summit")
def test_without_a_version_nothing_is_kept(app: Flask, client: FlaskClient) -> None:
    with writing() as session:
        session.execute(update(CatalogueVersion).values(id=2))

    assert client.get(PAGE).status_code == 200
    assert len(app.extensions["tourreg.kept_pages"].shelf) == 0


@pytest.mark.usefixtures("summit")
def test_an_hour_is_the_longest_that_a_page_is_kept(
    client: FlaskClient, clock_shows: Callable[[datetime], None], statements: Callable[[], list[str]]
) -> None:
    client.get(PAGE)
    clock_shows(datetime(2027, 1, 15, 10, 0, tzinfo=UTC))
    before = len(statements())

    client.get(PAGE)

    assert len(statements()) - before > 1

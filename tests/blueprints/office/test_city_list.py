"""The page of the cities and its files."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from tests.cast import the_city
from tests.forms import page_of, words_of
from tests.hosting_cast import a_request
from tests.staff import sign_in
from tourreg.adapters.workbooks import read_table
from tourreg.db import db, writing
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")


def rows_of(client: FlaskClient, address: str) -> list[str]:
    return [words_of(row) for row in page_of(client.get(address)).findall(".//tbody/tr")]


def test_the_list_tells_readiness_topics_and_what_came_of_asking(officer: FlaskClient, now: datetime) -> None:
    a_request("declined", now=now)

    [row] = [row for row in rows_of(officer, "/office/cities") if row.startswith("Davenport")]

    assert "Water and wastewater" in row
    assert "Ready: an offer counts" in row


def test_what_an_address_cannot_mean_is_left_out(officer: FlaskClient) -> None:
    with writing():
        the_city("davenport")

    odd = "/office/cities?country=XX&readiness=very&since=0x7&last=before-0000&order=worst&page=99999"

    assert len(rows_of(officer, odd)) == 1


def test_both_files_hold_the_filtered_list_and_no_formula(officer: FlaskClient) -> None:
    with writing():
        the_city("davenport").name = Text("=cmd|' /C calc'!A0", "+达文波特")
        the_city("charlotte")
    asked = "?region=Iowa"

    table = list(csv.reader(io.StringIO(officer.get(f"/office/cities/list.csv{asked}").text)))
    book = read_table(officer.get(f"/office/cities/list.xlsx{asked}").data, most_rows=10)

    assert [row[:2] for row in table[1:]] == [["'=cmd|' /C calc'!A0", "'+达文波特"]]
    assert [row[:2] for row in book.rows[1:]] == [["=cmd|' /C calc'!A0", "+达文波特"]]
    assert book.unsaved == []


def test_when_a_city_hosted_last_is_a_filter_a_column_and_in_the_files(
    client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    request = a_request("confirmed", now=now)
    with writing():
        db.session.merge(request.event).state = "published"
        the_city("yangzhou")
    clock_shows(datetime(2027, 6, 1, tzinfo=UTC))
    sign_in(client, "programme")
    asked = "?q=davenport&last=since-2027"

    [row] = rows_of(client, f"/office/cities{asked}")
    page = page_of(client.get(f"/office/cities{asked}"))
    [heading, told] = csv.reader(io.StringIO(client.get(f"/office/cities/list.csv{asked}").text))

    assert "Water in Cities" in row
    assert {link.get("href") for link in page.iter("a") if "list." in link.get("href", "")} == {
        f"/office/cities/list.{kind}{asked}" for kind in ("csv", "xlsx")
    }
    assert dict(zip(heading, told, strict=True))["Programme hosted last"] == "Water in Cities"
    assert [words[:8] for words in rows_of(client, "/office/cities?last=never")] == ["Yangzhou"]


def test_a_stranger_gets_no_file(client: FlaskClient) -> None:
    assert [client.get(f"/office/cities/list.{kind}").status_code for kind in ("csv", "xlsx")] == [303, 303]


def test_the_map_shows_what_the_filters_find_with_how_ready_each_is(officer: FlaskClient, now: datetime) -> None:
    a_request("declined", now=now)
    with writing():
        the_city("charlotte")

    whole, none = (page_of(officer.get(f"/office/cities/map{asked}")) for asked in ("", "?q=nowhere"))

    told = [words_of(mark) for mark in whole.findall(".//figure//{*}title")]
    assert "Davenport: Ready: an offer counts; never hosted" in told
    assert "Charlotte: Nobody speaks for it; never hosted" in told
    assert none.findall(".//figure") == []

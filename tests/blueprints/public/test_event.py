"""An event's page says what it is, what it costs, what is left, and why one cannot register."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_fee, a_published_summit, a_study_tour
from tourreg.db import writing
from tourreg.domain.catalogue import seats
from tourreg.kernel.bilingual import Text

PAGE = "/en/events/yangzhou-2027"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\u202e🏙️" + "x" * 300


@pytest.fixture(autouse=True)
def january(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


def words(client: FlaskClient, address: str = PAGE) -> str:
    return client.get(address).get_data(as_text=True)


def test_the_page_tells_what_one_needs_to_decide(app: Flask, client: FlaskClient) -> None:
    a_published_summit()

    page = words(client)

    for said in (
        "Summit, 3 days, with optional tours", "20–22 October 2027", "Yangzhou", "Mingyue Lake Conference Hall",
        "Mayors, city managers, planners", "Thursday 30 September 2027", "23:59 China Standard Time (UTC+8)",
        "It runs with 60 people or more", "Early bird",
        "until Wednesday 30 June 2027, 23:59 China Standard Time (UTC+8)",
        "US$480", "Pre-tour: Beijing and Xi’an", "20 of 20 places left", "09:30–12:00", "UTC+8",
        "Three nights in a twin room",
        "Flights to and from China", "Full refund until 30 days before.", "What happens next", "4,559,797 people",
        "Seventh National Population Census, 2020", "Yangzhou Municipal Government", "200 of 200 places left",
        f'href="{PAGE}/register"',
    ):  # fmt: skip
        assert said in page, said


def test_the_chinese_page_speaks_chinese(app: Flask, client: FlaskClient) -> None:
    a_published_summit()

    page = words(client, "/zh/events/yangzhou-2027")

    for said in (
        "峰会，3天，可选考察路线", "2027年10月20—22日", "扬州", "2027年9月30日（周四）", "23:59，中国标准时间（UTC+8）",
        "200个名额，尚余200个", "10月16—17日，会前考察", "第1天，星期三", "人口4,559,797", "报名",
    ):  # fmt: skip
        assert said in page, said


@pytest.mark.parametrize(
    ("changed", "taken", "said", "missing"),
    [
        ({"opens_on": date(2027, 2, 1)}, 0, ["Opens 1 Feb", "Registration opens on Monday 1 February 2027"],
         ["/register"]),
        ({}, 200, ["All 200 places are taken.", "Other programmes"], ["/register"]),
        ({"closes_on": date(2027, 1, 14)}, 3, ["Registration has ended.", "Registration for this programme has ended."],
         ["/register", "What happens next"]),
        ({"state": "closed"}, 3, ["Registration has ended."], ["/register"]),
        ({"state": "cancelled"}, 3, ["This programme was called off", "Cancelled", "EventCancelled"],
         ["/register", 'class="price"', '"price"']),
    ],
)  # fmt: skip
def test_who_cannot_register_is_told_why(
    app: Flask, client: FlaskClient, changed: dict[str, Any], taken: int, said: list[str], missing: list[str]
) -> None:
    pool_id = a_published_summit(**changed).pool_id
    with writing():
        seats.take({pool_id: taken} if taken else {})

    page = words(client)

    assert [phrase for phrase in said if phrase not in page] == []
    assert [phrase for phrase in missing if phrase in page] == []


def test_a_programme_that_is_over_says_so(app: Flask, client: FlaskClient, january: Callable[[datetime], None]) -> None:
    a_published_summit()
    january(datetime(2027, 10, 22, 16, 0, tzinfo=UTC))

    assert "This programme is over." in words(client)
    assert "Has taken place" in words(client, "/en/events")


@pytest.mark.parametrize("slug", ["secret", "no-such", "%00", "..%2f..", "%E6%89%AC%E5%B7%9E", "a" * 3000])
def test_what_is_not_published_is_not_found(app: Flask, client: FlaskClient, slug: str) -> None:
    a_study_tour("secret", state="draft")

    answer = client.get(f"/zh/events/{slug}")

    assert answer.status_code == 404
    assert "没有这个页面" in answer.get_data(as_text=True)


def test_hostile_words_are_shown_as_words(app: Flask, client: FlaskClient) -> None:
    hostile = Text(HOSTILE, HOSTILE)
    a_published_summit(
        title=hostile, theme=hostile, summary=hostile, description=hostile, venue=hostile, audience=hostile,
        included=hostile, cancellation_policy=hostile, fees=[a_fee(HOSTILE, HOSTILE)], slip="<b>",
        partners=[{"name": {"en": HOSTILE}}, {}],
    )  # fmt: skip

    for address in (PAGE, "/en/events", "/zh/", "/sitemap.xml"):
        page = words(client, address)
        assert "<script>alert" not in page
        assert "\\u003cscript" in page or "&lt;script&gt;alert(1)" in page or address == "/sitemap.xml"
        assert "{{ 7*7 }}" in page or address == "/sitemap.xml"


def test_a_text_in_one_language_only_is_marked_in_the_other(app: Flask, client: FlaskClient) -> None:
    a_published_summit(title=Text("Only English"), included=Text("Twin room\nMeals"))

    page = words(client, "/zh/events/yangzhou-2027")

    assert '<h1><span lang="en">Only English</span></h1>' in page
    assert '<li><span lang="en">Meals</span></li>' in page
    assert "<title>Only English，2027年10月20—22日 | 城市交流中心</title>" in page


def test_an_event_of_bare_necessities_has_a_page(app: Flask, client: FlaskClient) -> None:
    nothing = Text()
    a_study_tour(
        theme=nothing, summary=nothing, description=nothing, audience=nothing, languages=nothing, access=nothing,
        organiser=nothing, included=nothing, not_included=nothing, cancellation_policy=nothing, partners=[], slip="",
        minimum=0, fees=[],
    )  # fmt: skip

    page = words(client, "/en/events/energy-2027")

    assert "20 of 20 places left" in page
    assert "Day by day" not in page
    assert 'class="price"' not in page

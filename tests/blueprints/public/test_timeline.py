"""The days of an event as its page shows them: each time with its offset, over zones and midnights."""

from datetime import date, time
from typing import Any

import pytest
from flask import Flask, g

from tests.cast import a_summit, an_add_on
from tourreg.blueprints.public.timeline import parts_of, zones_in_words
from tourreg.domain.itineraries.models import Day, Item
from tourreg.kernel.bilingual import Language, Text

NIGHT_FLIGHT: dict[str, Any] = {"ends": time(9, 10), "ends_zone": "America/Los_Angeles"}


def a_day(on: date = date(2027, 5, 3), *items: Item, **changed) -> Day:
    return Day(**{"event": a_summit(), "on_date": on, "items": list(items), "title": Text(), **changed})


def an_item(kind: str = "meeting", starts: time = time(9), zone: str = "Asia/Shanghai", **changed) -> Item:
    words = {"title": Text("Talk", "会谈"), "place": Text(), "notes": Text()}
    return Item(**{"position": 1, "kind": kind, "starts": starts, "zone": zone, **words, **changed})


@pytest.mark.parametrize(
    ("item", "clock", "zone", "until"),
    [
        (an_item(ends=time(10, 30)), "09:00–10:30", "UTC+8", ""),
        (an_item(), "09:00", "UTC+8", ""),
        (an_item("flight", time(13), **NIGHT_FLIGHT), "13:00", "UTC+8", "to 09:10 UTC−7"),
        (
            an_item("flight", time(23), ends_on=date(2027, 5, 4), **NIGHT_FLIGHT),
            "23:00",
            "UTC+8",
            "to 4 May, 09:10 UTC−7",
        ),
        (an_item("train", time(22), ends=time(6), ends_on=date(2027, 5, 4)), "22:00", "UTC+8", "to 4 May, 06:00 UTC+8"),
        (an_item(ends=time(10), ends_zone="Asia/Taipei"), "09:00–10:00", "UTC+8", ""),
    ],
)  # fmt: skip
def test_a_time_names_its_offset_and_another_end(app: Flask, item: Item, clock: str, zone: str, until: str) -> None:
    with in_language(app, "en"):
        shown = parts_of([a_day(date(2027, 5, 3), item)])[0].days[0].items[0]

    assert (shown.clock, shown.zone, shown.until) == (clock, zone, until)


def test_chinese_pages_write_times_their_way(app: Flask) -> None:
    item = an_item("flight", time(23), ends_on=date(2027, 5, 4), **NIGHT_FLIGHT)
    day = an_item(ends=time(10))

    with in_language(app, "zh"):
        late, early = parts_of([a_day(date(2027, 5, 3), item, day)])[0].days[0].items

    assert (late.until, late.kind) == ("至5月4日09:10 UTC−7", "航班")
    assert early.clock == "09:00—10:00"


@pytest.mark.parametrize(
    ("zones", "words"),
    [
        ([], ""),
        (["Asia/Shanghai", "Asia/Shanghai"], "All times are China Standard Time (UTC+8)."),
        (["Asia/Shanghai", "America/Denver"], "Times are those of the place; each shows its offset from UTC."),
    ],
)
def test_one_sentence_tells_whose_clock_it_is(app: Flask, zones: list[str], words: str) -> None:
    with in_language(app, "en"):
        assert zones_in_words([a_day(date(2027, 5, 3), *(an_item(zone=zone) for zone in zones))]) == words


def test_summer_time_that_ends_on_the_way_is_two_clocks(app: Flask) -> None:
    days = [a_day(on, an_item(zone="America/Chicago")) for on in (date(2026, 10, 31), date(2026, 11, 2))]

    with in_language(app, "en"):
        assert "each shows its offset" in zones_in_words(days)
        assert [day.items[0].zone for day in parts_of(days)[0].days] == ["UTC−5", "UTC−6"]


def test_tours_stand_apart_and_count_their_own_days(app: Flask) -> None:
    tour = an_add_on("pre_tour", "Pre-tour", 1)
    tour.id = 7
    event = a_summit(starts_on=date(2027, 5, 3))
    days = [
        a_day(date(2027, 5, 1), add_on=tour, add_on_id=7),
        a_day(date(2027, 5, 2), add_on=tour, add_on_id=7),
        a_day(date(2027, 5, 2), event=event),
        a_day(date(2027, 5, 3), event=event),
        a_day(date(2027, 5, 3), event=event),
        a_day(date(2027, 5, 4), event=event),
    ]

    with in_language(app, "en"):
        parts = parts_of(days)

    numbers = [(part.add_on, [day.number for day in part.days]) for part in parts]
    assert numbers == [(tour, [1, 2]), (None, [0, 1, 1, 2])]


def in_language(app: Flask, language: Language):
    context = app.test_request_context()
    context.push()
    g.language = language
    return context

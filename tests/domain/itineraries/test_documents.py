"""The sheet that an itinerary on paper is made from."""

import json
from datetime import datetime

from flask import Flask

from tests.cast import a_published_summit
from tourreg.domain.itineraries.documents import included_days, itinerary_days, itinerary_sheet
from tourreg.domain.itineraries.queries import days_of


def test_each_part_of_an_itinerary_counts_its_own_days(app: Flask, now: datetime) -> None:
    event = a_published_summit()

    sheet = itinerary_sheet(event, itinerary_days(event, days_of(event)), now=now)

    assert [(day["number"], day["on"], day["part"]["en"]) for day in sheet["days"]] == [
        (1, "2027-10-16", "Pre-tour: Beijing and Xi’an"),
        (1, "2027-10-20", "Programme"),
        (2, "2027-10-21", "Programme"),
    ]
    assert (sheet["first_on"], sheet["last_on"]) == ("2027-10-16", "2027-10-22")
    assert [city["en"] for city in sheet["cities"]] == ["Beijing", "Xi’an", "Yangzhou", "Hangzhou", "Shanghai"]
    assert [partner["name"]["zh"] for partner in sheet["partners"]] == ["扬州市人民政府"]


def test_an_itinerary_without_tours_names_no_part(app: Flask, now: datetime) -> None:
    event = a_published_summit(add_ons=[])

    assert {
        day["part"]["en"] for day in itinerary_sheet(event, itinerary_days(event, days_of(event)), now=now)["days"]
    } == {""}


def test_a_sheet_is_made_of_plain_values(app: Flask, now: datetime) -> None:
    event = a_published_summit()

    sheet = itinerary_sheet(event, itinerary_days(event, days_of(event)), now=now)

    assert json.loads(json.dumps(sheet)) == sheet
    first = sheet["days"][0]["items"][0]
    assert (first["starts"], first["ends"], first["zone"], first["ends_zone"]) == (
        "18:00",
        "20:00",
        "Asia/Shanghai",
        "",
    )


def test_nights_and_meals_are_told_day_by_day_and_part_by_part(app: Flask, now: datetime) -> None:
    event = a_published_summit()

    included = included_days(days_of(event))

    assert [(day["on"], day["part"]["en"], day["lunch"], day["night"]) for day in included] == [
        ("2027-10-16", "Pre-tour: Beijing and Xi’an", False, False),
        ("2027-10-20", "Programme", True, False),
        ("2027-10-21", "Programme", False, False),
    ]
    assert not any(day["breakfast"] or day["dinner"] for day in included)

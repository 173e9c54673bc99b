"""Cuts of a programme: each reader gets what is for them, and nothing else."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_study_tour
from tests.paper_samples.itinerary import DENVER, FLIGHT, NIGHT_FLIGHT, item
from tests.paper_samples.organisations import both
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import approval, cards, cuts, rides
from tourreg.domain.itineraries.documents import itinerary_sheet
from tourreg.domain.itineraries.personal import personal_sheet
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.sheets import Day
from tourreg.rendering import render_document

SECRETS = {name: both(f"Secret {name}", f"机密{name}") for name in cuts.NOTES_FOR}
NOBODY = both("")


def a_day(number: int, on: str, city: str, *items: Any) -> Day:
    return {
        "id": f"day{number}", "add_on": "", "city_id": city, "country": "US", "number": number, "on": on,
        "part": NOBODY,
        "city": both(city.title(), f"城{number}"), "title": NOBODY, "items": list(items),
    }  # fmt: skip


@pytest.fixture
def tour(app: Flask) -> Event:
    return a_study_tour()


@pytest.fixture
def printed() -> Printed:
    """Out over the date line, two days in two cities, and home by night; everything has private notes."""
    visit = item("site_visit", "09:00-11:00", DENVER, both("Water plant", "水厂"), both("Plant", "厂"), "1 Main Street")
    ride = {"leaves": "08:30", "minutes": 40, "driver": "Pat DOYLE", "vehicle": both("Coach 14", "14号车")}
    days = [
        a_day(1, "2026-05-17", "dallas", deepcopy(FLIGHT)),
        a_day(2, "2026-05-18", "fort-collins", {**visit, "details": {**ride, "host_name": both("Ann LEE")}}),
        a_day(3, "2026-05-19", "fort-collins", {**visit, "nature": "cultural"}),
        a_day(4, "2026-05-27", "decatur", deepcopy(NIGHT_FLIGHT)),
    ]
    for day in days:
        each: Any
        for each in day["items"]:
            each["details"] = {**each.get("details", {}), **SECRETS}
            each.update(standing="declined", standing_by="Somebody secret")
    return Printed(days, 3)


CUTS: dict[str, Callable[..., Any]] = {
    "itinerary": lambda event, printed, now: itinerary_sheet(event, printed.days, now=now, version=printed.version),
    "itinerary_summary": lambda event, printed, now: cuts.summary_sheet(event, printed, now=now),
    "host_day": lambda event, printed, now: cuts.host_day_sheet(
        event, printed, city="fort-collins", reader=event.title, people=20, now=now
    ),
    "personal_itinerary": lambda event, printed, now: personal_sheet(
        event, printed, parts=[""], reader=event.title, organisation=event.title, now=now
    ),
    "driver_sheet": lambda event, printed, now: rides.driver_sheet(event, printed, day="day2", people=20, now=now),
    "pocket_card": lambda event, printed, now: cards.card_sheet(event, printed, now=now),
    "approval_cut": lambda event, printed, now: approval.approval_sheet(event, printed, now=now),
}
MAY_READ = {"host_day": {"for_host"}, "personal_itinerary": {"for_participants"}, "driver_sheet": {"for_driver"}}


@pytest.mark.parametrize("kind", CUTS)
def test_no_cut_holds_a_note_that_is_for_others(kind: str, tour: Event, printed: Printed, now: datetime) -> None:
    sheet = CUTS[kind](tour, printed, now)

    html = render_document(kind, sheet, language="both", page_size="a4")

    for name in cuts.NOTES_FOR:
        for text in (str(sheet), html):
            assert (f"Secret {name}" in text) == (name in MAY_READ.get(kind, ())), (kind, name)
    assert "Somebody secret" not in str(sheet) + html


def test_a_host_reads_of_no_other_city(tour: Event, printed: Printed, now: datetime) -> None:
    sheet = CUTS["host_day"](tour, printed, now)

    assert [day["on"] for day in sheet["days"]] == ["2026-05-18", "2026-05-19"]
    assert (sheet["first_on"], sheet["last_on"]) == ("2026-05-18", "2026-05-19")


def test_a_driver_learns_when_to_leave_and_when_to_be_there(tour: Event, printed: Printed, now: datetime) -> None:
    (ride,) = CUTS["driver_sheet"](tour, printed, now)["rides"]

    assert (ride["leaves"], ride["arrives"], ride["driver"]) == ("08:30", "09:10", "Pat DOYLE")
    assert ride["end"] == both("Plant", "厂")
    assert [day["id"] for day in rides.days_with_rides(printed.days)] == ["day2"]


def test_a_ride_begins_where_the_group_was_before(tour: Event, printed: Printed, now: datetime) -> None:
    breakfast = item("meal", "07:00-08:00", DENVER, both("Breakfast"), both("Hotel"), "160 Walnut Street")
    printed.days[1]["items"].insert(0, breakfast)

    (ride,) = CUTS["driver_sheet"](tour, printed, now)["rides"]

    assert (ride["start"], ride["start_address"]) == (both("Hotel"), both("160 Walnut Street"))


def test_a_transfer_leads_to_where_the_next_item_is(tour: Event, printed: Printed, now: datetime) -> None:
    transfer: Any = item("transfer", "16:45-18:05", DENVER, both("Coach"), both("Airport, island 4"))
    transfer["details"] = {"leaves": "16:45"}
    printed.days[2]["items"].insert(0, transfer)

    (ride,) = rides.driver_sheet(tour, printed, day="day3", people=20, now=now)["rides"]

    assert (ride["start"], ride["end"], ride["end_address"]) == (
        both("Airport, island 4"), both("Plant", "厂"), both("1 Main Street"),
    )  # fmt: skip


def test_an_approving_office_counts_from_leaving_china_to_entering_it(
    tour: Event, printed: Printed, now: datetime
) -> None:
    sheet = CUTS["approval_cut"](tour, printed, now)

    assert (sheet["first_on"], sheet["last_on"], sheet["days_abroad"]) == ("2026-05-17", "2026-05-29", 13)
    assert [day["number"] for day in sheet["days"]] == [1, 2, 3, 11]
    assert [len(day["activities"]) for day in sheet["days"]] == [1, 1, 0, 1]
    assert (sheet["official"], sheet["items_in_all"]) == (3, 4)


def test_an_approving_office_reads_of_no_empty_day_beside_a_full_one(
    tour: Event, printed: Printed, now: datetime
) -> None:
    twin: list[Day] = [{**day, "items": []} for day in deepcopy(printed.days)]

    sheet = approval.approval_sheet(tour, Printed([*printed.days, *twin], printed.version), now=now)

    filled = {day["on"] for day in sheet["days"] if day["activities"]}
    assert filled
    assert not [day for day in sheet["days"] if not day["activities"] and day["on"] in filled]


def test_the_card_shows_both_clocks_of_a_flight(tour: Event, printed: Printed, now: datetime) -> None:
    out, home = CUTS["pocket_card"](tour, printed, now)["ways"]

    assert (out["on"], out["starts"], out["ends_on"], out["ends"]) == ("2026-05-17", "17:10", "2026-05-17", "17:40")
    assert (home["on"], home["ends_on"], home["ends_zone"]) == ("2026-05-27", "2026-05-29", "Asia/Shanghai")


def test_the_card_names_every_hotel_of_a_long_journey(tour: Event, printed: Printed, now: datetime) -> None:
    names = [f"Inn number {number}" for number in range(1, 6)]
    sheet = CUTS["pocket_card"](tour, printed, now)
    stay = {"first_on": "2026-05-18", "last_on": "2026-05-19", "city": NOBODY, "zone": DENVER, "address": NOBODY}
    sheet["hotels"] = [{**stay, "phone": "", "name": both(name)} for name in names]

    card = render_document("pocket_card", sheet, language="en", page_size="letter")

    assert [name for name in names if name not in card] == []


def test_the_summary_gives_no_address_and_no_particulars(tour: Event, printed: Printed, now: datetime) -> None:
    sheet = CUTS["itinerary_summary"](tour, printed, now)

    assert {each["address"]["en"] for day in sheet["days"] for each in day["items"]} == {""}
    assert [each["details"] for day in sheet["days"] for each in day["items"]] == [{}] * 4

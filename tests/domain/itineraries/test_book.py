"""The programme book: what is written for it, and what its pages gather from the days."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.cast import a_published_summit, a_study_tour
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.book import NO_BOOK, BookEditedMeanwhile, BookPlan, book_of, lines, write_book
from tourreg.domain.itineraries.book_pages import zone_strip
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.documents import itinerary_days, itinerary_sheet
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint
from tourreg.rendering import render_document

SECRET = "Only for one reader 12345"
PLAN = BookPlan(purpose=Text("To learn", "学习"), escort_phone="+1 202 555 0199")


@pytest.fixture
def summit(app) -> Event:
    return a_published_summit()


def written(event: Event, plan: BookPlan, now: datetime, seen: str = "") -> None:
    with writing():
        write_book(desk.event_to_change(event.public_id), plan, now=now, by="staff:a", seen=seen)


def sheet_of(event: Event, now: datetime, plan: BookPlan = NO_BOOK):
    return itinerary_sheet(event, itinerary_days(event, days_of(event)), now=now, book=plan)


def test_a_book_is_kept_and_written_anew(summit: Event, now: datetime) -> None:
    assert book_of(summit) == NO_BOOK

    written(summit, PLAN, now)
    written(summit, replace(PLAN, plugs=Text("Type A", "")), now)

    assert book_of(summit) == replace(PLAN, plugs=Text("Type A", ""))


def test_the_second_of_two_editors_sees_what_the_first_saved(summit: Event, now: datetime) -> None:
    seen = fingerprint(book_of(summit))
    written(summit, PLAN, now, seen)

    with pytest.raises(BookEditedMeanwhile) as refused:
        written(summit, BookPlan(purpose=Text("Another", "")), now, seen)

    db.session.rollback()
    assert refused.value.now == PLAN
    assert book_of(summit) == PLAN


def test_lines_of_both_languages_stand_beside_each_other() -> None:
    assert lines(Text("one\n\n two ", "一\n\n二\n三")) == [Text("one", "一"), Text("two", "二"), Text("", "三")]


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_a_book_of_which_nothing_is_said_prints_no_empty_page(summit: Event, now: datetime, language) -> None:
    html = render_document("itinerary", sheet_of(summit, now), language=language, page_size="a4")

    for heading in ("About this programme", "项目说明", "Practical and emergency", "实用信息与应急", "The delegation"):
        assert heading not in html


def test_no_private_note_is_in_the_book(summit: Event, now: datetime) -> None:
    secret = Text(SECRET, SECRET)
    with writing():
        days_of(summit)[1].items[0].details = Details(
            host_name=Text("Mei LIN", "林梅"),
            for_participants=secret,
            for_host=secret,
            for_driver=secret,
            for_escort=secret,
        )

    sheet = sheet_of(summit, now, PLAN)

    assert SECRET not in str(sheet)
    assert SECRET not in render_document("itinerary", sheet, language="both", page_size="letter")
    assert [host["name"]["en"] for host in sheet["book"]["hosts"]] == ["Mei LIN"]


def test_the_strip_shows_one_moment_in_every_zone(app, now: datetime) -> None:
    item = {"kind": "meeting", "starts": "09:00", "ends": "", "ends_zone": "", "zone": "Asia/Shanghai"}
    places = [("Asia/Shanghai", "2027-05-17"), ("America/Denver", "2027-05-18"), ("Asia/Kolkata", "2027-05-19")]
    days = [{"on": on, "city": {"en": zone, "zh": ""}, "items": [{**item, "zone": zone}]} for zone, on in places]

    rows = zone_strip(days)  # type: ignore[arg-type]  # as much of a day as the strip reads

    assert [row["hours"][9] for row in rows] == [9, 19, 6]
    assert [row["half"] for row in rows] == ["", "", ":30"]
    assert zone_strip(days[:1]) == []  # type: ignore[arg-type]


def test_a_zone_is_named_by_a_city_that_lies_in_it(summit: Event) -> None:
    city = summit.stops[0].city
    item = {"kind": "flight", "starts": "09:00", "ends": "11:00", "ends_zone": "America/Denver", "zone": city.zone}
    day = {"on": "2027-05-17", "city": {"en": "Where people land", "zh": ""}, "items": [item]}

    rows = zone_strip([day], [city])  # type: ignore[list-item]  # as much of a day as the strip reads

    assert [row["city"]["en"] for row in rows] == [city.name.en, ""]


def test_a_tour_without_days_still_has_a_book(app, now: datetime) -> None:
    event = a_study_tour("no-days-yet")

    pages = itinerary_sheet(event, [], now=now, book=PLAN)["book"]

    assert (pages["hotels"], pages["journeys"], pages["speakers"], pages["zones"]) == ([], [], [], [])

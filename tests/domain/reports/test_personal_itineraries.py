"""Each participant's own programme: the parts that the person takes, in the version that was issued."""

import io
import json
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.cast import a_person, a_published_summit, a_registration, a_study_tour, an_add_on
from tests.travel_cast import a_leg, a_stay, lodging_to_change, people_on_tour, told
from tourreg.adapters.pdf import make_pdf
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.subjects import Subjects
from tourreg.domain.travel.rooms import propose
from tourreg.domain.travel.telling import take_back
from tourreg.rendering import render_document

PAPER = EVENT_PAPERS["personal_itinerary"]


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit()


def booked(event: Event, now: datetime) -> Registration:
    """Return a confirmed registration of one who takes the tour before, and of one who does not."""
    tour = next(add_on.public_id for add_on in event.add_ons if add_on.kind == "pre_tour")
    people = (a_person("Chen", "Li", native="陈立", add_ons=(tour,)), a_person(email="emily@example.org"))
    registration = a_registration(event, *people, now=now)
    with writing():
        confirm(registration, now=now, by="staff:ren")
    return registration


def test_each_gets_the_days_of_the_parts_that_they_take(summit: Event, now: datetime) -> None:
    booked(summit, now)
    assert PAPER.subjects

    with_tour, without = (
        PAPER.sheet(Asked(summit, subject, now, issued=True)) for subject in PAPER.subjects(Subjects(summit))
    )

    assert [day["on"] for day in with_tour["days"]] == ["2027-10-16", "2027-10-20", "2027-10-21"]
    assert [day["on"] for day in without["days"]] == ["2027-10-20", "2027-10-21"]
    assert (without["first_on"], without["last_on"]) == ("2027-10-20", "2027-10-21")


def test_it_is_for_everybody_with_a_confirmed_place_and_nobody_else(summit: Event, now: datetime) -> None:
    assert PAPER.subjects
    a_registration(summit, a_person("Held"), now=now)
    assert PAPER.subjects(Subjects(summit)) == []
    booked(summit, now)

    told = [(subject.name.en, subject.name.zh, subject.email) for subject in PAPER.subjects(Subjects(summit))]
    assert told == [("Chen Li", "陈立", "lan@example.org"), ("Emily Hart", "Emily Hart", "emily@example.org")]


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        ("en", "Personal itinerary", "Chen Li"),
        ("zh", "个人行程", "陈立"),
        ("both", "个人行程", "陈立"),
    ],
)
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_it_prints(summit: Event, now: datetime, language: str, words: str, name: str, size: str) -> None:
    booked(summit, now)
    assert PAPER.subjects
    sheet = PAPER.sheet(Asked(summit, PAPER.subjects(Subjects(summit))[0], now, issued=True))

    html = render_document("personal_itinerary", sheet, language=language, page_size=size)  # type: ignore[arg-type]
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(html))).pages)

    assert words in read
    assert name in read


def test_a_tour_without_days_leaves_the_programme_as_it_is(app: Flask, now: datetime) -> None:
    tour = an_add_on("post_tour", "Post-tour", 76_000, from_on=date(2027, 10, 23), to_on=date(2027, 10, 26))
    summit = a_published_summit(add_ons=[tour])
    registration = a_registration(summit, a_person(add_ons=(tour.public_id,)), now=now)
    with writing():
        confirm(registration, now=now, by="staff:ren")
    assert PAPER.subjects

    sheet = PAPER.sheet(Asked(summit, PAPER.subjects(Subjects(summit))[0], now, issued=False))

    assert "2027-10-20" in [day["on"] for day in sheet["days"]]


@pytest.fixture
def travellers(app: Flask, now: datetime) -> Registration:
    """Return two who share a room, each with a flight of their own."""
    tour = a_study_tour()
    registration = people_on_tour(now=now, event=tour)
    for person, number, mate in zip(
        registration.participants, ("UA 88", "CA 981"), ("Han Xuemei", "Chen Guoliang"), strict=True
    ):
        told(person, now, legs=(a_leg(number=number),), mate=mate, diet="Halal", phone="+86 138 5550 0001")
    stay = a_stay(tour, now)
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by="staff:ren")
    return registration


def own_sheets(event: Event, now: datetime, *, issued: bool = False) -> list[Any]:
    assert PAPER.subjects
    return [PAPER.sheet(Asked(event, each, now, issued=issued)) for each in PAPER.subjects(Subjects(event))]


def test_it_tells_of_the_own_flight_and_bed_and_of_the_room_mate_no_more_than_the_name(
    travellers: Registration, now: datetime
) -> None:
    first, second = own_sheets(travellers.event, now)

    assert [(leg["way"], leg["number"], leg["arrives_zone"]) for leg in first["legs"]] == [
        ("arrival", "UA 88", "America/Denver")
    ]
    assert [(night["hotel"]["en"], night["mates"]) for night in first["nights"]] == [
        ("Hotel Poudre River", ["Han Xuemei"])
    ]
    assert [leg["number"] for leg in second["legs"]] == ["CA 981"]
    written = json.dumps(first, ensure_ascii=False)
    assert not [secret for secret in ("CA 981", "韩雪梅", "Halal", "5550 0001") if secret in written]


def test_who_took_the_consent_back_has_no_way_and_no_bed_on_a_paper(travellers: Registration, now: datetime) -> None:
    with writing():
        take_back(travellers.id, travellers.participants[0].public_id, now=now, by="contact:chen")

    first, second = own_sheets(travellers.event, now)

    assert (first["legs"], first["nights"]) == ([], [])
    assert [leg["number"] for leg in second["legs"]] == ["CA 981"]


def test_what_was_issued_keeps_the_journey_as_plain_values(travellers: Registration, now: datetime) -> None:
    first, _second = own_sheets(travellers.event, now, issued=True)

    assert json.loads(json.dumps(first)) == first


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Your flights and trains", "UA 88", "Hotel Poudre River", "shared with Han Xuemei"]),
        ("zh", ["您的航班与火车", "UA 88", "波德尔河酒店", "同住"]),
        ("both", ["Your hotels", "您的住宿", "Hotel Poudre River", "波德尔河酒店"]),
    ],
)
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_the_journey_prints(
    travellers: Registration, now: datetime, language: str, words: list[str], size: str
) -> None:
    sheet = own_sheets(travellers.event, now)[0]

    html = render_document("personal_itinerary", sheet, language=language, page_size=size)  # type: ignore[arg-type]
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(html))).pages)

    assert not [said for said in words if said.replace(" ", "") not in read.replace(" ", "").replace("\u2009", "")]


def test_a_sheet_from_before_it_told_of_journeys_still_prints(travellers: Registration, now: datetime) -> None:
    sheet = own_sheets(travellers.event, now)[0]
    older = {name: value for name, value in sheet.items() if name not in ("legs", "nights", "chosen")}

    assert "Your hotels" not in render_document("personal_itinerary", older, language="en", page_size="a4")

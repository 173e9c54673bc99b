"""Each participant's own programme: the parts that the person takes, in the version that was issued."""

import io
from datetime import date, datetime

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.cast import a_person, a_published_summit, a_registration, an_add_on
from tourreg.adapters.pdf import make_pdf
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.subjects import Subjects
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

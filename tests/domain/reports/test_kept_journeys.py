"""Issued papers whose copies should be gone, since what they tell of journeys is forgotten here."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from tests.cast import a_person, a_study_tour
from tests.papers import an_issued_paper
from tests.travel_cast import BY, people_on_tour, told
from tourreg.db import db, writing
from tourreg.domain.papers import standing
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.corrections import Person
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.replacing import replace_participant
from tourreg.domain.reports.kept_journeys import count_to_destroy, to_destroy
from tourreg.domain.travel.telling import KEPT_DAYS, take_back
from tourreg.kernel.names import PersonName

HOUR = timedelta(hours=1)
SAMPLES = ("arrivals", "diet_list", "roster_operations", "rooming-list")


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    """Two who have told of their journeys."""
    found = people_on_tour(now=now)
    for person in found.participants:
        told(person, now)
    return found


@pytest.fixture
def first(registration: Registration) -> Participant:
    return registration.participants[0]


def issued(registration: Registration, at: datetime, sample: str = "arrivals", **changed: str) -> Paper:
    return an_issued_paper(now=at, sample=sample, about=registration.event.public_id, **changed)


def taken_back(person: Participant, at: datetime) -> None:
    with writing():
        take_back(person.registration_id, person.public_id, now=at, by=BY)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_paper_is_marked_once_somebody_takes_the_consent_back(
    registration: Registration, first: Participant, now: datetime, sample: str
) -> None:
    paper = issued(registration, now + HOUR, sample)
    assert to_destroy([paper], now=now + HOUR) == {}

    taken_back(first, now + 2 * HOUR)

    assert to_destroy([paper], now=now + 3 * HOUR) == {paper.id: "taken_back"}
    assert count_to_destroy(now + 3 * HOUR) == 1


def test_what_was_issued_before_the_consent_or_after_its_end_is_not_marked(
    registration: Registration, first: Participant, now: datetime
) -> None:
    before = issued(registration, now - HOUR)
    taken_back(first, now + HOUR)
    after = issued(registration, now + 2 * HOUR)

    assert to_destroy([before, after], now=now + 3 * HOUR) == {}


def test_a_personal_programme_is_marked_for_its_own_person_alone(
    registration: Registration, first: Participant, now: datetime
) -> None:
    own, others = (
        issued(registration, now + HOUR, "personal_itinerary", subject=one.public_id)
        for one in registration.participants
    )

    taken_back(first, now + 2 * HOUR)

    assert to_destroy([own, others], now=now + 3 * HOUR) == {own.id: "taken_back"}


def test_whoever_agrees_anew_does_not_take_the_mark_away(
    registration: Registration, first: Participant, now: datetime
) -> None:
    paper = issued(registration, now + HOUR)
    taken_back(first, now + 2 * HOUR)

    told(first, now + 3 * HOUR)

    assert to_destroy([paper], now=now + 4 * HOUR) == {paper.id: "taken_back"}


def test_the_journey_of_somebody_in_whose_place_another_comes_is_marked(
    registration: Registration, first: Participant, now: datetime
) -> None:
    paper = issued(registration, now + HOUR)

    with writing():
        person = Person(PersonName("Moore", "Anne"))
        replace_participant(registration.id, first.public_id, person, why="ill", now=now + 2 * HOUR, by=BY)

    assert to_destroy([paper], now=now + 3 * HOUR) == {paper.id: "taken_back"}


def test_a_withdrawn_paper_is_done_with(registration: Registration, first: Participant, now: datetime) -> None:
    paper = issued(registration, now + HOUR)
    taken_back(first, now + 2 * HOUR)

    with writing():
        standing.withdraw(paper, "copies destroyed", now=now + 3 * HOUR, by=BY)

    assert to_destroy([paper], now=now + 4 * HOUR) == {}
    assert count_to_destroy(now + 4 * HOUR) == 0


def test_a_month_after_the_event_every_paper_of_journeys_is_marked_and_no_other(
    registration: Registration, now: datetime
) -> None:
    journeys, book = issued(registration, now), issued(registration, now, "itinerary")
    last_day = registration.event.ends_on + timedelta(days=KEPT_DAYS)

    def on(day: date) -> datetime:
        return now.replace(year=day.year, month=day.month, day=day.day)

    assert to_destroy([journeys, book], now=on(last_day)) == {}
    assert to_destroy([journeys, book], now=on(last_day + timedelta(days=1))) == {journeys.id: "over"}


def test_the_papers_of_another_event_are_not_marked(
    registration: Registration, first: Participant, now: datetime
) -> None:
    other = people_on_tour(a_person("Moore", "Anne"), now=now, event=a_study_tour("other-tour"))
    paper = issued(other, now + HOUR)

    taken_back(first, now + 2 * HOUR)

    db.session.rollback()
    assert to_destroy([paper], now=now + 3 * HOUR) == {}

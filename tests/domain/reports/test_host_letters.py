"""The office's own roster, and letters to cities that receive a group."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_person, a_published_summit, a_registration
from tests.hosting_cast import DAYS, a_request
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.host_letters import host_letter_sheet
from tourreg.domain.reports.office_roster import office_roster_sheet
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.reports.subjects import Subjects

NOTHING_PLANNED = Printed([], None)


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit(pool=Pool(capacity=100, taken=0))


def come(event: Event, *people: Any, now: datetime) -> Any:
    registration = a_registration(event, *people, now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by="staff:ren")
    return participants_of(event)


def test_the_office_reads_whom_to_call(summit: Event, now: datetime) -> None:
    people = come(summit, a_person("Hart"), now=now)

    (row,) = office_roster_sheet(summit, people, now=now)["rows"]

    registration = people[0].registration
    assert (row["contact"], row["contact_email"]) == (registration.contact_name, registration.contact_email)


def test_a_host_reads_who_comes_and_when(summit: Event, now: datetime) -> None:
    people = come(
        summit, a_person("Hart", organisation="Charlotte"), a_person("Abel", organisation="Charlotte"), now=now
    )
    city = summit.stops[0].city

    sheet = host_letter_sheet("host_request", summit, city, people, NOTHING_PLANNED, now=now)

    assert (sheet["people"], sheet["organisations"]) == (2, ["Charlotte (2)"])
    assert sheet["first_on"] == min(s.from_on for s in summit.stops if s.city is city).isoformat()


@pytest.mark.parametrize(
    "kind", ["roster_public", "roster_operations", "host_request", "host_thanks", "thanks_mayor", "thanks_council"]
)
def test_each_of_them_is_made_from_an_event(summit: Event, now: datetime, kind: str) -> None:
    come(summit, a_person("Hart"), now=now)
    paper = EVENT_PAPERS[kind]
    subjects = list(paper.subjects(Subjects(summit))) if paper.subjects else [None]

    sheets = [paper.sheet(Asked(summit, subject, now, False)) for subject in subjects]

    assert {sheet["kind"] for sheet in sheets} <= {kind}


def test_a_city_that_confirmed_without_standing_on_the_route_is_thanked_for_its_days(app: Flask, now: datetime) -> None:
    event = a_request("confirmed", now=now).event
    with writing():
        for stop in db.session.merge(event).stops:
            db.session.delete(stop)

    (host,) = Subjects(event).hosts()
    sheet = EVENT_PAPERS["thanks_mayor"].sheet(Asked(event, host, now, False))

    days = [day.isoformat() for day in (DAYS.first_on, DAYS.last_on)]
    assert (host.name.en, sheet["city"]["en"]) == ("Davenport", "Davenport")
    assert [sheet["first_on"], sheet["last_on"]] == days

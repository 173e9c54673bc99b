"""What a city confirmed stands on a paper, and the letter that asks it says what for; neither names who comes."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import a_person, a_registration, the_city
from tests.host_offers import an_offer
from tests.hosting_cast import CITY, NAME, a_request, a_tour, answered, asked, found, the_host
from tests.hosts import MEMBER
from tests.staff import a_member
from tourreg.db import db, writing
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import requests
from tourreg.domain.hosting.confirmations import confirmation_sheet, papers_for_city
from tourreg.domain.hosting.request_answers import Approved, note_approval
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.sites import SitePlan, write_site
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.standing import verified
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.reports.request_papers import request_sheet
from tourreg.domain.reports.subjects import Subjects
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("app")


def confirmations() -> list[Paper]:
    db.session.expire_all()
    return list(db.session.scalars(select(Paper).where(Paper.kind == "host_confirmation").order_by(Paper.id)))


@pytest.mark.both
def test_confirming_issues_the_confirmation_once_and_it_goes_with_the_letter(now: datetime) -> None:
    request = a_request(now=now)

    for _press in range(2):
        answered(request.public_id, "confirmed", now=now)

    (paper,) = confirmations()
    assert (paper.about, paper.subject, paper.language, paper.page_size) == (
        request.event.public_id, request.public_id, "en", "letter",
    )  # fmt: skip
    letter = db.session.scalars(select(Letter).where(Letter.template == "hosting_confirmed")).one()
    assert letter.papers == [paper.public_id]


@pytest.mark.parametrize("kind", ["held", "declined", "countered"])
def test_no_other_answer_is_confirmed_on_paper(now: datetime, kind: str) -> None:
    a_request(kind, now=now)

    assert confirmations() == []


def test_it_says_what_was_agreed_and_with_whom(now: datetime) -> None:
    the_host(now)
    member = a_member("programme")
    with writing():
        works = SitePlan(name=Text("Water works", "自来水厂"))
        site = write_site(the_city("davenport"), works, submission_key=None, now=now, by=CITY)
    offer = an_offer("offered", now=now, sites=(site.public_id,))
    request = asked(a_tour(), offer, now=now, by=f"staff:{member.public_id}")
    council = Approved("council", date(2027, 1, 12), "City Council, resolution 2027-31")
    with writing():
        note_approval(queries.request_to_change(request.public_id), council, submission_key=None, now=now, by=CITY)
    answered(request.public_id, "confirmed", now=now, words="With pleasure.")

    sheet: dict[str, Any] = confirmations()[0].sheet

    assert (sheet["first_on"], sheet["last_on"], sheet["people"]) == ("2027-05-11", "2027-05-12", 18)
    assert (sheet["confirmed_by"], sheet["confirmed_on"], sheet["words"]) == (NAME, "2027-01-15", "With pleasure.")
    assert [one["name"]["zh"] for one in sheet["places"]] == ["自来水厂"]
    assert [(one["amount"], one["per"]) for one in sheet["charges"]] == [
        ({"minor": 1_850, "currency": "USD"}, "person")
    ]
    assert [one["by"] for one in sheet["agreed"]] == ["City Council, resolution 2027-31"]
    assert ([one["name"] for one in sheet["theirs"]], sheet["ours"][0]["name"]) == ([NAME], "Ren Hui")
    assert sheet["due"] == [
        {"what": "programme", "on": "2027-04-13"},
        {"what": "names", "on": "2027-04-27"},
        {"what": "changes", "on": "2027-05-08"},
    ]


def test_what_is_due_before_the_visit_is_named_as_long_as_it_lies_ahead(now: datetime) -> None:
    request = a_request("confirmed", now=now)

    sheet = confirmation_sheet(request, now=datetime(2027, 4, 27, 12, tzinfo=now.tzinfo))

    assert [one["what"] for one in sheet["due"]] == ["changes"]


def test_what_households_wish_is_on_no_paper(now: datetime) -> None:
    the_host(now)
    request = asked(a_tour(), an_offer("offered", now=now, kind="homestay"), now=now)
    answered(request.public_id, "confirmed", now=now)

    sheet: dict[str, Any] = confirmations()[0].sheet

    assert sheet["home"]["meals"] == "breakfast_and_supper"
    assert "cats" not in json.dumps(sheet)


def test_a_city_asked_without_an_offer_confirms_on_paper_too(now: datetime) -> None:
    the_host(now)
    request = asked(a_tour(), None, now=now)

    answered(request.public_id, "confirmed", now=now)

    assert (confirmations()[0].sheet["offer_kind"], confirmations()[0].sheet["charges"]) == ("", [])


def test_a_visit_that_is_withdrawn_is_confirmed_no_more(now: datetime) -> None:
    request = a_request("confirmed", now=now)
    (paper,) = papers_for_city(request)

    with writing():
        locked = queries.request_to_change(request.public_id)
        requests.withdraw(locked, "The tour is put off.", seen="confirmed", now=now, by=MEMBER)

    checked = verified(paper.verify_code or "")
    assert checked is not None
    assert checked.status == "withdrawn"
    assert papers_for_city(found(request.public_id)) == []


@pytest.fixture
def coming(now: datetime) -> HostingRequest:
    """A request for a tour on which somebody from Yangzhou takes part, and whose draft has a day of the visit."""
    request = a_request("confirmed", now=now)
    person = a_person("Featherstone", "Emily", organisation="Yangzhou Housing Bureau", country="MN")
    registration = a_registration(request.event, person, now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=MEMBER)
    return found(request.public_id)


def test_the_letter_says_who_asks_for_what_and_until_when(coming: HostingRequest, now: datetime) -> None:
    event = coming.event

    sheet = request_sheet(coming, participants_of(event), days_for_print(event, issued=False), now=now)

    assert (sheet["first_on"], sheet["last_on"], sheet["people"]) == ("2027-05-11", "2027-05-12", 18)
    assert (sheet["answer_by"], sheet["offer_kind"], sheet["goals"]) == ("2027-02-12", "visit", coming.words)
    assert sheet["organisations"] == ["Yangzhou Housing Bureau"]
    assert [day["on"] for day in sheet["days"]] == ["2027-05-11", "2027-05-12"]


@pytest.mark.parametrize("kind", ["host_request", "host_confirmation"])
def test_nobody_who_comes_is_named_and_no_nationality(coming: HostingRequest, now: datetime, kind: str) -> None:
    paper = EVENT_PAPERS[kind]
    assert paper.subjects is not None
    subject = next(one for one in paper.subjects(Subjects(coming.event)) if one.public_id == coming.public_id)

    said = json.dumps(paper.sheet(Asked(coming.event, subject, now, issued=True)))

    assert "Featherstone" not in said.title()
    assert '"MN"' not in said


def test_cities_of_the_route_that_were_not_asked_yet_can_be_written_to(now: datetime) -> None:
    request = a_request(now=now)

    subjects = Subjects(request.event).asked()

    assert [one.name.en for one in subjects] == ["Davenport 2027-05-11", "Fort Collins", "Charlotte"]
    assert subjects[0].email == "joanne@example.org"


def test_what_was_declined_is_neither_asked_nor_confirmed_on_paper(now: datetime) -> None:
    subjects = Subjects(a_request("declined", now=now).event)

    assert [one.name.en for one in subjects.asked()] == ["Fort Collins", "Charlotte"]
    assert subjects.confirmed() == []

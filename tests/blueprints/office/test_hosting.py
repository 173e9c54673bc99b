"""The office asks cities, reads their answers, reminds, withdraws, and sees what waits."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.forms import Fields, faults_of, fields_of, page_of, send
from tests.host_offers import an_offer
from tests.hosting_cast import CITY, DAYS, OTHER_DAYS, a_request, a_tour, answered, found, the_host
from tests.proposal_cast import a_visit, proposed
from tests.races import sent_at_once
from tests.staff import a_member, remember
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import reports, requests, threads
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.report_rules import Reported
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers.models import Paper
from tourreg.kernel.bilingual import Text

TYPED: Fields = {
    "first_on": "2027-05-11", "last_on": "2027-05-12", "people": "18", "deadline_on": "2027-02-12",
    "words": "How a small city reuses water.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def officer(client: FlaskClient, clock_shows: Callable[[datetime], None]) -> None:
    remember(client, a_member("programme"))


@pytest.fixture
def offer(now: datetime) -> HostOffer:
    the_host(now)
    return an_offer("offered", now=now)


@pytest.fixture
def event() -> Event:
    return a_tour()


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/hosting"


def of_request(request: HostingRequest) -> str:
    return f"/office/events/{request.event.public_id}/hosting/{request.public_id}"


def count(table: type = HostingRequest) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.both
def test_a_member_asks_a_city_once(client: FlaskClient, event: Event, offer: HostOffer) -> None:
    whom = f"offer:{offer.public_id}"
    form = {**fields_of(client.get(address(event)), "ask"), **TYPED, "whom": whom}

    answers = [client.post(address(event), data=form) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert count() == 1
    page = client.get(answers[0].location)
    assert "Davenport" in page.text
    assert "How a small city reuses water." in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"whom": ""}, "whom"),
        ({"whom": "offer:none"}, "whom"),
        ({"first_on": ""}, "first_on"),
        ({"last_on": "2027-05-10"}, "last_on"),
        ({"first_on": "2026-05-11", "last_on": "2026-05-12"}, "first_on"),
        ({"last_on": "2027-05-14"}, "last_on"),
        ({"people": "21"}, "people"),
        ({"people": "0"}, "people"),
        ({"deadline_on": "2027-05-11"}, "deadline_on"),
        ({"words": ""}, "words"),
        ({"words": "x" * 10_000}, "words"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(
    client: FlaskClient, event: Event, offer: HostOffer, typed: Fields, field: str
) -> None:
    page = send(client, address(event), "ask", **{**TYPED, "whom": f"offer:{offer.public_id}", **typed})

    assert page.status_code == 422
    assert list(faults_of(page)) == [field]
    assert count() == 0


def test_days_that_another_tour_has_are_refused_with_what_is_left(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    taken = a_request("confirmed", now=now, slug="energy-2028")
    assert taken.offer is not None

    page = send(client, address(event), "ask", **TYPED, whom=f"offer:{taken.offer.public_id}")

    assert page.status_code == 422
    assert "Still free" in faults_of(page)["first_on"]


def test_a_member_reminds_a_city_now(client: FlaskClient, now: datetime) -> None:
    request = a_request(now=now)

    answer = send(client, of_request(request), "remind")

    assert answer.status_code == 303
    assert db.session.scalars(select(Letter.template).order_by(Letter.id.desc())).first() == "hosting_reminded"


def test_a_member_withdraws_and_says_why(client: FlaskClient, now: datetime) -> None:
    request = a_request("held", now=now)

    assert send(client, of_request(request), "withdraw").status_code == 422
    assert send(client, of_request(request), "withdraw", why="The tour is put off.").status_code == 303

    assert found(request.public_id).state == "withdrawn"
    assert "The tour is put off." in client.get(of_request(request)).text


def test_a_request_that_moved_meanwhile_is_not_withdrawn_unseen(client: FlaskClient, now: datetime) -> None:
    request = a_request(now=now)
    form = {**fields_of(client.get(of_request(request)), "withdraw"), "why": "Too late."}
    answered(request.public_id, "confirmed", now=now)

    page = client.post(f"{of_request(request)}/withdraw", data=form)

    assert page.status_code == 409
    assert found(request.public_id).state == "confirmed"


def test_a_member_holds_the_dates_that_the_city_proposed(client: FlaskClient, now: datetime) -> None:
    request = a_request("countered", now=now)

    assert send(client, of_request(request), "take").status_code == 422
    assert send(client, of_request(request), "take", deadline_on="2027-02-20").status_code == 303

    request = found(request.public_id)
    assert (request.state, request.first_on) == ("held", OTHER_DAYS.first_on)


def test_a_member_asks_again_what_was_answered_late(
    client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    request = a_request(now=now)
    late = request.deadline_at + timedelta(hours=1)
    answered(request.public_id, "confirmed", now=late)
    clock_shows(late)
    remember(client, a_member("programme", name="Officer of February"))

    assert "answered late" in client.get("/office/hosting").text
    assert send(client, of_request(request), "again", deadline_on="2027-03-05").status_code == 303

    assert found(request.public_id).state == "asked"


def test_what_waits_is_listed_across_programmes_by_its_deadline(client: FlaskClient, now: datetime) -> None:
    request = a_request("countered", now=now)

    page = client.get("/office/hosting")

    assert "Other dates proposed" in page.text
    assert of_request(request) in page.text


@pytest.mark.both
def test_two_members_who_ask_a_city_at_once_ask_it_once(
    app: Flask, client: FlaskClient, event: Event, offer: HostOffer, now: datetime
) -> None:
    whom = [f"offer:{offer.public_id}", f"city:{offer.city.public_id}"]
    forms = [{**fields_of(client.get(address(event)), "ask"), **TYPED, "whom": one} for one in whom]

    answers = sent_at_once(app, client, address(event), forms)

    db.session.rollback()
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert count() == 1


def test_a_cancelled_tour_asks_nobody_and_says_whom_to_tell(client: FlaskClient, now: datetime) -> None:
    request = a_request("confirmed", now=now)
    cancelling = f"/office/events/{request.event.public_id}/cancel"
    token = page_of(client.get(cancelling)).find(".//form[@class='next']/input[@name='csrf_token']")
    assert token is not None

    answer = client.post(cancelling, data={"csrf_token": token.attrib["value"], "why": "No visas."})

    assert "Withdraw the requests under" in client.get(answer.location).text
    page = client.get(address(request.event)).text
    assert "some cities do not know it yet" in page
    assert "Ask the city" not in page
    send(client, of_request(request), "withdraw", why="The tour is cancelled.")
    assert "some cities do not know it yet" not in client.get(address(request.event)).text


def test_a_request_of_another_programme_is_not_found(client: FlaskClient, event: Event, now: datetime) -> None:
    request = a_request(now=now, slug="energy-2028")

    assert client.get(f"{address(event)}/{request.public_id}").status_code == 404
    assert client.get(f"{of_request(request)}/approvals/none").status_code == 404


def test_finance_reads_and_does_not_ask(client: FlaskClient, event: Event) -> None:
    remember(client, a_member("finance", name="Fin Officer"))

    page = client.get(address(event))

    assert page.status_code == 200
    assert 'id="ask"' not in page.text


def test_a_day_in_the_way_is_shown_and_put_in_or_left_out_by_a_button(client: FlaskClient, now: datetime) -> None:
    request = a_request(now=now)
    with writing() as session:
        train = Item(position=1, kind="train", starts=time(8), zone="America/Chicago", title=Text("Train to Chicago"))
        session.add(Day(event=session.merge(request.event), on_date=DAYS.first_on, items=[train]))
    answered(request.public_id, "confirmed", now=now)
    page = client.get(of_request(request))
    token = fields_of(page, "withdraw")["csrf_token"]
    days = f"{of_request(request)}/days"

    left = client.post(days, data={"csrf_token": token, "do": "leave", "on": "2027-05-11"}, follow_redirects=True)
    put = [
        client.post(days, data={"csrf_token": token, "do": "anyway", "on": "2027-05-11"}, follow_redirects=True)
        for _press in range(2)
    ]

    assert "Train to Chicago" in page.text
    assert "Something else stands there" in page.text
    assert "Left out" in left.text
    assert "Something else stands there" not in put[1].text
    assert len(days_of(found(request.public_id).event)) == 3


def test_days_of_a_request_that_is_not_confirmed_are_not_put_in(client: FlaskClient, now: datetime) -> None:
    request = a_request("held", now=now)
    token = fields_of(client.get(of_request(request)), "withdraw")["csrf_token"]

    page = client.post(f"{of_request(request)}/days", data={"csrf_token": token, "do": "put"}, follow_redirects=True)

    assert "Only the days of a confirmed visit" in page.text
    assert not days_of(found(request.public_id).event)


@pytest.mark.both
def test_the_letter_that_asks_is_issued_once_and_goes_with_the_mail(
    client: FlaskClient, event: Event, offer: HostOffer
) -> None:
    form = {**fields_of(client.get(address(event)), "ask"), **TYPED, "whom": f"offer:{offer.public_id}"}

    page = [client.post(address(event), data=form, follow_redirects=True) for _press in range(2)][1]

    paper = db.session.scalars(select(Paper)).one()
    assert (paper.kind, paper.sheet["goals"]) == ("host_request", TYPED["words"])
    mail = db.session.scalars(select(Letter).where(Letter.template == "hosting_asked")).one()
    assert mail.papers == [paper.public_id]
    assert paper.number in page.text


def test_asking_again_issues_the_letter_anew(
    client: FlaskClient, event: Event, offer: HostOffer, now: datetime
) -> None:
    send(client, address(event), "ask", **{**TYPED, "whom": f"offer:{offer.public_id}"})
    request = db.session.scalars(select(HostingRequest)).one()
    with writing():
        requests.lapse(queries.request_to_change(request.public_id), now=request.deadline_at)

    send(client, of_request(request), "again", deadline_on="2027-03-05")

    first, second = db.session.scalars(select(Paper).order_by(Paper.id))
    assert (second.replaces_id, second.sheet["answer_by"]) == (first.id, "2027-03-05")


def test_what_the_city_wrote_elsewhere_is_counted_and_its_report_linked(client: FlaskClient, now: datetime) -> None:
    request = a_visit("confirmed", now=now)
    empty = client.get(of_request(request)).text
    proposed(request, now=now, room="Hall 2")
    with writing():
        said = threads.Said("Where does the bus turn?", "Joanne Miller")
        locked = queries.request_to_change(request.public_id)
        threads.ask_office(locked, said, submission_key=None, now=now, by=CITY)

    page = client.get(of_request(request)).text
    with writing():
        locked = queries.request_to_change(request.public_id)
        reports.save(locked, Reported("Joanne Miller", "USD"), seen=0, now=now + timedelta(days=180), by=CITY)
    reported = client.get(of_request(request)).text

    assert ("1 waits" in empty, page.count("1 waits")) == (False, 2)
    assert (f"{request.public_id}/report" in page, f"{request.public_id}/report" in reported) == (False, True)

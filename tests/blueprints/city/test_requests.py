"""What a city's contact does with a request, on a page that needs no script."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import a_person, a_registration, the_city
from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.hosting_cast import DAYS, a_request, a_tour, answered, asked, found
from tests.hosts import ANSWER, MEMBER, a_host
from tests.staff import a_member, remember
from tests.visitors import granted
from tourreg.blueprints.city.profile import SENT_WITHIN
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.catalogue.commands import cancel
from tourreg.domain.catalogue.desk import event_to_change
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingAnswer, HostingApproval, HostingRequest
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.bilingual import Text

PDF = b"%PDF-1.7\nwhat the council decided\n%%EOF\n"


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def wanted(client: FlaskClient, now: datetime) -> HostingRequest:
    """A request to Davenport, whose contact was let in by a link just now."""
    request = a_request(now=now)
    granted(client, the_profile().public_id, at=now)
    return request


def the_profile() -> HostProfile:
    return db.session.scalars(select(HostProfile).order_by(HostProfile.id)).first()  # type: ignore[return-value]


def address(request: HostingRequest) -> str:
    return f"/city/{the_profile().public_id}/requests/{request.public_id}"


def test_opening_the_link_of_the_letter_and_the_page_changes_nothing(client: FlaskClient, now: datetime) -> None:
    request = a_request(now=now)
    profile = the_profile()
    with writing():
        link = links.standing_link(
            "host_profile", profile.public_id, expires_at=now + timedelta(days=9), now=now,
            secret=settings().secret_key,
        )  # fmt: skip
        token = links.token_of(link, settings().secret_key)
    before = [db.session.scalar(select(func.count()).select_from(table)) for table in (Move, Change, HostingAnswer)]

    assert client.get(f"/my/link/{token}?request={request.public_id}").status_code == 200
    opened = client.post(f"/my/link/{token}?request={request.public_id}", data=token_of_form(client, token))
    page = client.get(opened.location)

    assert opened.location == address(request)
    assert page.status_code == 200
    assert "They want to learn how a small city reuses water." in page.text
    after = [db.session.scalar(select(func.count()).select_from(table)) for table in (Move, Change, HostingAnswer)]
    assert (after, found(request.public_id).state) == (before, "asked")


def test_the_draft_of_the_days_in_the_city_is_shown_and_no_other(client: FlaskClient, now: datetime) -> None:
    request = a_request(now=now)
    granted(client, the_profile().public_id, at=now)
    with writing():
        planned = (("davenport", date(2027, 5, 11), "River walk"), ("charlotte", date(2027, 5, 13), "Tram depot"))
        for city, on_date, title in planned:
            item = Item(
                position=1,
                kind="site_visit",
                starts=time(9),
                ends=time(10),
                zone="America/Chicago",
                title=Text(title),
                place=Text("Pier 3"),
            )
            day = Day(event=db.session.merge(request.event), city=the_city(city), on_date=on_date, items=[item])
            db.session.add(day)

    page = client.get(address(request)).text

    assert "11 May 2027" in page or "May 11, 2027" in page
    assert "River walk" in page
    assert "Pier 3" in page
    assert "Tram depot" not in page


def token_of_form(client: FlaskClient, token: str) -> dict[str, str]:
    form = page_of(client.get(f"/my/link/{token}")).find(".//main//form")
    assert form is not None
    return {one.get("name", ""): one.get("value", "") for one in form.iter("input")}


@pytest.mark.both
@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"answer": "held"}, "held"),
        ({"answer": "confirmed"}, "confirmed"),
        ({"answer": "declined", "words": "The works are closed."}, "declined"),
        ({"answer": "countered", "first_on": "2027-05-20", "last_on": "2027-05-21"}, "countered"),
    ],
)
def test_a_contact_answers(client: FlaskClient, wanted: HostingRequest, typed: dict[str, str], state: str) -> None:
    answer = send(client, address(wanted), "reply", **typed)

    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Thank you" in page.text
    assert "Joanne Miller" in page.text
    assert found(wanted.public_id).state == state


def test_an_answer_sent_twice_is_one(client: FlaskClient, wanted: HostingRequest) -> None:
    form = {**fields_of(client.get(address(wanted)), "reply"), "answer": "held"}

    answers = [client.post(f"{address(wanted)}/answer", data=form).status_code for _press in range(2)]

    assert answers == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(HostingAnswer)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "answer"),
        ({"answer": "withdrawn"}, "answer"),
        ({"answer": "declined"}, "words"),
        ({"answer": "confirmed", "name": ""}, "name"),
        ({"answer": "confirmed", "name": "x" * 10_000}, "name"),
        ({"answer": "countered"}, "first_on"),
        ({"answer": "countered", "first_on": "in May", "last_on": "2027-05-21"}, "first_on"),
        ({"answer": "countered", "first_on": "2027-05-22", "last_on": "2027-05-21"}, "last_on"),
        ({"answer": "countered", "first_on": "2026-05-22", "last_on": "2026-05-23"}, "first_on"),
    ],
)
def test_what_is_missing_in_an_answer_is_said_beside_the_field(
    client: FlaskClient, wanted: HostingRequest, typed: dict[str, str], field: str
) -> None:
    page = send(client, address(wanted), "reply", **typed)

    assert page.status_code == 422
    assert list(faults_of(page)) == [field]
    assert found(wanted.public_id).state == "asked"


def test_a_second_contact_with_another_answer_is_shown_the_first(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    form = {**fields_of(client.get(address(wanted)), "reply"), "answer": "confirmed", "name": "Ann Lee"}
    answered(wanted.public_id, "held", now=now, by="host:another", name="Bo Chen")

    page = client.post(f"{address(wanted)}/answer", data=form)

    assert page.status_code == 409
    assert "Bo Chen has answered before" in page.text
    assert "Ann Lee" in page.text
    assert found(wanted.public_id).state == "held"


def test_an_answer_to_what_was_settled_meanwhile_is_shown_how_it_stands(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    form = {**fields_of(client.get(address(wanted)), "reply"), "answer": "confirmed"}
    answered(wanted.public_id, "declined", now=now, by="host:another", name="Bo Chen", words="No.")

    page = client.post(f"{address(wanted)}/answer", data=form)

    assert page.status_code == 409
    assert "Bo Chen has answered before" in page.text


def test_who_comes_second_for_the_same_days_is_offered_what_is_left(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    assert wanted.offer is not None
    answered(asked(a_tour("energy-2028"), wanted.offer, now=now).public_id, "confirmed", now=now)

    page = send(client, address(wanted), "reply", answer="confirmed")

    assert page.status_code == 409
    assert "Still free" in page.text
    left = fields_of(page, "reply")
    assert (left["answer"], left["first_on"], left["last_on"]) == ("countered", "2027-05-13", "2027-05-14")


def test_what_else_the_city_has_on_these_days_is_shown_to_it_and_to_the_office(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    """A city that was asked without an offer takes no window, so that nothing but its own eyes tells."""
    other = asked(a_tour("energy-2027", title=Text("Energy in Cities", "城市能源")), None, now=now)
    page = address(wanted)
    before = client.get(page).text
    answered(other.public_id, "confirmed", now=now)

    assert "another group on these days" not in before
    assert "another group on these days" in client.get(page).text
    assert "Energy in Cities" in client.get(page).text
    remember(client, a_member("programme"))
    assert "Energy in Cities" in client.get(f"/office/events/{wanted.event.public_id}/hosting/{wanted.public_id}").text
    client.post(page + "/answer", data={**fields_of(client.get(page), "reply"), "answer": "declined", "words": "Full."})
    assert "another group on these days" not in client.get(page).text


def test_a_cancelled_tour_expects_no_answer(client: FlaskClient, wanted: HostingRequest, now: datetime) -> None:
    page = address(wanted)
    as_opened = {**fields_of(client.get(page), "reply"), "answer": "confirmed"}
    with writing():
        cancel(event_to_change(wanted.event.public_id), now=now, by=MEMBER, why="No visas.")

    refused = client.post(f"{page}/answer", data=as_opened)

    assert refused.status_code == 422
    assert "no answer is needed" in refused.text
    assert "The tour is cancelled. Nothing is expected of you" in refused.text
    assert found(wanted.public_id).state == "asked"


def test_an_answer_after_the_deadline_goes_to_the_office(
    client: FlaskClient, wanted: HostingRequest, clock: Callable[[datetime], None]
) -> None:
    late = wanted.deadline_at + timedelta(hours=1)
    clock(late)
    granted(client, the_profile().public_id, at=late)

    page = client.get(send(client, address(wanted), "reply", answer="confirmed").location)

    assert "our office has your answer" in page.text
    assert "after the deadline" in page.text
    assert found(wanted.public_id).state == "lapsed"


def test_another_citys_request_is_answered_like_none(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    with writing():
        charlotte = the_city("charlotte")
    other = a_host("address_confirmed", now=now, city_name="Charlotte", region="North Carolina", email="c@example.org")
    with writing():
        commands.accept(other, db.session.merge(charlotte), ANSWER, now=now, by=MEMBER)
    granted(client, other.public_id, at=now)
    theirs = f"/city/{other.public_id}/requests/{wanted.public_id}"

    assert client.get(f"/city/{other.public_id}/requests").status_code == 200
    assert client.get(theirs).status_code == 404
    form = {**fields_of(client.get(address(wanted)), "reply"), "answer": "declined", "words": "No."}
    assert client.post(f"{theirs}/answer", data=form).status_code == 404
    assert client.post(f"{theirs}/approvals", data=form).status_code == 404
    assert found(wanted.public_id).state == "asked"


def test_a_page_that_was_opened_long_ago_keeps_the_words_and_asks_for_a_new_link(
    client: FlaskClient, wanted: HostingRequest, now: datetime, clock: Callable[[datetime], None]
) -> None:
    page = address(wanted)
    assert "Send me a link" not in client.get(page).text
    form = {**fields_of(client.get(page), "reply"), "answer": "held", "words": "Come by tram."}
    clock(now + SENT_WITHIN + timedelta(seconds=1))
    again = client.get(page).text

    refused = client.post(f"{page}/answer", data=form)
    noted = send(client, page, "approval", step="council", decided_by="Item 7")

    assert "Before anything is changed" in again
    assert "Send me a link" in again
    assert (refused.status_code, list(faults_of(refused))) == (403, [""])
    assert fields_of(refused, "reply")["words"] == "Come by tram."
    assert (noted.status_code, fields_of(noted, "approval")["decided_by"]) == (403, "Item 7")
    assert (found(wanted.public_id).state, len(found(wanted.public_id).approvals)) == ("asked", 0)


def test_a_yes_to_other_dates_than_those_asked_is_no_yes(client: FlaskClient, wanted: HostingRequest) -> None:
    typed = {"answer": "confirmed", "first_on": "2027-05-20", "last_on": "2027-05-21"}

    refused = send(client, address(wanted), "reply", **typed)

    assert (refused.status_code, list(faults_of(refused))) == (422, ["first_on"])
    assert fields_of(refused, "reply")["last_on"] == "2027-05-21"
    assert found(wanted.public_id).state == "asked"
    asked_days = {"first_on": wanted.first_on.isoformat(), "last_on": wanted.last_on.isoformat()}
    assert send(client, address(wanted), "reply", **{**typed, **asked_days}).status_code == 303


def test_a_city_that_is_out_of_it_sees_no_organisation(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    registration = a_registration(wanted.event, a_person("Zhou", organisation="Water Bureau"), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=MEMBER)
    page = address(wanted)
    before = client.get(page).text

    answered(wanted.public_id, "declined", now=now, words="Full.")

    assert "Where they come from" in before
    assert "Where they come from" not in client.get(page).text


@pytest.mark.usefixtures("without_tokens")
def test_an_approval_is_kept_with_its_paper(client: FlaskClient, wanted: HostingRequest) -> None:
    sent = approval(paper=(io.BytesIO(PDF), "resolution.exe"))

    answers = [client.post(f"{address(wanted)}/approvals", data=approval_again(sent)) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    kept = db.session.scalars(select(HostingApproval)).one()
    assert (kept.step, kept.decided_on, kept.file_name) == ("council", date(2027, 1, 12), "resolution.pdf")
    paper = client.get(f"{address(wanted)}/approvals/{kept.public_id}")
    assert (paper.data, paper.mimetype) == (PDF, "application/pdf")
    assert "attachment" in paper.headers["Content-Disposition"]
    assert client.get(f"{address(wanted)}/approvals/none").status_code == 404


@pytest.mark.usefixtures("without_tokens")
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"paper": (io.BytesIO(b"<script>alert(1)</script>"), "resolution.pdf")}, "paper"),
        ({"paper": (io.BytesIO(PDF[:-8]), "resolution.pdf")}, "paper"),
        ({"decided_on": "2027-02-30"}, "decided_on"),
        ({"decided_on": "2027-01-16"}, "decided_on"),
        ({"decided_by": ""}, "decided_by"),
        ({"step": "mayor"}, "step"),
    ],
)
def test_what_is_wrong_with_an_approval_is_said_beside_the_field(
    client: FlaskClient, wanted: HostingRequest, typed: dict[str, object], field: str
) -> None:
    page = client.post(f"{address(wanted)}/approvals", data=approval(**typed))

    assert page.status_code == 422
    assert list(faults_of(page)) == [field]
    assert db.session.scalar(select(func.count()).select_from(HostingApproval)) == 0


def approval(**changed: object) -> dict[str, object]:
    return {
        "submission_key": "a" * 22, "step": "council", "decided_on": "2027-01-12", "decided_by": "City Council",
        "note": "", **changed,
    }  # fmt: skip


def approval_again(sent: dict[str, object]) -> dict[str, object]:
    return {**sent, "paper": (io.BytesIO(PDF), "resolution.exe")}


def test_a_contact_sees_what_the_city_was_asked(client: FlaskClient, wanted: HostingRequest) -> None:
    page = client.get(f"/city/{the_profile().public_id}/requests")

    assert page.status_code == 200
    assert "Water in Cities" in words_of(page_of(page).find(".//main"))
    assert wanted.first_on == DAYS.first_on

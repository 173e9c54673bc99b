"""The office gives host cities their certificates, corrects one and revokes one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.certificate_cast import a_hosted_tour, found, issued, replaced
from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.staff import a_member, remember, sign_in
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.hosting.history import hosts_of
from tourreg.domain.outbox.models import Letter

AFTER = datetime.fromisoformat("2027-06-15T15:00:00+00:00")


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def event(app: object, now: datetime) -> Event:
    return a_hosted_tour(now)


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/certificates"


def given() -> list[Certificate]:
    db.session.rollback()
    return list(db.session.scalars(select(Certificate).order_by(Certificate.id)))


@pytest.mark.both
def test_all_hosts_of_a_programme_are_given_theirs_at_once(
    client: FlaskClient, event: Event, clock: Callable[[datetime], None]
) -> None:
    clock(AFTER)
    remember(client, a_member("programme"))

    answer = send(client, address(event), "issue")

    assert answer.status_code == 303
    assert {one.holder.en for one in given()} == {
        "The City of Davenport", "The City of Fort Collins", "The City of Charlotte",
    }  # fmt: skip
    assert [one.paper.number[-5:] for one in given()] == ["00001", "00002", "00003"]
    assert "Cities without one" not in client.get(address(event)).text


def test_a_city_whose_visit_is_not_over_is_not_chosen_by_itself(officer: FlaskClient, event: Event) -> None:
    page = officer.get(address(event))

    assert "city" not in fields_of(page, "issue")
    assert page.text.count("not over yet</span><a") == 3


@pytest.mark.both
def test_a_double_click_issues_one_to_each(officer: FlaskClient, event: Event) -> None:
    cities = [stop.city.public_id for stop in db.session.get_one(Event, event.id).stops]
    fields = {**fields_of(officer.get(address(event)), "issue"), "city": cities}

    answers = [officer.post(address(event), data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(given()) == 3


def test_one_city_is_chosen_and_nobody_is_written_to(officer: FlaskClient, event: Event) -> None:
    fields = fields_of(officer.get(address(event)), "issue")
    davenport = next(visit for visit in hosts_of(event) if visit.by_request)
    chosen = db.session.get_one(Event, event.id)
    city = next(stop.city for stop in chosen.stops if stop.city_id == davenport.city_id)

    officer.post(address(event), data={**dict(fields), "city": city.public_id, "language": "zh", "tell": ""})

    [certificate] = given()
    assert (certificate.city_id, certificate.paper.language, certificate.people) == (city.id, "zh", 18)


def test_no_city_chosen_is_said(officer: FlaskClient, event: Event) -> None:
    fields = dict(fields_of(officer.get(address(event)), "issue"))

    answer = officer.post(address(event), data={**fields, "city": "somewhere"})

    assert answer.status_code == 422
    assert "Choose at least one city." in answer.text
    assert given() == []


def test_a_certificate_is_looked_at_before_it_is_issued(officer: FlaskClient, event: Event) -> None:
    city = event.stops[0].city.public_id

    answer = officer.get(f"{address(event)}/{city}.pdf")

    assert answer.data.startswith(b"%PDF")
    assert given() == []
    assert officer.get(f"{address(event)}/nowhere.pdf").status_code == 404


@pytest.mark.both
def test_a_name_is_corrected_under_a_new_number(officer: FlaskClient, event: Event, now: datetime) -> None:
    old = issued(event, now=now)

    answer = send(
        officer, f"/office/certificates/{old.public_id}", "replace",
        holder_en="The City of Davenport, Iowa", holder_zh="艾奥瓦州达文波特市", why="The state was missing.",
    )  # fmt: skip

    assert answer.status_code == 303
    first, second = given()
    assert (first.state, first.reason, second.replaces_id) == ("replaced", "The state was missing.", first.id)
    assert second.holder.en == "The City of Davenport, Iowa"
    assert second.paper.number in officer.get(f"/office/certificates/{old.public_id}").text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"why": "Nothing."}, "Nothing is changed yet"),
        ({"holder_en": "", "why": "x"}, "Type who holds it in both languages."),
        ({"holder_en": "Davenport"}, "Say what was wrong"),
        ({"holder_en": "D" * 81, "why": "x"}, "At most 80 characters"),
        ({"people": "many", "why": "x"}, "A whole number"),
        ({"holder_zh": "ᠪᠣᠷᠵᠢᠭᠢᠨ", "why": "x"}, "Our papers cannot print"),
    ],
)
def test_what_cannot_be_printed_is_said_beside_its_field(
    officer: FlaskClient, event: Event, now: datetime, typed: dict[str, str], fault: str
) -> None:
    old = issued(event, now=now)

    answer = send(officer, f"/office/certificates/{old.public_id}", "replace", **typed)

    assert answer.status_code == 422
    assert fault in answer.text
    assert len(given()) == 1


def test_a_certificate_is_revoked_with_a_reason(officer: FlaskClient, event: Event, now: datetime) -> None:
    certificate = issued(event, now=now)
    page = f"/office/certificates/{certificate.public_id}"

    assert send(officer, page, "revoke").status_code == 422
    assert send(officer, page, "revoke", reason="It was meant for another city.").status_code == 303

    assert found(certificate.public_id).state == "revoked"
    assert "It was meant for another city." in words_of(page_of(officer.get(page)))
    assert "Issue it anew" not in officer.get(page).text


def test_a_paper_of_a_certificate_is_not_withdrawn_on_its_own(
    officer: FlaskClient, event: Event, now: datetime
) -> None:
    certificate = issued(event, now=now)
    paper = f"/office/papers/{certificate.paper.public_id}"

    assert f"/office/certificates/{certificate.public_id}" in officer.get(paper).text
    assert officer.post(f"{paper}/withdrawal", data={"reason": "x"}).status_code in (400, 404)
    assert found(certificate.public_id).state == "issued"


def test_a_correction_of_what_was_revoked_meanwhile_is_refused(
    officer: FlaskClient, event: Event, now: datetime
) -> None:
    old = issued(event, now=now)
    page = f"/office/certificates/{old.public_id}"
    fields = fields_of(officer.get(page), "replace")
    replaced(old, now=now)

    answer = officer.post(f"{page}/replacement", data={**dict(fields), "holder_en": "Another", "why": "x"})

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text
    assert len(given()) == 2


def test_finance_reads_and_issues_nothing(officer: FlaskClient, event: Event, now: datetime) -> None:
    certificate = issued(event, now=now)
    sign_in(officer, "finance", name="Grace Amari")

    assert officer.get(address(event)).status_code == 200
    assert "Issue the certificates" not in officer.get(address(event)).text
    assert "Revoke it" not in officer.get(f"/office/certificates/{certificate.public_id}").text


def test_the_list_tells_what_became_of_each(officer: FlaskClient, event: Event, now: datetime) -> None:
    new = replaced(issued(event, now=now), now=now)

    words = words_of(page_of(officer.get("/office/certificates?state=issued")))

    assert new.paper.number in words
    assert db.session.scalars(select(Letter.template).where(Letter.template == "certificate_replaced")).all()
    assert faults_of(officer.get("/office/certificates")) == {}

"""Several people speak for a city: each by a link of their own, which says who pressed the button, passed on or not."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.forms import fields_of, page_of, send
from tests.hosting_cast import a_request, found
from tests.hosts import changes_of
from tests.staff import sign_in
from tests.tasks.letters.reading import text_of
from tests.visitors import a_person_at, granted, signed_in
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.hosting import contacts
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.contacts import Invitation
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.rules import Contact
from tourreg.domain.outbox.models import Letter
from tourreg.tasks.registry import Hopeless
from tourreg.tasks.ways_in import ways_in


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def wanted(app: Flask, now: datetime) -> HostingRequest:
    return a_request(now=now)


def the_profile() -> HostProfile:
    return db.session.scalars(select(HostProfile)).one()


def a_colleague(name: str, now: datetime, *roles: str, email: str = "") -> HostContact:
    """Return somebody who shares the page of the city."""
    address = email or f"{name.split()[0].lower()}@example.org"
    with writing():
        asked = Invitation(Contact(name, "City Clerk", address), roles, "en")
        contact = contacts.invite(the_profile(), asked, now=now, by="host:x")
        contacts.accept_invitation(contact, now=now)
    return contact


def address(request: HostingRequest) -> str:
    return f"/city/{the_profile().public_id}/requests/{request.public_id}"


def opened(client: FlaskClient, contact: HostContact, request: HostingRequest, now: datetime) -> str:
    """Open the page by the contact's own link; return where it leads."""
    secret = settings().secret_key
    with writing():
        ends = now + timedelta(days=9)
        link = links.standing_link("host_contact", contact.public_id, expires_at=ends, now=now, secret=secret)
        token = links.token_of(link, secret)
    page = client.get(f"/my/link/{token}")
    form = page_of(page).find(".//main//form")
    assert form is not None
    fields = {one.get("name", ""): one.get("value", "") for one in form.iter("input")}
    return client.post(f"/my/link/{token}?request={request.public_id}", data=fields).location


def test_each_who_decides_is_written_to_with_a_link_of_their_own(
    app: Flask, mailbox: MemoryMailer, client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    a_colleague("Ann Lee", now, "approver")
    a_colleague("Bo Chen", now)
    a_colleague("Cy Press", now, "press")
    granted(client, the_profile().public_id, at=now)
    send(client, address(wanted), "reply", answer="held")

    worker.run_due()

    letters = [letter for letter in mailbox.sent if "We have your answer" in letter["Subject"]]
    assert sorted(letter["To"] for letter in letters) == ["ann@example.org", "bo@example.org", "joanne@example.org"]
    own = {text_of(letter).partition("/my/link/")[2][:43] for letter in letters}
    assert len(own) == 3


@pytest.mark.parametrize("passed_on_to", ["Ann Lee", "Her Deputy"])
def test_the_link_says_who_answered_whatever_name_was_typed(
    client: FlaskClient, wanted: HostingRequest, now: datetime, passed_on_to: str
) -> None:
    ann = a_colleague("Ann Lee", now, "approver")

    assert opened(client, ann, wanted, now) == address(wanted)
    assert fields_of(client.get(address(wanted)), "reply")["name"] == "Ann Lee"
    send(client, address(wanted), "reply", answer="held", name=passed_on_to)

    (answer,) = found(wanted.public_id).answers
    assert (answer.given_by, answer.given_name) == (f"host:{ann.public_id}", passed_on_to)
    page = client.get(address(wanted)).text
    assert "Approver" in page
    assert ("on the page of Ann Lee" in page) is (passed_on_to != "Ann Lee")


def test_whoever_signed_in_acts_in_their_own_name_even_by_anothers_link(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    ann, bo = a_colleague("Ann Lee", now), a_colleague("Bo Chen", now)
    signed_in(client, a_person_at("bo@example.org", now), at=now)
    opened(client, ann, wanted, now)

    send(client, address(wanted), "reply", answer="held")

    assert [one.given_by for one in found(wanted.public_id).answers] == [f"host:{bo.public_id}"]


def test_the_office_reads_who_pressed_the_button_and_their_role(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    opened(client, a_colleague("Ann Lee", now, "approver"), wanted, now)
    send(client, address(wanted), "reply", answer="held")
    sign_in(client, "programme")

    page = client.get(f"/office/events/{wanted.event.public_id}/hosting/{wanted.public_id}").text

    history = page.partition('id="history"')[2]
    assert "Ann Lee" in history
    assert "Approver" in history


def test_of_two_contacts_who_change_the_offer_the_later_one_is_told(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    ruth = a_colleague("Ruth Sample", now)
    page = f"/city/{the_profile().public_id}/offer"
    granted(client, ruth.public_id, at=now)
    as_opened = {**fields_of(client.get(page), "offer"), "offers": "The school."}

    assert send(client, page, "offer", available="Only October").status_code == 303
    told = client.post(page, data=as_opened)

    assert told.status_code == 409
    assert "Somebody changed this meanwhile." in told.text
    assert fields_of(told, "offer")["offers"] == "The school."
    said = [change.by for change in changes_of(the_profile()) if change.what == "host profile"]
    assert said == [f"host:{ruth.public_id}"]
    assert client.post(page, data=fields_of(told, "offer")).status_code == 303


def test_a_second_contact_hears_who_answered_what_and_when(
    app: Flask, client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    ann, bo = a_colleague("Ann Lee", now), a_colleague("Bo Chen", now)
    other = app.test_client()
    opened(client, ann, wanted, now)
    opened(other, bo, wanted, now)
    form = {**fields_of(client.get(address(wanted)), "reply"), "answer": "confirmed"}
    send(other, address(wanted), "reply", answer="declined", words="The works are closed.")

    page = client.post(f"{address(wanted)}/answer", data=form)

    assert page.status_code == 409
    assert "Bo Chen has answered before, on 15 January 2027" in page.text
    assert "Decline: we cannot host this group" in page.text


def test_a_link_of_somebody_who_was_let_go_opens_nothing(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    ann = a_colleague("Ann Lee", now)
    opened(client, ann, wanted, now)
    assert client.get(address(wanted)).status_code == 200

    with writing():
        contacts.end_contact(ann, now=now, by="host:x")

    assert client.get(address(wanted)).status_code == 404


def test_no_letter_leaves_for_somebody_who_was_let_go_meanwhile(wanted: HostingRequest, now: datetime) -> None:
    ann = a_colleague("Ann Lee", now)
    letter = Letter(template="hosting_asked", language="en", facts={
        "profile": the_profile().public_id, "host_contact": ann.public_id, "request": wanted.public_id,
    })  # fmt: skip
    with writing():
        contacts.end_contact(ann, now=now, by="host:x")

    with pytest.raises(Hopeless):
        ways_in(letter, now=now)


@pytest.mark.parametrize("way", ["city", "office"])
def test_roles_are_changed_on_the_page_of_contacts(
    client: FlaskClient, wanted: HostingRequest, now: datetime, way: str
) -> None:
    ann = a_colleague("Ann Lee", now, "press")
    profile = the_profile()
    if way == "city":
        granted(client, profile.public_id, at=now)
        page = f"/city/{profile.public_id}/contacts"
    else:
        sign_in(client, "programme")
        page = f"/office/hosts/{profile.public_id}/contacts"
    token = fields_of(client.get(page), "invite")["csrf_token"]

    data = {"csrf_token": token, "do": "roles", "roles": ["approver", "mayor", "coordinator"]}
    after = client.post(f"{page}/{ann.public_id}", data=data, follow_redirects=True)

    assert "The roles are changed." in after.text
    db.session.expire_all()
    assert contacts.contacts_of(the_profile())[0].roles == ["approver", "coordinator"]
    assert contacts.contacts_of(the_profile())[0].state == "active"


def test_the_confirmation_is_opened_by_its_own_city_alone(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    opened(client, a_colleague("Ann Lee", now), wanted, now)
    send(client, address(wanted), "reply", answer="confirmed")
    page = client.get(address(wanted)).text
    link = page.partition("/papers/")[2].partition('"')[0]

    mine = client.get(f"{address(wanted)}/papers/{link}")
    theirs = client.get(f"/city/{'x' * 22}/requests/{wanted.public_id}/papers/{link}")
    none = client.get(f"{address(wanted)}/papers/{'x' * 22}.pdf")

    # It is still being made.
    assert (mine.status_code, theirs.status_code, none.status_code) == (202, 404, 404)

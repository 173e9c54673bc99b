"""Colleagues share a city's page: invited by its contact or the office, asked for by themselves, and let go at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.forms import faults_of, fields_of, send
from tests.hosts import a_host
from tests.staff import sign_in
from tests.visitors import a_person_at, granted, signed_in
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.hosting.contacts import accept_invitation, contacts_of
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("clock_shows")
TYPED = {"name": "Ruth Clerk", "position": "City Clerk", "email": "clerk@example.org", "roles": ["press"]}


@pytest.fixture
def davenport(client: FlaskClient, now: datetime) -> HostProfile:
    """A city whose page this browser has just opened."""
    profile = a_host("accepted", now=now, place_key="us-1919000")
    granted(client, profile.public_id, at=now)
    return profile


def at(profile: HostProfile) -> str:
    return f"/city/{profile.public_id}/contacts"


def link_of(profile: HostProfile, now: datetime) -> str:
    with writing():
        secret, ends = settings().secret_key, now + timedelta(days=1)
        contact = contacts_of(profile)[0].public_id
        link = links.make_link("host_invitation", contact, expires_at=ends, now=now, secret=secret)
    return f"/my/link/{links.token_of(link, secret)}"


def test_a_colleague_accepts_by_the_link_and_is_signed_in(
    app: Flask, client: FlaskClient, davenport: HostProfile, now: datetime
) -> None:
    assert send(client, at(davenport), "invite", **TYPED).status_code == 303
    link, colleague = link_of(davenport, now), app.test_client()

    page = colleague.get(link)
    assert "Accept the invitation" in page.text
    assert colleague.get(at(davenport)).status_code == 404
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert colleague.post(link, data={"csrf_token": token}).location == f"/city/{davenport.public_id}"

    assert "Shares the page" in colleague.get(at(davenport)).text
    assert "Davenport" in colleague.get("/my/").text
    assert colleague.get(link).status_code == 410


def test_whoever_is_let_go_is_out_at_once(
    app: Flask, client: FlaskClient, davenport: HostProfile, now: datetime
) -> None:
    send(client, at(davenport), "invite", **TYPED)
    contact = contacts_of(davenport)[0]
    with writing():
        accept_invitation(contact, now=now)
    colleague = app.test_client()
    signed_in(colleague, a_person_at("clerk@example.org", now), at=now)
    assert colleague.get(at(davenport)).status_code == 200

    token = fields_of(client.get(at(davenport)), "invite")["csrf_token"]
    client.post(f"{at(davenport)}/{contact.public_id}", data={"csrf_token": token, "do": "end"})

    assert colleague.get(at(davenport)).status_code == colleague.get(f"/city/{davenport.public_id}").status_code == 404


@pytest.mark.parametrize("wish", [{}, {"do": ""}, {"do": "delete"}])
def test_nobody_is_let_go_by_a_form_that_does_not_say_so(
    client: FlaskClient, davenport: HostProfile, wish: dict[str, str]
) -> None:
    send(client, at(davenport), "invite", **TYPED)
    contact = contacts_of(davenport)[0].public_id

    token = fields_of(client.get(at(davenport)), "invite")["csrf_token"]
    answer = client.post(f"{at(davenport)}/{contact}", data={"csrf_token": token, **wish})

    assert "Nothing was changed." in client.get(answer.location).text
    assert [one.state for one in contacts_of(davenport)] == ["invited"]


def test_an_invitation_that_was_taken_back_lets_nobody_in(
    app: Flask, client: FlaskClient, davenport: HostProfile, now: datetime
) -> None:
    send(client, at(davenport), "invite", **TYPED)
    link = link_of(davenport, now)
    token = fields_of(client.get(at(davenport)), "invite")["csrf_token"]
    contact = contacts_of(davenport)[0].public_id
    client.post(f"{at(davenport)}/{contact}", data={"csrf_token": token, "do": "end"})

    assert app.test_client().get(link).status_code == 410


def test_an_invitation_whose_time_has_passed_is_sent_again(
    app: Flask, client: FlaskClient, davenport: HostProfile, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    send(client, at(davenport), "invite", **TYPED)
    link = link_of(davenport, now)
    later = now + timedelta(days=40)
    clock_shows(later)
    granted(client, davenport.public_id, at=later)

    old = app.test_client().get(link)
    token = fields_of(client.get(at(davenport)), "invite")["csrf_token"]
    contact = contacts_of(davenport)[0].public_id
    for _press in range(2):
        client.post(f"{at(davenport)}/{contact}", data={"csrf_token": token, "do": "again"})

    assert old.status_code == 410
    assert "Ask whoever invited you to send it again." in old.text
    invitations = select(func.count()).select_from(Letter).where(Letter.template == "host_invitation")
    assert db.session.scalar(invitations) == 2
    assert "Accept the invitation" in app.test_client().get(link_of(davenport, later)).text


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"name": "", "position": "", "email": ""}, ["name", "position", "email"]),
        ({"email": "clerk@"}, ["email"]),
        ({"email": "joanne@example.org"}, [""]),
        ({"name": "x" * 121}, ["name"]),
    ],
)
def test_what_is_no_invitation_is_said(
    client: FlaskClient, davenport: HostProfile, typed: dict[str, str], fields: list[str]
) -> None:
    answer = send(client, at(davenport), "invite", **{**TYPED, **typed})

    assert (answer.status_code, list(faults_of(answer))) == (422, fields)
    assert list(contacts_of(davenport)) == []


def test_another_city_changes_no_contact(client: FlaskClient, davenport: HostProfile, now: datetime) -> None:
    send(client, at(davenport), "invite", **TYPED)
    contact = contacts_of(davenport)[0].public_id
    other = a_host("accepted", now=now, city_name="Dubuque", email="lan@example.org")
    with client.session_transaction() as session:
        session["open"] = {}
    granted(client, other.public_id, at=now)

    token = fields_of(client.get(at(other)), "invite")["csrf_token"]
    answers = [
        client.post(f"{at(where)}/{contact}", data={"csrf_token": token, "do": "end"}) for where in (davenport, other)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    db.session.rollback()
    assert contacts_of(davenport)[0].state == "invited"


@pytest.mark.parametrize("is_known", [True, False])
def test_asking_to_join_is_answered_alike_whoever_there_is(client: FlaskClient, now: datetime, is_known: bool) -> None:
    profile = a_host("accepted" if is_known else "signed_up", now=now, place_key="us-1919000")
    typed = {"name": "Ruth Clerk", "position": "City Clerk", "email": "clerk@example.org"}

    answer = send(client, "/en/host/join?place=us-1919000&city_name=Davenport", "join", **typed)

    page = client.get(answer.location)
    assert (answer.status_code, "We have passed it on" in page.text) == (303, True)
    assert "joanne" not in page.text.lower()
    assert [contact.email for contact in contacts_of(profile)] == ["clerk@example.org"] * is_known


def test_the_office_invites_whoever_asked(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now, place_key="us-1919000")
    typed = {"name": "Ruth Clerk", "position": "City Clerk", "email": "clerk@example.org"}
    send(client, "/en/host/join?place=us-1919000", "join", **typed)
    sign_in(client, "programme")
    address = f"/office/hosts/{profile.public_id}/contacts"
    page = client.get(address)
    assert "Asks to join" in page.text

    token = fields_of(page, "invite")["csrf_token"]
    contact = contacts_of(profile)[0].public_id
    assert client.post(f"{address}/{contact}", data={"csrf_token": token, "do": "invite"}).status_code == 303

    db.session.rollback()
    assert contacts_of(profile)[0].state == "invited"
    sign_in(client, "read-only", name="Only Reads")
    assert 'id="invite"' not in client.get(address).text

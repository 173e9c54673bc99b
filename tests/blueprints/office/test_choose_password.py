"""From the letter to the first sign-in: a link that scanners may open, a password, a second factor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.blueprints.office.test_sign_in import code_from
from tests.forms import faults_of, fields_of, page_of
from tests.staff import a_member, remember, sign_in
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import commands, links, passwords
from tourreg.domain.accounts.commands import NO_PASSWORD
from tourreg.domain.accounts.models import OneTimeLink, StaffMember
from tourreg.domain.audit.models import Change

GOOD = "eight herons at the lock"
Show = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


@pytest.fixture
def lin(app: Flask) -> StaffMember:
    return a_member("finance", name="Lin Yue", password=NO_PASSWORD, tf_primary_method=None, tf_totp_secret=None)


@pytest.fixture
def link(lin: StaffMember, mailbox: MemoryMailer, now: datetime) -> str:
    """The address in the letter to Lin Yue, without the site before it."""
    with writing():
        passwords.send_password_link(lin, key="one", secret=settings().secret_key, now=now, by="staff:x")
    worker.run_due()
    text = mailbox.sent[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    found = re.search(r"http://127\.0\.0\.1:8000(/office/choose-password/[\w-]{43}\?language=en)", text)
    assert found is not None
    return found[1]


def test_a_new_colleague_chooses_a_password_sets_up_a_phone_and_is_in(client: FlaskClient, link: str) -> None:
    chosen = choose(client, link, GOOD)
    assert chosen.location == "/office/sign-in"

    page = client.get(chosen.location)
    assert "Your password is kept." in page.text
    second = client.post(
        "/office/sign-in",
        data={"email": "lin.yue@example.org", "password": GOOD, "csrf_token": token_of(page)},
    )
    begun = client.get(second.location)
    shown = client.post(second.location, data={"setup": "authenticator", "csrf_token": token_of(begun)})
    secret = re.search(r'<b class="secret">([^<]+)</b>', shown.text)
    assert secret is not None
    client.post("/office/code", data={"code": code_from(secret[1]), "csrf_token": token_of(shown)})

    assert client.get("/office/").status_code == 200
    assert [change.what for change in db.session.scalars(select(Change).order_by(Change.id))] == [
        "password link", "password", "second factor",
    ]  # fmt: skip


def test_without_a_password_nobody_signs_in_whatever_they_type(client: FlaskClient, lin: StaffMember) -> None:
    page = client.get("/office/sign-in")

    for typed in ("", NO_PASSWORD, "!", "nothing fits", GOOD):
        fields = {"email": lin.email, "password": typed, "csrf_token": token_of(page)}
        answer = client.post("/office/sign-in", data=fields)
        assert (answer.status_code, "do not belong together" in answer.text) == (422, True), typed


def test_a_scanner_that_opens_the_link_changes_no_row(client: FlaskClient, link: str) -> None:
    before = rows()

    statuses = [client.open(link, method=method).status_code for method in ("GET", "HEAD", "GET")]

    assert statuses == [200] * 3
    assert rows() == before
    assert choose(client, link, GOOD).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "fault"),
    [
        ("short", "short", ("password", "at least 12 characters")),
        ("", "", ("password", "at least 12 characters")),
        ("x" * 1001, "x" * 1001, ("password", "at most 1000 characters")),
        (GOOD, GOOD.upper(), ("again", "The two new passwords differ.")),
    ],
)
def test_a_password_that_will_not_do_is_said_and_the_link_stays_good(
    client: FlaskClient, link: str, password: str, again: str, fault: tuple[str, str]
) -> None:
    answer = choose(client, link, password, again)

    faults = faults_of(answer)
    assert answer.status_code == 422
    assert fault[1] in faults[fault[0]]
    assert password not in answer.text or not password
    assert choose(client, link, GOOD).status_code == 303


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_the_link_is_valid_in_both_languages(
    client: FlaskClient, clock: Show, link: str, now: datetime, language: str
) -> None:
    spoken = link.replace("=en", f"={language}")
    good, mangled = client.get(spoken), client.get("/office/choose-password/x")
    faulty = choose(client, spoken, "short")
    clock(now + timedelta(days=3))

    for answer in (good, mangled, faulty, client.get(spoken)):
        page = page_of(answer)
        assert len(page.findall(".//h1")) == 1
        assert page.attrib["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
    assert good.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_has_ended_or_was_used_or_taken_back_says_so(
    client: FlaskClient, clock: Show, lin: StaffMember, link: str, now: datetime, method: str
) -> None:
    form = fields_of(client.get(link), "choose")
    sent = {**form, "password": GOOD, "again": GOOD}
    clock(now + timedelta(days=3))
    assert said(client.open(link, method=method, data=sent)) == (410, "This link has ended")

    clock(now)
    choose(client, link, GOOD)
    assert said(client.open(link, method=method, data=sent)) == (410, "This link was used before")

    with writing():
        passwords.send_password_link(lin, key="two", secret=settings().secret_key, now=now, by="staff:x")
        newest = db.session.scalars(select(OneTimeLink).order_by(OneTimeLink.id.desc()).limit(1)).one()
        taken_back = f"/office/choose-password/{links.token_of(newest, settings().secret_key)}"
        commands.set_password(lin, "another", now=now, by="staff:x")
    assert said(client.open(taken_back, method=method, data=sent)) == (410, "This link was taken back")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["x", "%E2%80%AE", "a" * 3000, "' OR 1=1 --", "{{7*7}}", "%ED%A0%80", "%FF"])
def test_a_mangled_link_says_so(client: FlaskClient, link: str, token: str, method: str) -> None:
    sent = {"csrf_token": token_of(client.get(link))}

    assert said(client.open(f"/office/choose-password/{token}", method=method, data=sent)) == (
        404,
        "This link is not whole",
    )


def test_a_link_opens_only_what_it_is_for(client: FlaskClient, lin: StaffMember, link: str, now: datetime) -> None:
    with writing():
        secret = settings().secret_key
        other = links.make_link("sign_in", lin.public_id, expires_at=now + timedelta(days=1), now=now, secret=secret)
        token = links.token_of(other, secret)

    assert client.get(f"/office/choose-password/{token}").status_code == 404
    assert client.get(link.replace("/office/choose-password/", "/my/link/")).status_code == 404
    assert client.post(link.replace("/office/choose-password/", "/my/link/")).status_code in (400, 404)
    assert choose(client, link, GOOD).status_code == 303


def test_choosing_a_password_ends_the_sessions_of_before(app: Flask, client: FlaskClient, link: str) -> None:
    member = db.session.scalars(select(StaffMember).where(StaffMember.name == "Lin Yue")).one()
    with writing():
        member.tf_primary_method = "authenticator"
    elsewhere = app.test_client()
    remember(elsewhere, member)
    assert elsewhere.get("/office/").status_code == 200

    choose(client, link, GOOD)

    assert elsewhere.get("/office/").status_code == 303


def test_a_password_needs_the_token_of_its_page(client: FlaskClient, link: str) -> None:
    assert client.post(link, data={"password": GOOD, "again": GOOD}).status_code == 400


def test_somebody_else_signed_in_here_stays_who_they_are(client: FlaskClient, link: str) -> None:
    sign_in(client, "administrator")

    choose(client, link, GOOD)

    assert "Ren Hui" in client.get("/office/account").text


def choose(client: FlaskClient, link: str, password: str, again: str | None = None) -> TestResponse:
    fields = fields_of(client.get(link), "choose")
    return client.post(link, data={**fields, "password": password, "again": password if again is None else again})


def said(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, "".join(page_of(answer).find(".//h1").itertext())  # type: ignore[union-attr]


def token_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    return found[1] if found else ""


def rows() -> tuple[int, int, int]:
    """Return how many changes there are, how many links, and how many of these were used."""
    db.session.rollback()
    return tuple(  # type: ignore[return-value]
        db.session.scalar(select(func.count(column))) for column in (Change.id, OneTimeLink.id, OneTimeLink.used_at)
    )

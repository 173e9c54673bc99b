"""Signing in to the office: a password, then a code; and everything that must not sign anybody in."""

import re
import time
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from tests.conftest import NOW
from tests.staff import a_member, sign_in
from tourreg.blueprints.office import security
from tourreg.db import db, writing
from tourreg.domain.accounts.models import StaffMember

PASSWORD = "seven swans on the canal"
BOARD = "/office/"
# What stands in each phone, by address.
SECRETS: dict[str, str] = {}
pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def ren(app: Flask) -> StaffMember:
    """A programme officer with password, authenticator and recovery codes."""
    factor = security.new_second_factor("ren.hui@example.org")
    member = a_member("programme", password=security.hash_of(PASSWORD), tf_totp_secret=factor.stored)
    with app.test_request_context():
        app.extensions["security"].mf_recovery_codes_util.create_recovery_codes(member)
    SECRETS[member.email] = factor.secret
    return member


def test_password_and_code_open_the_office(client: FlaskClient, ren: StaffMember) -> None:
    send_password(client)

    answer = send(client, "/office/code", code=code_of(ren))

    assert answer.location == BOARD
    assert client.get(BOARD).status_code == 200


def test_a_password_alone_opens_nothing(client: FlaskClient, ren: StaffMember) -> None:
    send_password(client)

    assert sent_to_sign_in(client.get(BOARD))


@pytest.mark.parametrize(
    ("email", "password"),
    [("ren.hui@example.org", "seven swans"), ("nobody@example.org", PASSWORD), ("not an address", PASSWORD), ("", "")],
)
def test_a_wrong_pair_says_not_which_half_is_wrong(
    client: FlaskClient, ren: StaffMember, email: str, password: str
) -> None:
    answer = send(client, "/office/sign-in", email=email, password=password)

    assert answer.status_code == 422
    assert "That address and password do not belong together." in answer.text
    assert "<title>Error: " in answer.text


def test_a_wrong_code_is_refused(client: FlaskClient, ren: StaffMember) -> None:
    send_password(client)

    answer = send(client, "/office/code", code="000000")

    assert answer.status_code == 422
    assert "That code is wrong" in answer.text
    assert sent_to_sign_in(client.get(BOARD))


def test_a_code_is_good_for_one_sign_in_only(app: Flask, client: FlaskClient, ren: StaffMember) -> None:
    code = code_of(ren)
    send_password(client)
    send(client, "/office/code", code=code)
    thief = app.test_client()
    send_password(thief)

    answer = send(thief, "/office/code", code=code)

    assert answer.status_code == 422
    assert sent_to_sign_in(thief.get(BOARD))


def test_a_recovery_code_signs_in_once(app: Flask, client: FlaskClient, ren: StaffMember) -> None:
    with app.test_request_context():
        code = app.extensions["security"].mf_recovery_codes_util.get_recovery_codes(ren)[0]
    send_password(client)
    first = send(client, "/office/recovery-code", code=f" {code.upper()} ")
    other = app.test_client()
    send_password(other)

    second = send(other, "/office/recovery-code", code=code)

    assert first.location == BOARD
    assert client.get(BOARD).status_code == 200
    assert second.status_code == 422
    assert len(db.session.get_one(StaffMember, ren.id).mf_recovery_codes or []) == 7


def test_a_code_without_the_password_before_it_leads_back(client: FlaskClient, ren: StaffMember) -> None:
    assert sent_to_sign_in(send(client, "/office/code", code=code_of(ren)))
    assert sent_to_sign_in(send(client, "/office/recovery-code", code="1a2b-3c4d-5e6f"))


def test_a_member_without_a_second_factor_sets_one_up_first(client: FlaskClient) -> None:
    a_member("finance", password=security.hash_of(PASSWORD), tf_primary_method=None, tf_totp_secret=None)
    answer = send_password(client)
    page = send(client, answer.location, setup="authenticator").text
    key = re.search(r'<b class="secret">([^<]+)</b>', page)

    assert key is not None
    assert 'src="data:image/svg' in page
    assert sent_to_sign_in(client.get(BOARD))

    send(client, "/office/code", code=code_from(key[1]))

    assert client.get(BOARD).status_code == 200


def test_someone_who_left_cannot_sign_in(client: FlaskClient, ren: StaffMember) -> None:
    with writing():
        ren.active = False

    answer = send_password(client)

    assert answer.status_code == 422
    assert "do not belong together" in answer.text


def test_a_session_ends_when_the_member_leaves(client: FlaskClient) -> None:
    member = sign_in(client, "administrator")
    with writing():
        member.active = False

    assert sent_to_sign_in(client.get(BOARD))


def test_a_new_key_ends_every_session(client: FlaskClient) -> None:
    member = sign_in(client, "administrator")
    with writing():
        member.fs_uniquifier = "another"

    assert sent_to_sign_in(client.get(BOARD))


def test_a_session_lasts_half_a_day(client: FlaskClient, clock_shows) -> None:
    sign_in(client, "administrator")
    clock_shows(NOW + timedelta(hours=12))
    assert client.get(BOARD).status_code == 200

    clock_shows(NOW + timedelta(hours=12, seconds=1))

    assert sent_to_sign_in(client.get(BOARD))
    assert client.get("/office/sign-in").status_code == 200


def test_a_new_password_signs_out_everywhere_else(app: Flask, client: FlaskClient, ren: StaffMember) -> None:
    elsewhere = app.test_client()
    for browser in (client, elsewhere):
        copy_session(browser, ren)

    answer = send(
        client, "/office/password", password=PASSWORD, new_password="eight herons at the lock",
        new_password_confirm="eight herons at the lock",
    )  # fmt: skip

    assert answer.location == "/office/account"
    assert client.get(BOARD).status_code == 200
    assert sent_to_sign_in(elsewhere.get(BOARD))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "not mine"}, "That is not your password."),
        ({"new_password": "short", "new_password_confirm": "short"}, "at least 12 characters"),
        ({"new_password_confirm": "another one entirely"}, "The two new passwords differ."),
    ],
)
def test_a_password_is_changed_only_with_care(
    client: FlaskClient, ren: StaffMember, changed: dict[str, str], sentence: str
) -> None:
    copy_session(client, ren)
    typed = {"password": PASSWORD, "new_password": "eight herons", "new_password_confirm": "eight herons"}

    answer = send(client, "/office/password", **{**typed, **changed})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_signing_out_needs_a_form_of_ours(client: FlaskClient) -> None:
    sign_in(client, "administrator")
    assert client.get("/office/sign-out").status_code == 405

    send(client, "/office/sign-out")

    assert sent_to_sign_in(client.get(BOARD))


@pytest.mark.parametrize("address", ["/office/sign-in", "/office/code", "/office/sign-out"])
def test_a_form_without_its_token_is_refused(client: FlaskClient, address: str) -> None:
    assert client.post(address, data={"email": "x"}).status_code == 400


def test_after_signing_in_one_goes_on_to_the_page_one_asked_for(client: FlaskClient, ren: StaffMember) -> None:
    first = client.get("/office/account")
    page = client.get(first.location)
    hidden = re.search(r'name="next" value="([^"]*)"', page.text)
    second = send(client, first.location, email=ren.email, password=PASSWORD, next=hidden[1] if hidden else "")

    answer = send(client, second.location, code=code_of(ren))

    assert answer.location == "/office/account"


@pytest.mark.parametrize(
    "hostile",
    ["//evil.example/", "https://evil.example/", "\\\\evil.example", "/\\evil.example", "javascript:alert(1)",
     "///evil.example", "https:evil.example", "http:///evil.example", "\t//evil.example", "/\t/evil.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(client: FlaskClient, ren: StaffMember, hostile: str) -> None:
    answer = send(client, "/office/sign-in", email=ren.email, password=PASSWORD, next=hostile)
    if answer.status_code == 302:
        answer = send(client, answer.location, code=code_of(ren))

    assert answer.status_code == 422 or urlsplit(urljoin("http://us/office/code", answer.location)).netloc == "us"


def test_many_wrong_passwords_for_one_address_are_stopped(client: FlaskClient, ren: StaffMember) -> None:
    for _again in range(10):
        send(client, "/office/sign-in", email=ren.email, password="")

    assert send_password(client).status_code == 429


def test_the_pages_of_the_public_look_into_no_session(client: FlaskClient) -> None:
    answer = client.get("/en/events")

    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers


def test_signing_in_begins_with_a_fresh_token(client: FlaskClient, ren: StaffMember) -> None:
    send_password(client)
    with client.session_transaction() as session:
        before = session["csrf_token"]

    send(client, "/office/code", code=code_of(ren))

    with client.session_transaction() as session:
        assert session.get("csrf_token") != before


def send_password(client: FlaskClient) -> TestResponse:
    return send(client, "/office/sign-in", email="ren.hui@example.org", password=PASSWORD)


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Send a form as a browser would, with the token of the page before."""
    page = client.get("/office/sign-out" if address == "/office/sign-out" else address)
    if 'name="csrf_token"' not in page.text:
        page = client.get("/office/sign-in", follow_redirects=True)
    if 'name="csrf_token"' not in page.text:
        page = client.get("/office/account")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    return client.post(address, data={**fields, "csrf_token": token[1] if token else ""})


def copy_session(client: FlaskClient, member: StaffMember) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = member.fs_uniquifier
        session["_fresh"] = True
        session["fs_paa"] = time.time()
        session[security.SIGNED_IN_AT] = NOW.timestamp()


def code_of(member: StaffMember) -> str:
    return code_from(SECRETS[member.email])


def code_from(secret: str) -> str:
    return str(TOTP(secret).generate().token)


def sent_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code in (302, 303) and (answer.location or "").startswith("/office/sign-in")

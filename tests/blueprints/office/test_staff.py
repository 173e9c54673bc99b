"""The staff page: colleagues added, changed, let in no more and again; and who may do so."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import NOW
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.races import all_at_once, outcome_of
from tests.staff import a_member, remember, sign_in
from tourreg.db import db, writing
from tourreg.domain.accounts import commands
from tourreg.domain.accounts.commands import NO_PASSWORD
from tourreg.domain.accounts.models import OneTimeLink, StaffMember
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("clock_shows")
INDEX, NEW = "/office/staff", "/office/staff/new"


@pytest.fixture
def ren(client: FlaskClient) -> StaffMember:
    """The administrator who sits before the browser."""
    return sign_in(client, "administrator")


@pytest.fixture
def lin(ren: StaffMember) -> StaffMember:
    return a_member("finance", name="Lin Yue", mf_recovery_codes=["a", "b", "c"])


@pytest.fixture
def colleague(client: FlaskClient, ren: StaffMember) -> Fields:
    """The form for a new colleague, filled in."""
    form = fields_of(client.get(NEW), "colleague")
    return {**form, "name": "Zhou Lan", "email": "Zhou.Lan@Example.org", "roles": ["programme", "finance"]}


def test_the_list_tells_who_may_do_what_and_how_they_get_in(client: FlaskClient, lin: StaffMember) -> None:
    a_member("read-only", name="Ida Moss", active=False, tf_primary_method=None, password=NO_PASSWORD)

    rows = [[words_of(cell) for cell in row] for row in page_of(client.get(INDEX)).findall(".//tbody/tr")]

    assert rows == [
        ["Lin Yuelin.yue@example.org", "Finance officer", "Chosen", "Set up", "3", "Yes"],
        ["Ren Huiren.hui@example.org", "Administrator", "Chosen", "Set up", "0", "Yes"],
        ["Ida Mossida.moss@example.org", "Reader", "Not yet", "Not yet", "0", "No more"],
    ]


def test_a_colleague_is_added_and_written_to(client: FlaskClient, colleague: Fields) -> None:
    answer = client.post(NEW, data={**colleague, "language": "zh"})

    added = member_called("Zhou Lan")
    assert (answer.status_code, answer.location) == (303, page(added))
    assert (added.email, added.language, added.password) == ("zhou.lan@example.org", "zh", NO_PASSWORD)
    assert [role.name for role in added.roles] == ["programme", "finance"]
    assert [(letter.template, letter.to_address, letter.language) for letter in letters()] == [
        ("staff_password", "zhou.lan@example.org", "zh")
    ]


def test_a_form_sent_twice_adds_one_colleague_and_writes_once(client: FlaskClient, colleague: Fields) -> None:
    answers = [client.post(NEW, data=colleague).location for _ in range(2)]

    assert answers == [page(member_called("Zhou Lan"))] * 2
    assert len(letters()) == 1


@pytest.mark.both
def test_a_form_sent_twice_at_once_adds_one_colleague(app: Flask, ren: StaffMember, colleague: Fields) -> None:
    ren_id = ren.id

    def press() -> str | None:
        browser = app.test_client()
        remember(browser, db.session.get_one(StaffMember, ren_id))
        token = fields_of(browser.get(NEW), "colleague")["csrf_token"]
        return browser.post(NEW, data={**colleague, "csrf_token": token}).location

    answers = all_at_once(app, [outcome_of(press)] * 2)

    assert answers == [page(member_called("Zhou Lan"))] * 2
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        ({"name": "", "email": "", "roles": []}, ["name", "email", "roles"]),
        ({"name": "x" * 121, "email": "zhou lan", "roles": ["owner"]}, ["name", "email", "roles"]),
        ({"name": "\N{BUG}", "email": "a@b", "roles": ["finance", "owner"]}, ["name", "email", "roles"]),
        ({"name": "a\x00b", "email": "x" * 250 + "@example.org", "language": "fr"}, ["name", "email", "language"]),
        ({"email": "zhou@example.org\r\nBcc: everybody@example.org"}, ["email"]),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field(
    client: FlaskClient, colleague: Fields, wrong: dict[str, Any], faults: list[str]
) -> None:
    answer = client.post(NEW, data={**colleague, **wrong})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == faults
    assert fields_of(answer, "colleague")["submission_key"] == colleague["submission_key"]
    assert letters() == []


def test_what_people_type_stays_text(client: FlaskClient, colleague: Fields) -> None:
    answer = client.post(NEW, data={**colleague, "name": "<b>Lan</b> {{ 7*7 }}"})

    shown = client.get(answer.location)
    assert "&lt;b&gt;Lan&lt;/b&gt; {{ 7*7 }}" in shown.text
    assert "<b>Lan</b>" not in shown.text


@pytest.mark.parametrize("key", ["", "x", "'; DROP TABLE staff --", "é" * 22])
def test_a_key_that_is_none_of_ours_is_not_kept(client: FlaskClient, colleague: Fields, key: str) -> None:
    assert client.post(NEW, data={**colleague, "submission_key": key}).status_code == 303

    kept = member_called("Zhou Lan").submission_key
    assert kept is not None
    assert kept != key


def test_an_address_in_use_is_said_with_whose_it_is(client: FlaskClient, colleague: Fields, lin: StaffMember) -> None:
    answer = client.post(NEW, data={**colleague, "email": "LIN.YUE@example.org"})

    assert "Lin Yue has this address already." in faults_of(answer)["email"]
    assert letters() == []


def test_other_roles_hold_on_the_very_next_request(app: Flask, client: FlaskClient, lin: StaffMember) -> None:
    elsewhere = app.test_client()
    remember(elsewhere, lin)
    assert elsewhere.get("/office/money").status_code == 200

    answer = change(client, lin, roles=["programme"])

    assert answer.status_code == 303
    assert elsewhere.get("/office/money").location == "/office/sign-in?next=/office/money"
    remember(elsewhere, member_called("Lin Yue"))
    assert elsewhere.get("/office/money").status_code == 403


def test_leaving_ends_the_very_next_request_and_coming_back_opens_no_old_session(
    app: Flask, client: FlaskClient, lin: StaffMember
) -> None:
    elsewhere = app.test_client()
    remember(elsewhere, lin)

    press(client, lin, "deactivate")
    assert elsewhere.get("/office/").status_code == 303

    press(client, lin, "reactivate")
    assert elsewhere.get("/office/").status_code == 303
    assert member_called("Lin Yue").active


def test_a_lost_phone_is_forgotten_with_its_recovery_codes(client: FlaskClient, lin: StaffMember) -> None:
    answer = press(client, lin, "second-factor")

    forgotten = member_called("Lin Yue")
    assert (forgotten.tf_primary_method, forgotten.tf_totp_secret, forgotten.mf_recovery_codes) == (None, None, [])
    assert "They set up a phone when they next sign in." in client.get(answer.location).text


def test_a_new_link_is_sent_once_for_each_page(client: FlaskClient, lin: StaffMember) -> None:
    form = {"submission_key": "k" * 22, "csrf_token": fields_of(client.get(page(lin)), "member")["csrf_token"]}

    answers = [client.post(f"{page(lin)}/password-link", data=form).location for _ in range(2)]

    assert answers == [page(lin)] * 2
    assert [letter.facts["is_first"] for letter in letters()] == [False]
    assert "on its way to lin.yue@example.org" in client.get(page(lin)).text


def test_nobody_who_left_is_sent_a_link(client: FlaskClient, lin: StaffMember) -> None:
    press(client, lin, "deactivate")

    answer = press(client, lin, "password-link")

    assert "Let them in again first." in client.get(answer.location).text
    assert letters() == []


def test_leaving_takes_back_the_link_that_is_on_its_way(client: FlaskClient, lin: StaffMember) -> None:
    press(client, lin, "password-link")
    press(client, lin, "deactivate")

    db.session.rollback()
    assert all(link.revoked_at for link in db.session.scalars(select(OneTimeLink)))


def test_the_last_administrator_stays_one(client: FlaskClient, ren: StaffMember) -> None:
    refused = change(client, ren, roles=["finance"])
    left = press(client, ren, "deactivate")

    assert (refused.status_code, list(faults_of(refused))) == (422, ["roles"])
    assert "Make somebody else an administrator first." in client.get(left.location).text
    assert client.get(INDEX).status_code == 200


def test_an_administrator_may_go_when_another_stays(client: FlaskClient, ren: StaffMember) -> None:
    a_member("administrator", name="Lin Yue")

    press(client, ren, "deactivate")

    assert client.get(INDEX).location == "/office/sign-in?next=/office/staff"


@pytest.mark.both
def test_two_administrators_who_demote_each_other_at_once_leave_one(app: Flask, ren: StaffMember) -> None:
    a_member("administrator", name="Lin Yue")

    def demote(mine: str, theirs: str) -> int:
        browser = app.test_client()
        remember(browser, member_called(mine))
        return change(browser, member_called(theirs), roles=["finance"]).status_code

    names = ("Ren Hui", "Lin Yue")
    all_at_once(app, [outcome_of(partial(demote, *pair)) for pair in (names, names[::-1])])

    roles = [[role.name for role in member_called(name).roles] for name in names]
    assert sorted(roles) == [["administrator"], ["finance"]]


def test_the_later_of_two_editors_is_told_and_undoes_nothing(client: FlaskClient, lin: StaffMember) -> None:
    ida = a_member("administrator", name="Ida Moss")
    stale = fields_of(client.get(page(lin)), "member")
    with writing():
        plan = commands.MemberPlan("Lin Yue", ("read-only",), "en")
        commands.change_member(lin, plan, now=NOW, by=f"staff:{ida.public_id}")

    answer = client.post(page(lin), data={**stale, "name": "Lin Yueqing"})

    assert answer.status_code == 409
    assert "Ida Moss changed this member" in words_of(page_of(answer).find(".//div[@role='alert']"))
    assert [role.name for role in member_called("Lin Yue").roles] == ["read-only"]
    assert client.post(page(lin), data=fields_of(answer, "member")).status_code == 303
    assert [role.name for role in member_called("Lin Yueqing").roles] == ["finance"]


def test_the_history_tells_in_words_who_did_what(client: FlaskClient, colleague: Fields) -> None:
    address = client.post(NEW, data=colleague).location
    added = member_called("Zhou Lan")
    change(client, added, name="Zhou Lanying", roles=["read-only"])
    for step in ("deactivate", "reactivate"):
        press(client, added, step)

    told = [
        [words_of(part) for part in entry.findall("./p")][:-1]
        for entry in page_of(client.get(address)).findall(".//ol[@class='history']/li")
    ]

    assert told == [
        ["Let in again"],
        ["Let in no more"],
        ["Links sent before taken back"],
        ["Changed", "Name: Zhou Lan → Zhou Lanying", "Roles: Programme officer and Finance officer → Reader"],
        ["Link to choose a password sent"],
        ["Added", "Roles: Programme officer and Finance officer"],
    ]


@pytest.mark.parametrize("role", ["programme", "finance", "read-only"])
def test_only_administrators_find_the_staff(client: FlaskClient, role: str) -> None:
    member = sign_in(client, role)

    assert INDEX not in client.get("/office/").text
    assert client.get(INDEX).status_code == client.get(page(member)).status_code == 403


def test_the_menu_leads_administrators_to_the_staff(client: FlaskClient, ren: StaffMember) -> None:
    assert f'href="{INDEX}"' in client.get("/office/").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_the_staff_is_valid_in_both_languages(
    client: FlaskClient, lin: StaffMember, colleague: Fields, language: str
) -> None:
    client.get(f"/office/?language={language}")
    press(client, lin, "password-link")
    gone = a_member("finance", name="Ida Moss", active=False)
    pages = [client.get(address) for address in (INDEX, NEW, page(lin), page(gone))]

    for answer in (*pages, client.post(NEW, data={**colleague, "name": ""}), change(client, lin, roles=[])):
        assert len(page_of(answer).findall(".//h1")) == 1


@pytest.mark.parametrize("address", ["/office/staff/x", "/office/staff/x/deactivate", "/office/staff/x/password-link"])
def test_nobody_is_found_under_a_made_up_address(client: FlaskClient, colleague: Fields, address: str) -> None:
    token = {"csrf_token": colleague["csrf_token"]}

    assert client.post(address, data=token).status_code == 404


def test_the_pages_ask_the_database_little(client: FlaskClient, lin: StaffMember, statements: Any) -> None:
    for number in range(30):
        a_member("finance", name=f"Member {number}")

    for address, bound in ((INDEX, 6), (page(lin), 10)):
        before = len(statements())
        client.get(address)
        assert len(statements()) - before <= bound, statements()[before:]


def page(member: StaffMember) -> str:
    return f"{INDEX}/{member.public_id}"


def change(client: FlaskClient, member: StaffMember, **typed: Any) -> TestResponse:
    return client.post(page(member), data={**fields_of(client.get(page(member)), "member"), **typed})


def press(client: FlaskClient, member: StaffMember, step: str) -> TestResponse:
    token = fields_of(client.get(page(member)), "member")["csrf_token"]
    return client.post(f"{page(member)}/{step}", data={"csrf_token": token})


def member_called(name: str) -> StaffMember:
    db.session.rollback()
    return db.session.scalars(select(StaffMember).where(StaffMember.name == name)).one()


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter)))

"""Who may open what in the office, read from the reviewed list of routes."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.house.test_routes import REVIEWED
from tests.staff import a_member, remember
from tourreg.domain.accounts.models import ROLES, StaffMember

LINES = [line for line in REVIEWED.read_text("utf-8").splitlines() if ": office" in line]
pytestmark = pytest.mark.usefixtures("clock_shows", "no_tokens")


@pytest.fixture
def no_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms pass without the token of their page, so that the guard has the word."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def test_nobody_opens_the_office_without_signing_in(app: Flask) -> None:
    let_in = [line for line, answer in answers(app) if not is_sent_to_sign_in(answer)]

    assert let_in == []


def test_a_member_without_a_second_factor_opens_nothing(app: Flask) -> None:
    member = a_member("administrator", tf_primary_method=None)

    let_in = [line for line, answer in answers(app, member) if not is_sent_to_sign_in(answer)]

    assert let_in == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_the_list_says_and_no_more(app: Flask, role: str) -> None:
    member = a_member(role)

    for line, answer in answers(app, member):
        assert (answer.status_code != 403) == is_allowed(role, line), (line, answer.status)
        assert not is_sent_to_sign_in(answer), line


def answers(app: Flask, member: StaffMember | None = None) -> Iterator[tuple[str, TestResponse]]:
    """Yield what each method of each route of the office answers to a member, or to nobody."""
    for line in LINES:
        rule, methods = line.partition(": office")[0].rsplit(" ", 1)
        for method in methods.split(","):
            browser = app.test_client()
            if member:
                remember(browser, member)
            yield f"{method} {line}", browser.open(address_of(rule), method=method)


def is_allowed(role: str, line: str) -> bool:
    """Tell what the name of the guard promises."""
    guard = line.rpartition(": office")[2].removeprefix(": ")
    if role == "administrator" or guard == "own account":
        return True
    if line.startswith("POST") and role == "read-only":
        return False
    return not guard or role in guard.split(", ")


def address_of(rule: str) -> str:
    """Return an address of the rule that leads to no record."""
    first_of_any = re.sub(r"<any\(([^,)]+)[^>]*>", r"\1", rule)
    return re.sub(r"<[^>]+>", "x", first_of_any)


def is_sent_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 303 and (answer.location or "").startswith("/office/sign-in")

"""The command line: the first administrator."""

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.staff import a_member
from tourreg import cli
from tourreg.db import db
from tourreg.domain.accounts.commands import by_email

GOOD = "seven swans on the canal\n"


@pytest.fixture(autouse=True)
def the_application(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands use the application of the tests."""
    monkeypatch.setattr(cli, "_app", lambda: app)


def test_an_administrator_is_made_with_a_second_factor() -> None:
    answer = create(GOOD)

    member = by_email("ren@example.org")
    assert answer.exit_code == 0
    assert member is not None
    assert [role.name for role in member.roles] == ["administrator"]
    assert member.password.startswith("$argon2")
    assert "otpauth://totp/" in answer.output
    assert (member.tf_totp_secret or "") not in answer.output


def test_a_weak_password_makes_nobody() -> None:
    answer = create("short\n")

    assert answer.exit_code != 0
    assert "at least 12 characters" in answer.output
    assert by_email("ren@example.org") is None


def test_an_address_in_use_is_said_so() -> None:
    a_member("administrator", email="ren@example.org")

    answer = create(GOOD)

    assert answer.exit_code == 1
    assert "has an account already" in answer.output


def test_a_member_who_lost_everything_starts_anew() -> None:
    member = a_member("administrator", email="ren@example.org", active=False)
    session_key = member.fs_uniquifier

    answer = CliRunner().invoke(cli.main, ["reset-staff", "ren@example.org", "--password-stdin"], input=GOOD)

    db.session.rollback()
    assert answer.exit_code == 0
    assert member.active
    assert member.fs_uniquifier != session_key
    assert member.password.startswith("$argon2")


def create(password: str) -> Result:
    arguments = ["create-admin", "--email", "ren@example.org", "--name", "Ren Hui", "--password-stdin"]
    return CliRunner().invoke(cli.main, arguments, input=password)

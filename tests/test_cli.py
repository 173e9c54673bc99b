"""The command line: the first administrator."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tests.fake_payments import FakePayments
from tests.money_cast import begin_to_pay, payments_posted, two_people_register
from tests.staff import a_member
from tourreg import cli
from tourreg.blueprints.outside import PAYMENTS
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import passwords
from tourreg.domain.accounts.commands import by_email
from tourreg.domain.accounts.models import OneTimeLink, StaffMember
from tourreg.domain.audit.models import Change
from tourreg.kernel import clock

GOOD = "seven swans on the canal\n"


@pytest.fixture(autouse=True)
def the_application(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands use the application of the tests."""
    monkeypatch.setattr("tourreg.cli.staff.application", lambda: app)
    monkeypatch.setattr("tourreg.cli.reconciling.application", lambda: app)


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


@pytest.mark.parametrize(("option", "value"), [("--email", "ren"), ("--name", " "), ("--name", "x" * 121)])
def test_an_address_or_a_name_that_cannot_be_one_makes_nobody(option: str, value: str) -> None:
    answer = create(GOOD, option, value)

    assert answer.exit_code == 2
    assert db.session.scalars(select(StaffMember)).all() == []


def test_a_member_who_lost_everything_starts_anew() -> None:
    member = a_member("administrator", email="ren@example.org", active=False)
    session_key = member.fs_uniquifier

    answer = CliRunner().invoke(cli.main, ["reset-staff", "ren@example.org", "--password-stdin"], input=GOOD)

    db.session.rollback()
    assert answer.exit_code == 0
    assert member.active
    assert member.fs_uniquifier != session_key
    assert member.password.startswith("$argon2")


def test_starting_anew_takes_back_links_and_stands_in_the_history(now: datetime) -> None:
    member = a_member("administrator", email="ren@example.org")
    with writing():
        passwords.send_password_link(member, key="one", secret=settings().secret_key, now=now, by="staff:x")
        link = db.session.scalars(select(OneTimeLink)).one()
        link.expires_at = clock.utc_now() + timedelta(days=1)

    CliRunner().invoke(cli.main, ["reset-staff", "ren@example.org", "--password-stdin"], input=GOOD)

    db.session.rollback()
    assert link.revoked_at is not None
    assert ("password", "console") in [(change.what, change.by) for change in db.session.scalars(select(Change))]


def create(password: str, *changed: str) -> Result:
    arguments = ["create-admin", "--email", "ren@example.org", "--name", "Ren Hui", "--password-stdin", *changed]
    return CliRunner().invoke(cli.main, arguments, input=password)


def test_stripe_is_compared_from_the_console(
    app: Flask, now: datetime, clock_shows: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    stripe = FakePayments(now)
    monkeypatch.setitem(app.extensions, PAYMENTS, stripe)
    registration = two_people_register(now)
    stripe.pay(begin_to_pay(registration, stripe, now))

    dry = reconcile("--since", "2027-01-14", "--dry-run")
    assert "seen  page_behind" in dry.output
    assert payments_posted(registration) == []

    done = reconcile("--since", "2027-01-14")

    assert "1 sessions, 1 charges, 0 refunds, 0 disputes" in done.output
    assert f"healed  page_behind  {stripe.only_session()}  {registration.reference}" in done.output
    assert payments_posted(registration) == [-96_000]
    assert "Nothing differs." in reconcile("--since", "2027-01-14").output


@pytest.mark.parametrize("since", ["tomorrow", "2027-01-17", "2027-13-01", ""])
def test_a_day_that_is_none_or_has_not_come_compares_nothing(
    app: Flask, clock_shows: Callable[[datetime], None], since: str
) -> None:
    assert reconcile("--since", since).exit_code == 2


def test_stripe_that_does_not_answer_is_said_at_the_console(
    app: Flask, now: datetime, clock_shows: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    stripe = FakePayments(now)
    stripe.down = True
    monkeypatch.setitem(app.extensions, PAYMENTS, stripe)

    answer = reconcile("--since", "2027-01-14")

    assert (answer.exit_code, answer.output) == (1, "Error: Stripe: no connection\n")


def reconcile(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["reconcile", *arguments])

"""Links by which staff choose a password: good once, for three days, the newest only, and for nobody who left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from tests.races import all_at_once, outcome_of
from tests.staff import a_member
from tourreg.db import db, writing
from tourreg.domain.accounts import commands, links, passwords
from tourreg.domain.accounts.commands import NO_PASSWORD
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from tourreg.domain.accounts.models import OneTimeLink, StaffMember
from tourreg.domain.accounts.passwords import MemberHasLeft
from tourreg.domain.audit.models import Change
from tourreg.domain.outbox.models import Letter

SECRET = "only for tests " * 4


@pytest.fixture
def lin(app: Flask) -> StaffMember:
    """A finance officer who has not chosen a password yet."""
    a_member("administrator")
    return a_member("finance", name="Lin Yue", password=NO_PASSWORD, tf_primary_method=None, tf_totp_secret=None)


def test_a_link_gives_its_member_the_password_and_ends_their_sessions(lin: StaffMember, now: datetime) -> None:
    session_key = lin.fs_uniquifier
    token = sent(lin, now)

    chosen(token, now)

    assert (lin.password, lin.fs_uniquifier != session_key) == ("a hash", True)
    assert [letter.facts["is_first"] for letter in letters()] == [True]


def test_a_link_is_good_once(lin: StaffMember, now: datetime) -> None:
    token = sent(lin, now)
    chosen(token, now)

    with pytest.raises(LinkUsed):
        chosen(token, now)


@pytest.mark.parametrize(("after", "good"), [(timedelta(days=3, seconds=-1), True), (timedelta(days=3), False)])
def test_a_link_is_good_for_three_days(lin: StaffMember, now: datetime, after: timedelta, good: bool) -> None:
    token = sent(lin, now)

    if good:
        assert passwords.whose_link(token, now=now + after).name == "Lin Yue"
    else:
        with pytest.raises(LinkExpired):
            chosen(token, now + after)


def test_a_new_link_takes_the_older_one_back(lin: StaffMember, now: datetime) -> None:
    older = sent(lin, now, key="one")
    newer = sent(lin, now, key="two")

    with pytest.raises(LinkRevoked):
        chosen(older, now)
    assert chosen(newer, now) == "Lin Yue"


def test_one_form_sent_twice_writes_once(lin: StaffMember, now: datetime) -> None:
    assert sent(lin, now) == sent(lin, now)
    assert len(letters()) == 1


@pytest.mark.parametrize("taken", [commands.deactivate, partial(commands.set_password, password_hash="another")])
def test_leaving_or_another_password_takes_the_link_back(
    lin: StaffMember, now: datetime, taken: Callable[..., None]
) -> None:
    token = sent(lin, now)
    with writing():
        taken(lin, now=now, by="staff:x")

    with pytest.raises(LinkRevoked):
        chosen(token, now)


def test_no_link_goes_to_somebody_who_left(lin: StaffMember, now: datetime) -> None:
    with writing():
        commands.deactivate(lin, now=now, by="staff:x")

    with pytest.raises(MemberHasLeft):
        sent(lin, now)


@pytest.mark.parametrize("purpose", ["sign_in", "registration", "host_profile"])
def test_a_link_for_something_else_gives_nobody_a_password(lin: StaffMember, now: datetime, purpose: str) -> None:
    with writing():
        link = links.make_link(purpose, lin.public_id, expires_at=now + timedelta(days=1), now=now, secret=SECRET)

    with pytest.raises(LinkUnknown):
        chosen(links.token_of(link, SECRET), now)


@pytest.mark.both
def test_of_two_who_choose_by_one_link_at_once_one_is_refused(app: Flask, lin: StaffMember, now: datetime) -> None:
    token = sent(lin, now)

    answers = all_at_once(app, [outcome_of(partial(chosen, token, now)) for _ in range(2)])

    assert sorted(type(answer).__name__ for answer in answers) == ["LinkUsed", "str"]


def test_the_history_tells_of_links_and_passwords_and_no_secret(lin: StaffMember, now: datetime) -> None:
    chosen(sent(lin, now), now)

    changes = [(change.what, change.after, change.by) for change in db.session.scalars(select(Change))]

    assert changes == [
        ("password link", {"sent_to": "lin.yue@example.org"}, "staff:x"),
        ("password", {"password": "new"}, f"staff:{lin.public_id}"),
    ]


def sent(lin: StaffMember, now: datetime, key: str = "one") -> str:
    """Send a link and return the token of the newest that went out."""
    with writing():
        passwords.send_password_link(lin, key=key, secret=SECRET, now=now, by="staff:x")
    newest = db.session.scalars(select(OneTimeLink).order_by(OneTimeLink.id.desc()).limit(1)).one()
    return links.token_of(newest, SECRET)


def chosen(token: str, now: datetime) -> str:
    with writing():
        return passwords.choose_password(token, "a hash", now=now).name


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter)))

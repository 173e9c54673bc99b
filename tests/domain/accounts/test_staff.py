"""The office's staff: whom it lets in, and that somebody always looks after it."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests.staff import a_member
from tourreg.db import db, writing
from tourreg.domain.accounts import commands
from tourreg.domain.accounts.commands import AddressIsTaken, Credentials, LastAdministrator
from tourreg.domain.accounts.models import StaffMember
from tourreg.domain.audit.models import Change


def test_one_address_is_one_member(app: Flask, now: datetime) -> None:
    a_member("finance")

    with pytest.raises(AddressIsTaken), writing():
        commands.add_staff("Ren Hui", " Ren.Hui@EXAMPLE.org ", ["finance"], Credentials(), now=now, by="console")


def test_a_new_member_has_the_roles_given_and_no_way_in_yet(app: Flask, now: datetime) -> None:
    with writing():
        roles = ["finance", "programme"]
        member = commands.add_staff("Lin Yue", "lin@example.org", roles, Credentials(), now=now, by="x")

    assert [role.name for role in member.roles] == ["programme", "finance"]
    assert member.password == commands.NO_PASSWORD
    assert member.tf_primary_method is None


def test_the_last_administrator_stays(app: Flask, now: datetime) -> None:
    member = a_member("administrator")
    a_member("administrator", name="Gone", active=False)

    with pytest.raises(LastAdministrator), writing():
        commands.deactivate(member, now=now, by="x")
    with pytest.raises(LastAdministrator), writing():
        commands.change_member(member, name="Ren Hui", roles=["finance"], now=now, by="x")

    assert db.session.get_one(StaffMember, member.id).active


@pytest.mark.parametrize("command", [commands.deactivate, commands.reset_second_factor])
def test_what_is_taken_from_a_member_ends_their_sessions(app: Flask, now: datetime, command) -> None:
    a_member("administrator", name="Lin Yue")
    member = a_member("finance")
    session_key = member.fs_uniquifier

    with writing():
        command(member, now=now, by="staff:x")

    assert member.fs_uniquifier != session_key


def test_the_history_tells_what_changed_and_no_secret(app: Flask, now: datetime) -> None:
    a_member("administrator", name="Lin Yue")
    member = a_member("finance")

    with writing():
        commands.change_member(member, name="Ren Hui", roles=["finance", "programme"], now=now, by="staff:x")
        commands.set_password(member, "a hash", now=now, by="staff:x")

    changes = [(change.before, change.after) for change in db.session.scalars(select(Change))]
    assert changes == [
        ({"roles": ["finance"]}, {"roles": ["programme", "finance"]}),
        ({"password": None}, {"password": "new"}),
    ]

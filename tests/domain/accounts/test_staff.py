"""The office's staff: whom it lets in, and that somebody always looks after it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests.races import all_at_once, outcome_of
from tests.staff import a_member
from tourreg.db import db, writing
from tourreg.domain.accounts import commands
from tourreg.domain.accounts.commands import (
    AddressIsTaken,
    Credentials,
    LastAdministrator,
    MemberEditedMeanwhile,
    MemberPlan,
    plan_of,
)
from tourreg.domain.accounts.models import StaffMember
from tourreg.domain.audit.models import Change
from tourreg.kernel.plans import fingerprint


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
        commands.change_member(member, MemberPlan("Ren Hui", ("finance",), "en"), now=now, by="x")

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
        commands.change_member(member, MemberPlan("Ren Hui", ("finance", "programme"), "en"), now=now, by="staff:x")
        commands.set_password(member, "a hash", now=now, by="staff:x")

    changes = [(change.before, change.after) for change in db.session.scalars(select(Change))]
    assert changes == [
        ({"roles": ["finance"]}, {"roles": ["programme", "finance"]}),
        ({"password": None}, {"password": "new"}),
    ]


def test_other_roles_end_a_members_sessions_and_another_name_does_not(app: Flask, now: datetime) -> None:
    a_member("administrator", name="Lin Yue")
    member = a_member("finance")
    session_key = member.fs_uniquifier

    with writing():
        commands.change_member(member, MemberPlan("Ren Huiqing", ("finance",), "zh"), now=now, by="staff:x")
    assert (member.name, member.language, member.fs_uniquifier) == ("Ren Huiqing", "zh", session_key)

    with writing():
        commands.change_member(member, MemberPlan("Ren Huiqing", ("programme",), "zh"), now=now, by="staff:x")
    assert member.fs_uniquifier != session_key


def test_nobody_undoes_a_change_of_roles_that_they_have_not_seen(app: Flask, now: datetime) -> None:
    a_member("administrator", name="Lin Yue")
    member = a_member("finance", "programme")
    seen = fingerprint(plan_of(member))
    with writing():
        commands.change_member(member, MemberPlan("Ren Hui", ("finance",), "en"), now=now, by="staff:x")

    stale = MemberPlan("Ren Huiqing", ("programme", "finance"), "en")
    with pytest.raises(MemberEditedMeanwhile) as refused, writing():
        commands.change_member(member, stale, now=now, by="staff:y", seen=seen)

    assert (refused.value.by, refused.value.now.roles) == ("staff:x", ("finance",))
    assert plan_of(member) == MemberPlan("Ren Hui", ("finance",), "en")


@pytest.mark.both
@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize(("first", "second"), [("demote", "demote"), ("deactivate", "deactivate"), ("demote", "leave")])
def test_of_two_administrators_who_take_each_others_keys_at_once_one_stays(
    app: Flask, now: datetime, first: str, second: str, round_: int
) -> None:
    ren, lin = (a_member("administrator", name=name).id for name in ("Ren Hui", "Lin Yue"))

    answers = all_at_once(app, [outcome_of(taking(first, ren, now)), outcome_of(taking(second, lin, now))])

    assert [type(answer) for answer in answers if answer is not None] == [LastAdministrator]
    assert len(administrators()) == 1


def taking(how: str, member_id: int, now: datetime) -> Callable[[], None]:
    """Return what takes an administrator's keys, after both have read their page."""

    def take() -> None:
        member = db.session.get_one(StaffMember, member_id)
        with writing():
            if how == "demote":
                commands.change_member(member, MemberPlan(member.name, ("finance",), "en"), now=now, by="staff:x")
            else:
                commands.deactivate(member, now=now, by="staff:x")

    return take


def administrators() -> list[str]:
    db.session.rollback()
    active = db.session.scalars(select(StaffMember).where(StaffMember.active))
    return [one.name for one in active if "administrator" in [role.name for role in one.roles]]

"""The office's staff: who is one of it, what they may do, and what takes it from them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts import links
from tourreg.domain.accounts.models import ROLES, Role, StaffMember, staff_roles
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal

# Fits nothing that can be typed: a password is never empty. A link lets the member choose one.
NO_PASSWORD = ""
# The purpose of such a link.
PASSWORD_LINK = "staff_password"  # noqa: S105


class AddressIsTaken(Refusal):
    """A member of staff already has this e-mail address; facts: email, name."""


class LastAdministrator(Refusal):
    """Nobody would be left to look after the staff; facts: name."""


class MemberEditedMeanwhile(Refusal):
    """Somebody changed the member after the editor had read the page; facts: now (the plan as it is), by, at."""


@dataclass(frozen=True)
class Credentials:
    """How a member signs in, made outside the transaction since hashing is slow on purpose.

    password_hash   of argon2, or NO_PASSWORD
    totp_secret     as Flask-Security keeps it, or empty: the member then sets up a phone when they first sign in
    recovery_codes  as Flask-Security keeps them
    """

    password_hash: str = NO_PASSWORD
    totp_secret: str = ""
    recovery_codes: Sequence[str] = ()


@dataclass(frozen=True)
class MemberPlan:
    """What a member is called and may do, and in which language letters reach them.

    roles  in the order of ROLES
    """

    name: str
    roles: tuple[str, ...]
    language: str


def plan_of(member: StaffMember) -> MemberPlan:
    """Return what is written down about a member now."""
    return MemberPlan(member.name, _in_order(role.name for role in member.roles), member.language)


def add_staff(
    name: str,
    email: str,
    roles: Iterable[str],
    credentials: Credentials,
    *,
    now: datetime,
    by: str,
    language: str = "en",
    submission_key: str | None = None,
) -> StaffMember:
    """Add a member of staff.

    raises  AddressIsTaken
    """
    address = email.strip().lower()
    if (known := by_email(address)) is not None:
        raise AddressIsTaken(email=address, name=known.name)
    member = StaffMember(
        public_id=new_public_id(),
        name=name.strip(),
        email=address,
        language=language,
        submission_key=submission_key,
        password=credentials.password_hash,
        fs_uniquifier=new_public_id(),
        tf_primary_method="authenticator" if credentials.totp_secret else None,
        tf_totp_secret=credentials.totp_secret or None,
        mf_recovery_codes=list(credentials.recovery_codes),
        roles=_roles(roles),
    )
    db.session.add(member)
    db.session.flush()
    _note(member, {}, now=now, by=by)
    return member


def change_member(member: StaffMember, plan: MemberPlan, *, now: datetime, by: str, seen: str = "") -> None:
    """Change what a member is called and may do; other roles hold at once, and sign the member out wherever they are.

    seen    fingerprint of the plan that the editor began from; without it nobody is asked
    raises  LastAdministrator, MemberEditedMeanwhile
    """
    _one_at_a_time()
    before, standing = _facts(member), plan_of(member)
    if seen and fingerprint(standing) not in (seen, fingerprint(plan)):
        change = last_change(member.public_id)
        raise MemberEditedMeanwhile(now=standing, by=change.by if change else "", at=change.at if change else None)
    member.name, member.language = plan.name.strip(), plan.language
    if _in_order(plan.roles) != standing.roles:
        member.roles = _roles(plan.roles)
        sign_out_everywhere(member)
    _require_an_administrator(member)
    _note(member, before, now=now, by=by)


def deactivate(member: StaffMember, *, now: datetime, by: str) -> None:
    """Let a member in no more, sign them out wherever they are, and take their links back.

    raises  LastAdministrator
    """
    _one_at_a_time()
    before = _facts(member)
    member.active = False
    sign_out_everywhere(member)
    links.revoke_unused(PASSWORD_LINK, member.public_id, now=now, by=by)
    _require_an_administrator(member)
    _note(member, before, now=now, by=by)


def reactivate(member: StaffMember, *, now: datetime, by: str) -> None:
    before = _facts(member)
    member.active = True
    _note(member, before, now=now, by=by)


def reset_second_factor(member: StaffMember, *, now: datetime, by: str) -> None:
    """Forget a member's phone and recovery codes; they set up a phone when they next sign in."""
    before = _facts(member)
    member.tf_primary_method = member.tf_totp_secret = member.tf_last_counter = None
    member.mf_recovery_codes = []
    sign_out_everywhere(member)
    _note(member, before, now=now, by=by)


def set_password(member: StaffMember, password_hash: str, *, now: datetime, by: str) -> None:
    """Replace a member's password, sign them out wherever they are, and take back links to choose one."""
    member.password = password_hash
    sign_out_everywhere(member)
    note_new_password(member, now=now, by=by)


def note_new_password(member: StaffMember, *, now: datetime, by: str) -> None:
    """Note that a member has another password, and take back links to choose one."""
    links.revoke_unused(PASSWORD_LINK, member.public_id, now=now, by=by)
    note_credential(member, "password", now=now, by=by)


def note_credential(member: StaffMember, what: str, *, now: datetime, by: str) -> None:
    """Note that a member signs in by something new, or by something for the last time; never the secret itself."""
    note_change(member.public_id, what, {}, {what: "new"}, now=now, by=by)


def replace_credentials(member: StaffMember, credentials: Credentials, *, now: datetime, by: str) -> None:
    """Replace all that a member signs in with, let them in again, and sign them out wherever they are."""
    before = _facts(member)
    member.active = True
    member.tf_primary_method = "authenticator" if credentials.totp_secret else None
    member.tf_totp_secret = credentials.totp_secret or None
    member.tf_last_counter = None
    member.mf_recovery_codes = list(credentials.recovery_codes)
    set_password(member, credentials.password_hash, now=now, by=by)
    _note(member, before, now=now, by=by)


def sign_out_everywhere(member: StaffMember) -> None:
    member.fs_uniquifier = new_public_id()


def by_email(email: str) -> StaffMember | None:
    return db.session.scalar(select(StaffMember).where(StaffMember.email == email.strip().lower()))


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    wanted = set(names)
    return tuple(name for name in ROLES if name in wanted)


def _roles(names: Iterable[str]) -> list[Role]:
    """Return the roles, in the order of ROLES; each is made when it is first given."""
    wanted = set(names)
    if unknown := wanted - set(ROLES):
        raise ValueError(f"no such role: {unknown}")
    known = {role.name: role for role in db.session.scalars(select(Role))}
    return [known.get(name) or Role(name=name) for name in _in_order(wanted)]


def _one_at_a_time() -> None:
    """Wait for whoever else takes something from a member, so that of two administrators one stays."""
    administrators = select(Role.id).where(Role.name == "administrator")
    db.session.execute(administrators.with_for_update(key_share=True))


def _require_an_administrator(member: StaffMember) -> None:
    db.session.flush()
    administrators = (
        select(StaffMember.id).join(staff_roles).join(Role).where(StaffMember.active, Role.name == "administrator")
    )
    if db.session.scalar(administrators.limit(1)) is None:
        raise LastAdministrator(name=member.name)


def _facts(member: StaffMember) -> dict[str, object]:
    return {
        "name": member.name,
        "roles": list(plan_of(member).roles),
        "language": member.language,
        "active": member.active,
        "second factor": bool(member.tf_primary_method),
    }


def _note(member: StaffMember, before: dict[str, object], *, now: datetime, by: str) -> None:
    note_change(member.public_id, "staff member", before, _facts(member), now=now, by=by)

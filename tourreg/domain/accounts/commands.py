"""The office's staff: who is one of it, what they may do, and what takes it from them again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts.models import ROLES, Role, StaffMember, staff_roles
from tourreg.domain.audit.commands import note_change
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

# Fits no hash, so that nobody signs in with it; a link lets the member choose a password.
NO_PASSWORD = "!"  # noqa: S105


class AddressIsTaken(Refusal):
    """A member of staff already has this e-mail address; facts: email."""


class LastAdministrator(Refusal):
    """Nobody would be left to look after the staff; facts: name."""


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


def add_staff(
    name: str,
    email: str,
    roles: Iterable[str],
    credentials: Credentials,
    *,
    now: datetime,
    by: str,
    language: str = "en",
) -> StaffMember:
    """Add a member of staff.

    raises  AddressIsTaken
    """
    address = email.strip().lower()
    if by_email(address) is not None:
        raise AddressIsTaken(email=address)
    member = StaffMember(
        public_id=new_public_id(),
        name=name.strip(),
        email=address,
        language=language,
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


def change_member(member: StaffMember, *, name: str, roles: Iterable[str], now: datetime, by: str) -> None:
    """Change what a member is called and may do; it holds from their next page on.

    raises  LastAdministrator
    """
    before = _facts(member)
    member.name = name.strip()
    member.roles = _roles(roles)
    _require_an_administrator(member)
    _note(member, before, now=now, by=by)


def deactivate(member: StaffMember, *, now: datetime, by: str) -> None:
    """Let a member in no more, and sign them out wherever they are.

    raises  LastAdministrator
    """
    before = _facts(member)
    member.active = False
    sign_out_everywhere(member)
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
    """Replace a member's password, and sign them out wherever they are."""
    member.password = password_hash
    sign_out_everywhere(member)
    note_change(member.public_id, "password", {}, {"password": "new"}, now=now, by=by)


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


def _roles(names: Iterable[str]) -> list[Role]:
    """Return the roles, in the order of ROLES; each is made when it is first given."""
    wanted = set(names)
    if unknown := wanted - set(ROLES):
        raise ValueError(f"no such role: {unknown}")
    known = {role.name: role for role in db.session.scalars(select(Role))}
    return [known.get(name) or Role(name=name) for name in ROLES if name in wanted]


def _require_an_administrator(member: StaffMember) -> None:
    db.session.flush()
    administrators = (
        select(StaffMember.id)
        .join(staff_roles)
        .join(Role)
        .where(StaffMember.active, Role.name == "administrator")
        .with_for_update(of=StaffMember)
    )
    left = db.session.scalars(administrators).all()
    if not left:
        raise LastAdministrator(name=member.name)


def _facts(member: StaffMember) -> dict[str, object]:
    return {
        "name": member.name,
        "roles": [role.name for role in member.roles],
        "active": member.active,
        "second factor": bool(member.tf_primary_method),
    }


def _note(member: StaffMember, before: dict[str, object], *, now: datetime, by: str) -> None:
    note_change(member.public_id, "staff member", before, _facts(member), now=now, by=by)

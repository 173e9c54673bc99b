"""How a member of staff comes by a password: a link in a letter, good once, by which they choose it themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from tourreg.domain.accounts import links, queries
from tourreg.domain.accounts.commands import NO_PASSWORD, PASSWORD_LINK, set_password
from tourreg.domain.accounts.links import LinkRevoked, LinkUnknown
from tourreg.domain.accounts.models import StaffMember
from tourreg.domain.audit.commands import note_change
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.outbox.queries import letter_by_key
from tourreg.kernel.refusals import Refusal

LASTS = timedelta(days=3)


class MemberHasLeft(Refusal):
    """No link goes to a member who is let in no more; facts: name."""


def send_password_link(member: StaffMember, *, key: str, secret: str, now: datetime, by: str) -> None:
    """Write to a member with a link to choose a password by; those sent before open nothing more.

    key     of the form that asked; the same one writes once
    secret  the application's, of which links are made
    raises  MemberHasLeft
    """
    if not member.active:
        raise MemberHasLeft(name=member.name)
    letter_key = f"{PASSWORD_LINK}:{member.public_id}:{key}"
    if letter_by_key(letter_key) is not None:
        return
    links.revoke_unused(PASSWORD_LINK, member.public_id, now=now, by=by)
    link = links.make_link(PASSWORD_LINK, member.public_id, expires_at=now + LASTS, now=now, secret=secret)
    send_letter(
        PASSWORD_LINK,
        {"link": link.public_id, "name": member.name, "email": member.email, "is_first": has_none(member)},
        to=member.email,
        language=member.language,
        about=member.public_id,
        key=letter_key,
        now=now,
    )
    note_change(member.public_id, "password link", {}, {"sent_to": member.email}, now=now, by=by)


def whose_link(token: str, *, now: datetime) -> StaffMember:
    """Return the member who may choose a password by the link, without spending it.

    raises  LinkUnknown, LinkExpired, LinkUsed, LinkRevoked
    """
    return _member_of(links.open_link(token, now=now, purposes=(PASSWORD_LINK,)).subject)


def choose_password(token: str, password_hash: str, *, now: datetime) -> StaffMember:
    """Spend the link and give its member the password; the link alone signs nobody in.

    raises  LinkUnknown, LinkExpired, LinkUsed, LinkRevoked
    """
    member = _member_of(links.spend_link(token, now=now, purposes=(PASSWORD_LINK,)).subject)
    set_password(member, password_hash, now=now, by=f"staff:{member.public_id}")
    return member


def has_none(member: StaffMember) -> bool:
    """Tell whether the member has not chosen a password yet."""
    return member.password == NO_PASSWORD


def _member_of(public_id: str) -> StaffMember:
    member = queries.member_by_public_id(public_id)
    if member is None:
        raise LinkUnknown
    if not member.active:
        raise LinkRevoked(purpose=PASSWORD_LINK, subject=public_id)
    return member

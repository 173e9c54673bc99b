"""Sharing a city's page: asking for it, inviting, accepting, roles, and ending it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tourreg.db import db
from tourreg.domain.accounts.links import revoke_links
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.hosting import mails
from tourreg.domain.hosting.contact_models import CONTACT_MOVES, ROLES, HostContact
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import AddressNotConfirmed, Contact
from tourreg.domain.outbox.commands import send_letter
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

CONTACT = Axis("host_contact", "state", CONTACT_MOVES)
MOST_CONTACTS = 20


class IsContactAlready(Refusal):
    """The address shares the city's page already, or is that of the contact who signed up."""


class TooManyContacts(Refusal):
    """As many share the page, were invited or asked as may."""


@dataclass(frozen=True)
class Invitation:
    """Who is to share a city's page, what they do for the city, and in which language we write to them."""

    contact: Contact
    roles: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Speaker:
    """Somebody who does something for a city."""

    name: str
    position: str
    roles: tuple[str, ...] = ()


def ask_to_join(profile: HostProfile, asked: Invitation, *, now: datetime) -> HostContact | None:
    """Note that somebody asks to share the page and tell its contact; None where they asked or share it already."""
    profile = _locked(profile)
    email = asked.contact.email
    if profile.confirmed_at is None or _is_first(profile, email) or _of_address(profile, email) is not None:
        return None
    if len(contacts_of(profile)) >= MOST_CONTACTS:
        return None
    contact = _added(profile, asked, "asked", now)
    note_change(contact.public_id, "asked to join", {}, {"email": contact.email}, now=now, by="visitor")
    _write(profile, contact, "host_asked", to=profile.contact_email, dear=profile.contact_name, now=now)
    return contact


def invite(profile: HostProfile, asked: Invitation, *, now: datetime, by: str) -> HostContact:
    """Invite somebody to share the page, by letter; whoever asked for it, or shared it once, is invited by this too.

    raises  AddressNotConfirmed, IsContactAlready, TooManyContacts
    """
    profile = _locked(profile)
    if profile.confirmed_at is None:
        raise AddressNotConfirmed()
    known = _of_address(profile, asked.contact.email)
    if _is_first(profile, asked.contact.email) or (known is not None and known.state in ("invited", "active")):
        raise IsContactAlready()
    if known is None and len(contacts_of(profile)) >= MOST_CONTACTS:
        raise TooManyContacts()
    contact = known or _added(profile, asked, "asked", now)
    contact.name, contact.position = asked.contact.name, asked.contact.position
    contact.roles, contact.language = _roles(asked.roles), asked.language
    move_to(contact, CONTACT, "invited", now=now, by=by)
    note_change(profile.public_id, "host contact", {"contact": ""}, {"contact": contact.email}, now=now, by=by)
    _write(profile, contact, "host_invitation", to=contact.email, dear=contact.name, now=now)
    return contact


def invite_again(contact: HostContact, *, now: datetime) -> None:
    """Send the invitation once more, with a link that holds, at most once in ten minutes; only while it waits."""
    if contact.state == "invited":
        key = mails.once_in_a_while(now)
        _write(contact.profile, contact, "host_invitation", to=contact.email, dear=contact.name, now=now, key=key)


def accept_invitation(contact: HostContact, *, now: datetime) -> HostContact:
    """Let the invited share the page; a second time changes nothing, and an invitation that was ended stays so."""
    contact = _contact_to_change(contact)
    if contact.state == "invited":
        move_to(contact, CONTACT, "active", now=now, by=f"host:{contact.profile.public_id}")
    return contact


def change_roles(contact: HostContact, roles: Collection[str], *, now: datetime, by: str) -> None:
    """Note what somebody does for the city now; whoever shares its page no more stays as they were."""
    contact = _contact_to_change(contact)
    if contact.state == "ended":
        return
    before, after = ({"roles": f"{contact.name}: {', '.join(said)}"} for said in (contact.roles, _roles(roles)))
    note_change(contact.profile.public_id, "host contact", before, after, now=now, by=by)
    contact.roles = _roles(roles)


def end_contact(contact: HostContact, *, now: datetime, by: str) -> None:
    """Let somebody share the page no more, at once and in every browser; a second time changes nothing."""
    contact = _contact_to_change(contact)
    if contact.state == "ended":
        return
    move_to(contact, CONTACT, "ended", now=now, by=by)
    note_change(contact.profile.public_id, "host contact", {"contact": contact.email}, {"contact": ""}, now=now, by=by)
    revoke_links(contact.public_id, now=now, by=by)


def contacts_of(profile: HostProfile) -> Sequence[HostContact]:
    """Return everybody who shares the page, was invited or asked, first come first."""
    theirs = select(HostContact).where(HostContact.profile_id == profile.id, HostContact.state != "ended")
    return db.session.scalars(theirs.order_by(HostContact.id)).all()


def contact_of(profile: HostProfile, public_id: str) -> HostContact | None:
    """Return a contact of this city; None for any other."""
    one = select(HostContact).where(HostContact.profile_id == profile.id, HostContact.public_id == public_id)
    return db.session.scalars(one).one_or_none()


def contact_by_public_id(public_id: str) -> HostContact | None:
    return db.session.scalar(select(HostContact).where(HostContact.public_id == public_id))


def contact_at(profile: HostProfile, email: str) -> HostContact | None:
    """Return who shares the page by this address now; None for the contact who signed the city up."""
    found = _of_address(profile, email)
    return found if found is not None and found.state == "active" and not _is_first(profile, email) else None


def written_to_about_requests(profile: HostProfile) -> list[HostContact]:
    """Return who shares the page and decides or coordinates visits; whoever has no role yet does, too."""
    sharing = (contact for contact in contacts_of(profile) if contact.state == "active")
    return [contact for contact in sharing if not contact.roles or {"approver", "coordinator"} & set(contact.roles)]


def actor_of(contact: HostContact) -> str:
    """Return a further contact as the actor of what they do."""
    return f"host:{contact.public_id}"


def speakers(actors: Iterable[str]) -> dict[str, Speaker]:
    """Return who of host cities the actors are, by actor, in two statements; other actors are left out."""
    ids = {actor.removeprefix("host:") for actor in actors if actor.startswith("host:")}
    if not ids:
        return {}
    first = db.session.scalars(select(HostProfile).where(HostProfile.public_id.in_(ids)))
    sharing = db.session.scalars(select(HostContact).where(HostContact.public_id.in_(ids)))
    found = {f"host:{one.public_id}": Speaker(one.contact_name, one.contact_position) for one in first}
    return found | {actor_of(one): Speaker(one.name, one.position, tuple(one.roles)) for one in sharing}


def shares_page(profile: HostProfile, email: str) -> bool:
    """Tell whether the address is that of somebody who shares the page now."""
    found = _of_address(profile, email)
    return found is not None and found.state == "active"


def _of_address(profile: HostProfile, email: str) -> HostContact | None:
    theirs = func.lower(HostContact.email) == email.lower()
    one = select(HostContact).where(HostContact.profile_id == profile.id, theirs)
    return db.session.scalars(one.order_by(HostContact.id).limit(1)).one_or_none()


def _is_first(profile: HostProfile, email: str) -> bool:
    return profile.contact_email.casefold() == email.casefold()


def _added(profile: HostProfile, asked: Invitation, state: str, now: datetime) -> HostContact:
    contact = HostContact(
        public_id=new_public_id(), profile_id=profile.id, state=state, name=asked.contact.name,
        position=asked.contact.position, email=asked.contact.email, language=asked.language,
        roles=_roles(asked.roles), begun_at=now,
    )  # fmt: skip
    db.session.add(contact)
    db.session.flush()
    return contact


def _roles(roles: Collection[str]) -> list[str]:
    return [role for role in ROLES if role in roles]


def _locked(profile: HostProfile) -> HostProfile:
    one = select(HostProfile).where(HostProfile.id == profile.id).with_for_update(of=HostProfile)
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def _contact_to_change(contact: HostContact) -> HostContact:
    one = select(HostContact).where(HostContact.id == contact.id).with_for_update(of=HostContact)
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def _write(
    profile: HostProfile, contact: HostContact, template: str, *, to: str, dear: str, now: datetime, key: str = ""
) -> None:
    """Ask for a letter about somebody who asks to share the page or is invited to it.

    key  of which it is sent once; each time unless given
    """
    facts = {
        **mails.facts(profile),
        "contact": dear, "who": contact.name, "position": contact.position, "email": contact.email,
        "invitation": contact.public_id,
    }  # fmt: skip
    language = contact.language if template == "host_invitation" else profile.language
    whole_key = f"{template}:{contact.public_id}:{key or now.isoformat()}"
    send_letter(template, facts, to=to, language=language, about=profile.public_id, key=whole_key, now=now)

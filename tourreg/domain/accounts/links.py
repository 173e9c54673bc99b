"""Links and codes that go by e-mail: made, read without being spent, spent, and revoked.

A link's token and code are derived from its random public id under the application's secret. So a letter that is made
when it is sent can carry them, while the database holds nothing that opens anything: of the token its hash, of the code
not even that. A letter that is made a second time carries the same ones.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, select, update

from tourreg.db import db
from tourreg.domain.accounts.models import LINK_PURPOSES, OneTimeLink
from tourreg.domain.audit.commands import note_change
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

# Used once; the others open what they were made for as often as one likes.
USED_ONCE = ("sign_in", "host_confirmation", "host_invitation", "fresh_code", "staff_password")
SIGN_IN_LASTS = timedelta(minutes=15)
MOST_WRONG_CODES = 5
CODE_DIGITS = 6


class LinkUnknown(Refusal):
    """No link has this token or id: it was cut short on its way, or never was ours."""


class LinkExpired(Refusal):
    """The link's time has passed; facts: purpose, subject."""


class LinkUsed(Refusal):
    """The link was used before; facts: purpose, subject."""


class LinkRevoked(Refusal):
    """The link was taken back; facts: purpose, subject."""


class NoMoreCodes(Refusal):
    """Too many wrong codes were tried; the link itself is still good."""


def make_link(purpose: str, subject: str, *, expires_at: datetime, now: datetime, secret: str) -> OneTimeLink:
    """Keep a new link.

    subject  what it opens: an address for sign_in, else a public id
    secret   the application's; `token_of` and `code_of` need the same
    """
    link = OneTimeLink(
        public_id=new_public_id(),
        purpose=purpose,
        subject=subject,
        wrong_codes=0,
        created_at=now,
        expires_at=expires_at,
    )
    link.token_hash = _hash(token_of(link, secret))
    db.session.add(link)
    db.session.flush()
    return link


def standing_link(purpose: str, subject: str, *, expires_at: datetime, now: datetime, secret: str) -> OneTimeLink:
    """Return the link that every letter about the subject carries: the one that stands, or a new one."""
    link = standing_links((purpose,), (subject,), now=now, secret=secret).get((purpose, subject))
    if link is None:
        return make_link(purpose, subject, expires_at=expires_at, now=now, secret=secret)
    link.expires_at = max(link.expires_at, expires_at)
    return link


def standing_links(
    purposes: Collection[str], subjects: Collection[str], *, now: datetime, secret: str
) -> dict[tuple[str, str], OneTimeLink]:
    """Return the link that stands for each purpose and subject that has one, in one statement."""
    standing = select(OneTimeLink).where(
        OneTimeLink.purpose.in_(purposes),
        OneTimeLink.subject.in_(subjects),
        OneTimeLink.revoked_at.is_(None),
        OneTimeLink.expires_at > now,
    )
    return {
        (link.purpose, link.subject): link
        for link in db.session.scalars(standing.order_by(OneTimeLink.id))
        if link.token_hash == _hash(token_of(link, secret)) and not _is_spent(link)
    }


def token_of(link: OneTimeLink, secret: str) -> str:
    """Return what the link's address ends with: 43 letters."""
    return urlsafe_b64encode(_derived("token", link, secret)).rstrip(b"=").decode()


def code_of(link: OneTimeLink, secret: str) -> str:
    """Return the six digits that do the same as the link, for people who read mail on another device."""
    return f"{int.from_bytes(_derived('code', link, secret)) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def open_link(token: str, *, now: datetime, purposes: Collection[str] = LINK_PURPOSES) -> OneTimeLink:
    """Return the link without spending it, so that a mail scanner that opens it changes nothing.

    purposes  what links are for that belong here; others are unknown here
    raises    LinkUnknown, LinkExpired, LinkUsed, LinkRevoked
    """
    link = db.session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == _hash(token)))
    if link is None or link.purpose not in purposes:
        raise LinkUnknown
    _require_good(link, now)
    return link


def spend_link(token: str, *, now: datetime, purposes: Collection[str] = LINK_PURPOSES) -> OneTimeLink:
    """Use the link; of two who use one at once that can be used once, one is refused.

    raises  LinkUnknown, LinkExpired, LinkUsed, LinkRevoked
    """
    link = open_link(token, now=now, purposes=purposes)
    _spend(link, now)
    return link


def spend_code(public_id: str, code: str, *, now: datetime, secret: str) -> OneTimeLink | None:
    """Use the link by its code; None for a wrong one, which is counted.

    raises  LinkUnknown, LinkExpired, LinkUsed, LinkRevoked, NoMoreCodes
    """
    found = select(OneTimeLink).where(OneTimeLink.public_id == public_id).with_for_update()
    link = db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if link is None:
        raise LinkUnknown
    _require_good(link, now)
    if link.wrong_codes >= MOST_WRONG_CODES:
        raise NoMoreCodes
    if not hmac.compare_digest(code_of(link, secret).encode(), code.encode()):
        link.wrong_codes += 1
        return None
    _spend(link, now)
    return link


def revoke_links(subject: str, *, now: datetime, by: str) -> int:
    """Take back every link to the subject, and with them what they have opened; return how many there were."""
    return _revoke(OneTimeLink.subject == subject, subject, now=now, by=by)


def revoke_unused(purpose: str, subject: str, *, now: datetime, by: str) -> int:
    """Take back the links of one purpose that could still be used; return how many there were."""
    usable = and_(OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    return _revoke(and_(OneTimeLink.subject == subject, usable), subject, now=now, by=by)


def _revoke(which: ColumnElement[bool], subject: str, *, now: datetime, by: str) -> int:
    links = db.session.scalars(select(OneTimeLink).where(which, OneTimeLink.revoked_at.is_(None))).all()
    for link in links:
        link.revoked_at = now
    if links:
        note_change(subject, "links", {"revoked": 0}, {"revoked": len(links)}, now=now, by=by)
    return len(links)


def _require_good(link: OneTimeLink, now: datetime) -> None:
    facts = {"purpose": link.purpose, "subject": link.subject}
    if link.revoked_at is not None:
        raise LinkRevoked(**facts)
    if _is_spent(link):
        raise LinkUsed(**facts)
    if link.expires_at <= now:
        raise LinkExpired(**facts)


def _is_spent(link: OneTimeLink) -> bool:
    return link.used_at is not None and link.purpose in USED_ONCE


def _spend(link: OneTimeLink, now: datetime) -> None:
    """Note the first use, in one statement, so that only one of two is the first."""
    first = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None)).values(used_at=now)
    is_first = db.session.execute(first.returning(OneTimeLink.id)).scalar() is not None
    if not is_first and link.purpose in USED_ONCE:
        raise LinkUsed(purpose=link.purpose, subject=link.subject)


def _derived(part: str, link: OneTimeLink, secret: str) -> bytes:
    return hmac.digest(secret.encode(), f"link:{part}:{link.purpose}:{link.public_id}".encode(), "sha256")


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

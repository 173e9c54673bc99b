"""Codes by which the contact shows anew that the mailbox is theirs, before something of a registration is changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from tourreg.domain.accounts.links import LinkUnknown, make_link, spend_code
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.accounts.queries import link_by_public_id
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.registrations.models import Registration

PURPOSE = "fresh_code"
LASTS = timedelta(minutes=15)


def send_code(registration: Registration, *, secret: str, now: datetime) -> OneTimeLink:
    """Ask for the letter with a code to the contact's address on record; return what the code is the code of.

    The letter stands in no history: sending it again would help nobody.
    """
    link = make_link(PURPOSE, registration.public_id, expires_at=now + LASTS, now=now, secret=secret)
    send_letter(
        "access_code",
        {"link": link.public_id, "reference": registration.reference},
        to=registration.contact_email,
        language=registration.language,
        about=link.public_id,
        key=f"access_code:{link.public_id}",
        now=now,
    )
    return link


def use_code(registration: Registration, link_id: str, code: str, *, secret: str, now: datetime) -> bool:
    """Spend the code, and tell whether it was right; a wrong one is counted, and five end it.

    link_id  public id of what `send_code` returned
    raises   LinkUnknown, LinkExpired, LinkUsed, LinkRevoked, NoMoreCodes
    """
    link = link_by_public_id(link_id)
    if link is None or (link.purpose, link.subject) != (PURPOSE, registration.public_id):
        raise LinkUnknown
    return spend_code(link_id, code, now=now, secret=secret) is not None

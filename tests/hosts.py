"""Host cities for tests: Davenport's sign-up, and the same further along its way."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tests.cast import the_city
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact, Offer, SignUp
from tourreg.kernel.numbers import new_public_id

MEMBER = "staff:ren-hui"
ANSWER = "We bring a group in May and write to you about the days."
OFFER = Offer("Power from sludge, and two schools after their retrofit.", "April, May or October", 24)
CONTACT = Contact("Joanne Miller", "Assistant City Administrator", "joanne@example.org", "+1 563 555 0142")


def a_sign_up(*, email: str = CONTACT.email, **changed: Any) -> SignUp:
    """Return Davenport's sign-up with whatever is changed, under a key of its own."""
    values: dict[str, Any] = {
        "city_name": "Davenport",
        "region": "Iowa",
        "country": "US",
        "contact": replace(CONTACT, email=email),
        "offer": OFFER,
        "language": "en",
        "privacy_on": None,
        "submission_key": new_public_id(),
    }
    return SignUp(**{**values, **changed})


def changes_of(profile: HostProfile) -> list[Change]:
    """Return what was changed of a profile, first to last."""
    changed = select(Change).where(Change.subject == profile.public_id)
    return list(db.session.scalars(changed.order_by(Change.id)))


def a_host(state: str = "signed_up", *, now: datetime, **changed: Any) -> HostProfile:
    """Return a saved profile that went all the way to the state."""
    with writing():
        profile = commands.sign_up(a_sign_up(**changed), now=now)
    if state in ("address_confirmed", "accepted"):
        with writing():
            commands.confirm_address(profile, now=now)
    if state == "accepted":
        with writing():
            commands.accept(profile, the_city("davenport"), ANSWER, now=now, by=MEMBER)
    if state == "declined":
        with writing():
            commands.decline(profile, ANSWER, now=now, by=MEMBER)
    return profile

"""Telling a city's contacts what happened to its offers while they did not look."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.hosting import mails
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.outbox.commands import send_letter

WRITTEN_FOR_YOU = "host_offer_written"
IS_OVER = "host_offer_over"


def tell_contacts(offer: HostOffer, template: str, *, key: str, now: datetime) -> None:
    """Write to every contact whose sign-up for the city was accepted; the same key writes once."""
    accepted = select(HostProfile).where(
        HostProfile.city_id == offer.city.id, HostProfile.state == "accepted", HostProfile.confirmed_at.is_not(None)
    )
    for profile in db.session.scalars(accepted.order_by(HostProfile.id)):
        send_letter(
            template,
            mails.facts_of_offer(profile, offer),
            to=profile.contact_email,
            language=profile.language,
            about=profile.public_id,
            key=f"{template}:{profile.public_id}:{offer.public_id}:{key}",
            now=now,
        )

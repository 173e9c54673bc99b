"""The facts of the letters to host cities, as plain values."""

from datetime import datetime
from typing import Any

from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer

LEAST_BETWEEN_LETTERS_SECONDS = 600


def facts(profile: HostProfile) -> dict[str, Any]:
    """Return what every letter to the contact may say."""
    return {
        "profile": profile.public_id,
        "contact": profile.contact_name,
        "city": profile.city_name,
        "region": profile.region,
        "country": profile.country,
        "answer": profile.answer,
    }


def facts_of_offer(profile: HostProfile, offer: HostOffer) -> dict[str, Any]:
    """Return what a letter about one of the city's offers may say."""
    return {**facts(profile), "title": offer.title.in_(profile.language)}


def once_in_a_while(now: datetime) -> str:
    """Return what letters of the same ten minutes share, as the part of a key by which they are sent once."""
    return str(int(now.timestamp()) // LEAST_BETWEEN_LETTERS_SECONDS)

"""The facts of the letters to host cities, as plain values."""

from typing import Any

from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer


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

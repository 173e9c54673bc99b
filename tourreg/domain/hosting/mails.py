"""The facts of the letters to host cities, as plain values."""

from typing import Any

from tourreg.domain.hosting.models import HostProfile


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

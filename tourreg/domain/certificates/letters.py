"""The letters that bring a city its certificate."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.certificates.models import Certificate
from tourreg.domain.hosting.request_queries import contacts_of
from tourreg.domain.outbox.commands import send_letter


def write_to_city(template: str, certificate: Certificate, *, now: datetime) -> None:
    """Send the certificate to each contact of its city, in the contact's language, once its PDF is made."""
    replaced = certificate.replaces
    for profile in contacts_of(certificate.city_id):
        send_letter(
            template,
            {
                "profile": profile.public_id,
                "contact": profile.contact_name,
                "city": certificate.city.name.in_(profile.language),
                "title": certificate.event.title.in_(profile.language),
                "number": certificate.paper.number,
                "replaced": replaced.paper.number if replaced else "",
            },
            to=profile.contact_email,
            language=profile.language,
            about=certificate.public_id,
            key=f"{template}:{certificate.public_id}:{profile.public_id}",
            papers=[certificate.paper.public_id],
            now=now,
        )

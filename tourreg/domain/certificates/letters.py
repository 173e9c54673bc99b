"""The letters that bring a city its certificate."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.certificates.models import Certificate
from tourreg.domain.hosting.readers import everybody_of
from tourreg.domain.outbox.commands import send_letter


def write_to_city(template: str, certificate: Certificate, *, now: datetime) -> None:
    """Send the certificate to each contact of its city, in the contact's language, once its PDF is made."""
    replaced = certificate.replaces
    for reader in everybody_of(certificate.city_id):
        send_letter(
            template,
            {
                **reader.facts,
                "city": certificate.city.name.in_(reader.language),
                "title": certificate.event.title.in_(reader.language),
                "number": certificate.paper.number,
                "replaced": replaced.paper.number if replaced else "",
            },
            to=reader.email,
            language=reader.language,
            about=certificate.public_id,
            key=f"{template}:{certificate.public_id}:{reader.key}",
            papers=[certificate.paper.public_id],
            now=now,
        )

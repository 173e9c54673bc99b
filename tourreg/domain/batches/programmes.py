"""Sending everybody the address of their own programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.versions import latest_version
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.queries import participants_of
from tourreg.kernel.refusals import Refusal

TEMPLATE = "own_programme"


class NoVersion(Refusal):
    """Nothing is issued yet that could be sent."""


def send_programmes(event: Event, *, now: datetime) -> int:
    """Write to everybody with a confirmed place where their programme is, once for each version; say to how many.

    event   from `desk.event_to_change`, so that of two clicks the second finds what the first has asked for
    raises  NoVersion
    """
    latest = latest_version(event)
    if latest is None:
        raise NoVersion
    keys = {_key(event, latest.number, person): person for person in participants_of(event)}
    known = set(db.session.scalars(select(Letter.key).where(Letter.key.startswith(_beginning(event, latest.number)))))
    waiting = [(key, person) for key, person in keys.items() if key not in known]
    for key, person in waiting:
        send_letter(
            TEMPLATE,
            _facts(event, latest.number, person),
            to=person.email or person.registration.contact_email,
            language=person.registration.language,
            about=person.registration.public_id,
            key=key,
            now=now,
        )
    return len(waiting)


def _facts(event: Event, version: int, person: Participant) -> dict[str, Any]:
    return {
        "participant": person.public_id,
        "name": person.native if person.registration.language == "zh" and person.native else person.name.latin(),
        "event": event.title.plain(),
        "first_on": event.starts_on.isoformat(),
        "last_on": event.ends_on.isoformat(),
        "zone": event.zone,
        "version": version,
    }


def _key(event: Event, version: int, person: Participant) -> str:
    return f"{_beginning(event, version)}{person.public_id}"


def _beginning(event: Event, version: int) -> str:
    return f"own-programme:{event.public_id}:{version}:"

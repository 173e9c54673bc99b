"""Who has had which version before their eyes on their own page: noted once for each version, never by a mere look.

A version that somebody holds keeps them from being told of it again. So a mail scanner that follows a link must not
leave such a note; a person's browser sends it, once somebody moves on the page, or the person presses its button.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tourreg.db import add_once_by, db
from tourreg.domain.itineraries.models import ItineraryVersion, VersionOpening
from tourreg.kernel.refusals import Refusal


class NoSuchVersion(Refusal):
    """The event has no version of this number."""


def note_opening(event_id: int, number: int, reader: str, *, now: datetime) -> None:
    """Note that a reader has a version before their eyes; the first time stays.

    raises  NoSuchVersion
    """
    numbered = select(ItineraryVersion.id).where(ItineraryVersion.event_id == event_id)
    version = db.session.scalar(numbered.where(ItineraryVersion.number == number))
    if version is None:
        raise NoSuchVersion
    add_once_by(VersionOpening, {"version_id": version, "reader": reader}, {"opened_at": now})


def is_noted(event_id: int, number: int, reader: str) -> bool:
    """Tell, without a lock, whether it is noted already."""
    noted = select(VersionOpening.id).join(ItineraryVersion, ItineraryVersion.id == VersionOpening.version_id)
    of_event = noted.where(ItineraryVersion.event_id == event_id, ItineraryVersion.number == number)
    return db.session.scalar(of_event.where(VersionOpening.reader == reader)) is not None


def openings_of(event_id: int) -> list[tuple[str, int, datetime]]:
    """Return reader, number of the version, and when, of all that is noted of an event; in one statement."""
    columns = (VersionOpening.reader, ItineraryVersion.number, VersionOpening.opened_at)
    noted = select(*columns).join(ItineraryVersion, ItineraryVersion.id == VersionOpening.version_id)
    found = db.session.execute(noted.where(ItineraryVersion.event_id == event_id).order_by(VersionOpening.opened_at))
    return [(reader, number, opened_at) for reader, number, opened_at in found]

"""Many papers at once in the sample season: a batch for the worker to finish, and one that somebody stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg import batching
from tourreg.blueprints import outside
from tourreg.db import db, writing
from tourreg.demo.programme import BY
from tourreg.domain.batches import commands
from tourreg.domain.batches.choosing import Choice
from tourreg.domain.batches.models import BatchPaper
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event

BOOK_AND_ROSTER = frozenset({"itinerary", "roster"})
ISSUED = ("energy-efficiency-us", Choice(BOOK_AND_ROSTER, "joined", "both", "letter", numbered=True))
STOPPED = ("eco-urbanization-yangzhou", Choice(BOOK_AND_ROSTER, "zip", "en", "a4"))


def make_batches(now: datetime) -> None:
    """Begin both, and make the first paper of the one that is stopped then."""
    _begin(*ISSUED, now)
    first = _begin(*STOPPED, now - timedelta(hours=1))
    batching.make(first, outside.files(), now=now)
    with writing():
        batch = db.session.get_one(BatchPaper, first).batch
        commands.stop(batch, now=now, by=BY)


def _begin(slug: str, choice: Choice, at: datetime) -> int:
    """Begin a batch of an event's papers; return the first of them."""
    public_id = db.session.scalars(select(Event.public_id).where(Event.slug == slug)).one()
    with writing():
        event = desk.event_to_change(public_id)
        batch = commands.begin(event, choice, submission_key=f"demo-batch-{slug}"[:40], now=at, by=BY)
        first = select(BatchPaper.id).where(BatchPaper.batch_id == batch.id).order_by(BatchPaper.position)
        return db.session.scalars(first.limit(1)).one()

"""Forgetting what people told of journeys that are over."""

from datetime import datetime

from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.travel import telling
from tourreg.tasks.registry import Hopeless, NotYet, task


@task(telling.FORGET)
def forget(event: str, *, now: datetime) -> None:
    """Delete what is over; an event that was put off is asked again when its own time has come."""
    with writing():
        telling.delete_what_is_over(now=now)
    found = desk.event(event)
    if found is None:
        raise Hopeless(f"There is no event {event}.")
    until = telling.over_at(found)
    db.session.rollback()
    if until > now:
        raise NotYet(until)

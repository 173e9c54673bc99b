"""A sample thread with a host city: it asks, the office answers, and it asks once more, which waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.staff import programme_officer
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import threads
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.threads import Said

PERMIT, ANSWER, SPEAKS = (
    "Sample. Does the bus need a permit for Main Street?",
    "Sample. Yes, and we bring it.",
    "Sample. Who speaks first, the mayor or the delegation?",
)


def make_questions(now: datetime) -> None:
    """Let the city that confirmed first talk with the office yesterday; nothing where no city has confirmed."""
    confirmed = select(HostingRequest.public_id).where(HostingRequest.state == "confirmed")
    asked = db.session.scalars(confirmed.order_by(HostingRequest.id)).first()
    if asked is None:
        return
    with writing():
        locked = queries.request_to_change(asked)
        city = next(iter(queries.contacts_of(locked.city_id)))
        by, since = actor(city), now - timedelta(days=1)
        threads.ask_office(locked, Said(PERMIT, city.contact_name), submission_key=None, now=since, by=by)
        reply, replied_at = Said(ANSWER, "Sample, programme office"), since + timedelta(hours=2)
        threads.answer_city(locked, reply, submission_key=None, now=replied_at, by=programme_officer())
        later = since + timedelta(hours=4)
        threads.ask_office(locked, Said(SPEAKS, city.contact_name), submission_key=None, now=later, by=by)

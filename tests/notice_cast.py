"""Readers of a programme for tests: two participants, one of whom takes the pre-tour, and what they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tests.cast import a_person, a_published_summit, a_registration, the_city
from tests.hosts import a_host
from tourreg import batching
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.batches import notices
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.batches.notices import Holder
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.itineraries import versions
from tourreg.domain.itineraries.models import Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.papers import commands as papers
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

BY = "staff:ren"
OPENING, WALK = "Opening and keynote", "Walk in Yangmeizhu Lane"


def a_summit_with_readers(now: datetime) -> tuple[Event, Registration]:
    """Return a summit in its first version: Emily comes to it, Chen Li takes its pre-tour too."""
    summit = a_published_summit()
    pre = next(each for each in summit.add_ons if each.kind == "pre_tour")
    emily = a_person(email="emily@example.org")
    chen = a_person("Chen", "Li", native="陈立", email="chen@example.org", add_ons=(pre.public_id,))
    registration = a_registration(summit, emily, chen, now=now, language="zh")
    with writing():
        confirm(registration, now=now, by=BY)
    issue(summit, now)
    return summit, registration


def a_receiving_city(slug: str, now: datetime) -> HostProfile:
    """Return the accepted host of a city, who reads Chinese."""
    host = a_host("accepted", now=now, email=f"{slug}@example.org", language="zh")
    with writing():
        host.city = the_city(slug)
    return host


def issue(event: Event, now: datetime) -> int:
    with writing():
        locked = desk.event_to_change(event.public_id)
        return versions.issue_version(locked, change_note=Text("Changes", "变更"), now=now, by=BY).number


def change(event: Event, named: str, now: datetime, **values: Any) -> int:
    """Change the item with this title and issue the next version."""
    with writing():
        for name, value in values.items():
            setattr(item_of(event, named), name, value)
    return issue(event, now)


def item_of(event: Event, title: str) -> Item:
    return next(item for day in days_of(event) for item in day.items if item.title.en == title)


def hand_out(event: Event, reader: str, version: int, now: datetime, *, to: str = "", kind: str = "") -> Paper:
    """Issue a paper of a version for a reader, or for all, and mail it.

    to  the address; the paper is only issued without one
    """
    with writing():
        paper = papers.issue(
            kind or "personal_itinerary",
            {"programme_version": version},
            issuer=event.issuer,
            about=event.public_id,
            subject=reader,
            language="en",
            page_size="a4",
            now=now,
            by=BY,
        )
        if to:
            key = new_public_id()
            facts = {"name": to, "event": event.title.plain()}
            send_letter("paper_sent", facts, to=to, language="en", about="", key=key, now=now, papers=[paper.public_id])
    return paper


def holders(event: Event, now: datetime) -> dict[str, Holder]:
    """Return who holds what, by their English names."""
    db.session.rollback()
    found = notices.overview(desk.event(event.public_id) or event, now=now)
    return {holder.reader.name.en: holder for holder in found.holders}


def standings(event: Event, now: datetime) -> dict[str, str]:
    """Return how everybody stands who has been sent anything."""
    return {name: one.standing for name, one in holders(event, now).items() if one.standing != "nothing"}


def tell(event: Event, version: int, now: datetime, key: str = "") -> PaperBatch:
    with writing():
        locked = desk.event_to_change(event.public_id)
        return notices.send(
            locked, version=version, page_size="a4", submission_key=key or new_public_id(), now=now, by=BY
        )


def make_all(now: datetime) -> None:
    """Let a worker make every paper that waits in a batch."""
    db.session.rollback()
    for paper in db.session.scalars(select(BatchPaper.id).where(BatchPaper.done_at.is_(None))).all():
        batching.make(paper, files(), now=now)

"""The files that a host city sends for one visit: kept, listed, shown to the delegates, and taken away again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.visit_models import HostingFile
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 40
WHAT = "visit file"


class TooManyVisitFiles(Refusal):
    """The visit has MOST_FILES already."""


@dataclass(frozen=True)
class Sent:
    """A file that is kept already under its hash.

    kind       of FILE_KINDS
    file_kind  "pdf" or "jpeg", by what it holds
    """

    kind: str
    note: str
    file_hash: str
    file_kind: str
    file_name: str
    size_bytes: int


def add_file(request: HostingRequest, sent: Sent, *, submission_key: str | None, now: datetime, by: str) -> HostingFile:
    """Note a file of the visit; the same form again returns its first.

    request  from `request_queries.request_to_change`
    raises   TooManyVisitFiles
    """
    if submission_key:
        known = db.session.scalar(select(HostingFile).where(HostingFile.submission_key == submission_key))
        if known is not None:
            return known
    counted = select(func.count()).select_from(HostingFile).where(HostingFile.request_id == request.id)
    if (db.session.scalar(counted) or 0) >= MOST_FILES:
        raise TooManyVisitFiles(most=MOST_FILES)
    added = HostingFile(
        public_id=new_public_id(), submission_key=submission_key, request_id=request.id, kind=sent.kind,
        note=sent.note, file_hash=sent.file_hash, file_kind=sent.file_kind, file_name=sent.file_name,
        size_bytes=sent.size_bytes, added_at=now, added_by=by,
    )  # fmt: skip
    db.session.add(added)
    db.session.flush()
    note_change(request.public_id, WHAT, {"file": None}, {"file": sent.file_name}, now=now, by=by)
    return added


def remove_file(request: HostingRequest, public_id: str, *, now: datetime, by: str) -> None:
    """Take a file off the visit; one that is gone already stays gone."""
    found = file_of(request, public_id)
    if found is not None:
        note_change(request.public_id, WHAT, {"file": found.file_name}, {"file": None}, now=now, by=by)
        db.session.delete(found)
        db.session.flush()


def show_to_delegates(request: HostingRequest, public_id: str, *, shown: bool, now: datetime, by: str) -> None:
    """Show a file to the delegates, or to them no longer; a second time, or of one that is gone, changes nothing."""
    found = file_of(request, public_id)
    if found is None or (found.shown_at is not None) == shown:
        return
    told = {True: found.file_name, False: None}
    note_change(request.public_id, "shown file", {"file": told[not shown]}, {"file": told[shown]}, now=now, by=by)
    found.shown_at = now if shown else None


def shown_in(event: Event, cities: Collection[str]) -> Sequence[HostingFile]:
    """Return what delegates see of the cities that confirmed, oldest first, each with its request and city.

    cities  public ids of those in which they have a day
    """
    theirs = (
        select(HostingFile)
        .join(HostingFile.request)
        .join(HostingRequest.city)
        .where(HostingRequest.event_id == event.id, HostingRequest.state == "confirmed")
        .where(HostingFile.shown_at.is_not(None), City.public_id.in_(cities))
        .options(contains_eager(HostingFile.request).contains_eager(HostingRequest.city))
    )
    return db.session.scalars(theirs.order_by(HostingFile.id)).all()


def files_of(request: HostingRequest) -> Sequence[HostingFile]:
    """Return the files of the visit, oldest first."""
    theirs = select(HostingFile).where(HostingFile.request_id == request.id)
    return db.session.scalars(theirs.order_by(HostingFile.id)).all()


def file_of(request: HostingRequest, public_id: str) -> HostingFile | None:
    """Return a file of this visit; None for any other."""
    one = select(HostingFile).where(HostingFile.request_id == request.id, HostingFile.public_id == public_id)
    return db.session.scalars(one).one_or_none()

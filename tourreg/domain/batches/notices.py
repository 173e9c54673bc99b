"""Telling those whose days have changed: who holds what, whom a notice would reach, and the batch that sends it.

Whom a notice has been sent or is being sent of the latest version is never told of it again: that is looked up under
the event's lock, and the letter's own key says it once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.batches.choosing import OWN_LANGUAGE, Choice, Wanted
from tourreg.domain.batches.commands import begin_with
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.batches.queries import by_submission_key
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.versions import versions_of
from tourreg.domain.papers.sheets import Day
from tourreg.domain.reports.held_versions import (
    DriverSheet,
    Held,
    days_of_versions,
    driver_sheets,
    held_by,
    issued_driver_sheets,
)
from tourreg.domain.reports.readers import Reader, changes_for, readers_of
from tourreg.domain.reports.subjects import Subject
from tourreg.kernel.refusals import Refusal

KIND = "change_notice"
Standing = Literal["to_tell", "nothing", "no_address", "on_its_way", "failed", "unchanged", "current"]
# In the order in which somebody has to do something about them.
STANDINGS: tuple[Standing, ...] = (
    "to_tell", "failed", "no_address", "nothing", "on_its_way", "unchanged", "current",
)  # fmt: skip


class NobodyToTell(Refusal):
    """Nobody holds a version since which their days have changed, or all of them are being told; facts: version."""


class AnotherVersion(Refusal):
    """A newer version was issued since the form was made; facts: version."""


@dataclass(frozen=True)
class Holder:
    """A reader, what they hold, and what is to be done about it.

    changes   how many things are different for them in the latest version
    standing  to_tell: a notice would go to them; no_address: it would, if there were one; nothing: they were never sent
              a version; on_its_way, failed: of a notice that a batch makes; unchanged: their version is older, but says
              the same of their own days
    batch     public id of the batch that makes the notice
    """

    reader: Reader
    held: Held | None
    changes: int
    standing: Standing
    batch: str = ""


@dataclass(frozen=True)
class Overview:
    """Who holds which version of an itinerary; latest is 0 where none is issued."""

    latest: int
    holders: list[Holder] = field(default_factory=list)
    drivers: list[DriverSheet] = field(default_factory=list)

    def of(self, standing: Standing) -> list[Holder]:
        return [holder for holder in self.holders if holder.standing == standing]


def overview(event: Event, *, now: datetime) -> Overview:
    """Return who holds which version, those first for whom something is to be done, in thirteen statements."""
    numbers = [version.number for version in versions_of(event)]
    if not numbers:
        return Overview(0)
    latest = numbers[0]
    readers = readers_of(event)
    held = held_by(event, readers)
    sheets = issued_driver_sheets(event)
    wanted = {latest, *(one.version for one in held.values()), *(row.programme_version for row in sheets.values())}
    days = days_of_versions(event, wanted)
    holders = _holders(readers, held, days, latest, _under_way(event, latest))
    ordered = sorted(holders, key=lambda holder: STANDINGS.index(holder.standing))
    return Overview(latest, ordered, driver_sheets(event, latest, days, now=now))


def send(event: Event, *, version: int, page_size: str, submission_key: str, now: datetime, by: str) -> PaperBatch:
    """Begin to tell exactly those whose days have changed since the version they hold; the same form again is one.

    event    from `desk.event_to_change`, so that nobody else sends or issues meanwhile
    version  that whoever sends has seen as the latest
    raises   NobodyToTell, AnotherVersion
    """
    known = by_submission_key(submission_key)
    if known is not None:
        return known
    found = overview(event, now=now)
    if found.latest != version:
        raise AnotherVersion(version=found.latest)
    to_tell = found.of("to_tell")
    if not to_tell:
        raise NobodyToTell(version=version)
    form = Choice(frozenset({KIND}), "mail", OWN_LANGUAGE, page_size)
    papers = [_wanted(holder, version) for holder in to_tell]
    return begin_with(event, papers, form, submission_key=submission_key, now=now, by=by)


def subject_of(reader: Reader) -> Subject:
    """Return a reader as one for whom a paper is made."""
    return Subject(reader.public_id, reader.name, reader.email, reader.language)


def _wanted(holder: Holder, version: int) -> Wanted:
    assert holder.held is not None, "who is told holds an older version"
    language = holder.reader.language or "both"
    return Wanted(KIND, subject_of(holder.reader), language, between=(holder.held.version, version))


def _holders(
    readers: Sequence[Reader],
    held: Mapping[str, Held],
    days: Mapping[int, Sequence[Day]],
    latest: int,
    under_way: Mapping[str, tuple[str, Standing]],
) -> list[Holder]:
    """Return every reader; who sees the same and holds the same version is compared once."""
    counted: dict[tuple[object, int], int] = {}
    found = []
    for reader in readers:
        one = held.get(reader.public_id)
        if one is None:
            found.append(Holder(reader, None, 0, "nothing"))
            continue
        key = (reader.sees, one.version)
        if key not in counted:
            counted[key] = len(changes_for(reader, days[one.version], days[latest])) if one.version < latest else 0
        batch, standing = under_way.get(reader.public_id, ("", _standing(reader, one, latest, counted[key])))
        found.append(Holder(reader, one, counted[key], standing, batch))
    return found


def _standing(reader: Reader, held: Held, latest: int, changes: int) -> Standing:
    if held.version >= latest:
        return "current"
    if not changes:
        return "unchanged"
    return "to_tell" if reader.email else "no_address"


def _under_way(event: Event, latest: int) -> dict[str, tuple[str, Standing]]:
    """Return the notices of a version that a batch has not made yet: its public id and how it stands, by reader."""
    columns = (BatchPaper.subject, PaperBatch.public_id, BatchPaper.failure)
    waiting = (
        select(*columns)
        .join(BatchPaper.batch)
        .where(PaperBatch.event_id == event.id, PaperBatch.state != "expired")
        .where(BatchPaper.version_after == latest, BatchPaper.done_at.is_(None))
    )
    return {
        subject: (batch, "failed" if failure else "on_its_way")
        for subject, batch, failure in db.session.execute(waiting)
    }

"""Which version of an itinerary everybody holds: what letters took to them, and what they opened themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import Row, Select, select

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.openings import openings_of
from tourreg.domain.itineraries.rides import days_with_rides, driver_sheet
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.outbox.letter_keys import BATCH_LETTER, NOTICE_LETTER
from tourreg.domain.outbox.models import Enclosure, Letter
from tourreg.domain.papers.models import Opening, Paper
from tourreg.domain.papers.sheets import Day
from tourreg.domain.reports.readers import Reader
from tourreg.kernel.bilingual import Text

Way = Literal["letter", "batch", "notice", "opened", "page"]
Days = Mapping[int, Sequence[Day]]


@dataclass(frozen=True)
class Held:
    """The newest version that a reader has, and the paper by which it came first.

    paper      public id of the paper; "" of a version that its reader had on their own page, as number and kind are
    given_at   when its letter left, or when it was opened; None while the letter waits
    opened_at  when its reader first opened that version here; None where nobody knows
    """

    version: int
    way: Way
    paper: str
    number: str
    kind: str
    given_at: datetime | None
    opened_at: datetime | None = None


@dataclass(frozen=True)
class DriverSheet:
    """The ways of one day, and the newest issued paper that tells a driver of them.

    version  that the paper shows; None where none was issued
    changed  whether the ways are others since
    """

    on: date
    city: Text
    version: int | None
    paper: str
    number: str
    changed: bool


def held_by(event: Event, readers: Sequence[Reader]) -> dict[str, Held]:
    """Return what each reader holds, by their public id, in four statements; who holds nothing is left out."""
    papers = {paper.public_id: paper for paper in db.session.execute(_papers(event))}
    whose = _Whose(readers)
    held: dict[str, Held] = {}
    opened: dict[tuple[str, int], datetime] = {}
    for reader, given in [*_sent(event, papers, whose), *_opened(event, papers, whose), *_on_own_page(event)]:
        known = held.get(reader)
        if known is None or given.version > known.version:
            held[reader] = given
        if given.opened_at is not None:
            key = (reader, given.version)
            opened[key] = min(opened.get(key, given.opened_at), given.opened_at)
    return {reader: replace(one, opened_at=opened.get((reader, one.version))) for reader, one in held.items()}


def days_of_versions(event: Event, numbers: Iterable[int]) -> dict[int, list[Day]]:
    """Return the days of these versions by their numbers, in one statement."""
    columns = (ItineraryVersion.number, ItineraryVersion.days)
    chosen = select(*columns).where(ItineraryVersion.event_id == event.id, ItineraryVersion.number.in_(set(numbers)))
    return {number: cast(list[Day], days) for number, days in db.session.execute(chosen)}


def issued_driver_sheets(event: Event) -> dict[str, Row[tuple[int, str, str, str, str, int]]]:
    """Return the newest issued sheet of each day's driver, by the day's public id, in one statement."""
    issued = _papers(event).where(Paper.kind == "driver_sheet")
    return {row.subject: row for row in db.session.execute(issued)}


def driver_sheets(event: Event, latest: int, days: Days, *, now: datetime) -> list[DriverSheet]:
    """Return the days on which a vehicle leaves, or left as some driver has it on paper.

    days  of the latest version, and of every version that an issued sheet shows
    """
    issued = issued_driver_sheets(event)
    found = []
    for day in days_with_rides(days[latest]):
        row = issued.pop(day.get("id", ""), None)
        changed = row is not None and _rides(event, day, days[row.programme_version], now) != _rides(
            event, day, days[latest], now
        )
        found.append(_driver_sheet(day, row, changed))
    gone = [(row, _day(days[row.programme_version], subject)) for subject, row in issued.items()]
    return [*found, *(_driver_sheet(day, row, changed=True) for row, day in gone if day)]


def _driver_sheet(day: Day, row: Row[tuple[int, str, str, str, str, int]] | None, changed: bool) -> DriverSheet:
    on, city = date.fromisoformat(day["on"]), Text(**day["city"])
    if row is None:
        return DriverSheet(on, city, None, "", "", changed=False)
    return DriverSheet(on, city, row.programme_version, row.public_id, row.number, changed)


def _day(days: Sequence[Day], public_id: str) -> Day | None:
    return next((day for day in days if day.get("id") == public_id), None)


def _rides(event: Event, day: Day, days: Sequence[Day], now: datetime) -> tuple[str, list[object]]:
    sheet = driver_sheet(event, Printed(list(days), None), day=day.get("id", ""), people=0, now=now)
    return sheet["on"], list(sheet["rides"])


def _papers(event: Event) -> Select[tuple[int, str, str, str, str, int]]:
    """Return the issued papers that show a version, oldest first."""
    columns = (Paper.id, Paper.public_id, Paper.number, Paper.kind, Paper.subject, Paper.programme_version)
    shown = select(*columns).where(Paper.about == event.public_id, Paper.programme_version.is_not(None))
    return cast(Select[tuple[int, str, str, str, str, int]], shown.order_by(Paper.id))


class _Whose:
    """Who is meant by an address, or by an actor that opens a paper."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._subjects = {reader.public_id for reader in readers}
        self._by_address: dict[str, list[str]] = defaultdict(list)
        self._by_actor: dict[str, list[str]] = defaultdict(list)
        for reader in readers:
            if reader.email:
                self._by_address[reader.email.casefold()].append(reader.public_id)
            for actor in (
                f"participant:{reader.public_id}",
                f"contact:{reader.registration}",
                f"host:{reader.profile}",
            ):
                self._by_actor[actor].append(reader.public_id)

    def at(self, address: str, subject: str) -> list[str]:
        """Return who gets a paper at an address: whom it is made for, or else everybody with that address."""
        return [subject] if subject in self._subjects else self._by_address.get(address.casefold(), [])

    def behind(self, actor: str, subject: str) -> list[str]:
        """Return who reads a paper that an actor opens; of one that is made for somebody, only that one."""
        found = self._by_actor.get(actor, [])
        return [each for each in found if each == subject] if subject in self._subjects else found


Papers = Mapping[str, Row[tuple[int, str, str, str, str, int]]]


def _sent(event: Event, papers: Papers, whose: _Whose) -> Iterator[tuple[str, Held]]:
    ours = select(Paper.public_id).where(Paper.about == event.public_id, Paper.programme_version.is_not(None))
    columns = (Enclosure.paper, Letter.to_address, Letter.sent_at, Letter.key)
    carrying = select(*columns).join(Letter, Letter.id == Enclosure.letter_id).where(Enclosure.paper.in_(ours))
    for paper, address, sent_at, key in db.session.execute(carrying.order_by(Letter.id)):
        row = papers[paper]
        for reader in whose.at(address, row.subject):
            yield reader, Held(row.programme_version, _way(key), row.public_id, row.number, row.kind, sent_at)


def _way(key: str) -> Way:
    if key.startswith(NOTICE_LETTER):
        return "notice"
    return "batch" if key.startswith(BATCH_LETTER) else "letter"


def _opened(event: Event, papers: Papers, whose: _Whose) -> Iterator[tuple[str, Held]]:
    ours = select(Paper.id).where(Paper.about == event.public_id, Paper.programme_version.is_not(None))
    by_id = {row.id: row for row in papers.values()}
    looked = select(Opening.paper_id, Opening.opener, Opening.first_at).where(Opening.paper_id.in_(ours))
    for paper_id, opener, first_at in db.session.execute(looked.order_by(Opening.first_at)):
        row = by_id[paper_id]
        one = Held(row.programme_version, "opened", row.public_id, row.number, row.kind, first_at, opened_at=first_at)
        yield from ((reader, one) for reader in whose.behind(opener, row.subject))


def _on_own_page(event: Event) -> Iterator[tuple[str, Held]]:
    for reader, version, at in openings_of(event.id):
        yield reader, Held(version, "page", "", "", "", at, opened_at=at)

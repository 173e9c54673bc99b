"""The papers that an event has: from what each is made, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.documents import itinerary_sheet
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.reports.documents import roster_sheet
from tourreg.domain.reports.queries import participants_of
from tourreg.kernel.bilingual import Language, Text

Shelf = Literal["programme", "people", "travel", "cities"]


@dataclass(frozen=True)
class Subject:
    """Whom or what one paper of several is for: a participant, a city, a hotel.

    email     to which it can be sent, or ""
    language  in which whoever gets it reads, if that is known
    """

    public_id: str
    name: Text
    email: str = ""
    language: Language | None = None


@dataclass(frozen=True)
class EventPaper:
    """One kind of paper of an event.

    shelf     under which the office finds it
    sheet     returns the sheet as things stand, for one of the subjects, or for None where it has no subjects
    subjects  for whom it is made one by one, in their order; None where one paper is for all
    """

    kind: str
    shelf: Shelf
    sheet: Callable[[Event, Subject | None, datetime], Mapping[str, Any]]
    subjects: Callable[[Event], Sequence[Subject]] | None = None


def _itinerary(event: Event, _: Subject | None, now: datetime) -> Mapping[str, Any]:
    return itinerary_sheet(event, days_of(event), now=now)


def _roster(event: Event, _: Subject | None, now: datetime) -> Mapping[str, Any]:
    return roster_sheet(event, participants_of(event), now=now)


# In the order in which the office sees them.
EVENT_PAPERS = {
    paper.kind: paper
    for paper in (
        EventPaper("itinerary", "programme", _itinerary),
        EventPaper("roster", "people", _roster),
    )
}

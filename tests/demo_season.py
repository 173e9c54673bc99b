"""The sample season as the sheets of its papers: python -m tests.demo_season FOLDER.

Makes a season in FOLDER/season and writes FOLDER/sheets.json: for each event the fullest sheet of each kind of paper.
"""

import json
import re
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.ports import free_port
from tourreg import create_app
from tourreg.db import db
from tourreg.demo import show
from tourreg.demo.servers import Place, stand_in_for_stripe
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked, EventPaper
from tourreg.domain.reports.subjects import Subjects
from tourreg.kernel import clock
from tourreg.settings import read_settings

# The summit, a tour to the United States, one to China, two training forums, and a programme that is over.
SLUGS = (
    "eco-urbanization-yangzhou", "energy-efficiency-us", "old-quarters-new-uses", "performance-management-shenzhen",
    "city-pipes-wuhan", "water-and-waste",
)  # fmt: skip
SHEETS = "sheets.json"
# In these weeks the names of day and month are long, whenever the season is made.
FROM = date(2027, 9, 1)
_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")

Sheet = Mapping[str, Any]


def made_season(folder: Path) -> Place:
    """Make a season in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(folder.resolve(), free_port(), free_port())
    with stand_in_for_stripe(place):
        show.make(place)
    return place


def sheets_of(place: Place) -> dict[str, dict[str, Sheet]]:
    """Return the fullest sheet of each kind of paper, by kind, by the slug of its event."""
    app = create_app(read_settings(place.environment()))
    with app.app_context():
        return {slug: _sheets(slug) for slug in SLUGS}


def _sheets(slug: str) -> dict[str, Sheet]:
    public_id = db.session.scalars(select(Event.public_id).where(Event.slug == slug)).one()
    event = desk.event(public_id)
    if event is None:
        raise LookupError(slug)
    fullest = {kind: sheet for kind, paper in EVENT_PAPERS.items() if (sheet := _fullest(paper, event))}
    weeks = (FROM - event.starts_on).days // 7
    return {kind: in_other_weeks(sheet, weeks) for kind, sheet in fullest.items()}


def _fullest(paper: EventPaper, event: Event) -> Sheet:
    """Return the longest of its sheets, or nothing where the event has none."""
    subjects = [None] if paper.subjects is None else paper.subjects(Subjects(event))
    sheets = [paper.sheet(Asked(event, subject, clock.utc_now(), issued=False)) for subject in subjects]
    return max(sheets, key=lambda sheet: len(json.dumps(sheet)), default={})


def in_other_weeks(sheet: Sheet, weeks: int) -> Sheet:
    """Return the sheet with every date so many weeks later, so that what is tested does not hang on today's date."""
    later = timedelta(weeks=weeks)

    def moved(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + later).isoformat()

    shifted: Sheet = json.loads(_DAY.sub(moved, json.dumps(sheet, ensure_ascii=False)))
    return shifted


def main(folder: Path) -> None:
    made = json.dumps(sheets_of(made_season(folder / "season")), ensure_ascii=False)
    Path(folder, SHEETS).write_text(made, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

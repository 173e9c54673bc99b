"""Programmes that were sent in the sample season, and a version that came after: some readers wait to be told."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.batches import commands, issuing
from tourreg.domain.batches.choosing import OWN_LANGUAGE, Choice
from tourreg.domain.batches.models import BatchPaper
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import issue_version
from tourreg.domain.papers import standing
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.readers import readers_of
from tourreg.domain.reports.subjects import Subject
from tourreg.kernel.bilingual import Text

ENERGY = "energy-efficiency-us"
LEFT_OUT = 2  # participants who were sent nothing yet
SENT_BEFORE, ISSUED_BEFORE = timedelta(days=1), timedelta(hours=5)


def send_programmes(season: Season, now: datetime) -> None:
    """Mail the energy tour's programmes, and issue a version after that in which some days are others."""
    tour, by = season.events[ENERGY].public_id, programme_officer()
    for paper in _begin(tour, now - SENT_BEFORE, by):
        _send(paper, now - SENT_BEFORE)
    with writing():
        event = desk.event_to_change(tour)
        lunch = _item(event, "Lunch with the crews")
        lunch.starts = lunch.starts.replace(minute=15)
        note = Text("Lunch begins later, in another room.", "午餐推迟，并改换地点。")
        issue_version(event, change_note=note, now=now - ISSUED_BEFORE, by=by)
    with writing():
        walk = _item(desk.event_to_change(tour), "Round table: who measures the saving, and against what")
        walk.notes = Text("Bring a bill of one of your buildings.", "请带一份贵市某座楼宇的账单。")


def _begin(tour: str, at: datetime, by: str) -> list[int]:
    """Begin a batch of programmes for most of the participants, and of days for the host cities with an address."""
    with writing():
        event = desk.event_to_change(tour)
        readers = [reader for reader in readers_of(event) if reader.email]
        people = [reader.public_id for reader in readers if reader.kind == "participant"][:-LEFT_OUT]
        cities = [reader.public_id for reader in readers if reader.kind == "city"]
        choice = Choice(
            frozenset({"personal_itinerary", "host_day"}),
            "mail",
            OWN_LANGUAGE,
            "letter",
            subjects=frozenset([*people, *cities]),
        )
        batch = commands.begin(event, choice, submission_key="demo-programmes", now=at, by=by)
        return list(db.session.scalars(select(BatchPaper.id).where(BatchPaper.batch_id == batch.id)))


def _send(paper: int, at: datetime) -> None:
    """Issue one paper of the batch and ask for its letter; the worker makes its files."""
    with writing():
        row = db.session.get_one(BatchPaper, paper)
        subject = Subject(row.subject, row.name, row.email, "zh" if row.reads == "zh" else "en")
        asked = Asked(row.batch.event, subject, at, issued=True)
        issuing.issue_once(paper, dict(EVENT_PAPERS[row.kind].sheet(asked)), now=at)
        commands.note_made(row.batch, paper, now=at)
        issuing.mail(paper, now=at)
        _open_some(row, asked.event, at)


def _open_some(row: BatchPaper, event: Event, at: datetime) -> None:
    """Note for every second participant that they have opened it an hour later."""
    reader = next((one for one in readers_of(event) if one.public_id == row.subject and one.registration), None)
    if row.paper_id and reader is not None and row.position % 2:
        standing.note_opening(row.paper_id, f"contact:{reader.registration}", now=at + timedelta(hours=1))


def _item(event: Event, title: str) -> Item:
    return next(item for day in days_of(event) for item in day.items if item.title.en == title)

"""Sample certificates: two cities of a programme are recognised, one of them once more with its name put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.certificates import commands
from tourreg.domain.certificates.commands import Form
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.certificates.rules import Wording, holder_of
from tourreg.domain.cities.queries import cities_by_id
from tourreg.domain.hosting.history import hosts_of
from tourreg.kernel.bilingual import Text

EVENT = "energy-efficiency-us"
PEOPLE = 11
CITATION = Text(
    "Sample: its engineers opened the books of the utility and answered every question.",
    "样例：市政工程师公开公用事业账目，有问必答。",
)


def recognise_hosts(season: Season, now: datetime) -> None:
    """Issue certificates to the first two cities of a programme yesterday, and correct the first of them today."""
    by, form, event = programme_officer(), Form("both", "letter", tell=False), season.events[EVENT]
    with writing():
        visits = hosts_of(desk.event_to_change(event.public_id))[:2]
        cities = cities_by_id(visit.city_id for visit in visits)
        for visit in visits:
            city = cities[visit.city_id]
            wording = Wording(holder_of(city.name), people=PEOPLE)
            commands.issue(visit, city, wording, form, submission_key="sample", now=now - timedelta(days=1), by=by)
    with writing():
        first = db.session.scalars(select(Certificate).order_by(Certificate.id).limit(1)).one()
        better = replace(commands.wording_of(first), citation=CITATION)
        commands.replace(
            first, visits[0], better, form, "A sentence was missing.", submission_key="sample again", now=now, by=by
        )

"""What four people of the energy tour tell the cities that receive them; the others have not written yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.demo.programme import Season
from tourreg.domain.registrations.corrections import Introduction, correct_person, person_of
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.own_changes import contact_actor

EVENT = "energy-efficiency-us"
TOLD = {
    "陈立": Introduction(
        "Sample: answers for 2,300 public buildings in Nantong, half of them schools.",
        "Sample: who signs a performance contract when the saving comes in twenty years.",
    ),
    "冯雪": Introduction("示例：主管全市节能监察，曾任审计员。", "示例：城市如何向议会说明节能账。"),
    "田芳": Introduction("Sample: keeps the city’s capital budget.", ""),
    "屠正轩": Introduction("", "Sample: how a utility pays for a cooler afternoon in August."),
}


def introduce_people(season: Season, now: datetime) -> None:
    """Let the contacts of some who come tell who they are and what they want to learn."""
    theirs = select(Participant).join(Participant.registration)
    with writing():
        of_event = theirs.where(Registration.event_id == season.events[EVENT].id, Participant.native.in_(TOLD))
        for person in db.session.scalars(of_event).all():
            told = replace(person_of(person), introduction=TOLD[person.native])
            correct_person(person, told, now=now, by=contact_actor(person.registration))

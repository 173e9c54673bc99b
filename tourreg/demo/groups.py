"""The people of the summit and of the energy tour in the groups of their programmes, but for the last who registered."""

from __future__ import annotations

from datetime import datetime, timedelta

from tourreg.db import writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.registrations.groups import even_split, people_of, put_into

IN_GROUPS = ("eco-urbanization-yangzhou", "energy-efficiency-us")
PUT_BEFORE = timedelta(days=4)
LEFT = 3


def put_into_groups(season: Season, now: datetime) -> None:
    """Put everybody whose place is sure into A or B but the last three, and one of the summit among the guests."""
    for key in IN_GROUPS:
        _put(season.events[key].public_id, key == IN_GROUPS[0], now - PUT_BEFORE)


def _put(public_id: str, with_guest: bool, at: datetime) -> None:
    by = programme_officer()
    with writing():
        event = desk.event_to_change(public_id)
        people = list(people_of(event))[:-LEFT]
        guest = [people.pop().public_id] if with_guest else []
        split = even_split(people)
        for group, chosen in (("a", split.into_a), ("b", split.into_b), ("guests", guest)):
            put_into(event, dict.fromkeys(chosen, ""), group, now=at, by=by)

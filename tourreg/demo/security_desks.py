"""A host city of the sample season whose security desk asked for the nationality of those who come."""

from datetime import datetime, timedelta

from tourreg.db import writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.hosting.security_desks import Asking, note_request

EVENT, CITY = "energy-efficiency-us", "charlotte"
ASKED_BY = "Lt. Monique Farrow, city hall security desk (sample)"


def note_security_desks(season: Season, now: datetime) -> None:
    """Note what the city's desk wrote a week ago."""
    asked_on = (now - timedelta(days=7)).date()
    with writing():
        asking = Asking(season.cities[CITY].public_id, ASKED_BY, asked_on)
        note_request(season.events[EVENT].public_id, asking, now=now, by=programme_officer())

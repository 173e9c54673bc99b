"""What certificates are made from."""

from __future__ import annotations

from datetime import datetime

from tourreg.domain.certificates.rules import Wording
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.history import Hosted
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.itineraries.visited import days_in, official
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.sheets import Bilingual, Head, Organisation, Signed

MOST_PLACES = 3


class RecognitionSheet(Head):
    """A host city's certificate of recognition.

    holder    as it is printed
    title     of the programme that came
    people    how many were received; 0 prints no number
    places    what they were shown first, at most MOST_PLACES
    citation  a sentence of the office's own, or nothing
    partners  who stand beside the seller on top
    """

    title: Bilingual
    holder: Bilingual
    first_on: str
    last_on: str
    people: int
    places: list[Bilingual]
    citation: Bilingual
    partners: list[Organisation]
    signed: Signed


def recognition_sheet(
    visit: Hosted, city: City, wording: Wording, *, now: datetime | None, issued: bool
) -> RecognitionSheet:
    """Return the sheet of a certificate of recognition.

    now     of a working copy; None where it is issued at once
    issued  it tells of the itinerary's latest version; a working copy of the draft
    """
    event = visit.event
    seen = official(days_in(days_for_print(event, issued=issued).days, city.public_id))
    return {
        **head("host_recognition", event.issuer, made_at=now),
        "title": both(event.title),
        "holder": both(wording.holder),
        "first_on": visit.first_on.isoformat(),
        "last_on": visit.last_on.isoformat(),
        "people": wording.people or 0,
        "places": [item["title"] for item in seen][:MOST_PLACES],
        "citation": both(wording.citation),
        "partners": event.partners[:1],
        "signed": signed("host_recognition", event.issuer),
    }

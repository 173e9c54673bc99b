"""The letter by which a city is asked to host, made from the request: who comes, what for, when, and how to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from tourreg.domain.hosting.confirmations import Receiver, receiver_of
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import contacts_of
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.itineraries.documents import public_day
from tourreg.domain.itineraries.versions import Printed, days_for_print
from tourreg.domain.papers import commands, queries
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.letterheads import signed
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import Bilingual, Day, Head, Item, Signed
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.host_letters import MOST_LISTED, organisations
from tourreg.domain.reports.queries import participants_of

KIND = "host_request"
OFFICIAL = ("meeting", "site_visit", "lecture", "cultural")


class DraftItem(TypedDict):
    """One thing in a draft day; starts is HH:MM as the clocks of the city show it."""

    starts: str
    title: Bilingual
    place: Bilingual


class DraftDay(TypedDict):
    """What we have thought of so far for one day in the city."""

    on: str
    items: list[DraftItem]


class HostRequestSheet(Head, Receiver):
    """A letter that asks a city to receive a group; no name and no nationality of those who come stands in it.

    organisations        where those come from who are registered, most first
    programme_first_on, programme_last_on  of the whole programme
    offer_kind, offer    what the city offered and is asked for; "" and empty where it is asked without an offer
    goals                what the group wants to learn, in the city's own language
    visits, topics, days  what the draft of the programme says of the city
    answer_by            the last day for the answer, in the city's zone
    """

    title: Bilingual
    first_on: str
    last_on: str
    programme_first_on: str
    programme_last_on: str
    people: int
    organisations: list[str]
    offer_kind: str
    offer: Bilingual
    goals: str
    visits: list[Bilingual]
    topics: list[Bilingual]
    days: list[DraftDay]
    answer_by: str
    signed: Signed


def issue_letter(request: HostingRequest, *, now: datetime, by: str) -> Paper:
    """Issue the letter that asks in the language of the city's contact; the next one replaces it."""
    event = request.event
    contact = next(iter(contacts_of(request.city_id)), None)
    language = "zh" if contact and contact.language == "zh" else "en"
    people, printed = participants_of(event), days_for_print(event, issued=False)
    return commands.issue(
        KIND,
        dict(request_sheet(request, people, printed, now=now)),
        issuer=event.issuer,
        about=event.public_id,
        subject=request.public_id,
        recipient=request.city.name.in_("en"),
        language=language,
        page_size="letter" if request.city.country == "US" else "a4",
        now=now,
        by=by,
        replaces=queries.latest(event.public_id, KIND, language=language, subject=request.public_id),
    )


def request_sheet(
    request: HostingRequest, people: Sequence[Participant], printed: Printed, *, now: datetime
) -> HostRequestSheet:
    """Return the sheet of the letter that asks; its days are those of the draft in the city that the request names."""
    event, offer = request.event, request.offer
    asked = {day.isoformat() for day in Span(request.first_on, request.last_on).days()}
    days = [public_day(day) for day in printed.days if day.get("city_id") == request.city.public_id]
    own = [(day["on"], _official(day)) for day in days if day["on"] in asked]
    official = [item for _on, items in own for item in items]
    topics = [item.get("details", {}).get("topics") for item in official]
    return {
        **head(KIND, event.issuer, made_at=now),
        **receiver_of(request),
        "title": both(event.title),
        "first_on": request.first_on.isoformat(),
        "last_on": request.last_on.isoformat(),
        "programme_first_on": event.starts_on.isoformat(),
        "programme_last_on": event.ends_on.isoformat(),
        "people": request.people,
        "organisations": organisations(people),
        "offer_kind": offer.kind if offer else "",
        "offer": both(offer.title) if offer else {"en": "", "zh": ""},
        "goals": request.words,
        "visits": [] if own else [item["title"] for day in days for item in _official(day)][:MOST_LISTED],
        "topics": [topic for topic in topics if topic and any(topic.values())][:MOST_LISTED],
        "days": [{"on": on, "items": [_drafted(item) for item in items]} for on, items in own if items],
        "answer_by": request.deadline_on.isoformat(),
        "signed": signed(KIND, event.issuer),
    }


def _official(day: Day) -> list[Item]:
    """Return what of a day the city has to do with: no bed, no breakfast and no way there."""
    return [item for item in day["items"] if item["kind"] in OFFICIAL]


def _drafted(item: Item) -> DraftItem:
    return {"starts": item["starts"], "title": item["title"], "place": item["place"]}

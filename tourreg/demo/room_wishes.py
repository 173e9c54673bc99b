"""With whom people of the sample season want to share a room; what they wish is invented like they are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from tourreg.db import writing
from tourreg.demo.journeys import told_at
from tourreg.demo.people import REGISTRATIONS
from tourreg.demo.programme import Season
from tourreg.demo.shapes import Participant as Content
from tourreg.demo.staff import programme_officer
from tourreg.domain.consents.queries import current_text
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.plans import TravelPlan, plan_of_travel
from tourreg.kernel.plans import fingerprint

TOUR, SUMMIT = "energy-efficiency-us", "eco-urbanization-yangzhou"
# By event and surname: two who wish each other, one each way of writing a name, and one whose wish nobody can meet.
WISHES: dict[tuple[str, str], dict[str, str]] = {
    (TOUR, "Feng"): {"mate": "Tian Fang"},
    (TOUR, "Tian"): {"mate": "冯雪"},
    (TOUR, "Shangguan"): {"mate": "XU, Rongsheng", "room_kind": "twin"},
    (TOUR, "Cheng"): {"mate": "Wang Wei"},
    (TOUR, "Gu"): {"room_kind": "double"},
    (SUMMIT, "Lindqvist"): {"room_kind": "twin"},
    (SUMMIT, "Kim"): {"mate": "Park"},
}
SEXES = {"mr": "male", "ms": "female"}


def tell_wishes(season: Season, now: datetime) -> None:
    """Let the people of the tour and the summit tell what they wish; at the summit most allow rooms by sex as well."""
    by = programme_officer()
    for event in (TOUR, SUMMIT):
        contents = {_key(one): one for one in _contents(event)}
        for person in queries.people_of(season.events[event]):
            said = _said(event, person, contents)
            if said:
                _tell(person, said, told_at(person, now), by)


def _contents(event: str) -> Iterable[Content]:
    return (one for content in REGISTRATIONS if content["event"] == event for one in content["participants"])


def _key(content: Content) -> tuple[str, str]:
    return content["surname"], content["given"]


def _said(event: str, person: Participant, contents: dict[tuple[str, str], Content]) -> dict[str, Any]:
    wish: dict[str, Any] = dict(WISHES.get((event, person.surname), {}))
    content = contents.get((person.surname, person.given))
    if event == SUMMIT and content and content["salutation"] in SEXES:
        wish |= {"sex": SEXES[content["salutation"]], "sex_for_rooms": True}
    return wish


def _tell(person: Participant, said: dict[str, Any], now: datetime, by: str) -> None:
    """Add what they wish to what they told before."""
    registration_id, public_id = person.registration_id, person.public_id
    known = queries.traveller_of(person)
    plan = plan_of_travel(known) if known else TravelPlan()
    text = None if known else current_text(telling.TRAVEL, now)
    with writing():
        telling.tell(registration_id, public_id, replace(plan, **said), text, seen=fingerprint(plan), now=now, by=by)

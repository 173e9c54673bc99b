"""People on their way to a study tour, its hotel, and what tests of travel ask about them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from tests.cast import a_person, a_registration, a_study_tour, saved
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.rules import BookedPerson
from tourreg.domain.travel import queries
from tourreg.domain.travel.legs import LegPlan
from tourreg.domain.travel.lodging import Lodging, lodging_of
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.plans import RoomTypePlan, StayPlan, TravelPlan
from tourreg.domain.travel.stays import write_stay
from tourreg.domain.travel.telling import NOTHING_SEEN, tell
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

BY = "staff:ren"
TWIN = RoomTypePlan("twin", Text("Twin", "双床房"), Text("2 queen", "两张大床"), 2, 3, 17_400)
KING = RoomTypePlan("double", Text("King", "大床房"), Text("1 king", "一张特大床"), 1, 2, 18_900)
TRAVEL_TEXT = Text("Travel details", "行程信息")


def people_on_tour(*people: BookedPerson, now: datetime, event: Event | None = None) -> Registration:
    """Return a confirmed registration for the study tour; of CHEN Guoliang and HAN Xuemei unless others are given."""
    travelling = people or (
        a_person("Chen", "Guoliang", native="陈国梁", organisation="Yangzhou"),
        a_person("Han", "Xuemei", native="韩雪梅", organisation="Yangzhou"),
    )
    registration = a_registration(event or a_study_tour(), *travelling, now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by=BY)
    return registration


def the_travel_text() -> ConsentText:
    """Return the text that people agree to before they tell of their journey, made when first asked for."""
    known = _known_text()
    return known or saved(ConsentText(kind="travel", version_on=date(2027, 1, 1), title=TRAVEL_TEXT, body=TRAVEL_TEXT))


def told(participant: Participant, now: datetime, seen: str = NOTHING_SEEN, **said: Any) -> None:
    """Let a participant agree and tell of the journey."""
    text, registration_id, person = the_travel_text(), participant.registration_id, participant.public_id
    with writing():
        tell(registration_id, person, TravelPlan(**said), text, seen=seen, now=now, by=BY)


def a_leg(way: Any = "arrival", on: date = date(2027, 5, 3), at: time = time(16, 30), **changed: Any) -> LegPlan:
    """Return a flight from Chicago that arrives in Denver, or from Denver to Chicago, on that day at that time."""
    there = way == "arrival"
    values: dict[str, Any] = {
        "way": way, "carrier": "United", "number": "UA 1234",
        "from_place": "Chicago ORD" if there else "Denver DEN", "to_place": "Denver DEN" if there else "Chicago ORD",
        "departs_on": on, "departs": time(14) if there else at, "departs_zone": "America/Chicago" if there else
        "America/Denver", "arrives_on": on, "arrives": at if there else time(23),
        "arrives_zone": "America/Denver" if there else "America/Chicago",
    }  # fmt: skip
    return LegPlan(**{**values, **changed})


def a_stay_plan(**changed: Any) -> StayPlan:
    """Return the Hotel Poudre River, 3–7 May 2027, with three twin rooms and two king rooms."""
    values: dict[str, Any] = {
        "hotel": Text("Hotel Poudre River", "波德尔河酒店"),
        "address": Text("160 Walnut Street, Fort Collins, CO 80524"),
        "phone": "+1 970 555 0133", "contact": "Maya Serrano", "email": "groups@hotel.example.org",
        "check_in_on": date(2027, 5, 3), "check_out_on": date(2027, 5, 7), "contract": "HPR-2027-0519",
        "cut_off_on": date(2027, 4, 20), "currency": "USD", "room_types": (TWIN, KING),
    }  # fmt: skip
    return StayPlan(**{**values, **changed})


def a_stay(event: Event, now: datetime, **changed: Any) -> Stay:
    """Return a saved hotel of the event."""
    with writing():
        locked = desk.event_to_change(event.public_id)
        return write_stay(locked, a_stay_plan(**changed), submission_key=new_public_id(), now=now, by=BY)


def lodging_to_change(stay_id: str) -> Lodging:
    """Return the hotel of this public id as it is, locked; only while writing."""
    return lodging_of(queries.stay_to_change(stay_id))


def rooms_of(stay: Stay) -> dict[int, list[str]]:
    """Return who sleeps in each room, by surname."""
    db.session.rollback()
    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    return {room.number: [bed.participant.surname for bed in room.beds] for room in found.rooms}


def _known_text() -> ConsentText | None:
    return db.session.scalar(select(ConsentText).where(ConsentText.kind == "travel"))

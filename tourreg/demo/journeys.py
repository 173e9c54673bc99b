"""How the people of the sample season travel, and what they eat; flights and trains are invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tourreg.db import writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.queries import current_text
from tourreg.domain.registrations.models import Participant
from tourreg.domain.registrations.own_changes import contact_actor
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.legs import LegPlan, Way
from tourreg.domain.travel.plans import TravelPlan, plan_of_travel
from tourreg.domain.travel.telling import TRAVEL
from tourreg.kernel.plans import fingerprint

# Days from the event's first day, a time and a zone: of the departure, then of the arrival.
End = tuple[str, int, str, str]
Ride = tuple[str, str, End, End]
TOLD_BEFORE = timedelta(days=5)
TAKEN_BACK = ("Xia", "Yulan")
CHINA, PACIFIC, EASTERN = "Asia/Shanghai", "America/Los_Angeles", "America/New_York"
PUDONG, HONGQIAO, YANGZHOU = "Shanghai Pudong PVG", "Shanghai Hongqiao", "Yangzhou East"
BEIJING = "Beijing Capital PEK"
TO_COLORADO: Sequence[Ride] = (
    ("Sample Air", "ZZ 857", (PUDONG, 0, "13:10", CHINA), ("San Francisco SFO", 0, "09:10", PACIFIC)),
    ("Sample Air", "ZZ 412", ("San Francisco SFO", 0, "12:20", PACIFIC), ("Denver DEN", 0, "15:55", "America/Denver")),
)
FROM_CAROLINA: Sequence[Ride] = (
    ("Sample Air", "ZZ 1093", ("Charlotte CLT", 10, "06:45", EASTERN), ("Dallas DFW", 10, "08:30", "America/Chicago")),
    ("Sample Air", "ZZ 127", ("Dallas DFW", 10, "10:55", "America/Chicago"), (PUDONG, 11, "15:20", CHINA)),
)
EVENING_TRAIN: Ride = ("China Railway", "G 8330", (HONGQIAO, -1, "20:05", CHINA), (YANGZHOU, -1, "22:14", CHINA))
TRAIN_BACK: Ride = ("China Railway", "G 8332", (YANGZHOU, 2, "19:05", CHINA), (HONGQIAO, 2, "21:14", CHINA))
# Who comes to the summit from where, by country; the way back begins with the same train.
FROM_ABROAD: dict[str, Ride] = {
    "US": ("Sample Air", "ZZ 891", ("San Francisco SFO", -2, "13:05", PACIFIC), (PUDONG, -1, "17:40", CHINA)),
    "DE": ("Sample Air", "ZZ 728", ("Frankfurt FRA", -2, "17:50", "Europe/Berlin"), (PUDONG, -1, "11:25", CHINA)),
    "PT": ("Sample Air", "ZZ 710", ("Lisbon LIS", -2, "10:30", "Europe/Lisbon"), (PUDONG, -1, "08:05", CHINA)),
    "JP": ("Sample Air", "ZZ 521", ("Tokyo NRT", -1, "09:55", "Asia/Tokyo"), (PUDONG, -1, "12:35", CHINA)),
    "KR": ("Sample Air", "ZZ 362", ("Seoul ICN", -1, "12:20", "Asia/Seoul"), (PUDONG, -1, "13:25", CHINA)),
    "BR": ("Sample Air", "ZZ 774", ("Sao Paulo GRU", -3, "23:55", "America/Sao_Paulo"), (PUDONG, -1, "14:50", CHINA)),
    "IN": ("Sample Air", "ZZ 348", ("Delhi DEL", -2, "23:40", "Asia/Kolkata"), (PUDONG, -1, "07:55", CHINA)),
    "NG": ("Sample Air", "ZZ 142", ("Lagos LOS", -2, "14:20", "Africa/Lagos"), (PUDONG, -1, "13:10", CHINA)),
}
HOME: dict[str, tuple[End, End]] = {
    "US": ((PUDONG, 3, "13:15", CHINA), ("San Francisco SFO", 3, "08:40", PACIFIC)),
    "DE": ((PUDONG, 3, "13:40", CHINA), ("Frankfurt FRA", 3, "18:50", "Europe/Berlin")),
    "JP": ((PUDONG, 3, "14:05", CHINA), ("Tokyo NRT", 3, "18:00", "Asia/Tokyo")),
    "KR": ((PUDONG, 3, "14:30", CHINA), ("Seoul ICN", 3, "17:35", "Asia/Seoul")),
}
# Every so many people somebody says so.
DIETS = ("", "", "Vegetarian, no egg", "", "Halal", "", "", "Allergic to peanuts", "", "No seafood / 不吃海鲜", "")
NEEDS = (
    "",
    "",
    "",
    "Few steps: a knee operation in December",
    "",
    "",
    "Wheelchair for long ways",
    "",
    "",
    "",
    "",
    "",
    "",
)


def tell_of_journeys(season: Season, now: datetime) -> None:
    """Ask for travel details at two events, and let most people tell."""
    for name in ("energy-efficiency-us", "eco-urbanization-yangzhou"):
        event_id, by = season.events[name].public_id, programme_officer()
        with writing():
            event = desk.event_to_change(event_id)
            telling.call(event, max(event.starts_on - timedelta(days=28), now.date()), now=now, by=by)
        people = queries.people_of(season.events[name])
        tours = _tours(season.events[name], people)
        known = {person: plan_of_travel(one) for person, one in queries.travellers_of(people).items()}
        for place, person in enumerate(people):
            if place % 6 != 5 or person.id in known:  # every sixth has not told yet
                before = known.get(person.id, TravelPlan())
                _tell(person, before, _plan(before, person, place, tours[person.id]), told_at(person, now))


def told_at(person: Participant, now: datetime) -> datetime:
    """Return when somebody told: some days ago, or soon after they registered."""
    return max(now - TOLD_BEFORE, person.registration.registered_at + timedelta(minutes=40))


def take_one_back(season: Season, now: datetime) -> None:
    """Let somebody on the energy tour take their consent back after their programme was printed."""
    people = queries.people_of(season.events["energy-efficiency-us"])
    one = next(person for person in people if (person.surname, person.given) == TAKEN_BACK)
    with writing():
        by = contact_actor(one.registration)
        telling.take_back(one.registration_id, one.public_id, now=now - timedelta(hours=2), by=by)


def _tell(person: Participant, before: TravelPlan, plan: TravelPlan, now: datetime) -> None:
    registration, public_id, by = person.registration_id, person.public_id, contact_actor(person.registration)
    with writing():
        text = current_text(TRAVEL, now)
        telling.tell(registration, public_id, plan, text, seen=fingerprint(before), now=now, by=by)


def _tours(event: Event, people: Sequence[Participant]) -> dict[int, set[str]]:
    """Return the kinds of tours that each takes, by the participant's id."""
    kinds = {add_on.id: add_on.kind for add_on in event.add_ons}
    taken = queries.parts_taken(event, people)
    return {person.id: {kinds[one] for one in taken.get(person.id, ()) if one in kinds} for person in people}


def _plan(before: TravelPlan, person: Participant, place: int, tours: set[str]) -> TravelPlan:
    at_home = f"+1 202 555 {100 + place:04}"
    return replace(
        before,
        legs=tuple(_legs(person, tours)),
        diet=before.diet or DIETS[place % len(DIETS)],
        access=before.access or NEEDS[place % len(NEEDS)],
        phone=before.phone or (at_home if person.country == "US" else ""),
        emergency_name=f"{person.surname} family",
        emergency_relation="Spouse" if place % 2 else "Parent",
        emergency_phone=f"+86 138 5550 {1_000 + place:04}" if person.country == "CN" else at_home,
    )


def _legs(person: Participant, tours: set[str]) -> list[LegPlan]:
    event = person.registration.event
    there, back = (TO_COLORADO, FROM_CAROLINA) if event.direction == "to_us" else _of_summit(person, tours)
    first = event.starts_on
    return [*(_leg("arrival", ride, first) for ride in there), *(_leg("departure", ride, first) for ride in back)]


def _of_summit(person: Participant, tours: set[str]) -> tuple[list[Ride], list[Ride]]:
    """Return how somebody comes to the summit and goes home; tours begin in Beijing, and end in Shanghai."""
    flight, home = FROM_ABROAD.get(person.country), HOME.get(person.country)
    there, back = ([flight] if flight else []), ([("Sample Air", "ZZ 502", *home)] if home else [])
    there = [_later(one, -4, to_place=BEIJING) for one in there] if "pre_tour" in tours else [*there, EVENING_TRAIN]
    if "post_tour" in tours:
        return there, [_later(one, 3) for one in back]
    return there, [TRAIN_BACK, *back]


def _later(ride: Ride, days: int, to_place: str = "") -> Ride:
    """Return the ride so many days later, which may be fewer; and to another place."""
    carrier, number, (here, out, departs, zone), (there, home, arrives, home_zone) = ride
    return carrier, number, (here, out + days, departs, zone), (to_place or there, home + days, arrives, home_zone)


def _leg(way: Way, ride: Ride, first: date) -> LegPlan:
    carrier, number, (from_place, out, departs, from_zone), (to_place, home, arrives, to_zone) = ride
    return LegPlan(
        way=way,
        carrier=carrier,
        number=number,
        from_place=from_place,
        departs_on=first + timedelta(days=out),
        departs=time.fromisoformat(departs),
        departs_zone=from_zone,
        to_place=to_place,
        arrives_on=first + timedelta(days=home),
        arrives=time.fromisoformat(arrives),
        arrives_zone=to_zone,
    )

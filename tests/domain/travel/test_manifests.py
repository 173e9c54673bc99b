"""What the lists of arrivals and of diets say of people who told, and what they do not."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_person, a_study_tour, an_add_on, consent_texts, saved
from tests.travel_cast import a_leg, people_on_tour, told
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.travel.telling import take_back

FIRST = date(2027, 5, 3)


@pytest.fixture
def registration(app: Flask, now: Any) -> Registration:
    saved(*consent_texts())
    return people_on_tour(
        a_person("Chen", "Guoliang", native="陈国梁"), a_person("Han", "Xuemei", native="韩雪梅"), a_person(), now=now
    )


def the_sheet(kind: str, registration: Registration, now: Any) -> Any:
    """Return the sheet of a paper as the office prints it."""
    db.session.rollback()
    return EVENT_PAPERS[kind].sheet(Asked(registration.event, None, now, issued=False))


def names(people: Any) -> list[str]:
    return [one["latin"] for one in people]


def aboard(journey: Any) -> list[str]:
    return [name for party in journey["parties"] for name in names(party["people"])]


def others(party: Any) -> list[str]:
    """Return the numbers of the flights before or after the one that is met."""
    return [leg["number"] for leg in party["further"]]


def test_those_on_one_flight_stand_together_however_they_typed_it(registration: Registration, now: Any) -> None:
    chen, han, hart = registration.participants
    told(chen, now, legs=(a_leg(number="UA 1234"),))
    told(han, now, legs=(a_leg(number="ua1234", to_place="denver  DEN"),))
    told(hart, now, legs=(a_leg(number="UA 77", at=time(16, 45)),))

    (day,) = the_sheet("arrivals", registration, now)["arrivals"]

    assert (day["on"], day["heads"]) == ("2027-05-03", 3)
    assert [aboard(each) for each in day["journeys"]] == [["CHEN Guoliang", "HAN Xuemei"], ["Emily HART"]]


def test_arrivals_stand_by_the_instant_and_not_by_what_clocks_show(registration: Registration, now: Any) -> None:
    chen, han, hart = registration.participants
    told(chen, now, legs=(a_leg(at=time(23)),))
    told(
        han,
        now,
        legs=(a_leg(departs=time(9), at=time(11), arrives_zone="Asia/Shanghai", departs_zone="Asia/Tokyo"),),
    )
    told(hart, now, legs=(a_leg(at=time(0, 10), on=date(2027, 5, 4), departs_on=FIRST),))

    days = the_sheet("arrivals", registration, now)["arrivals"]

    assert [(day["on"], [aboard(each) for each in day["journeys"]]) for day in days] == [
        ("2027-05-03", [["HAN Xuemei"], ["CHEN Guoliang"]]),
        ("2027-05-04", [["Emily HART"]]),
    ]


def test_a_flight_over_the_date_line_lands_the_day_before(registration: Registration, now: Any) -> None:
    leg = a_leg(
        departs_on=date(2027, 5, 4), departs=time(0, 20), departs_zone="Asia/Shanghai", on=FIRST, at=time(20, 20),
        arrives_zone="America/Los_Angeles", to_place="San Francisco SFO",
    )  # fmt: skip
    told(registration.participants[0], now, legs=(leg,))

    (day,) = the_sheet("arrivals", registration, now)["arrivals"]

    flight = day["journeys"][0]
    assert (day["on"], flight["shift"], flight["minutes"]) == ("2027-05-03", -1, 11 * 60)


def test_people_are_met_at_their_last_flight_and_leave_with_their_first(registration: Registration, now: Any) -> None:
    before = a_leg(departs=time(7), at=time(9), number="UA 1", to_place="Chicago ORD", arrives_zone="America/Chicago")
    after = a_leg("departure", date(2027, 5, 15), at=time(8), number="UA 3")
    told(registration.participants[0], now, legs=(a_leg(), before, after, a_leg("departure", date(2027, 5, 14))))

    sheet = the_sheet("arrivals", registration, now)

    met, left = sheet["arrivals"][0]["journeys"][0], sheet["departures"][0]["journeys"][0]
    assert (met["number"], others(met["parties"][0])) == ("UA 1234", ["UA 1"])
    assert (left["departs_on"], others(left["parties"][0])) == ("2027-05-14", ["UA 3"])


def test_those_with_the_same_earlier_flight_stand_together(registration: Registration, now: Any) -> None:
    chen, han, _ = registration.participants
    before = a_leg(departs=time(7), at=time(9), number="UA 1", to_place="Chicago ORD", arrives_zone="America/Chicago")
    told(chen, now, legs=(before, a_leg()))
    told(han, now, legs=(a_leg(),))

    flight = the_sheet("arrivals", registration, now)["arrivals"][0]["journeys"][0]

    assert [(others(party), names(party["people"])) for party in flight["parties"]] == [
        ([], ["HAN Xuemei"]),
        (["UA 1"], ["CHEN Guoliang"]),
    ]


def test_whoever_comes_to_a_place_within_the_hour_shares_a_vehicle(registration: Registration, now: Any) -> None:
    chen, han, hart = registration.participants
    told(chen, now, legs=(a_leg(at=time(16)),))
    told(han, now, legs=(a_leg(at=time(17), number="UA 2"),))
    told(hart, now, legs=(a_leg(at=time(18, 1), number="UA 3"),))

    waves = the_sheet("arrivals", registration, now)["waves"]

    assert [(wave["first"], wave["last"], wave["heads"], wave["journeys"]) for wave in waves] == [
        ("16:00", "17:00", 2, 2),
        ("18:01", "18:01", 1, 1),
    ]


def test_a_guest_needs_a_seat_too(app: Flask, now: Any) -> None:
    saved(*consent_texts())
    event = a_study_tour(add_ons=[an_add_on("guest", "Guest", 50_000)])
    bringing = replace(a_person("Vega", "Marisol"), guest="Otto Lind", add_ons=(event.add_ons[0].public_id,))
    registration = people_on_tour(bringing, now=now, event=event)
    told(registration.participants[0], now, legs=(a_leg(),))

    sheet = the_sheet("arrivals", registration, now)

    assert (sheet["arrivals"][0]["heads"], sheet["waves"][0]["heads"]) == (2, 2)


def test_whoever_told_nothing_or_took_it_back_is_named_as_missing(registration: Registration, now: Any) -> None:
    chen, han, _ = registration.participants
    told(chen, now, legs=(a_leg(),))
    told(han, now, diet="Halal", legs=(a_leg(),))
    with writing():
        take_back(registration.id, han.public_id, now=now, by="contact:x")

    arrivals, diets = the_sheet("arrivals", registration, now), the_sheet("diet_list", registration, now)

    assert names(arrivals["without"]) == ["HAN Xuemei", "Emily HART"]
    assert (diets["diets"], diets["unknown"], diets["usual"]) == ([], 2, 1)


def test_the_manifest_tells_of_nothing_but_names_and_ways(registration: Registration, now: Any) -> None:
    secret = {"diet": "no pork", "access": "wheelchair", "mate": "a friend", "phone": "+1 202 555 0123"}
    told(registration.participants[0], now, legs=(a_leg(),), emergency_name="Mother", wechat="chen71", **secret)

    sheet = str(the_sheet("arrivals", registration, now))

    assert not [value for value in (*secret.values(), "Mother", "chen71") if value in sheet]


def test_the_diet_list_has_each_diet_once_and_the_most_needed_first(registration: Registration, now: Any) -> None:
    chen, han, hart = registration.participants
    told(chen, now, diet="Halal", access="wheelchair", legs=(a_leg(),))
    told(han, now, diet="Vegetarian,  no egg")
    told(hart, now, diet="vegetarian, no egg ")

    sheet = the_sheet("diet_list", registration, now)

    assert [(each["diet"], names(each["people"])) for each in sheet["diets"]] == [
        ("Vegetarian,  no egg", ["HAN Xuemei", "Emily HART"]),
        ("Halal", ["CHEN Guoliang"]),
    ]
    assert not [value for value in ("wheelchair", "UA 1234") if value in str(sheet)]
    assert sheet["destroy_on"] > registration.event.ends_on.isoformat()

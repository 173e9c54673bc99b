"""Hotels of an event, written down and revised."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from tests.cast import consent_texts, saved
from tests.travel_cast import BY, KING, TWIN, a_stay, a_stay_plan, lodging_to_change, people_on_tour
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.travel import queries, stays
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.plans import StayPlan, plan_of_stay
from tourreg.domain.travel.rooms import propose
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.both


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    saved(*consent_texts())
    return people_on_tour(now=now)


@pytest.fixture
def stay(registration: Registration, now: datetime) -> Stay:
    return a_stay(registration.event, now)


def plan_now(stay: Stay) -> StayPlan:
    db.session.rollback()
    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    return plan_of_stay(found)


def revised(stay: Stay, plan: StayPlan, now: datetime, seen: str = "") -> None:
    with writing():
        stays.revise_stay(
            queries.stay_to_change(stay.public_id), plan, seen=seen or fingerprint(plan_now_in(stay)), now=now, by=BY
        )


def plan_now_in(stay: Stay) -> StayPlan:
    return plan_of_stay(queries.stay_to_change(stay.public_id))


def test_types_change_their_places_and_new_ones_come(stay: Stay, now: datetime) -> None:
    before = plan_now(stay)
    twin, king = before.room_types
    suite = replace(KING, kind="suite", label=Text("Suite", "套房"))

    revised(stay, replace(before, room_types=(king, suite, twin)), now)

    assert [each.label.en for each in plan_now(stay).room_types] == ["King", "Suite", "Twin"]


def test_a_type_goes_that_no_room_is_of(stay: Stay, now: datetime) -> None:
    before = plan_now(stay)

    revised(stay, replace(before, room_types=before.room_types[:1]), now)

    assert [each.label.en for each in plan_now(stay).room_types] == ["Twin"]


def test_a_type_in_use_stays(registration: Registration, stay: Stay, now: datetime) -> None:
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)

    with pytest.raises(stays.TypeIsInUse) as refusal:
        revised(stay, replace(plan_now(stay), room_types=()), now)

    assert refusal.value.rooms == [1, 2]


def test_who_saves_after_somebody_else_hears_of_it(stay: Stay, now: datetime) -> None:
    seen = fingerprint(plan_now(stay))
    revised(stay, replace(plan_now(stay), contract="A-1"), now)

    with pytest.raises(stays.StayEditedMeanwhile) as refusal:
        revised(stay, replace(plan_now(stay), contract="B-2"), now, seen)

    assert refusal.value.now.contract == "A-1"


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"check_out_on": date(2027, 5, 3)}, {"check_out_on": "no_night"}),
        ({"check_out_on": date(2027, 8, 3)}, {"check_out_on": "too_long"}),
        ({"cut_off_on": date(2027, 5, 4)}, {"cut_off_on": "cut_off_late"}),
        ({"hotel": Text()}, {"hotel_en": "hotel_missing"}),
        ({"add_on": "elsewhere"}, {"add_on": "tour_unknown"}),
    ],
)
def test_a_hotel_that_cannot_be_is_told_by_field(
    registration: Registration, now: datetime, changed: dict[str, Any], faults: dict[str, str]
) -> None:
    with pytest.raises(stays.StayIsUnfit) as refusal:
        a_stay(registration.event, now, **changed)

    assert refusal.value.faults == faults


def test_a_hotel_with_people_in_it_stays(registration: Registration, stay: Stay, now: datetime) -> None:
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)

    with pytest.raises(stays.StayIsInUse) as refusal, writing():
        stays.drop_stay(queries.stay_to_change(stay.public_id), now=now, by=BY)

    assert refusal.value.people == 2


def test_a_hotel_without_people_goes(registration: Registration, stay: Stay, now: datetime) -> None:
    with writing():
        stays.drop_stay(queries.stay_to_change(stay.public_id), now=now, by=BY)

    assert queries.stays_of(registration.event) == []


def test_the_plan_of_a_hotel_says_what_was_written(stay: Stay) -> None:
    kept = plan_now(stay)

    assert replace(kept, room_types=tuple(replace(each, public_id="") for each in kept.room_types)) == a_stay_plan()
    assert [each.label for each in kept.room_types] == [TWIN.label, KING.label]

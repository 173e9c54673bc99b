"""What people tell of their journey, behind a consent of its own."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import consent_texts, saved
from tests.money_cast import letters_about
from tests.travel_cast import BY, a_leg, a_stay, lodging_to_change, people_on_tour, rooms_of, the_travel_text, told
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.catalogue import desk
from tourreg.domain.consents import commands as consents
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.queries import by_public_id
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.models import Leg, Traveller
from tourreg.domain.travel.plans import TravelPlan, plan_of_travel
from tourreg.domain.travel.rooms import propose
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.both


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    saved(*consent_texts())
    return people_on_tour(now=now)


def plan_now(registration: Registration) -> TravelPlan | None:
    db.session.rollback()
    found = queries.traveller_of(registration.participants[0])
    return plan_of_travel(found) if found else None


def rows(table: type[Traveller] | type[Leg]) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


def test_what_somebody_tells_is_there_with_their_flights(registration: Registration, now: datetime) -> None:
    back, there = a_leg("departure", date(2027, 5, 14)), a_leg()

    told(registration.participants[0], now, diet="Vegetarian", legs=(back, there))

    assert plan_now(registration) == TravelPlan(diet="Vegetarian", legs=(there, back))


def test_telling_anew_replaces_what_stood_there(registration: Registration, now: datetime) -> None:
    before = TravelPlan(diet="Vegetarian", legs=(a_leg(),))
    told(registration.participants[0], now, diet=before.diet, legs=before.legs)

    told(registration.participants[0], now, fingerprint(before), diet="Vegan", legs=(a_leg("departure"),))

    assert plan_now(registration) == TravelPlan(diet="Vegan", legs=(a_leg("departure"),))
    assert rows(Leg) == 1


def test_who_tells_after_somebody_else_did_hears_what_stands_there(registration: Registration, now: datetime) -> None:
    told(registration.participants[0], now, diet="Vegetarian")

    with pytest.raises(telling.TravelEditedMeanwhile) as refusal:
        told(registration.participants[0], now, diet="Halal")

    assert refusal.value.now == TravelPlan(diet="Vegetarian")
    assert plan_now(registration) == TravelPlan(diet="Vegetarian")


def test_sending_the_same_twice_is_no_clash(registration: Registration, now: datetime) -> None:
    told(registration.participants[0], now, diet="Halal")
    told(registration.participants[0], now, diet="Halal")

    assert plan_now(registration) == TravelPlan(diet="Halal")


def test_nothing_is_kept_without_a_consent(registration: Registration, now: datetime) -> None:
    person = registration.participants[0].public_id

    with pytest.raises(telling.NoConsent), writing():
        telling.tell(registration.id, person, TravelPlan(diet="Halal"), None, seen=telling.NOTHING_SEEN, now=now, by=BY)

    assert rows(Traveller) == 0


def test_a_flight_that_cannot_be_is_refused_with_its_place(registration: Registration, now: datetime) -> None:
    backwards = replace(a_leg(), arrives_on=date(2027, 5, 1))

    with pytest.raises(telling.LegIsWrong) as refusal:
        told(registration.participants[0], now, legs=(a_leg(), backwards))

    assert (refusal.value.place, refusal.value.faults) == (1, {"arrives": "arrives_first"})


def test_taking_the_consent_back_deletes_what_was_told_and_keeps_the_bed(
    registration: Registration, now: datetime
) -> None:
    person, stay = registration.participants[0], a_stay(registration.event, now)
    told(person, now, diet="Halal", legs=(a_leg(),))
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)

    with writing():
        telling.take_back(registration.id, person.public_id, now=now, by=BY)

    assert (rows(Traveller), rows(Leg)) == (0, 0)
    assert rooms_of(stay) == {1: ["Chen"], 2: ["Han"]}


def test_the_history_never_says_what_somebody_eats_or_whom_to_call(registration: Registration, now: datetime) -> None:
    told(registration.participants[0], now, diet="Halal", emergency_phone="+86 511 5555 0100", legs=(a_leg(),))

    kept = db.session.scalars(select(Change).where(Change.what == "travel")).one()

    assert (kept.before, kept.after) == ({"changed": None}, {"changed": ["legs", "diet", "emergency_phone"]})


def test_what_was_told_is_not_shown_once_the_consent_has_ended(registration: Registration, now: datetime) -> None:
    told(registration.participants[0], now, diet="Halal")

    with writing():
        consents.end([registration.participants[0].public_id], now=now, by=BY)

    assert plan_now(registration) is None


def test_somebody_in_whose_place_another_comes_leaves_nothing_behind(registration: Registration, now: datetime) -> None:
    person, stay = registration.participants[0], a_stay(registration.event, now)
    told(person, now, diet="Halal", legs=(a_leg(),))
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)

    with writing():
        telling.forget_whoever_left(registration, person.public_id)

    assert (rows(Traveller), rows(Leg)) == (0, 0)
    assert rooms_of(stay) == {1: [], 2: ["Han"]}


@pytest.mark.parametrize(("days", "left"), [(30, 1), (31, 0)])
def test_what_was_told_is_deleted_a_month_after_the_event(
    registration: Registration, now: datetime, days: int, left: int
) -> None:
    told(registration.participants[0], now, diet="Halal")
    later = datetime.combine(registration.event.ends_on, now.timetz()) + timedelta(days=days)

    with writing():
        telling.delete_what_is_over(now=later)

    assert rows(Traveller) == left


def test_contacts_are_asked_once_a_day_and_only_while_something_lacks(
    registration: Registration, now: datetime
) -> None:
    def ask() -> int:
        with writing():
            event = desk.event_to_change(registration.event.public_id)
            return telling.call(event, date(2027, 4, 1), now=now, by=BY)

    assert ask() == 1
    ask()
    assert letters_about(registration).count("travel_asked") == 1

    the_travel_text()
    for person in by_public_id(registration.public_id).participants:  # type: ignore[union-attr]
        told(person, now, diet="Vegan")
    assert ask() == 0

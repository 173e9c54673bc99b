"""Putting people into rooms, one by one and all at once, also by two editors at one moment."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask

from tests.cast import a_person, a_study_tour, an_add_on, consent_texts, saved
from tests.races import all_at_once, outcome_of
from tests.travel_cast import BY, KING, TWIN, a_leg, a_stay, lodging_to_change, people_on_tour, rooms_of, told
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Registration
from tourreg.domain.travel import queries
from tourreg.domain.travel.lodging import lodging_of, lodgings_of
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.rooming import Snag
from tourreg.domain.travel.rooms import (
    NoRoomTypes,
    Placement,
    RoomEdit,
    RoomIsFull,
    RoomsEditedMeanwhile,
    clear,
    mark_of_room,
    marks_of,
    propose,
    rearrange,
)

pytestmark = pytest.mark.both

NIGHTS = Nights(date(2027, 5, 3), date(2027, 5, 7))
WAS = "1 2027-05-03 2027-05-07"


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    saved(*consent_texts())
    people = [a_person(name, "Ann", organisation="Yangzhou") for name in ("Chen", "Han", "Zhou")]
    return people_on_tour(*people, now=now)


@pytest.fixture
def stay(registration: Registration, now: datetime) -> Stay:
    return a_stay(registration.event, now)


def ids(registration: Registration) -> list[str]:
    return [person.public_id for person in registration.participants]


def proposed(stay: Stay, now: datetime) -> int:
    return propose_in(stay.public_id, now)


def arranged(stay: Stay, now: datetime, *placements: Placement, rooms: tuple[RoomEdit, ...] = ()) -> str:
    return arrange_in(stay.public_id, now, *placements, rooms=rooms)


def propose_in(stay_id: str, now: datetime) -> int:
    with writing():
        return propose(lodging_to_change(stay_id), now=now, by=BY)


def arrange_in(stay_id: str, now: datetime, *placements: Placement, rooms: tuple[RoomEdit, ...] = ()) -> str:
    with writing():
        rearrange(lodging_to_change(stay_id), placements, rooms, now=now, by=BY)
    return "done"


def snags(stay: Stay) -> list[Snag]:
    db.session.rollback()
    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    return lodging_of(found).snags


def test_a_proposal_puts_people_who_wish_each_other_together(
    registration: Registration, stay: Stay, now: datetime
) -> None:
    chen, _han, zhou = registration.participants
    told(chen, now, mate="Zhou Ann")
    told(zhou, now, mate="Ann Chen")

    assert proposed(stay, now) == 3
    assert rooms_of(stay) == {1: ["Chen", "Zhou"], 2: ["Han"]}
    assert snags(stay) == []


def test_a_second_proposal_leaves_everybody_where_they_are(
    registration: Registration, stay: Stay, now: datetime
) -> None:
    chen = ids(registration)[0]
    arranged(stay, now, Placement(chen, 7, NIGHTS))

    assert proposed(stay, now) == 2
    assert proposed(stay, now) == 0
    assert rooms_of(stay)[7] == ["Chen"]


def test_without_types_of_rooms_nothing_is_proposed(registration: Registration, now: datetime) -> None:
    stay = a_stay(registration.event, now, room_types=())

    with pytest.raises(NoRoomTypes):
        proposed(stay, now)


def test_the_nights_of_a_bed_follow_the_flights(registration: Registration, stay: Stay, now: datetime) -> None:
    told(registration.participants[0], now, legs=(a_leg(on=date(2027, 5, 2)), a_leg("departure", date(2027, 5, 6))))

    proposed(stay, now)

    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    assert marks_of(found)[ids(registration)[0]] == "1 2027-05-02 2027-05-06"
    assert [snag.kind for snag in snags(stay)] == ["outside"]


def test_people_are_moved_and_an_empty_room_is_given_up(registration: Registration, stay: Stay, now: datetime) -> None:
    chen, han, _zhou = ids(registration)
    arranged(stay, now, Placement(chen, 1, NIGHTS), Placement(han, 2, NIGHTS))

    arranged(stay, now, Placement(chen, 5, NIGHTS, WAS), Placement(han, 5, NIGHTS, WAS.replace("1", "2", 1)))

    assert rooms_of(stay) == {5: ["Chen", "Han"]}


def test_a_full_room_takes_nobody_more_and_nothing_is_written(
    registration: Registration, stay: Stay, now: datetime
) -> None:
    chen, han, zhou = ids(registration)
    arranged(stay, now, Placement(chen, 1, NIGHTS), rooms=())
    with writing():
        room = lodging_to_change(stay.public_id).stay.rooms[0]
        twin = next(each.public_id for each in room.stay.room_types if each.kind == "twin")
        edit = RoomEdit(1, twin, "", mark_of_room(room))
    arranged(stay, now, rooms=(edit,))

    with pytest.raises(RoomIsFull) as refusal:
        arranged(stay, now, Placement(han, 1, NIGHTS), Placement(zhou, 1, NIGHTS))

    assert (refusal.value.room, refusal.value.most) == (1, 2)
    assert rooms_of(stay) == {1: ["Chen"]}


def test_an_editor_who_saw_an_older_rooming_hears_where_people_are(
    registration: Registration, stay: Stay, now: datetime
) -> None:
    chen = ids(registration)[0]
    arranged(stay, now, Placement(chen, 1, NIGHTS))

    with pytest.raises(RoomsEditedMeanwhile) as refusal:
        arranged(stay, now, Placement(chen, 4, NIGHTS))

    assert refusal.value.people == {chen: WAS}
    assert refusal.value.by == BY


def test_two_editors_who_give_one_bed_away_at_once_give_it_once(
    app: Flask, registration: Registration, stay: Stay, now: datetime
) -> None:
    chen, han, zhou = ids(registration)
    king = next(each.public_id for each in stay.room_types if each.kind == "double")
    arranged(stay, now, Placement(chen, 1, NIGHTS))
    arranged(stay, now, Placement(chen, None, NIGHTS, WAS), rooms=(RoomEdit(1, king, "High floor", _mark(stay)),))
    doings: list[Callable[[], Any]] = [
        partial(arrange_in, stay.public_id, now, Placement(person, 1, NIGHTS)) for person in (han, zhou)
    ]

    answers = all_at_once(app, map(outcome_of, doings))

    assert sorted(answer if isinstance(answer, str) else type(answer).__name__ for answer in answers) == [
        "RoomIsFull",
        "done",
    ]
    assert [len(people) for people in rooms_of(stay).values()] == [1]


def test_one_person_moved_by_two_editors_at_once_sleeps_in_one_room(
    app: Flask, registration: Registration, stay: Stay, now: datetime
) -> None:
    chen = ids(registration)[0]
    doings = [partial(arrange_in, stay.public_id, now, Placement(chen, number, NIGHTS)) for number in (1, 2, 3, 4)]

    answers = all_at_once(app, map(outcome_of, doings))

    assert answers.count("done") == 1
    assert sum(len(people) for people in rooms_of(stay).values()) == 1


def test_two_proposals_at_once_give_everybody_one_room(
    app: Flask, registration: Registration, stay: Stay, now: datetime
) -> None:
    answers = all_at_once(app, map(outcome_of, [partial(propose_in, stay.public_id, now)] * 3))

    assert sorted(answers) == [0, 0, 3]
    assert sum(len(people) for people in rooms_of(stay).values()) == 3


def test_clearing_takes_everybody_out(registration: Registration, stay: Stay, now: datetime) -> None:
    proposed(stay, now)

    with writing():
        assert clear(lodging_to_change(stay.public_id), now=now, by=BY) == 3

    assert rooms_of(stay) == {}
    assert [snag.kind for snag in snags(stay)] == ["no_room"] * 3


def test_whoever_bought_a_room_of_their_own_gets_one(app: Flask, now: datetime) -> None:
    saved(*consent_texts())
    event = _tour_with_single_rooms()
    single = event.add_ons[0].public_id
    people = (
        a_person("Chen", "Guoliang", native="陈国梁", add_ons=(single,)),
        a_person("Han", "Xuemei", native="韩雪梅"),
    )
    registration = people_on_tour(*people, now=now, event=event)
    for person, mate in zip(registration.participants, ("Han Xuemei", "Chen Guoliang"), strict=True):
        told(person, now, mate=mate, sex="female", sex_for_rooms=True)
    stay = a_stay(event, now, room_types=(TWIN, KING))

    proposed(stay, now)

    assert rooms_of(stay) == {1: ["Chen"], 2: ["Han"]}


def test_a_house_of_many_hotels_asks_as_often_as_one_of_few(
    registration: Registration, stay: Stay, now: datetime, statements: Callable[[], list[str]]
) -> None:
    proposed(stay, now)
    few = _asked(registration.event, statements)
    for first in range(7, 12):
        a_stay(registration.event, now, check_in_on=date(2027, 5, first), check_out_on=date(2027, 5, first + 1))

    assert _asked(registration.event, statements) == few <= 14


def _asked(event: Event, statements: Callable[[], list[str]]) -> int:
    db.session.expire_all()
    before = len(statements())
    lodgings_of(event)
    return len(statements()) - before


def _mark(stay: Stay) -> str:
    db.session.rollback()
    found = queries.stay_by_public_id(stay.public_id)
    assert found is not None
    return mark_of_room(found.rooms[0])


def _tour_with_single_rooms() -> Event:
    return a_study_tour(add_ons=[an_add_on("single_room", "Single room", 21_000)])

"""Which rooms people get, and what does not add up."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.pairing import Sleeper
from tourreg.domain.travel.rooming import (
    FilledRoom,
    Rooming,
    Sleeping,
    Snag,
    Type,
    most_at_once,
    snags,
    type_for,
)

NIGHTS = Nights(date(2027, 5, 20), date(2027, 5, 24))
EARLY = Nights(date(2027, 5, 18), date(2027, 5, 24))
SINGLE, TWIN, DOUBLE = Type("s", "single", 1, 2), Type("t", "twin", 2, 2), Type("d", "double", 2, 2)
CHEN, HAN = Sleeper("chen", "CHEN", NIGHTS), Sleeper("han", "HAN", NIGHTS)


def a_rooming(*rooms: FilledRoom, needing: tuple[Sleeper, ...] = (CHEN, HAN), **changed: Any) -> Rooming:
    return replace(Rooming(NIGHTS, {"t": 1, "s": 1}, rooms, needing), **changed)


def a_room(*people: str, number: int = 1, nights: Nights = NIGHTS, type_: str = "t", sleeps: int = 2) -> FilledRoom:
    return FilledRoom(number, type_, sleeps, tuple(Sleeping(one, nights) for one in people))


@pytest.mark.parametrize(
    ("people", "chosen"),
    [
        ((CHEN, HAN), TWIN),
        ((CHEN,), SINGLE),
        ((replace(CHEN, likes="double"),), DOUBLE),
        ((replace(CHEN, guest="Lin Fang"),), DOUBLE),
    ],
)
def test_everybody_gets_the_room_that_suits_them(people, chosen):
    assert type_for(people, [SINGLE, TWIN, DOUBLE]) == chosen


def test_a_room_that_is_left_comes_before_one_that_suits_better():
    assert type_for((CHEN,), [replace(SINGLE, left=0), TWIN]) == TWIN


def test_without_any_type_nobody_gets_a_room():
    assert type_for((CHEN,), []) is None


def test_people_who_sleep_one_after_the_other_need_one_bed():
    before = Sleeping("chen", Nights(date(2027, 5, 20), date(2027, 5, 22)))
    after = Sleeping("han", Nights(date(2027, 5, 22), date(2027, 5, 24)))

    assert most_at_once([before, after]) == 1
    assert most_at_once([before, replace(after, heads=2)]) == 2


def test_a_rooming_that_adds_up_gives_no_warning():
    assert snags(a_rooming(a_room("chen", "han"))) == []


def test_somebody_without_a_room_is_told():
    assert snags(a_rooming(a_room("chen"))) == [Snag("no_room", ("han",))]


def test_beds_in_two_hotels_for_one_night_are_told():
    elsewhere = {"chen": [Nights(date(2027, 5, 23), date(2027, 5, 25))]}

    found = snags(a_rooming(a_room("chen", "han"), elsewhere=elsewhere))

    assert found == [Snag("two_rooms", ("chen",), 1)]


def test_nights_outside_the_stay_are_told_though_somebody_needs_them():
    early = replace(CHEN, nights=EARLY)

    found = snags(a_rooming(a_room("chen", nights=EARLY), needing=(early,)))

    assert found == [Snag("outside", ("chen",), 1)]


def test_other_nights_than_somebody_needs_are_told():
    late = replace(HAN, nights=Nights(date(2027, 5, 21), date(2027, 5, 24)))

    assert snags(a_rooming(a_room("chen", "han"), needing=(CHEN, late))) == [Snag("nights_differ", ("han",), 1)]


def test_a_wish_that_is_not_met_is_told_to_the_end():
    wishing = replace(CHEN, wish="han", wishes=True)
    apart = (a_room("chen"), a_room("han", number=2, type_="s", sleeps=1))

    assert snags(a_rooming(*apart, needing=(wishing, HAN))) == [Snag("wish_not_met", ("chen", "han"), 1)]


def test_a_wish_for_somebody_unknown_is_told_too():
    wishing = replace(CHEN, wishes=True)

    assert snags(a_rooming(a_room("chen", "han"), needing=(wishing, HAN))) == [Snag("wish_not_met", ("chen",), 1)]


def test_a_room_that_somebody_pays_for_alone_is_not_shared():
    payer = replace(CHEN, alone=True)

    assert snags(a_rooming(a_room("chen", "han"), needing=(payer, HAN))) == [Snag("single_shared", ("chen",), 1)]


def test_somebody_who_does_not_come_any_more_is_told():
    assert snags(a_rooming(a_room("chen", "han"), needing=(CHEN,))) == [Snag("gone", ("han",), 1)]


def test_more_people_than_beds_are_told():
    assert snags(a_rooming(a_room("chen", "han", type_="s", sleeps=1))) == [Snag("too_many", (), 1, count=2, most=1)]


def test_more_rooms_than_were_contracted_are_told_with_their_first_worst_night():
    rooms = (a_room("chen"), a_room("han", number=2))

    assert snags(a_rooming(*rooms)) == [Snag("over_contract", type="t", night=date(2027, 5, 20), count=2, most=1)]

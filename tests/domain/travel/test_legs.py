"""Flights and trains across zones, the date line and changes of the clock."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tourreg.domain.travel.legs import LegPlan, faults_of, first_night, in_order, is_skipped, last_morning

TO_SHANGHAI = LegPlan(
    way="arrival",
    carrier="United",
    number="UA 857",
    from_place="San Francisco SFO",
    to_place="Shanghai PVG",
    departs_on=date(2027, 10, 17),
    departs=time(13, 40),
    departs_zone="America/Los_Angeles",
    arrives_on=date(2027, 10, 18),
    arrives=time(18, 15),
    arrives_zone="Asia/Shanghai",
)
HOME = LegPlan(
    way="departure",
    from_place="Shanghai PVG",
    to_place="San Francisco SFO",
    departs_on=date(2027, 10, 23),
    departs=time(20, 30),
    departs_zone="Asia/Shanghai",
    arrives_on=date(2027, 10, 23),
    arrives=time(16, 10),
    arrives_zone="America/Los_Angeles",
)


def test_a_flight_over_the_date_line_lands_before_it_left_by_the_clocks():
    assert faults_of(HOME) == {}
    assert HOME.arrives_at - HOME.departs_at == timedelta(hours=10, minutes=40)


def test_a_flight_lands_the_day_after_it_left():
    assert TO_SHANGHAI.arrives_at - TO_SHANGHAI.departs_at == timedelta(hours=13, minutes=35)


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"arrives_on": date(2027, 10, 17)}, {"arrives": "arrives_first"}),
        ({"arrives_on": date(2027, 10, 25)}, {"arrives": "too_long"}),
        ({"departs_zone": "Asia/Nowhere"}, {"departs_zone": "zone_unknown"}),
        ({"arrives_zone": ""}, {"arrives_zone": "zone_unknown"}),
        ({"departs_on": date(2027, 3, 14), "departs": time(2, 30), "arrives_on": date(2027, 3, 15)},
         {"departs": "time_skipped"}),
    ],
)  # fmt: skip
def test_what_no_flight_can_be_is_told_beside_its_field(changed, faults):
    assert faults_of(replace(TO_SHANGHAI, **changed)) == faults


def test_china_skips_no_hour_while_the_united_states_put_their_clocks_forward():
    assert is_skipped(date(2027, 3, 14), time(2, 30), "America/Denver")
    assert not is_skipped(date(2027, 3, 14), time(2, 30), "Asia/Shanghai")


def test_an_hour_that_a_clock_shows_twice_is_no_fault():
    assert not is_skipped(date(2027, 11, 7), time(1, 30), "America/New_York")


def test_the_way_there_comes_before_the_way_back():
    assert in_order([HOME, TO_SHANGHAI]) == (TO_SHANGHAI, HOME)


@pytest.mark.parametrize(
    ("lands", "night"),
    [(time(18, 15), date(2027, 10, 18)), (time(6, 0), date(2027, 10, 18)), (time(5, 59), date(2027, 10, 17))],
)
def test_whoever_lands_before_the_morning_needs_the_night_before(lands, night):
    assert first_night([replace(TO_SHANGHAI, arrives=lands)]) == night


def test_the_last_of_two_flights_brings_somebody_here():
    onward = replace(TO_SHANGHAI, departs_on=date(2027, 10, 19), departs_zone="Asia/Shanghai",
                     arrives_on=date(2027, 10, 19))  # fmt: skip

    assert first_night([TO_SHANGHAI, onward]) == date(2027, 10, 19)


def test_nothing_is_known_of_whoever_told_no_flights():
    assert first_night([HOME]) is None
    assert last_morning([TO_SHANGHAI]) is None


def test_people_leave_on_the_day_of_their_first_flight_back():
    assert last_morning([HOME, replace(HOME, departs_on=date(2027, 10, 24))]) == date(2027, 10, 23)

"""Nights that people need, by what their flights say."""

from datetime import date

import pytest

from tourreg.domain.travel.nights import Nights, nights_needed

STAY = Nights(date(2027, 5, 20), date(2027, 5, 24))


def may(day: int) -> date:
    return date(2027, 5, day)


@pytest.mark.parametrize(
    ("comes", "leaves", "nights"),
    [
        (None, None, (20, 24)),
        (20, 24, (20, 24)),
        (21, None, (21, 24)),  # one night later
        (18, None, (18, 24)),  # two nights early
        (17, None, (17, 24)),  # three: the most that are added
        (16, None, (20, 24)),  # four: elsewhere until then
        (None, 26, (20, 26)),
        (None, 28, (20, 24)),
        (None, 22, (20, 22)),
    ],
)
def test_flights_lengthen_and_shorten_the_only_stay(comes, leaves, nights):
    needed = nights_needed(STAY, first_night=comes and may(comes), last_morning=leaves and may(leaves))

    assert needed == Nights(may(nights[0]), may(nights[1]))


def test_early_arrivals_lengthen_no_stay_but_the_first():
    assert nights_needed(STAY, first_night=may(18), is_first=False) == STAY


def test_late_departures_lengthen_no_stay_but_the_last():
    assert nights_needed(STAY, last_morning=may(25), is_last=False) == STAY


@pytest.mark.parametrize(("comes", "leaves"), [(24, None), (None, 20), (26, None)])
def test_whoever_comes_after_a_stay_or_leaves_before_it_needs_no_bed(comes, leaves):
    assert nights_needed(STAY, first_night=comes and may(comes), last_morning=leaves and may(leaves)) is None


def test_a_morning_of_leaving_is_no_night():
    assert len(STAY) == 4
    assert may(23) in STAY
    assert may(24) not in STAY
    assert STAY.meets(Nights(may(24), may(26))) == 0
    assert STAY.meets(Nights(may(23), may(26))) == 1

"""How times are typed, in which order things happen, and which of them happen at once."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tourreg.domain.itineraries import rules
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.domain.itineraries.rules import Overlap, TimeUnreadable
from tourreg.kernel.bilingual import Text

DAY = date(2027, 5, 3)
SHANGHAI, DENVER, LOS_ANGELES = "Asia/Shanghai", "America/Denver", "America/Los_Angeles"


def an_item(typed: str, kind: str = "meeting", *, zone: str = DENVER, **changed: Any) -> ItemPlan:
    """Return an item of the times typed as "9:00-10:30", "23:20-0510+1" or "9:00"."""
    starts, _, ends = typed.partition("-")
    end, days = rules.read_end(ends) if ends else (None, 0)
    values = {"title": Text(typed), "ends": end, "ends_days": days}
    return ItemPlan(**{"kind": kind, "starts": rules.read_clock(starts), "zone": zone, **values, **changed})


def a_day(*items: ItemPlan, on_date: date = DAY) -> DayPlan:
    return DayPlan(on_date, "city", "", items=items)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9:30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("９：３０", time(9, 30)),
        (" 1405 ", time(14, 5)),
        ("9", time(9, 0)),
        ("14", time(14, 0)),
        ("0", time(0, 0)),
        ("000", time(0, 0)),
        ("2359", time(23, 59)),
    ],
)
def test_a_time_is_read_as_it_is_typed(typed: str, meant: time) -> None:
    assert rules.read_clock(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "24", "2400", "9:60", "960", "9:3", "12345", "9:30pm", "-1", "half past", "9 30", "٩:٣٠", "9:30:00"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(TimeUnreadable):
        rules.read_clock(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1130", (time(11, 30), 0)),
        ("0510+1", (time(5, 10), 1)),
        ("05:10 +1", (time(5, 10), 1)),
        ("05:10（+1）", (time(5, 10), 1)),
        ("7:00-1", (time(7, 0), -1)),
        ("7:00−1", (time(7, 0), -1)),
        ("1200+3", (time(12, 0), 3)),
    ],
)
def test_an_end_may_lie_on_another_local_day(typed: str, meant: tuple[time, int]) -> None:
    assert rules.read_end(typed) == meant


@pytest.mark.parametrize("typed", ["+1", "1200+4", "1200+", "1200+1+1", "2500+1"])
def test_what_is_no_end_is_refused(typed: str) -> None:
    with pytest.raises(TimeUnreadable):
        rules.read_end(typed)


@pytest.mark.parametrize("typed", ["", "11:30", "05:10+1", "07:00−1"])
def test_an_end_is_shown_as_it_is_typed(typed: str) -> None:
    assert rules.typed_end(an_item(f"09:00-{typed}".rstrip("-"))) == typed


@pytest.mark.parametrize(
    ("typed", "ends_zone", "too_early"),
    [
        ("9:00-9:01", None, False),
        ("9:00-9:00", None, True),
        ("9:00-8:59", None, True),
        ("23:20-0510+1", None, False),
        ("13:10-0910", "America/Los_Angeles", False),  # Shanghai to San Francisco: one lands before one left
        ("10:00-7:00", "Asia/Tokyo", True),
        ("20:00-19:00-1", "Pacific/Honolulu", True),  # 13 h back, and the flight takes longer than none
        ("08:00-21:30-1", "Pacific/Honolulu", False),
    ],
)
def test_an_item_ends_after_it_starts_whatever_the_clocks_show(
    typed: str, ends_zone: str | None, too_early: bool
) -> None:
    zone = SHANGHAI if ends_zone else DENVER

    assert rules.ends_too_early(DAY, an_item(typed, zone=zone, ends_zone=ends_zone)) is too_early


def test_items_follow_each_other_by_instant_and_not_by_clock() -> None:
    walk = an_item("11:00", zone=LOS_ANGELES)
    flight = an_item("13:10-0910", "flight", zone=SHANGHAI, ends_zone=LOS_ANGELES)
    check_in = an_item("9:30-11:00", zone=SHANGHAI)

    assert rules.in_order(DAY, [walk, flight, check_in]) == (check_in, flight, walk)


def test_items_of_one_instant_stay_as_they_were_given() -> None:
    lunch, talk, early = an_item("12:00", "meal"), an_item("12:00"), an_item("8:00")

    assert rules.in_order(DAY, [lunch, talk, early]) == (early, lunch, talk)


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([an_item("9:00-10:30"), an_item("10:30-12:00")], []),
        ([an_item("9:00-10:30"), an_item("10:15-12:00")], [Overlap(1, 0, 15)]),
        ([an_item("9:00"), an_item("9:00-10:00")], []),
        (
            [an_item("9:00-17:00"), an_item("10:00-11:00"), an_item("11:30-12:00")],
            [Overlap(1, 0, 420), Overlap(2, 0, 330)],
        ),
        ([an_item("15:00-23:00", "hotel"), an_item("17:00-18:00")], []),
        ([an_item("9:00-12:00"), an_item("10:00-11:00", "hotel"), an_item("11:00-13:00")], [Overlap(2, 0, 60)]),
        ([an_item("23:00-0100+1"), an_item("23:30-23:45")], [Overlap(1, 0, 90)]),
        ([an_item("13:10-0910", zone=SHANGHAI, ends_zone=LOS_ANGELES), an_item("9:10", zone=LOS_ANGELES)], []),
    ],
)  # fmt: skip
def test_what_happens_at_one_time_is_found(items: list[ItemPlan], found: list[Overlap]) -> None:
    assert rules.overlaps(a_day(*items)) == found


def test_a_day_begins_with_its_first_item() -> None:
    day = a_day(an_item("14:00"), an_item("8:30"))

    assert rules.begins_at(day, DENVER) == datetime(2027, 5, 3, 14, 30, tzinfo=UTC)


def test_an_empty_day_begins_at_midnight() -> None:
    assert rules.begins_at(a_day(), SHANGHAI) == datetime(2027, 5, 2, 16, 0, tzinfo=UTC)


def test_days_over_the_date_line_are_told_as_they_are_lived() -> None:
    """Whoever leaves Tokyo just after midnight is in Honolulu at noon of the day before."""
    tokyo = a_day(
        an_item("0030-1215-1", "flight", zone="Asia/Tokyo", ends_zone="Pacific/Honolulu"), on_date=date(2027, 5, 3)
    )
    honolulu = a_day(an_item("15:00", zone="Pacific/Honolulu"), on_date=date(2027, 5, 2))

    ordered = sorted([honolulu, tokyo], key=lambda day: rules.begins_at(day, "Asia/Tokyo"))

    assert ordered == [tokyo, honolulu]


@pytest.mark.parametrize(
    ("starts", "meal"),
    [("06:45", "breakfast"), ("09:59", "breakfast"), ("10:00", "lunch"), ("15:59", "lunch"), ("16:00", "dinner")],
)
def test_the_hour_tells_which_meal_it_is(starts: str, meal: str) -> None:
    assert rules.meal_at(time.fromisoformat(starts)) == meal


def test_rooms_are_slept_in_from_the_first_that_is_named_to_the_last_day_but_one() -> None:
    days = {
        date(2027, 5, 3): [an_item("9:00")],
        date(2027, 5, 4): [an_item("15:00", "hotel"), an_item("19:00", "meal")],
        date(2027, 5, 5): [an_item("9:00")],
        date(2027, 5, 6): [an_item("9:00")],
    }

    assert rules.nights(days) == {date(2027, 5, 4), date(2027, 5, 5)}


def test_a_night_on_the_way_is_not_slept_in_a_hotel_and_a_last_day_may_be() -> None:
    days = {
        date(2027, 5, 3): [an_item("15:00", "hotel")],
        date(2027, 5, 4): [an_item("22:10-0510+1", "flight")],
        date(2027, 5, 5): [an_item("9:00"), an_item("21:00", "hotel")],
    }

    assert rules.nights(days) == {date(2027, 5, 3), date(2027, 5, 5)}
    assert rules.nights({date(2027, 5, 3): [an_item("9:00")]}) == set()


def test_days_before_the_first_are_not_counted_and_those_of_a_tour_all_are() -> None:
    dates = [date(2027, 5, 2), date(2027, 5, 3), date(2027, 5, 4), date(2027, 5, 3)]

    assert list(rules.day_numbers(dates, date(2027, 5, 3)).values()) == [0, 1, 2]
    assert list(rules.day_numbers(dates, None).values()) == [1, 2, 3]

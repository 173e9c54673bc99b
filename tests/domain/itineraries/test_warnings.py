"""What an itinerary may get wrong without being refused."""

from datetime import date, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.domain.itineraries.rules import overlaps
from tourreg.domain.itineraries.warnings import Doubt, clock_change, doubts
from tourreg.kernel.bilingual import Text

MAY = date(2027, 5, 12)
CHICAGO = "America/Chicago"


def item(starts: time, ends: time | None = None, kind: str = "meeting", **more: Any) -> ItemPlan:
    return ItemPlan(kind=kind, starts=starts, ends=ends, zone=CHICAGO, title=Text("Port of Duluth", "德卢斯港"), **more)


def doubted(*items: ItemPlan, today: date = date(2027, 1, 1)) -> list[Doubt]:
    return doubts(DayPlan(MAY, "", "", items=items), today)


def reasons(*items: ItemPlan, **more: Any) -> list[str]:
    return [doubt.reason for doubt in doubted(*items, **more)]


def test_a_group_that_leaves_when_it_is_still_elsewhere_comes_too_late() -> None:
    visit = item(time(10, 30), details=Details(leaves="10:00", minutes=25))

    assert doubted(item(time(9), time(10, 15)), visit) == [Doubt("no_time", 1, 10)]
    assert doubted(item(time(9), time(10, 5)), visit) == []


def test_the_other_group_does_not_keep_this_one_from_leaving() -> None:
    visit = item(time(10, 30), group="b", details=Details(minutes=25))

    assert doubted(item(time(9), time(10, 15), group="a"), visit) == []


def test_groups_that_do_different_things_at_one_time_do_not_overlap() -> None:
    def both(first: str, second: str) -> DayPlan:
        return DayPlan(MAY, "", "", items=(item(time(9), time(11), group=first), item(time(10), group=second)))

    assert [overlap.minutes for overlap in overlaps(both("a", "all"))] == [60]
    assert overlaps(both("a", "b")) == []
    assert overlaps(both("guests", "a")) == []


def test_a_full_day_without_lunch_is_told() -> None:
    morning, evening = item(time(9), time(11)), item(time(15), time(17))

    assert reasons(morning, evening) == ["no_lunch"]
    assert reasons(morning, item(time(12), time(13), kind="meal"), evening) == []
    assert reasons(morning) == []


def test_a_host_who_has_not_said_yes_is_told_two_weeks_before_and_a_refusal_at_once() -> None:
    held, declined = item(time(9), standing="held"), item(time(9), standing="declined")

    assert reasons(held) == []
    assert reasons(held, today=date(2027, 4, 28)) == ["not_confirmed"]
    assert reasons(declined) == ["declined"]


def test_times_that_a_clock_change_skips_or_repeats_are_told() -> None:
    assert clock_change(date(2027, 3, 14), time(2, 30), CHICAGO) == "skipped"
    assert clock_change(date(2027, 11, 7), time(1, 30), CHICAGO) == "repeated"
    assert clock_change(date(2027, 3, 14), time(3), CHICAGO) == ""


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.times())
def test_china_changes_no_clocks(on_date: date, shown: time) -> None:
    assert clock_change(on_date, shown, "Asia/Shanghai") == ""

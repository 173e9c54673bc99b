"""Which offers can be, what one needs before it counts, and how its days move to the next year."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.host_offers import HOMES, WINDOW, an_offer_plan
from tourreg.domain.hosting.offer_plans import ChargePlan, HomestayPlan, WindowPlan
from tourreg.domain.hosting.offer_rules import faults_of, lacks_of, next_weekday_of_year, renewed
from tourreg.kernel.bilingual import EMPTY, Text

TODAY = date(2027, 1, 15)


def test_a_good_offer_has_no_fault_and_lacks_nothing() -> None:
    assert faults_of(an_offer_plan(), TODAY) == []
    assert lacks_of(an_offer_plan(), TODAY) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"title": EMPTY}, ("title", "title_missing")),
        ({"windows": (WindowPlan(date(2027, 5, 10), date(2027, 5, 9)),), "blackouts": ()},
         ("windows-0-last_on", "ends_before_it_begins")),
        ({"windows": (WindowPlan(date(2027, 1, 4), date(2027, 1, 14)),), "blackouts": ()},
         ("windows-0-last_on", "in_the_past")),
        ({"windows": (WINDOW, WindowPlan(date(2027, 5, 28), date(2027, 6, 2)))},
         ("windows-1-first_on", "windows_overlap")),
        ({"windows": (WindowPlan(date(2027, 5, 10), date(2028, 5, 10)),)}, ("windows-0-last_on", "window_too_long")),
        ({"windows": (WindowPlan(date(2072, 5, 10), date(2072, 5, 11)),), "blackouts": ()},
         ("windows-0-first_on", "too_far_ahead")),
        ({"blackouts": (date(2027, 5, 29),)}, ("blackouts", "blackout_outside")),
        ({"windows": (WindowPlan(date(2027, 5, 17), date(2027, 5, 17)),)}, ("blackouts", "no_day_left")),
        ({"smallest": 21}, ("smallest", "smallest_above_largest")),
        ({"smallest": 0}, ("smallest", "group_of_none")),
        ({"largest": 501}, ("largest", "group_of_none")),
        ({"days_most": 0}, ("days_most", "no_day")),
        ({"charges": (ChargePlan(EMPTY, 100, "group"),)}, ("charges-0-label", "label_missing")),
        ({"charges": (ChargePlan(Text("Bus"), 0, "group"),)}, ("charges-0-amount", "amount_missing")),
        ({"homestay": HOMES}, ("kind", "homestay_unfit")),
        ({"kind": "homestay", "homestay": HomestayPlan(0, 2)}, ("households", "nobody_at_home")),
        ({"kind": "homestay", "largest": 25}, ("largest", "beds_too_few")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_its_field(changed: dict[str, Any], fault: tuple[str, str]) -> None:
    found = faults_of(an_offer_plan(**changed), TODAY)

    assert [(one.field, one.why) for one in found] == [fault]


@pytest.mark.parametrize(
    "window",
    [
        WindowPlan(TODAY, TODAY),  # today still counts
        WindowPlan(date(2027, 1, 4), TODAY),
        WindowPlan(date(2027, 5, 10), date(2028, 5, 9)),  # a whole year
    ],
)
def test_spans_at_the_border_are_taken(window: WindowPlan) -> None:
    assert faults_of(an_offer_plan(windows=(window,), blackouts=()), TODAY) == []


def test_a_span_that_the_offer_had_before_may_be_over() -> None:
    over = WindowPlan(date(2026, 10, 5), date(2026, 10, 9), "known")
    plan = an_offer_plan(windows=(over, WINDOW))

    assert faults_of(plan, TODAY, [over]) == []
    assert [one.why for one in faults_of(plan, TODAY, [WINDOW])] == ["in_the_past"]


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({"words": EMPTY}, "words"),
        ({"windows": (), "blackouts": ()}, "window"),
        ({"windows": (WindowPlan(date(2027, 1, 4), date(2027, 1, 14)),)}, "window"),
        ({"topics": ()}, "topics"),
        ({"spoken": ()}, "spoken"),
    ],
)
def test_an_offer_does_not_count_while_it_lacks_something(changed: dict[str, Any], lack: str) -> None:
    assert lacks_of(an_offer_plan(**changed), TODAY) == [lack]


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        (date(2027, 5, 10), 1, date(2028, 5, 8)),  # Monday to Monday; 2028 is a leap year
        (date(2028, 2, 29), 1, date(2029, 2, 27)),
        (date(2027, 5, 10), 6, date(2033, 5, 9)),
    ],
)
def test_a_day_moves_to_the_same_weekday_of_the_next_year(day: date, years: int, moved: date) -> None:
    assert next_weekday_of_year(day, years) == moved


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_no_day_moves_to_another_weekday_or_far_from_its_date(day: date, years: int) -> None:
    moved = next_weekday_of_year(day, years)

    assert moved.weekday() == day.weekday()
    assert abs(moved - day - timedelta(days=365.25 * years)) < timedelta(days=5)


def test_renewing_moves_spans_and_days_off_together_and_gives_spans_no_old_name() -> None:
    autumn = WindowPlan(date(2027, 10, 4), date(2027, 10, 8), "autumn")
    plan = renewed(an_offer_plan(windows=(WindowPlan(WINDOW.first_on, WINDOW.last_on, "spring"), autumn)), TODAY)

    assert plan.windows == (
        WindowPlan(date(2028, 5, 8), date(2028, 5, 26)),
        WindowPlan(date(2028, 10, 2), date(2028, 10, 6)),
    )
    assert plan.blackouts == (date(2028, 5, 15),)
    assert faults_of(plan, TODAY) == []


def test_an_offer_of_years_ago_is_renewed_for_days_that_lie_ahead() -> None:
    old = WindowPlan(date(2023, 5, 8), date(2023, 5, 12))

    plan = renewed(an_offer_plan(windows=(old,), blackouts=()), TODAY)

    assert plan.windows == (WindowPlan(date(2027, 5, 10), date(2027, 5, 14)),)

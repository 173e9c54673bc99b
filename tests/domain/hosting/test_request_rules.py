"""What a city can be asked, which days are left, and until when it may answer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tourreg.domain.hosting.request_rules import (
    Asking,
    Offered,
    Span,
    deadline_of,
    faults_of,
    faults_of_other_days,
    free_spans,
    held_until,
    other_days,
    reminders,
)

TODAY = date(2027, 1, 15)
MAY = Span(date(2027, 5, 10), date(2027, 5, 14))
OFFERED = Offered((MAY,), frozenset({date(2027, 5, 13)}), largest=20, days_most=2, notice_days=45)
ASKING = Asking(Span(date(2027, 5, 10), date(2027, 5, 11)), 18, "On water", date(2027, 2, 12))


@pytest.mark.parametrize(
    ("left", "other"),
    [
        ([], None),
        ([Span(date(2027, 5, 10), date(2028, 3, 1))], Span(date(2027, 5, 10), date(2027, 5, 11))),
        ([Span(date(2027, 5, 3), date(2027, 5, 3)), MAY], Span(date(2027, 5, 10), date(2027, 5, 11))),
        ([Span(date(2027, 5, 3), date(2027, 5, 3))], Span(date(2027, 5, 3), date(2027, 5, 3))),
    ],
)
def test_other_days_are_as_many_as_the_group_asks_for(left: list[Span], other: Span | None) -> None:
    assert other_days(Span(date(2027, 5, 20), date(2027, 5, 21)), left) == other


def days(first: int, last: int, month: int = 5) -> Span:
    return Span(date(2027, month, first), date(2027, month, last))


def test_a_request_within_the_offer_can_be_made() -> None:
    assert faults_of(ASKING, TODAY, OFFERED) == []


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"days": days(12, 10)}, "last_on", "ends_before_it_begins"),
        ({"days": days(14, 15, 1)}, "first_on", "in_the_past"),
        ({"days": days(1, 31)}, "first_on", "outside_windows"),
        ({"days": days(9, 10)}, "first_on", "outside_windows"),
        ({"days": days(14, 15)}, "first_on", "outside_windows"),
        ({"days": days(12, 13)}, "first_on", "closed_day"),
        ({"days": days(10, 12)}, "last_on", "more_days_than_offered"),
        ({"people": 0}, "people", "group_of_none"),
        ({"people": 501}, "people", "group_of_none"),
        ({"people": 21}, "people", "group_too_large"),
        ({"deadline_on": date(2027, 1, 14)}, "deadline_on", "in_the_past"),
        ({"deadline_on": date(2027, 5, 10)}, "deadline_on", "deadline_after_first_day"),
    ],
)
def test_what_cannot_be_asked_is_named(changed: dict[str, object], field: str, why: str) -> None:
    faults = faults_of(replace(ASKING, **changed), TODAY, OFFERED)  # type: ignore[arg-type]

    assert (faults[0].field, faults[0].why) == (field, why)


@pytest.mark.parametrize(("notice", "whys"), [(115, []), (116, ["notice_too_short"])])
def test_the_notice_counts_to_the_first_day(notice: int, whys: list[str]) -> None:
    faults = faults_of(ASKING, TODAY, replace(OFFERED, notice_days=notice))

    assert [fault.why for fault in faults] == whys


def test_without_an_offer_only_days_people_and_deadline_bound_a_request() -> None:
    assert faults_of(replace(ASKING, days=days(1, 31), people=300), TODAY, None) == []


def test_other_dates_lie_ahead_and_in_order() -> None:
    assert [fault.why for fault in faults_of_other_days(days(12, 10), TODAY)] == ["ends_before_it_begins"]
    assert [fault.why for fault in faults_of_other_days(Span(TODAY, TODAY), TODAY)] == ["in_the_past"]
    assert faults_of_other_days(days(12, 12), TODAY) == []


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [days(10, 12), days(14, 14)]),
        ([days(11, 11)], [days(10, 10), days(12, 12), days(14, 14)]),
        ([days(1, 10)], [days(11, 12), days(14, 14)]),
        ([days(1, 31)], []),
        ([days(10, 11), days(12, 12)], [days(14, 14)]),
    ],
)
def test_what_is_left_of_a_window_are_its_days_that_nobody_has(taken: list[Span], left: list[Span]) -> None:
    assert free_spans([MAY], OFFERED.blackouts, taken, since=TODAY) == left


def test_days_that_are_over_are_not_left() -> None:
    assert free_spans([MAY], (), [], since=date(2027, 5, 12)) == [days(12, 14)]


def test_an_answer_is_late_from_midnight_after_the_day_in_the_citys_zone() -> None:
    assert deadline_of(date(2027, 2, 12), "America/Chicago") == datetime(2027, 2, 13, 6, tzinfo=UTC)
    # The clocks go forward in the night to 14 March.
    assert deadline_of(date(2027, 3, 14), "America/Chicago") == datetime(2027, 3, 15, 5, tzinfo=UTC)


def test_a_city_is_reminded_a_week_and_two_days_before() -> None:
    now = datetime(2027, 1, 15, 9, tzinfo=UTC)

    moments = reminders(date(2027, 2, 12), "America/Chicago", now)

    assert moments == [datetime(2027, 2, 5, 15, tzinfo=UTC), datetime(2027, 2, 10, 15, tzinfo=UTC)]
    assert reminders(date(2027, 1, 15), "America/Chicago", now) == []


@pytest.mark.parametrize(
    ("deadline_on", "first_on", "until"),
    [
        (date(2027, 1, 20), date(2027, 5, 10), date(2027, 1, 29)),
        (date(2027, 2, 12), date(2027, 5, 10), date(2027, 2, 12)),
        (date(2027, 1, 18), date(2027, 1, 21), date(2027, 1, 20)),
    ],
)
def test_a_hold_gives_two_weeks_for_the_yes_but_ends_before_the_visit(
    deadline_on: date, first_on: date, until: date
) -> None:
    assert held_until(deadline_on, first_on, TODAY) == until

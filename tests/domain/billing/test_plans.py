"""Plans of payment: what adds up, when each part is due, and what becomes of them when the bill changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan_cast import AFTER_EVENT, DEPOSIT, THIRDS
from tourreg.domain.billing.dues import allocated
from tourreg.domain.billing.plans import (
    Bounds,
    Instalment,
    Plan,
    PlanPart,
    as_charged,
    faults_of,
    schedule,
)
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

STARTS, ENDS = date(2027, 10, 20), date(2027, 10, 22)
BOOKED = Bounds(date(2027, 1, 15), STARTS, ENDS)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def written(parts: list[Instalment]) -> list[tuple[str, int]]:
    return [(part.due_on.isoformat(), part.amount.minor) for part in parts]


def test_a_deposit_is_due_at_once_and_the_balance_takes_the_rest() -> None:
    assert written(schedule(DEPOSIT, usd(96_001), 2, BOOKED)) == [("2027-01-15", 28_800), ("2027-08-31", 67_201)]


def test_percents_are_rounded_down_and_the_last_part_takes_what_is_left() -> None:
    parts = schedule(THIRDS, usd(10_001), 1, BOOKED)

    assert written(parts) == [("2027-01-15", 3_333), ("2027-05-01", 3_333), ("2027-09-20", 3_335)]


def test_fixed_amounts_count_for_each_participant_and_never_exceed_the_bill() -> None:
    plan = Plan("deposit", (PlanPart(each_minor=50_000), PlanPart(days_before=30)))

    assert written(schedule(plan, usd(96_000), 1, BOOKED)) == [("2027-01-15", 50_000), ("2027-09-20", 46_000)]
    assert written(schedule(plan, usd(96_000), 2, BOOKED)) == [("2027-01-15", 96_000)]


def test_a_late_booking_pays_the_parts_that_have_passed_with_its_first() -> None:
    late = Bounds(date(2027, 5, 1), STARTS, ENDS)

    assert written(schedule(THIRDS, usd(90_000), 1, late)) == [("2027-05-01", 59_994), ("2027-09-20", 30_006)]


def test_the_last_late_booking_pays_everything_at_once() -> None:
    assert written(schedule(THIRDS, usd(90_000), 1, Bounds(STARTS, STARTS, ENDS))) == [("2027-10-20", 90_000)]


def test_an_invoice_after_the_event_is_one_part() -> None:
    assert written(schedule(AFTER_EVENT, usd(90_000), 1, BOOKED)) == [("2027-11-21", 90_000)]


@given(
    bill=st.integers(1, 10**9),
    shares=st.lists(st.integers(1, 5_000), min_size=1, max_size=11),
    people=st.integers(1, 20),
)
def test_the_parts_always_come_to_the_bill(bill: int, shares: list[int], people: int) -> None:
    parts = [PlanPart(share=share, days_before=300 - place) for place, share in enumerate(shares)]
    plan = Plan("instalments", (*parts, PlanPart(days_before=1)))

    found = schedule(plan, usd(bill), people, BOOKED)

    assert sum(part.amount.minor for part in found) == bill
    assert all(part.amount.minor > 0 for part in found)
    assert [part.due_on for part in found] == sorted({part.due_on for part in found})


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((PlanPart(share=5_000), PlanPart(share=4_500, days_before=30)), "not_whole"),
        ((PlanPart(share=5_000), PlanPart(share=5_500, days_before=30)), "not_whole"),
        ((PlanPart(share=10_000), PlanPart(days_before=30)), "nothing_left"),
        ((PlanPart(each_minor=100), PlanPart(each_minor=100, days_before=30)), "amounts_leave_no_rest"),
        ((PlanPart(), PlanPart(share=5_000, days_before=30)), "no_amount"),
        ((PlanPart(share=5_000), PlanPart()), "no_day"),
        ((PlanPart(share=5_000), PlanPart(due_on=date(2027, 10, 23))), "after_the_event"),
        ((PlanPart(share=10_000),), "number"),
        (
            (
                PlanPart(share=3_000),
                PlanPart(share=3_000, due_on=date(2027, 5, 1)),
                PlanPart(due_on=date(2027, 5, 1)),
            ),
            "days_not_rising",
        ),
    ],
)
def test_what_does_not_add_up_is_told(parts: tuple[PlanPart, ...], code: str) -> None:
    assert code in [fault.code for fault in faults_of(Plan("instalments", parts), STARTS, ENDS)]


@pytest.mark.parametrize("plan", [DEPOSIT, THIRDS, AFTER_EVENT, Plan("in_full")])
def test_what_adds_up_has_no_fault(plan: Plan) -> None:
    assert faults_of(plan, STARTS, ENDS) == []


AGREED = [
    Instalment(date(2027, 1, 15), usd(300)),
    Instalment(date(2027, 5, 1), usd(300)),
    Instalment(date(2027, 9, 20), usd(400)),
]


@pytest.mark.parametrize(
    ("charged", "amounts"),
    [
        (1_000, [300, 300, 400]),
        (1_050, [300, 300, 450]),
        (900, [300, 300, 300]),
        (600, [300, 300]),
        (500, [300, 200]),
        (0, []),
        (-50, []),
    ],
)
def test_what_changes_on_the_bill_changes_the_last_parts(charged: int, amounts: list[int]) -> None:
    assert [part.amount.minor for part in as_charged(AGREED, usd(charged))] == amounts


@pytest.mark.parametrize(
    ("kept", "today", "states"),
    [
        (0, date(2027, 1, 15), ["due", "later", "later"]),
        (0, date(2027, 1, 16), ["overdue", "later", "later"]),
        (300, date(2027, 1, 16), ["paid", "due", "later"]),
        (450, date(2027, 5, 1), ["paid", "part_paid", "later"]),
        (450, date(2027, 5, 2), ["paid", "overdue", "later"]),
        (1_000, date(2027, 12, 1), ["paid", "paid", "paid"]),
        (1_200, date(2027, 12, 1), ["paid", "paid", "paid"]),
        (-100, date(2027, 1, 15), ["due", "later", "later"]),
    ],
)
def test_money_pays_the_oldest_part_first(kept: int, today: date, states: list[str]) -> None:
    dues = allocated(AGREED, [Text()] * 3, usd(kept))

    assert [due.state(today) for due in dues] == states

"""What the terms of an event keep of a price that is given up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.catalogue.cancellation import (
    Promise,
    Stage,
    Step,
    Terms,
    TermsUnfit,
    kept_minor,
    plain_promises,
    promises_from,
    require_fit,
    stages,
)

START = date(2027, 10, 20)
STEPS = (Step(60), Step(30, kept_percent=25), Step(14, kept_percent=50))

steps = st.lists(
    st.one_of(
        st.builds(Step, st.integers(0, 730), st.integers(0, 100)),
        st.builds(Step, st.integers(0, 730), st.just(0), st.integers(1, 10**7)),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda step: step.days,
)
terms = st.builds(
    Terms,
    steps.map(lambda given: tuple(sorted(given, key=lambda step: -step.days))),
    st.integers(0, 10**6),
    st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def kept(today: date, **changed: object) -> int:
    return kept_minor(48_000, Promise(Terms(**{"steps": STEPS, **changed}), START), today)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "fee"),
    [
        (date(2027, 8, 21), 0),  # 60 days: the last day on which nothing is kept
        (date(2027, 8, 22), 12_000),
        (date(2027, 9, 20), 12_000),  # 30 days
        (date(2027, 9, 21), 24_000),
        (date(2027, 10, 6), 24_000),  # 14 days
        (date(2027, 10, 7), 48_000),
        (date(2027, 10, 25), 48_000),
    ],
)
def test_a_step_counts_until_the_end_of_its_day(today: date, fee: int) -> None:
    assert kept(today) == fee


def test_a_part_of_a_cent_is_the_payers() -> None:
    promise = Promise(Terms((Step(0, kept_percent=33),)), START)

    assert kept_minor(101, promise, START) == 33


def test_a_deposit_is_kept_however_early() -> None:
    assert kept(date(2027, 1, 1), deposit_minor=10_000) == 10_000
    assert kept(date(2027, 10, 1), deposit_minor=10_000) == 24_000


def test_after_the_last_day_for_refunds_all_is_kept() -> None:
    assert kept(date(2027, 5, 1), last_refund_on=date(2027, 5, 1)) == 0
    assert kept(date(2027, 5, 2), last_refund_on=date(2027, 5, 1)) == 48_000


def test_a_fixed_fee_is_never_more_than_the_price() -> None:
    promise = Promise(Terms((Step(0, kept_minor=50_000),)), START)

    assert kept_minor(48_000, promise, START) == 48_000
    assert kept_minor(60_000, promise, START) == 50_000


@given(st.integers(0, 10**9), terms, days, days)
def test_nothing_to_all_of_a_price_is_kept(price: int, rules: Terms, start: date, today: date) -> None:
    assert 0 <= kept_minor(price, Promise(rules, start), today) <= price


@given(st.integers(0, 10**9), steps, days, st.integers(0, 800))
def test_waiting_never_makes_it_cheaper(price: int, typed: list[Step], today: date, later: int) -> None:
    try:
        ordered = require_fit(typed)
    except TermsUnfit:
        return
    if any(step.kept_minor for step in ordered) and any(step.kept_percent for step in ordered):
        return  # a part and a fixed amount cannot be compared before the price is known
    promise = Promise(Terms(ordered), START)

    assert kept_minor(price, promise, today) <= kept_minor(price, promise, today + timedelta(days=later))


@given(terms, days)
def test_a_promise_is_read_as_it_was_kept(rules: Terms, start: date) -> None:
    promises = {"": Promise(rules, start)}

    assert promises_from(plain_promises(promises)) == promises


def test_the_stages_end_with_the_last_day_for_refunds() -> None:
    promise = Promise(Terms(STEPS, last_refund_on=date(2027, 9, 1)), START)

    assert stages(promise) == [Stage(date(2027, 8, 21), 0, 0), Stage(date(2027, 9, 1), 25, 0)]


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ([Step(30, 25), Step(30, 50)], ((1, "same_day"),)),
        ([Step(731)], ((0, "days"),)),
        ([Step(30, 101)], ((0, "kept"),)),
        ([Step(14, 25), Step(60, 50)], ((0, "keeps_less"),)),
        ([Step(60, kept_minor=100), Step(14)], ((1, "keeps_less"),)),
    ],
)
def test_steps_that_cannot_be_applied_are_refused(typed: list[Step], faults: tuple[tuple[int, str], ...]) -> None:
    with pytest.raises(TermsUnfit) as refusal:
        require_fit(typed)

    assert refusal.value.faults == faults
